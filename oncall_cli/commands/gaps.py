"""``oncall gaps``: promised, and covered by nobody."""

from __future__ import annotations

import typer

from oncall_cli.commands.options import AsJson, AsOf, From, MaybeRotation, To
from oncall_cli.commands.session import Session
from oncall_cli.errors import OncallError
from oncall_cli.model.time import WEEK
from oncall_cli.render.schedule import gap_data, gaps_text


def gaps(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    begin: From = None,
    end: To = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    """List the times that were promised and that nobody covers.

    The default is the eight weeks from now. The exit code is 1 when there is a gap that nobody intended.
    """
    session = Session(ctx.obj, as_of=as_of)
    start, until = session.window(begin, end, 8 * WEEK)
    listings = session.listings(rotation, start, until)
    if as_json:
        session.answer([{"rotation": each.rotation.id, **gap_data(gap)} for each in listings for gap in each.gaps])
    else:
        session.show(gaps_text(listings, session.unread, session.times, session.given.colour))
    open_gaps = any(not gap.intended for listing in listings for gap in listing.gaps)
    return session.close(OncallError.exit_code if open_gaps else 0)
