"""``oncall calendar``: the schedule as a grid of days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, AsOf, From, MaybeRotation, To
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import WEEK, day_of
from oncall_cli.render.calendar import bounds, calendar_data, calendar_text, days_of

Month = Annotated[
    str | None,
    typer.Option("--month", metavar="YYYY-MM", help="Which month; default: this one.", show_default=False),
]
Weeks = Annotated[
    int | None,
    typer.Option("--weeks", min=1, max=53, help="That many weeks from this one instead of a month."),
]
RoleOf = Annotated[str, typer.Option("--role", metavar="ROLE", help="The role to draw.")]


def calendar(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    month: Month = None,
    weeks: Weeks = None,
    begin: From = None,
    end: To = None,
    role: RoleOf = PRIMARY,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    """Draw a month, or a few weeks, as a grid.

    The default is the month of --from, or the whole weeks between --from and --to. Days and times are those of
    the reader's zone. A number before a name is the hour at which they begin.
    """
    session = Session(ctx.obj, as_of=as_of)
    given = session.given
    first, last = (day_of(session.times.clock.wall(each)) for each in session.window(begin, end, WEEK))
    days = days_of(first, last) if end else _days(month, weeks, first)
    start, until = bounds(days[0], session.times)[0], bounds(days[-1], session.times)[1]
    listings = session.listings(rotation, start, until, role)
    if as_json:
        session.answer([calendar_data(listing, role, days, session.times) for listing in listings])
    else:
        grids = [calendar_text(each, role, days, session.times, given.width, given.colour) for each in listings]
        session.show("\n\n".join([*grids, session.times.note()]))
    return session.close()


def _days(month: str | None, weeks: int | None, today: date) -> list[date]:
    """Return the days of the grid, in whole weeks."""
    if weeks is not None:
        return days_of(today, today + timedelta(weeks=weeks - 1))
    if month is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongUsage(f"'{month}' is not a month", hint="write it as '2026-12'")
    first = date.fromisoformat(f"{month}-01") if month else today.replace(day=1)
    return days_of(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
