"""The incidents of a period as numbers: their times by group, when they came, whether somebody responded in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.incident import IncidentStatus
from oncall_cli.model.time import DAY, HOUR, Instant, day_of
from oncall_cli.practice.metrics import IncidentSpans, Summary, spans_of, summary

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.model.team import Team
    from oncall_cli.schedule.walls import WallClock

MEASURES = IncidentSpans._fields
NO_SERVICE = "(no service named)"


class By(StrEnum):
    """What incidents are grouped by."""

    SEVERITY = "severity"
    SERVICE = "service"
    ROTATION = "rotation"
    MONTH = "month"


class Period(NamedTuple):
    """From when until when incidents count, and the instant from which it is looked at."""

    start: Instant
    end: Instant
    now: Instant


class Measured(NamedTuple):
    """An incident of a rotation, when it was noticed, and how long its parts took."""

    rotation: str
    incident: Incident
    noticed: Instant
    hour: int
    """The hour of the rotation's wall at which it was noticed."""
    month: str
    spans: IncidentSpans
    in_time: bool | None
    """Whether somebody acknowledged it in the time that its severity allows; None where that cannot be told."""


@dataclass(frozen=True)
class Group:
    """Incidents with something in common, and each of their times as one."""

    name: str
    count: int
    measures: dict[str, Summary | None]
    in_time: int
    answered: int
    """Of how many it can be told whether somebody responded in time."""


class ShiftLoad(NamedTuple):
    """A shift, and how many incidents were noticed while it lasted."""

    rotation: str
    shift: str
    incidents: int


class Metrics(NamedTuple):
    """All the numbers of a period."""

    by: By
    total: Group
    groups: list[Group]
    hours: list[int]
    """How many incidents were noticed in each hour of the day."""
    shifts: list[ShiftLoad]
    per_shift: Summary | None


def noticed(incident: Incident) -> Instant | None:
    """Return when an incident counts: when it was detected, else the first moment that its record tells."""
    known = (incident.detected, incident.impact.started, incident.acknowledged, incident.created)
    return next((moment for moment in known if moment is not None), None)


def measured(
    rotation: str, incidents: Iterable[Incident], clock: WallClock, team: Team, period: Period
) -> list[Measured]:
    """Return the incidents of a rotation that were noticed in a period, measured."""
    found = []
    for incident in incidents:
        moment = noticed(incident)
        if moment is not None and period.start <= moment < period.end:
            wall = clock.wall(moment)
            month = day_of(wall).isoformat()[: len("yyyy-mm")]
            kept = responded_in_time(incident, team, period.now)
            spans = spans_of(incident)
            found.append(Measured(rotation, incident, moment, wall % DAY // HOUR, month, spans, kept))
    return found


def responded_in_time(incident: Incident, team: Team, now: Instant) -> bool | None:
    """Tell whether somebody acknowledged an incident in the time that its severity allows."""
    severity, began = team.severities.get(incident.severity), noticed(incident)
    if severity is None or severity.respond is None or began is None:
        return None
    due = began + severity.respond.seconds
    if incident.acknowledged is not None:
        return incident.acknowledged <= due
    return False if incident.status is IncidentStatus.OPEN and now > due else None


def metrics(found: Sequence[Measured], shifts: Iterable[tuple[str, ShiftRecord]], by: By, team: Team) -> Metrics:
    """Return the numbers of the incidents; those of several services count for each of them."""
    names = {name for one in found for name in _names(one, by)}
    order = [*team.severities, *sorted(names)] if by is By.SEVERITY else sorted(names)
    hours = Counter(one.hour for one in found)
    loads = [ShiftLoad(rotation, shift.id, _during(found, rotation, shift)) for rotation, shift in shifts]
    return Metrics(
        by,
        _group("all", found),
        [
            _group(name, [one for one in found if name in _names(one, by)])
            for name in dict.fromkeys(order)
            if name in names
        ],
        [hours[hour] for hour in range(24)],
        loads,
        summary(load.incidents for load in loads),
    )


def _group(name: str, mine: Sequence[Measured]) -> Group:
    told = [one.in_time for one in mine if one.in_time is not None]
    measures = {measure: summary(getattr(one.spans, measure) for one in mine) for measure in MEASURES}
    return Group(name, len(mine), measures, sum(told), len(told))


def _names(one: Measured, by: By) -> tuple[str, ...]:
    if by is By.SERVICE:
        return tuple(dict.fromkeys(one.incident.services)) or (NO_SERVICE,)
    return ({By.SEVERITY: one.incident.severity, By.ROTATION: one.rotation, By.MONTH: one.month}[by],)


def _during(found: Sequence[Measured], rotation: str, shift: ShiftRecord) -> int:
    """Count the incidents that were noticed while a shift lasted: as its record says, or as it is scheduled."""
    planned = shift.scheduled
    start = planned.start if shift.started is None and planned else shift.started
    end = planned.end if shift.ended is None and planned else shift.ended
    if start is None:
        return 0
    return sum(
        one.rotation == rotation and start <= one.noticed and (end is None or one.noticed < end) for one in found
    )
