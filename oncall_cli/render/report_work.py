"""What came to the person on call, as sections of a report: incidents, requests, interruptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.lasting import span
from oncall_cli.model.time import MINUTE
from oncall_cli.practice.metrics import IncidentSpans
from oncall_cli.practice.report_incidents import InTime
from oncall_cli.render.bars import Bar, Chart
from oncall_cli.render.document import NOTHING, Table
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.request import Request
    from oncall_cli.practice.metrics import Summary
    from oncall_cli.practice.report import Report
    from oncall_cli.practice.report_incidents import IncidentLine, IncidentPart
    from oncall_cli.practice.report_interruptions import Stretch
    from oncall_cli.practice.report_requests import Group, RequestPart

    Parts = tuple[Table | Chart | str, ...]


def length(seconds: int | None) -> str:
    """Return a length of time, or a dash where none is told."""
    return NOTHING if seconds is None else span(seconds)


def incidents(report: Report, times: Times) -> Parts:
    """Return each incident with its times, the measures over all, and a bar for each severity."""
    part = report.parts.incidents
    if not part.lines:
        return ("There was no incident.",)
    chart = tuple(Bar(severity, count, str(count)) for severity, count in part.by_severity)
    each = Table((*IncidentSpans._fields, "severity", "incident"), tuple(_incident(line, times) for line in part.lines))
    return each, _measures(part), Chart(f"{report.facts.rotation.id}-severities", "Incidents by severity", chart)


def _measures(part: IncidentPart) -> Table:
    rows = ((*_summary(measure), f"time to {name}") for name, measure in part.measures.items())
    return Table(("count", "median", "p90", "of all incidents"), tuple(rows))


def _summary(measure: Summary | None) -> tuple[str, str, str]:
    if measure is None:
        return "0", NOTHING, NOTHING
    return str(measure.count), length(measure.median), length(measure.p90)


def _incident(line: IncidentLine, times: Times) -> tuple[str, ...]:
    one = line.incident
    review = f"; review: {one.review.state}" if one.review else ""
    late = "; answered late" if line.responded is InTime.LATE else ""
    words = f"{times.at(line.counted)} {one.title} ({one.id}): {one.status}{late}{review}"
    return (*(length(seconds) for seconds in line.spans), one.severity, words)


def requests(report: Report, times: Times) -> Parts:
    """Return the requests by section, kind and requester, with the time that they took."""
    part = report.parts.requests
    if not part.by_section and not part.left_open:
        return ("There was no support request.",)
    came = len(part.received)
    total = f"Came: {came}. Time spent: {span(part.seconds)}. Open at the end: {len(part.left_open)}."
    return (total, *_grouped(part, report.facts.rotation.id), *_left_open(part, times))


def _grouped(part: RequestPart, rotation: str) -> Parts:
    if not part.by_section:
        return ()
    minutes = tuple(Bar(group.name, group.seconds // MINUTE, span(group.seconds)) for group in part.by_section)
    return (
        _groups("section", part.by_section),
        *((Chart(f"{rotation}-sections", "Time spent by section", minutes),) if part.seconds else ()),
        _groups("kind", part.by_kind),
        _groups("requester", part.by_requester),
    )


def _groups(noun: str, groups: tuple[Group, ...]) -> Table:
    return Table(("requests", "time", noun), tuple((str(one.came), span(one.seconds), one.name) for one in groups))


def _left_open(part: RequestPart, times: Times) -> Parts:
    if not part.left_open:
        return ()
    return (Table(("came", "open at the end"), tuple(_open(one, times) for one in part.left_open)),)


def _open(request: Request, times: Times) -> tuple[str, str]:
    return times.at(request.received), f"{request.title} ({request.id}): {request.status}"


def interruptions(report: Report) -> Parts:
    """Return how often somebody was interrupted, in all and day by day."""
    part, days = report.parts.interruptions, report.parts.interruptions.per_day
    total = (
        f"{part.total} in all: pages {part.pages}, requests {part.requests}, announcements {part.announcements}. "
        f"Per day: median {part.median_day or 0:g}, p90 {days.p90 if days else 0}, days {days.count if days else 0}."
    )
    if not part.total:
        return (total,)
    per = "day" if part.step == 1 else f"{part.step} days"
    bars = tuple(Bar(_day(stretch), stretch.total, str(stretch.total)) for stretch in part.stretches)
    return total, Chart(f"{report.facts.rotation.id}-interruptions", f"Interruptions per {per}", bars)


def _day(stretch: Stretch) -> str:
    return f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[stretch.first.weekday()]} {stretch.first}"
