"""How far an incident has gone up the ladder: which of its steps are taken, and which are due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.incident import IncidentStatus
from oncall_cli.model.time import Instant
from oncall_cli.practice.incident_rules import REOPENED
from oncall_cli.practice.ladder import Rung, delays
from oncall_cli.practice.standing import began

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident, TimelineEntry
    from oncall_cli.model.rotation import Rotation


class Step(NamedTuple):
    """A rung as it stands for one incident: its number from 1, when it is due, and when it was notified."""

    level: int
    rung: Rung
    due: Instant | None
    taken: Instant | None


def level_of(incident: Incident) -> int:
    """Return how many rungs have been notified, as the timeline tells."""
    return max((entry.level or 0 for entry in _since_reopened(incident)), default=0)


def steps(rotation: Rotation, rungs: Sequence[Rung], incident: Incident, respond: int | None) -> list[Step]:
    """Return the ladder of an incident, with what is due when and what has been notified."""
    start = began_to_wait(incident)
    return [
        Step(level, rung, None if start is None or delay is None else Instant(start + delay), _taken(incident, level))
        for level, (rung, delay) in enumerate(zip(rungs, delays(rotation, rungs, respond), strict=True), 1)
    ]


def due_steps(found: Sequence[Step], incident: Incident, now: Instant) -> list[Step]:
    """Return the steps to take at once: nobody has acknowledged the incident, and their time has come."""
    if incident.status is not IncidentStatus.OPEN:
        return []
    reached = [step for step in found if step.taken is None and step.due is not None and step.due <= now]
    return [step for step in reached if step.level > level_of(incident)]


def next_step(found: Sequence[Step], incident: Incident) -> Step | None:
    """Return the first step that has not been taken; None at the top of the ladder."""
    return next((step for step in found if step.level > level_of(incident)), None)


def left_to_us(found: Sequence[Step], incident: Incident, *, ours: bool) -> list[Step]:
    """Return the steps that the timeline has from nobody but us, where our entries are in it or are not."""
    levels = [entry.level for entry in _since_reopened(incident)]
    return [step for step in found if levels.count(step.level) <= ours]


def began_to_wait(incident: Incident) -> Instant | None:
    """Return since when somebody should answer: the last reopening, the detection, or else the beginning."""
    reopened = _last_reopened(incident)
    if reopened is not None:
        return reopened
    return incident.detected if incident.detected is not None else began(incident)


def _taken(incident: Incident, level: int) -> Instant | None:
    """Return when a level was notified: the first entry that says this level, or a higher one."""
    return min((entry.at for entry in _since_reopened(incident) if (entry.level or 0) >= level), default=None)


def _since_reopened(incident: Incident) -> list[TimelineEntry]:
    """Return the entries that count: an incident that comes back goes up the ladder from its foot."""
    reopened = _last_reopened(incident)
    return [entry for entry in incident.timeline if reopened is None or entry.at >= reopened]


def _last_reopened(incident: Incident) -> Instant | None:
    return max((entry.at for entry in incident.timeline if entry.kind == REOPENED), default=None)
