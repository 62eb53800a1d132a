"""The page of who bears how much: behind and ahead, all rotations together and each for itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from oncall_cli.render.bars import Bar, Chart
from oncall_cli.render.document import NOTHING, Document, Section, Table
from oncall_cli.render.document_html import documents_body
from oncall_cli.render.load import hours
from oncall_cli.render.people import name_of
from oncall_cli.render.site.moments import Moments
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.practice.load import LoadReport, PersonLoad
    from oncall_cli.render.site.frame import Frame

_HEAD = ("hours", "to the mean", "night", "weekend", "holiday", "pages", "who")
_NOBODY = "Nobody is on a roster."


def load_page(frame: Frame) -> dict[str, bytes]:
    """Return the page, with a picture and a table for each stretch of time and each rotation."""
    if not frame.facts.loads:
        return {}
    by_rotation: dict[str | None, list[LoadReport]] = {}
    for report in frame.facts.loads:
        by_rotation.setdefault(report.rotation, []).append(report)
    documents = [_document(frame, name, found) for name, found in by_rotation.items()]
    values = {"title": "Load", "body": Markup(documents_body(documents, rank=2))}
    return frame.page("load.html", "load.html", values)


def _document(frame: Frame, name: str | None, found: Sequence[LoadReport]) -> Document:
    title = "All rotations" if name is None else one_line(frame.facts.state.rotations[name].record.name)
    return Document(title, (), tuple(_section(frame, report) for report in found))


def _section(frame: Frame, report: LoadReport) -> Section:
    behind = report.end <= frame.facts.day
    moments: Moments = frame.moments
    days = f"{moments.day_of(report.start).striptags()} – {moments.day_of(report.end).striptags()}"
    title = f"{'Behind' if behind else 'Ahead'}: {days}"
    if not report.rows:
        return Section("load", title, (_NOBODY,))
    bars = tuple(
        Bar(name_of(row.person, frame.facts.state.people), row.load.seconds, _shown(row, report)) for row in report.rows
    )
    mean = (hours(report.mean.seconds), NOTHING, *map(hours, report.mean[1:]), f"{report.mean_pages:.1f}", "mean")
    rows = tuple(_row(frame, row, report) for row in report.rows)
    return Section("load", title, (Chart("load", "Hours on call", bars), Table(_HEAD, (*rows, mean))))


def _shown(row: PersonLoad, report: LoadReport) -> str:
    return f"{hours(row.load.seconds)} ({_compared(row, report)})"


def _row(frame: Frame, row: PersonLoad, report: LoadReport) -> tuple[str, ...]:
    numbers = (hours(row.load.seconds), _compared(row, report), *map(hours, row.load[1:]), str(row.pages))
    return (*numbers, name_of(row.person, frame.facts.state.people))


def _compared(row: PersonLoad, report: LoadReport) -> str:
    mean = report.mean.seconds
    return f"{round(100 * (row.load.seconds - mean) / mean):+d}%" if mean else NOTHING
