"""Who answers for a rotation at an instant: each role's holder, and the ladder when nobody answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.roles import PRIMARY

if TYPE_CHECKING:
    from oncall_cli.model.rotation import OutsideContact, Rotation
    from oncall_cli.model.time import Instant
    from oncall_cli.schedule.schedule import Schedule
    from oncall_cli.schedule.shift import Holding


class Rung(NamedTuple):
    """One step of the ladder: after how many seconds, which role or name, and who that is now."""

    after: int
    notify: str
    people: tuple[str, ...]
    outside: OutsideContact | None


class Answer(NamedTuple):
    """Who answers for one rotation."""

    rotation: Rotation
    holdings: tuple[Holding, ...]
    ladder: tuple[Rung, ...]

    @property
    def has_primary(self) -> bool:
        """Whether somebody is on call as primary."""
        return any(holding.people for holding in self.holdings if holding.role == PRIMARY)

    @property
    def has_anybody(self) -> bool:
        """Whether somebody is on call in any role."""
        return any(holding.people for holding in self.holdings)

    def people(self) -> set[str]:
        """Return the ids of everybody whom the answer names."""
        named = {person for rung in self.ladder for person in rung.people}
        for holding in self.holdings:
            named.update(holding.people, holding.next_people)
        return named


def answer(rotation: Rotation, schedule: Schedule, instant: Instant) -> Answer:
    """Return who answers for the rotation at ``instant``; a role held by name is left out while it is empty."""
    holdings = [schedule.at(role, instant) for role in schedule.roles]
    shown = [
        holding for holding in holdings if holding.people or not isinstance(rotation.roles.get(holding.role), tuple)
    ]
    return Answer(rotation, tuple(shown), tuple(_ladder(rotation, holdings)))


def nobody(answers: Iterable[Answer], *, asked_for_one: bool) -> bool:
    """Whether nobody is on call: as primary of the rotation asked for, or in any role of all of them."""
    if asked_for_one:
        return not any(each.has_primary for each in answers)
    return not any(each.has_anybody for each in answers)


def _ladder(rotation: Rotation, holdings: list[Holding]) -> list[Rung]:
    """Return the rotation's escalation policy with the people of now; without one, the other roles in order."""
    held = {holding.role: holding.people for holding in holdings}
    if not rotation.escalation:
        backups = [role for role, entry in rotation.roles.items() if role != PRIMARY and not isinstance(entry, tuple)]
        return [Rung(0, role, held[role], None) for role in backups if held.get(role)]
    outside = {contact.id: contact for contact in rotation.contacts}
    return [
        Rung(
            step.after.seconds,
            step.notify,
            held.get(step.notify, () if step.notify in outside else (step.notify,)),
            outside.get(step.notify),
        )
        for step in rotation.escalation
    ]
