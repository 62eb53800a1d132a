"""``oncall person``: the people of the team."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson
from oncall_cli.commands.records import record_data, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.model.time import WEEK, Instant
from oncall_cli.render.person import person_row, person_text
from oncall_cli.render.times import Times

Name = Annotated[str, typer.Argument(metavar="PERSON", help="Which person.")]


def list_person(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List the people: name, zone, and how to reach them."""
    session = Session(ctx.obj)
    people = list(session.repository.people().values())
    return show_rows(session, people, [person_row(person) for person in people], as_json, "people")


def show_person(ctx: typer.Context, person: Name, as_json: AsJson = False) -> int:
    """Show one person: contact, time off, and their shifts of the next eight weeks in their own zone."""
    session = Session(ctx.obj)
    record = session.person(person)
    if as_json:
        session.answer(record_data(session, record))
        return session.close()
    listings = session.listings(None, session.now, Instant(session.now + 8 * WEEK), cut=False)
    times = Times(record.timezone or session.repository.team().timezone, session.now)
    session.show(person_text(record, [listing.only(person) for listing in listings], times))
    return session.close()
