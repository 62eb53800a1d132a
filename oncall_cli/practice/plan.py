"""What a change does to the people: who gets which shift, how much each has then, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from oncall_cli.model.time import WEEK, Instant
from oncall_cli.practice.alterations import Alteration
from oncall_cli.practice.conflicts import Conflicts, conflicts, only_in
from oncall_cli.practice.gains import Exchange, HolidayShift, exchanges, on_holidays
from oncall_cli.practice.lost import LostOverride, lost
from oncall_cli.practice.reasons import Reasons
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.schedule.comparison import Comparison, HandChange, RotationGap, compare
from oncall_cli.schedule.fairness import Load
from oncall_cli.schedule.shift import People
from oncall_cli.schedule.walls import WallClock

AHEAD = 12 * WEEK
# An override for the year 9999 is no reason to deal the turns until then.
_FARTHEST = 104 * WEEK


class HandedShift(NamedTuple):
    """A shift that changes hands, with all the windows of ``hours`` in it; ``seconds`` is the time on call."""

    rotation: str
    role: str
    start: Instant
    end: Instant
    before: People
    after: People
    past: bool
    seconds: int
    why: tuple[Alteration, ...] = ()


class Plan(NamedTuple):
    """What a change does, told before it is made; the loads are those of the people whom it touches."""

    now: Instant
    comparison: Comparison
    load_before: dict[str, Load]
    load_after: dict[str, Load]
    arising: Conflicts
    solved: Conflicts
    lost: tuple[LostOverride, ...]
    why: Mapping[HandChange, tuple[Alteration, ...]]
    holidays: tuple[HolidayShift, ...]

    def handed(self) -> list[HandedShift]:
        """Return the shifts that change hands, by start."""
        return list(_handed(self.comparison.changes, self.why))

    def exchanges(self) -> list[Exchange]:
        """Return who gains and who loses shifts to come."""
        return exchanges((each.before, each.after, each.seconds) for each in self.handed() if not each.past)

    def opened(self) -> list[RotationGap]:
        """Return the gaps to come that nobody meant and that were covered until now."""
        return [each for each in self.comparison.opened if each.gap.end > self.now]

    def closed(self) -> list[RotationGap]:
        """Return the gaps to come that are covered from now on."""
        return [each for each in self.comparison.closed if each.gap.end > self.now]

    def people(self) -> set[str]:
        """Return everybody whom the plan names."""
        named = {person for change in self.comparison.changes for person in (*change.before, *change.after)}
        return named | self.arising.people() | self.solved.people()


def plan(before: TeamState, after: TeamState, now: Instant) -> Plan:
    """Return what becomes of the schedule, from its first turn to twelve weeks after the change."""
    start, end = _window(before, after, now)
    comparison = _without_beginnings(compare(before.schedules(), after.schedules(), start, end, now), before)
    touched = {person for change in comparison.changes for person in (*change.before, *change.after)}
    was, will = conflicts(before, now, end), conflicts(after, now, end)
    return Plan(
        now,
        comparison,
        _of(touched, before.loads(now, end)),
        _of(touched, after.loads(now, end)),
        only_in(will, was),
        only_in(was, will),
        lost(before, after, now),
        _why(before, after, comparison),
        tuple(on_holidays(after, comparison.changes, now)),
    )


def _without_beginnings(found: Comparison, before: TeamState) -> Comparison:
    """Leave out what a new rotation says of the time before now: nobody was told otherwise."""
    changes = tuple(change for change in found.changes if not change.past or change.rotation in before.rotations)
    return found._replace(changes=changes)


def _window(before: TeamState, after: TeamState, now: Instant) -> tuple[Instant, Instant]:
    """Return from when until when something can be different, and whole turns at the end."""
    pairs = [(before.rotations.get(name), after.rotations.get(name)) for name in {*before.rotations, *after.rotations}]
    changed = [pair for pair in pairs if not (pair[0] and pair[1] and pair[0].schedule is pair[1].schedule)]
    moments = {instant for was, will in changed for instant, _ in _moments(was) ^ _moments(will)}
    schedules = [files.schedule for pair in changed for files in pair if files]
    firsts = [first for schedule in schedules if (first := schedule.first_turn()) is not None]
    named = moments | _days_back(before, after)
    # An override that ends in the year 9999 is looked at for a while from its start.
    end = min(max([now, *named]) + AHEAD, max(now, min(named, default=now)) + _FARTHEST)
    ends = [one.next_handoff(layer, Instant(end)) for one in schedules for layer in one.layers()]
    return min([now, *moments, *firsts]), max([Instant(end), *ends])


def _moments(files: RotationFiles | None) -> set[tuple[Instant, object]]:
    """Return the instants that the files name, and what they say of each.

    These are where versions begin, and where overrides and stints begin and end.
    """
    if files is None:
        return set()
    record, schedule = files.record, files.schedule
    versions = {
        (WallClock(layer.timezone or schedule.zone).instant(version.from_.wall), (layer.name, version.members))
        for layer in record.all_layers()
        for version in layer.roster
    }
    stints = {
        (schedule.clock.instant(moment.wall), (role, stint.person))
        for role, entry in record.roles.items()
        if isinstance(entry, tuple)
        for stint in entry
        for moment in (stint.from_, stint.until)
    }
    changes = {
        (moment, (each.id, one.role, one.people, one.instead_of))
        for each in files.overrides
        for one in each.changes
        for moment in (one.start, one.end)
    }
    return versions | stints | changes


def _days_back(before: TeamState, after: TeamState) -> set[Instant]:
    """Return the ends of time off that only one of the states has."""
    ends = [
        {
            (person, off.from_.wall, state.clock_of(person).instant(off.until.wall))
            for person, record in state.people.items()
            for off in record.time_off
        }
        for state in (before, after)
    ]
    return {end for _, _, end in ends[0] ^ ends[1]}


def _why(before: TeamState, after: TeamState, comparison: Comparison) -> dict[HandChange, tuple[Alteration, ...]]:
    names = {change.rotation for change in comparison.changes}
    reasons = {name: Reasons(before.rotations.get(name), after.rotations.get(name)) for name in names}
    return {change: reasons[change.rotation].of(change) for change in comparison.changes}


def _handed(changes: Iterable[HandChange], why: Mapping[HandChange, tuple[Alteration, ...]]) -> Iterator[HandedShift]:
    """Yield the changes with those of one turn made one, although closed hours lie between them."""
    found: dict[object, HandedShift] = {}
    for change in changes:
        key = (*change[:2], change.before, change.after, change.past, change.turn or change.start)
        seconds = change.end - change.start
        if key in found:
            known = found[key]
            reasons = tuple(dict.fromkeys((*known.why, *why[change])))
            found[key] = known._replace(end=change.end, seconds=known.seconds + seconds, why=reasons)
        else:
            found[key] = HandedShift(*change[:6], change.past, seconds, why[change])
    yield from found.values()


def _of(people: set[str], borne: dict[str, Load]) -> dict[str, Load]:
    return {person: borne.get(person, Load()) for person in sorted(people)}
