"""Who answers for a rotation at an instant: each role's holder, and the ladder when nobody answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.roles import PRIMARY
from oncall_cli.practice.ladder import NO_OTHERS, Rung, Schedules, ladder

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.model.time import Instant
    from oncall_cli.schedule.schedule import Schedule
    from oncall_cli.schedule.shift import Holding


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


def answer(rotation: Rotation, schedule: Schedule, instant: Instant, others: Schedules = NO_OTHERS) -> Answer:
    """Return who answers for the rotation at ``instant``; a role held by name is left out while it is empty.

    The ladder may lead to the ``others``, rotations by name.
    """
    holdings = [schedule.at(role, instant) for role in schedule.roles]
    shown = [
        holding for holding in holdings if holding.people or not isinstance(rotation.roles.get(holding.role), tuple)
    ]
    return Answer(rotation, tuple(shown), tuple(ladder(rotation, schedule, others, instant)))


def nobody(answers: Iterable[Answer], *, asked_for_one: bool) -> bool:
    """Whether nobody is on call: as primary of the rotation asked for, or in any role of all of them."""
    if asked_for_one:
        return not any(each.has_primary for each in answers)
    return not any(each.has_anybody for each in answers)
