"""What a change of roster makes of a list of members; each seat knows where in the old list it stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol

from oncall_cli.schedule.shift import People

Members = tuple[People, ...]


class Seat(NamedTuple):
    """A place in the new order; ``origin`` is its index in the old one, None for a seat that is new."""

    people: People
    origin: int | None


class RosterVerb(Protocol):
    """A change of roster: what it makes of any list of members."""

    spreads: ClassVar[bool]
    """Whether it means later versions of the roster as well."""

    def seats(self, members: Members) -> list[Seat]:
        """Return the seats in their new order; those that it does not concern stay as they are."""


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody enters at the end of the list's order."""

    person: str
    spreads: ClassVar[bool] = True

    def seats(self, members: Members) -> list[Seat]:
        """Return the seats with a new last one, if the person has none."""
        new = [] if is_in(self.person, members) else [Seat((self.person,), None)]
        return [*_as_they_are(members), *new]


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody goes; a group that they were part of stays."""

    person: str
    spreads: ClassVar[bool] = True

    def seats(self, members: Members) -> list[Seat]:
        """Return the seats without the person."""
        without = (_without(self.person, member) for member in members)
        return [Seat(people, origin) for origin, people in enumerate(without) if people]


@dataclass(frozen=True, slots=True)
class Replace:
    """Somebody takes the seat of another; who has a seat in the list already does not get a second one."""

    old: str
    new: str
    spreads: ClassVar[bool] = True

    def seats(self, members: Members) -> list[Seat]:
        """Return the seats, those of the one now the other's."""
        if is_in(self.new, members):
            return Leave(self.old).seats(members)
        return [
            Seat(tuple(self.new if person == self.old else person for person in member), origin)
            for origin, member in enumerate(members)
        ]


@dataclass(frozen=True, slots=True)
class Reorder:
    """The same members in another order; a version with other members keeps its own."""

    order: Members
    spreads: ClassVar[bool] = False

    def seats(self, members: Members) -> list[Seat]:
        """Return the seats in the order asked for."""
        if not same_members(self.order, members):
            return list(_as_they_are(members))
        left = [(origin, frozenset(member)) for origin, member in enumerate(members)]
        seats: list[Seat] = []
        for wanted in self.order:
            found = next(seat for seat in left if seat[1] == frozenset(wanted))
            left.remove(found)
            seats.append(Seat(members[found[0]], found[0]))
        return seats


def begun_at(seats: list[Seat], position: int, count: int) -> Members:
    """Return the people from the seat that stood at a position of the old ``count``, else the next that is left."""
    old = [place for place, seat in enumerate(seats) if seat.origin is not None]
    first = min(old, key=lambda place: ((seats[place].origin or 0) - position) % count, default=0)
    return tuple(seat.people for seat in (*seats[first:], *seats[:first]))


def is_in(person: str, members: Iterable[People]) -> bool:
    """Return whether somebody is a member, alone or in a group."""
    return any(person in member for member in members)


def same_members(one: Members, other: Members) -> bool:
    """Return whether two lists hold the same seats, each as often."""
    return sorted(sorted(member) for member in one) == sorted(sorted(member) for member in other)


def _as_they_are(members: Members) -> Iterable[Seat]:
    return (Seat(member, origin) for origin, member in enumerate(members))


def _without(person: str, member: People) -> People:
    return tuple(one for one in member if one != person)
