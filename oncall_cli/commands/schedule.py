"""``oncall schedule``: who is on call when."""

from __future__ import annotations

import typer

from oncall_cli.commands.options import AsJson, AsOf, From, MaybeRotation, OnlyPerson, Role, To
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound
from oncall_cli.model.time import WEEK
from oncall_cli.render.schedule import listing_data, schedule_text


def schedule(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    person: OnlyPerson = None,
    role: Role = None,
    begin: From = None,
    end: To = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    """List who is on call when, for rotations or for a person.

    The default is the four weeks from now, or twelve for one person.
    """
    session = Session(ctx.obj, as_of=as_of)
    start, until = session.window(begin, end, (12 if person else 4) * WEEK)
    if person is not None:
        session.person(person)
    listings = session.listings(rotation, start, until, role, cut=as_json)
    if person is not None:
        listings = [listing.only(person) for listing in listings]
    people = session.people({each for listing in listings for shift in listing.shifts for each in shift.people})
    if as_json:
        data = [listing_data(listing) for listing in listings]
        session.answer(data[0] if rotation and data else data)
    else:
        shown = [listing for listing in listings if listing.shifts or person is None]
        session.show(schedule_text(shown, people, session.times, session.given.width, session.given.colour))
    found = any(listing.shifts for listing in listings)
    return session.close(0 if found else NothingFound.exit_code)
