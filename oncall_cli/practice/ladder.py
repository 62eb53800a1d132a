"""The ladder of a rotation: who is told at which minute, and who that is at an instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import Instant

if TYPE_CHECKING:
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


def others_named(rotation: Rotation) -> list[str]:
    """Return the other rotations that a rotation escalates to."""
    return [step.rotation for step in rotation.escalation if step.rotation and step.rotation != rotation.id]


def ladder(rotation: Rotation, schedule: Schedule, others: Schedules, at: Instant) -> list[Rung]:
    """Return the escalation policy with the people of an instant; without one, the primary and the other roles."""
    known = {**others, rotation.id: schedule}
    if not rotation.escalation:
        roles = [role for role, entry in rotation.roles.items() if role != PRIMARY and not isinstance(entry, tuple)]
        rungs = [Rung(0, role, schedule.people(role, at), None) for role in (PRIMARY, *roles)]
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


def at_once(rotation: Rotation, rungs: Sequence[Rung], respond: int | None) -> int:
    """Return how many rungs are told in the moment in which an incident is opened."""
    found = delays(rotation, rungs, respond)
    return next((number for number, delay in enumerate(found) if delay != 0), len(found))


def _rung(rotation: Rotation, step: EscalationStep, known: Schedules, at: Instant) -> Rung:
    after, other = step.after.seconds, step.rotation if step.rotation != rotation.id else None
    if other is not None:
        people = known[other].people(step.notify, at) if other in known else ()
        return Rung(after, step.notify, people, None, other)
    outside = next((contact for contact in rotation.contacts if contact.id == step.notify), None)
    if step.notify in known[rotation.id].roles:
        return Rung(after, step.notify, known[rotation.id].people(step.notify, at), outside)
    return Rung(after, step.notify, () if outside else (step.notify,), outside)
