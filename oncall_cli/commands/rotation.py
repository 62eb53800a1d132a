"""``oncall rotation``: the rotations of the team."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson
from oncall_cli.commands.records import record_data, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.practice.answer import answer
from oncall_cli.render.rotation import rotation_row, rotation_text

Name = Annotated[str, typer.Argument(metavar="ROTATION", help="Which rotation.")]


def list_rotation(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List the rotations: who is on call now, how they hand off, in which zone."""
    session = Session(ctx.obj)
    answers = [answer(record, schedule, session.now) for record, schedule in session.schedules()]
    people = session.people({person for each in answers for person in each.people()})
    rows = [rotation_row(each, people) for each in answers]
    return show_rows(session, [each.rotation for each in answers], rows, as_json, "rotations")


def show_rotation(ctx: typer.Context, rotation: Name, as_json: AsJson = False) -> int:
    """Show one rotation: its rule, its roster versions, its roles, its ladder."""
    session = Session(ctx.obj)
    for record, schedule in session.schedules(rotation):
        if as_json:
            session.answer(record_data(session, record))
            continue
        now = answer(record, schedule, session.now, session.other_schedules(record))
        people = session.repository.people()
        session.show(rotation_text(now, people, session.times, session.given.width, session.given.colour))
    return session.close()
