"""``oncall request``: the support requests of the team, those that need somebody first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, From, MaybeRotation, To
from oncall_cli.commands.records import pick, show_file, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.model.request import Request
from oncall_cli.model.time import Instant
from oncall_cli.practice.requests import Queued, in_order, is_open, queue
from oncall_cli.render.json import answer_json
from oncall_cli.render.request import export_csv, export_data, request_row
from oncall_cli.render.text import in_sentence
from oncall_cli.repository.publish import publish_file

Name = Annotated[str, typer.Argument(metavar="ID", help="Which support request: its id, or a part that only it has.")]
All = Annotated[bool, typer.Option("--all", help="The closed ones as well.")]
Section = Annotated[str | None, typer.Option("--section", help="Only this section.", show_default=False)]


class Format(StrEnum):
    """How requests are exported."""

    CSV = "csv"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="For a spreadsheet, or for a script.")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write it there; default: print it.", show_default=False)
]


def list_request(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    whole: All = False,
    section: Section = None,
    as_json: AsJson = False,
) -> int:
    """List the support requests that are open, those that need somebody first."""
    session = Session(ctx.obj)
    found = [
        each
        for each in (queued(session, rotation) if whole else queued_open(session, rotation))
        if section in (None, each.request.section)
    ]
    records = [each.request for each in found]
    rows = [request_row(each, session.times) for each in found]
    return show_rows(session, records, rows, as_json, "support requests" if whole else "open support requests")


def show_request(ctx: typer.Context, request: Name, as_json: AsJson = False) -> int:
    """Show one support request."""
    session = Session(ctx.obj)
    known = {record.id: record for _, record in _each(session, None)}
    return show_file(session, pick(known, request, "support request"), as_json)


def export_request(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    form: FormatOption = Format.CSV,
    begin: From = None,
    end: To = None,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Export the support requests as a table, with the same columns every time; by when they came."""
    session = Session(ctx.obj)
    since = session.when(begin, Instant(0), past=True)
    until = session.when(end, session.now, past=True)
    chosen = [(name, one) for name, one in _each(session, rotation) if since <= one.received <= until]
    found = sorted(chosen, key=lambda each: (each[1].received, each[1].id))
    text = export_csv(found) if form is Format.CSV and not as_json else f"{answer_json(export_data(found))}\n"
    if out is None:
        session.put(text.encode())
    else:
        publish_file(out, text.encode())
        session.tell(f"Wrote {len(found)} support requests to {in_sentence(str(out))}.")
    return session.close()


def queued(session: Session, rotation: str | None = None, years: Iterable[int] | None = None) -> list[Queued]:
    """Return the requests of one rotation or of all, of some years or of all, those that need somebody first."""
    return _queued(session, rotation, lambda name: session.repository.requests(name, years))


def queued_open(session: Session, rotation: str | None = None) -> list[Queued]:
    """Return the requests that are not closed, those that need somebody first; the others are not read."""
    found = _queued(session, rotation, lambda name: session.unfinished("requests", [name]))
    return [each for each in found if is_open(each.request)]


def _queued(session: Session, rotation: str | None, of: Callable[[str], list[Request]]) -> list[Queued]:
    policy = session.repository.team().policy
    schedules = {record.id: schedule for record, schedule in session.schedules(rotation)}
    found = []
    for name in session.rotations(rotation):
        requests = of(name)
        if name in schedules:
            found += queue(requests, schedules[name], policy, session.now)
        else:
            found += [Queued(name, request, None) for request in requests]
    return in_order(found, session.now)


def _each(session: Session, rotation: str | None) -> Iterator[tuple[str, Request]]:
    return ((name, record) for name in session.rotations(rotation) for record in session.repository.requests(name))
