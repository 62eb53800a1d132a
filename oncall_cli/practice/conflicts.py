"""Where shifts meet the lives of people: time off, no rest between two shifts, two places at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from oncall_cli.model.time import Instant
from oncall_cli.practice.team_state import TeamState
from oncall_cli.schedule.spans import Span, difference, intersection, union

Place = tuple[str, str]


class Standing(NamedTuple):
    """A stretch of one turn that one person stands: in which rotation and role, and whether as a load."""

    start: Instant
    end: Instant
    place: Place
    turn: Instant | None
    counted: bool


class Collision(NamedTuple):
    """A time at which somebody is away and on call."""

    person: str
    rotation: str
    role: str
    start: Instant
    end: Instant


class InARow(NamedTuple):
    """Shifts of one person that follow each other without a rest; how many there are, and in which places."""

    person: str
    start: Instant
    end: Instant
    number: int
    places: tuple[Place, ...]


class TwoPlaces(NamedTuple):
    """A time at which one person has two places."""

    person: str
    places: tuple[Place, Place]
    start: Instant
    end: Instant


class Conflicts(NamedTuple):
    """All that is wrong in one state of a team, or only what another state does not have."""

    collisions: tuple[Collision, ...]
    in_a_row: tuple[InARow, ...]
    two_places: tuple[TwoPlaces, ...]

    def people(self) -> set[str]:
        """Return everybody who has one."""
        return {
            *(found.person for found in self.collisions),
            *(found.person for found in self.in_a_row),
            *(found.person for found in self.two_places),
        }


def standings(state: TeamState, start: Instant, end: Instant) -> dict[str, list[Standing]]:
    """Return what each person stands, whole shifts, by start; pieces of one turn that touch are one."""
    found: dict[str, dict[Place, list[Standing]]] = {}
    for name, files in state.rotations.items():
        counted = files.counted_roles()
        for shift in files.schedule.shifts(start, end, cut=False):
            standing = Standing(shift.start, shift.end, (name, shift.role), shift.turn, shift.role in counted)
            for person in shift.people:
                _add(found.setdefault(person, {}).setdefault(standing.place, []), standing)
    return {person: sorted(chain(*places.values()), key=_when) for person, places in sorted(found.items())}


def conflicts(state: TeamState, start: Instant, end: Instant) -> Conflicts:
    """Return everything in ``[start, end)`` that is against the lives of people."""
    stood = standings(state, start, end)
    return Conflicts(
        tuple(found for person, theirs in stood.items() for found in _collisions(state, person, theirs, start)),
        tuple(found for person, theirs in stood.items() for found in _in_a_row(person, theirs)),
        tuple(found for person, theirs in stood.items() for found in _two_places(person, theirs)),
    )


def only_in(these: Conflicts, others: Conflicts) -> Conflicts:
    """Return what the first holds and the second does not."""
    return Conflicts(
        tuple(_collisions_only_in(these.collisions, others.collisions)),
        tuple(row for row in these.in_a_row if not _known(row, others.in_a_row)),
        tuple(found for found in these.two_places if found not in others.two_places),
    )


def _add(stood: list[Standing], standing: Standing) -> None:
    """Add a stretch; an override that gives a part of a turn to who has it anyway makes no new shift."""
    if stood and stood[-1].end == standing.start and stood[-1].turn == standing.turn is not None:
        stood[-1] = stood[-1]._replace(end=standing.end)
    else:
        stood.append(standing)


def _when(standing: Standing) -> tuple[Instant, Instant, Place]:
    return standing[:3]


def _collisions(state: TeamState, person: str, stood: Iterable[Standing], since: Instant) -> Iterator[Collision]:
    record = state.people.get(person)
    clock = state.clock_of(person)
    offs = record.time_off if record else ()
    away = union((max(clock.instant(off.from_.wall), since), clock.instant(off.until.wall)) for off in offs)
    for standing in stood:
        for span in intersection([(standing.start, standing.end)], away):
            yield Collision(person, *standing.place, *span)


def _collisions_only_in(these: Iterable[Collision], others: Iterable[Collision]) -> Iterator[Collision]:
    taken: dict[tuple[str, str, str], list[Span]] = {}
    for other in others:
        taken.setdefault(other[:3], []).append((other.start, other.end))
    for one in these:
        for span in difference([(one.start, one.end)], union(taken.get(one[:3], []))):
            yield Collision(*one[:3], *span)


def _in_a_row(person: str, stood: Iterable[Standing]) -> Iterator[InARow]:
    runs: list[list[Standing]] = []
    open_runs: dict[Instant, list[list[Standing]]] = {}
    for standing in (each for each in stood if each.counted):
        ending = open_runs.get(standing.start, [])
        run = next((run for run in ending if _follows(run[-1], standing)), None)
        if run is None:
            run = []
            runs.append(run)
        else:
            ending.remove(run)
        run.append(standing)
        open_runs.setdefault(standing.end, []).append(run)
    for run in runs:
        if len(run) > 1:
            places = tuple(dict.fromkeys(each.place for each in run))
            yield InARow(person, run[0].start, run[-1].end, len(run), places)


def _follows(earlier: Standing, later: Standing) -> bool:
    """Whether the second is another shift without a rest.

    Another role of the same rotation is not meant: this week's secondary is next week's primary by design.
    """
    return earlier.place == later.place or earlier.place[0] != later.place[0]


def _two_places(person: str, stood: list[Standing]) -> Iterator[TwoPlaces]:
    """Yield each pair of places with the times at which both are held."""
    held: dict[Place, list[Span]] = {}
    for standing in (each for each in stood if each.counted):
        held.setdefault(standing.place, []).append((standing.start, standing.end))
    places = sorted(held)
    for number, one in enumerate(places):
        for other in places[number + 1 :]:
            for span in intersection(union(held[one]), union(held[other])):
                yield TwoPlaces(person, (one, other), *span)


def _known(row: InARow, others: Iterable[InARow]) -> bool:
    """Whether the row is part of one that was there already."""
    return any(
        row.person == other.person
        and set(row.places) <= set(other.places)
        and other.start <= row.start
        and row.end <= other.end
        for other in others
    )
