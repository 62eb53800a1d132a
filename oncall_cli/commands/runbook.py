"""``oncall runbook``: what to do when an alert comes."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson
from oncall_cli.commands.records import pick, show_file, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.render.records import runbook_row

Name = Annotated[str, typer.Argument(metavar="RUNBOOK", help="Which runbook: its file's name without the ending.")]


def list_runbook(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List the runbooks."""
    session = Session(ctx.obj)
    heads = [page.head for page in session.repository.runbooks().values()]
    return show_rows(session, heads, [runbook_row(head) for head in heads], as_json, "runbooks")


def show_runbook(ctx: typer.Context, runbook: Name, as_json: AsJson = False) -> int:
    """Show one runbook."""
    session = Session(ctx.obj)
    return show_file(session, pick(session.repository.runbooks(), runbook, "runbook").head, as_json)
