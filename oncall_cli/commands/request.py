"""``oncall request``: the support requests of the team."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, MaybeRotation
from oncall_cli.commands.records import pick, show_file, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.render.records import request_row

Name = Annotated[str, typer.Argument(metavar="ID", help="Which support request: its file's name without the ending.")]


def list_request(ctx: typer.Context, rotation: MaybeRotation = None, as_json: AsJson = False) -> int:
    """List the support requests."""
    session = Session(ctx.obj)
    found = [record for each in session.rotations(rotation) for record in session.repository.requests(each)]
    return show_rows(
        session, found, [request_row(record, session.times) for record in found], as_json, "support requests"
    )


def show_request(ctx: typer.Context, request: Name, as_json: AsJson = False) -> int:
    """Show one support request."""
    session = Session(ctx.obj)
    known = {record.id: record for each in session.rotations() for record in session.repository.requests(each)}
    return show_file(session, pick(known, request, "support request"), as_json)
