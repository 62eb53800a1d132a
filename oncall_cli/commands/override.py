"""``oncall override``: the overrides of the team."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, MaybeRotation
from oncall_cli.commands.records import pick, show_file, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.render.records import override_rows

Name = Annotated[str, typer.Argument(metavar="ID", help="Which override: its file's name without the ending.")]


def list_override(ctx: typer.Context, rotation: MaybeRotation = None, as_json: AsJson = False) -> int:
    """List the overrides."""
    session = Session(ctx.obj)
    found = [record for each in session.rotations(rotation) for record in session.repository.overrides(each)]
    rows = [row for record in found for row in override_rows(record, session.times)]
    return show_rows(session, found, rows, as_json, "overrides")


def show_override(ctx: typer.Context, override: Name, as_json: AsJson = False) -> int:
    """Show one override."""
    session = Session(ctx.obj)
    known = {record.id: record for each in session.rotations() for record in session.repository.overrides(each)}
    return show_file(session, pick(known, override, "override"), as_json)
