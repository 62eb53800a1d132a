"""``oncall incident``: the incidents of the team."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, MaybeRotation
from oncall_cli.commands.records import pick, show_file, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.render.records import incident_row

Name = Annotated[str, typer.Argument(metavar="ID", help="Which incident: its file's name without the ending.")]


def list_incident(ctx: typer.Context, rotation: MaybeRotation = None, as_json: AsJson = False) -> int:
    """List the incidents."""
    session = Session(ctx.obj)
    found = [record for each in session.rotations(rotation) for record in session.repository.incidents(each)]
    return show_rows(session, found, [incident_row(record, session.times) for record in found], as_json, "incidents")


def show_incident(ctx: typer.Context, incident: Name, as_json: AsJson = False) -> int:
    """Show one incident."""
    session = Session(ctx.obj)
    known = {record.id: record for each in session.rotations() for record in session.repository.incidents(each)}
    return show_file(session, pick(known, incident, "incident"), as_json)
