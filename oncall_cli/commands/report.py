"""``oncall report``: what a shift, a week, a sprint or a month was like."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, AsOf, InRotation, MaybeRotation
from oncall_cli.commands.records import pick
from oncall_cli.commands.reporting import Asked, reports, unread
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.practice.report import Report
from oncall_cli.practice.report_period import PeriodKind
from oncall_cli.render.document import Document
from oncall_cli.render.document_html import documents_html
from oncall_cli.render.document_markdown import charts_of, document_markdown
from oncall_cli.render.document_text import document_text
from oncall_cli.render.json import answer_json
from oncall_cli.render.plan_words import counted
from oncall_cli.render.report import report_document
from oncall_cli.render.report_data import filled_report, report_data
from oncall_cli.repository.publish import publish

_FOLDER = "report/"


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


ShiftId = Annotated[str | None, typer.Argument(metavar="[SHIFT]", help="With --shift: which one.", show_default=False)]
OfShift = Annotated[
    bool, typer.Option("--shift", help="A shift: the one named, or the last that ended, or the running one.")
]
OfWeek = Annotated[bool, typer.Option("--week", help="A week from Monday; the default.")]
OfSprint = Annotated[bool, typer.Option("--sprint", help="From handoff to handoff: a sprint, a turn.")]
OfMonth = Annotated[bool, typer.Option("--month", help="A calendar month.")]
Within = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="WHEN", help="The week, sprint or month that has this moment; default: the last that is over."
    ),
]
Begin = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Where any other time begins.")]
End = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Where it ends; default: now.")]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="How it is written; default: text, or as FILE ends.")
]
TemplateOption = Annotated[
    str | None, typer.Option("--template", metavar="NAME", help="Fill in templates/report/NAME.md with it.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write it there; the pictures of Markdown beside it.")
]


def report(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    shift_id: ShiftId = None,
    shift: OfShift = False,
    week: OfWeek = False,
    sprint: OfSprint = False,
    month: OfMonth = False,
    begin: Begin = None,
    end: End = None,
    at: Within = None,
    in_rotation: InRotation = None,
    template: TemplateOption = None,
    form: FormatOption = None,
    out: Out = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    """Tell what a period was like: incidents, requests, interruptions, duties, load, coverage.

    Without a period: the last whole week. Times are on the rotation's wall.
    Once the period is over, the same files give the same bytes.
    """
    session = Session(ctx.obj, as_of=as_of)
    kinds = {PeriodKind.SHIFT: shift, PeriodKind.WEEK: week, PeriodKind.SPRINT: sprint, PeriodKind.MONTH: month}
    named, which = _names(session, [rotation, shift_id], in_rotation, shift)
    asked = _asked([kind for kind, wanted in kinds.items() if wanted], which, at, begin, end)
    chosen = _format(form, template, out, as_json)
    found = reports(session, named, asked)
    if chosen is Format.JSON:
        data = [report_data(one, unread(session)) for one in found]
        files = {"": f"{answer_json(data[0] if named or which else data)}\n"}
    elif template is not None:
        files = {"": _filled(session, found, template)}
    else:
        files = _written(session, found, chosen, out)
    _put(session, files, out)
    return session.close()


def _names(
    session: Session, words: list[str | None], in_rotation: str | None, shift: bool
) -> tuple[str | None, str | None]:
    """Return the rotation and the shift that the words name: a word that is no rotation's is a shift's."""
    said = [word for word in (in_rotation, *words) if word is not None]
    if not shift:
        if len(said) > 1:
            raise WrongUsage(f"'{said[1]}' is one word too many", hint="name one rotation; --shift for a shift")
        return (said[0] if said else None), None
    known = session.repository.rotation_ids()
    rotation = in_rotation or next((word for word in said[:1] if word in known or len(said) > 1), None)
    rest = [word for word in said if word != rotation]
    if len(rest) > 1:
        raise WrongUsage(f"'{rest[1]}' is one word too many", hint="name one shift")
    return rotation, (rest[0] if rest else None)


def _asked(kinds: list[PeriodKind], shift: str | None, at: str | None, begin: str | None, end: str | None) -> Asked:
    if begin is not None or end is not None:
        kinds = [*kinds, PeriodKind.DATES]
    if len(kinds) > 1:
        raise WrongUsage(f"a report tells of one time, not of {' and '.join(kinds)}", hint="leave all but one out")
    kind = kinds[0] if kinds else PeriodKind.WEEK
    if at is not None and kind in (PeriodKind.SHIFT, PeriodKind.DATES):
        raise WrongUsage("--at says which week, sprint or month", hint="leave it out")
    return Asked(kind, shift, at, begin, end)


def _format(form: Format | None, template: str | None, out: Path | None, as_json: bool) -> Format:
    """Return how the report is written: as asked, else as the file's name ends."""
    by_name = {".md": Format.MARKDOWN, ".html": Format.HTML, ".json": Format.JSON}
    chosen = Format.JSON if as_json else form or by_name.get(out.suffix.lower() if out else "", Format.TEXT)
    if template is not None and chosen in (Format.HTML, Format.JSON):
        raise WrongUsage("a template is Markdown", hint="leave --format and --json out, or the template")
    return chosen


def _filled(session: Session, found: list[Report], template: str) -> str:
    pages = {
        name.removeprefix(_FOLDER): page
        for name, page in session.repository.templates().items()
        if name.startswith(_FOLDER)
    }
    page = pick(pages, template.removeprefix(_FOLDER), "template of a report")
    people, left_out = session.repository.people(), unread(session)
    return "\n\n".join(filled_report(page.head, page.body, one, people, left_out) for one in found) + "\n"


def _written(session: Session, found: list[Report], form: Format, out: Path | None) -> dict[str, str]:
    """Return the report, and beside it the pictures that it shows."""
    people, left_out = session.repository.people(), unread(session)
    documents = [report_document(one, people, left_out) for one in found]
    if form is Format.HTML:
        return {"": documents_html(documents)}
    if form is Format.TEXT:
        return {"": "\n\n".join(_text(session, document, out) for document in documents) + "\n"}
    stem = out.stem if out else None
    text = "\n\n".join(document_markdown(document, stem) for document in documents)
    pictures = [charts_of(document, stem) for document in documents] if stem else []
    return {"": f"{text}\n", **{name: picture for each in pictures for name, picture in each.items()}}


def _text(session: Session, document: Document, out: Path | None) -> str:
    dumb = session.given.environment.get("TERM") == "dumb"
    blocks = not dumb and (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return document_text(document, session.given.colour and out is None, plain=out is None and not blocks)


def _put(session: Session, files: dict[str, str], out: Path | None) -> None:
    if out is None:
        session.show(files[""].removesuffix("\n"))
        return
    publish(out.parent, {name or out.name: text.encode() for name, text in files.items()})
    beside = f", and {counted(len(files) - 1, 'picture', 'pictures')} beside it" if len(files) > 1 else ""
    session.tell(f"Wrote the report to {out}{beside}.")
