"""``oncall runbook new``: a new runbook, best from the incident that had none."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person
from oncall_cli.commands.change import Planned, commit_planned, planned
from oncall_cli.commands.incident_choice import choose
from oncall_cli.commands.options import ActAs, AsJson, DryRun
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.scalar import parse_id
from oncall_cli.model.time import day_of
from oncall_cli.practice.new_runbook import runbook_edits, slug_of, taught
from oncall_cli.render.runbook import new_page_text
from oncall_cli.repository.editor import written
from oncall_cli.repository.parse import problems_in
from oncall_cli.schedule.walls import WallClock

Slug = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", help="Its file's name. [default: the incident's]", show_default=False),
]
FromIncident = Annotated[
    str | None, typer.Option("--from", metavar="ID", help="The incident that taught it; it gets the runbook's name.")
]
Owner = Annotated[str | None, typer.Option("--owner", metavar="PERSON", help="Who keeps it. [default: who acts]")]
NoEdit = Annotated[bool, typer.Option("--no-edit", help="Open no editor.")]


def new_runbook(
    ctx: typer.Context,
    name: Slug = None,
    incident: FromIncident = None,
    owner: Owner = None,
    no_edit: NoEdit = False,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Begin a runbook, filled in with what an incident taught."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    keeper = session.person(owner).id if owner else person
    record = choose(session, incident).incident if incident else None
    slug = _slug(slug_of(name, record) if name or record else "")
    today = day_of(WallClock(session.repository.team().timezone).wall(session.now))
    title = record.title if record else slug.replace("-", " ").capitalize()
    page = new_page_text(title, record, taught(record) if record else None)
    files = planned(session, runbook_edits(slug, record, keeper, today, page, session.repository.runbooks()))
    path = f"runbooks/{slug}.md"
    subject = f"Add the runbook {slug}" + (f", from {record.id}" if record else "")
    data = {"id": slug, "path": path, "incident": record.id if record else None}
    text = f"Began {path}."
    if no_edit or dry_run or as_json or not session.given.asks:
        commit_planned(session, files, subject, dry_run=dry_run, as_json=as_json).show(data, text)
        return 0
    with written(session.repository.root, (files.after[path] or b"").decode(), f"runbook-{slug}") as said:
        files = _with(files, path, said)
        commit_planned(session, files, subject, dry_run=False, as_json=False).show(data, text)
    return 0


def _slug(text: str) -> str:
    if not text:
        raise WrongUsage("the runbook needs a name", hint="oncall runbook new NAME, or --from INCIDENT")
    try:
        return parse_id(text)
    except ValueError as wrong:
        raise WrongUsage(str(wrong)) from None


def _with(files: Planned, path: str, said: str) -> Planned:
    """Return the files with a page as somebody left it in the editor; refuse one that is no runbook any more."""
    data = said.encode()
    for problem in problems_in(path, data)[:1]:
        raise Refused(f"this is no runbook: {problem.message}", problem.hint, problem.place)
    return Planned(files.before, {**files.after, path: data})
