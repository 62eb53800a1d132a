"""The ladder of a rotation: who is told at which minute, and which of its steps are taken or due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.incident import IncidentStatus
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import Instant
from oncall_cli.practice.incident_rules import REOPENED
from oncall_cli.practice.standing import began

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident, TimelineEntry
    from oncall_cli.model.rotation import EscalationStep, OutsideContact, Rotation
    from oncall_cli.schedule.schedule import Schedule

Schedules = Mapping[str, "Schedule"]
NO_OTHERS: Schedules = MappingProxyType({})


class Rung(NamedTuple):
    """One step of the ladder: after how many seconds, which role or name, and who that is now."""

    after: int
    notify: str
    people: tuple[str, ...]
    outside: OutsideContact | None
    rotation: str | None = None
    """Another rotation, whose role it is."""


class Step(NamedTuple):
    """A rung as it stands for one incident: its number from 1, when it is due, and when it was notified."""

    level: int
    rung: Rung
    due: Instant | None
    taken: Instant | None


def others_named(rotation: Rotation) -> list[str]:
    """Return the other rotations that a rotation escalates to."""
    return [step.rotation for step in rotation.escalation if step.rotation and step.rotation != rotation.id]


def ladder(rotation: Rotation, schedule: Schedule, others: Schedules, at: Instant) -> list[Rung]:
    """Return the escalation policy with the people of an instant; without one, the primary and the other roles."""
    known = {**others, rotation.id: schedule}
    if not rotation.escalation:
        roles = [role for role, entry in rotation.roles.items() if role != PRIMARY and not isinstance(entry, tuple)]
        rungs = [Rung(0, role, _holders(schedule, role, at), None) for role in (PRIMARY, *roles)]
        return [rung for rung in rungs if rung.people or rung.notify == PRIMARY]
    return [_rung(rotation, step, known, at) for step in rotation.escalation]


def delays(rotation: Rotation, rungs: Sequence[Rung], respond: int | None) -> list[int | None]:
    """Return how long after an incident was detected each rung is due while nobody acknowledges it.

    What stands at 0 is told at once. The next one is told when the response of the severity is missed, or at its own
    minute where that is later; from there on the minutes between the rungs are the policy's. Without a policy each
    next role has one more time of response; without a response none is due by itself.
    """
    if not rotation.escalation:
        return [0, *(None if respond is None else respond * number for number in range(1, len(rungs)))][: len(rungs)]
    first = next((rung.after for rung in rungs if rung.after), 0)
    late = max(respond or 0, first) - first
    return [rung.after + late if rung.after else 0 for rung in rungs]


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


def at_once(rotation: Rotation, rungs: Sequence[Rung], respond: int | None) -> int:
    """Return how many rungs are told in the moment in which an incident is opened."""
    found = delays(rotation, rungs, respond)
    return next((number for number, delay in enumerate(found) if delay != 0), len(found))


def began_to_wait(incident: Incident) -> Instant | None:
    """Return since when somebody should answer: the last reopening, the detection, or else the beginning."""
    reopened = _last_reopened(incident)
    if reopened is not None:
        return reopened
    return incident.detected if incident.detected is not None else began(incident)


def _rung(rotation: Rotation, step: EscalationStep, known: Schedules, at: Instant) -> Rung:
    after, other = step.after.seconds, step.rotation if step.rotation != rotation.id else None
    if other is not None:
        people = _holders(known[other], step.notify, at) if other in known else ()
        return Rung(after, step.notify, people, None, other)
    outside = next((contact for contact in rotation.contacts if contact.id == step.notify), None)
    if step.notify in known[rotation.id].roles:
        return Rung(after, step.notify, _holders(known[rotation.id], step.notify, at), outside)
    return Rung(after, step.notify, () if outside else (step.notify,), outside)


def _holders(schedule: Schedule, role: str, at: Instant) -> tuple[str, ...]:
    return tuple(schedule.at(role, at).people) if role in schedule.roles else ()


def _taken(incident: Incident, level: int) -> Instant | None:
    """Return when a level was notified: the first entry that says this level, or a higher one."""
    return min((entry.at for entry in _since_reopened(incident) if (entry.level or 0) >= level), default=None)


def _since_reopened(incident: Incident) -> list[TimelineEntry]:
    """Return the entries that count: an incident that comes back goes up the ladder from its foot."""
    reopened = _last_reopened(incident)
    return [entry for entry in incident.timeline if reopened is None or entry.at >= reopened]


def _last_reopened(incident: Incident) -> Instant | None:
    return max((entry.at for entry in incident.timeline if entry.kind == REOPENED), default=None)
