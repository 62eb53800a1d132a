"""The pages of reports: of each rotation, what its last week and its last month were like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from oncall_cli.render.document import Document, Section
from oncall_cli.render.document_html import documents_body
from oncall_cli.render.report import COUNTED, period_text, report_document
from oncall_cli.render.text import one_line
from oncall_cli.render.weeks import Drawing

if TYPE_CHECKING:
    from oncall_cli.practice.report import Report
    from oncall_cli.render.site.frame import Frame

MOST_BARS = 12


def report_pages(frame: Frame) -> dict[str, bytes]:
    """Return the list of all reports, and a page for each rotation."""
    by_rotation: dict[str, list[Report]] = {}
    for report in frame.facts.reports:
        by_rotation.setdefault(report.facts.rotation.id, []).append(report)
    if not by_rotation:
        return {}
    listed = [
        (f"reports/{name}.html", one_line(found[0].facts.rotation.rotation.name), list(map(period_text, found)))
        for name, found in by_rotation.items()
    ]
    values = {"title": "Reports", "listed": listed, "counted": COUNTED}
    pages = frame.page("reports/index.html", "reports.html", values)
    for name, found in by_rotation.items():
        pages.update(_page(frame, name, found))
    return pages


def _page(frame: Frame, name: str, found: list[Report]) -> dict[str, bytes]:
    documents = [_document(frame, one) for one in found]
    rotation = found[0].facts.rotation.rotation
    values = {
        "title": f"Reports: {one_line(rotation.name)}",
        "rotation": rotation,
        "body": Markup(documents_body(documents, rank=2)),
    }
    return frame.page(f"reports/{name}.html", "report.html", values)


def _document(frame: Frame, report: Report) -> Document:
    """Return a report; the words about how it is counted stand with the list of all reports instead."""
    whole = report_document(report, frame.facts.state.people, frame.facts.unread)
    kept = tuple(_small(section) for section in whole.sections if section.key != "definitions")
    return Document(f"The last {report.period.kind}", whole.head, kept)


def _small(section: Section) -> Section:
    """Return a section without pictures of more shifts than one can take in: the timeline shows those better."""
    return section._replace(parts=tuple(part for part in section.parts if not _is_crowded(part)))


def _is_crowded(part: object) -> bool:
    return isinstance(part, Drawing) and sum(len(row.bars) for role in part.weeks.roles for row in role) > MOST_BARS
