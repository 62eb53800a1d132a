"""The incidents of a period: their times, how many of each severity, and whether somebody responded in time."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.incident import IncidentStatus
from oncall_cli.practice.metrics import IncidentSpans, Summary, spans_of, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from oncall_cli.model.incident import Incident
    from oncall_cli.model.team import SeverityLevel
    from oncall_cli.model.time import Instant
    from oncall_cli.practice.report_facts import Facts, Window


class InTime(StrEnum):
    """How an acknowledgement stands against its target."""

    KEPT = "in time"
    LATE = "late"
    WAITING = "waiting"
    UNKNOWN = "not told"


class IncidentLine(NamedTuple):
    """One incident: since when it counts, how long its parts took, and whether somebody responded in time."""

    incident: Incident
    counted: Instant
    spans: IncidentSpans
    responded: InTime


class IncidentPart(NamedTuple):
    """The incidents of a period by time, how many of each severity there were, and each measure over all."""

    lines: tuple[IncidentLine, ...]
    by_severity: tuple[tuple[str, int], ...]
    measures: Mapping[str, Summary | None]


def counted_at(incident: Incident) -> Instant | None:
    """Return in which instant an incident counts: when it was detected, else the first that its record tells."""
    known = (incident.detected, incident.impact.started, incident.acknowledged, incident.created)
    return next((moment for moment in known if moment is not None), None)


def incident_part(facts: Facts, window: Window) -> IncidentPart:
    """Return what is told of the incidents that count in the window."""
    levels = facts.team.severities
    lines = sorted(_lines(facts.incidents, window, levels), key=lambda line: (line.counted, line.incident.id))
    counts = Counter(line.incident.severity for line in lines)
    order = [*levels, *sorted(counts.keys() - levels.keys())]
    return IncidentPart(
        tuple(lines),
        tuple((severity, counts[severity]) for severity in order),
        {name: summary(getattr(line.spans, name) for line in lines) for name in IncidentSpans._fields},
    )


def _lines(
    incidents: Iterable[Incident], window: Window, levels: Mapping[str, SeverityLevel]
) -> Iterable[IncidentLine]:
    for incident in incidents:
        counted = counted_at(incident)
        if counted is not None and window.has(counted):
            spans = spans_of(incident)
            yield IncidentLine(incident, counted, spans, _responded(incident, counted, window, levels))


def _responded(incident: Incident, counted: Instant, window: Window, levels: Mapping[str, SeverityLevel]) -> InTime:
    level = levels.get(incident.severity)
    if level is None or level.respond is None:
        return InTime.UNKNOWN
    due = counted + level.respond.seconds
    if incident.acknowledged is not None:
        return InTime.KEPT if incident.acknowledged <= due else InTime.LATE
    if incident.status is not IncidentStatus.OPEN:
        return InTime.UNKNOWN
    return InTime.LATE if due < window.seen else InTime.WAITING
