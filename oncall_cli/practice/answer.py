"""Who answers for a rotation at an instant: each role's holder, and the ladder when nobody answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import Instant
from oncall_cli.practice.ladder import NO_OTHERS, Rung, Schedules, ladder
from oncall_cli.schedule.role import HORIZON

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.schedule.schedule import Schedule
    from oncall_cli.schedule.shift import Holding


class Answer(NamedTuple):
    """Who answers for one rotation."""

    rotation: Rotation
    holdings: tuple[Holding, ...]
    ladder: tuple[Rung, ...]
    until: Instant
    """Until when this is surely the answer, in UTC seconds; the instant it was asked for when that cannot be said."""

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
    ends = [_end(holding, instant, shown=holding in shown) for holding in holdings]
    ends += [_end(others[name].at(role, instant), instant, shown=False) for name, role in _elsewhere(rotation, others)]
    rungs = ladder(rotation, schedule, others, instant)
    return Answer(rotation, tuple(shown), tuple(rungs), min(ends, default=instant))


def _end(holding: Holding, instant: Instant, *, shown: bool) -> Instant:
    """Return until when a holding surely stays as it is, or, where it is not shown, its people do."""
    if holding.end is None:
        # a shift four years away may come into sight at any time, but begins then at the earliest
        return instant if shown else Instant(instant + HORIZON)
    if shown and not holding.people and holding.start is not None:
        return Instant(min(holding.end, holding.start + HORIZON))
    return holding.end


def _elsewhere(rotation: Rotation, others: Schedules) -> list[tuple[str, str]]:
    """Return the roles of other rotations to which a rotation escalates."""
    named = [(step.rotation, step.notify) for step in rotation.escalation if step.rotation]
    return [(name, role) for name, role in named if name in others and role in others[name].roles]


def lasting(answers: Iterable[Answer], instant: Instant) -> Instant:
    """Return until when what was answered at ``instant`` is surely the answer."""
    return min((each.until for each in answers), default=instant)


def nobody(answers: Iterable[Answer], *, asked_for_one: bool) -> bool:
    """Whether nobody is on call: as primary of the rotation asked for, or in any role of all of them."""
    if asked_for_one:
        return not any(each.has_primary for each in answers)
    return not any(each.has_anybody for each in answers)
