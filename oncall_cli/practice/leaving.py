"""What becomes of the promises that a change of roster ends: what lies ahead goes, what was has been."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

from oncall_cli.model.override import Change, Override, OverrideKind
from oncall_cli.model.rotation import Rotation, Stint
from oncall_cli.model.time import Instant
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.roster import RosterChange, is_ahead, moment_spelled
from oncall_cli.practice.stamps import stamp
from oncall_cli.practice.team_state import RotationFiles
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import ChangeId, Schedule
from oncall_cli.schedule.shift import People


class Fate(StrEnum):
    """What becomes of a promise."""

    REMOVED = "removed"
    ENDED = "ended"
    DISSOLVED = "dissolved"
    """A whole swap goes, so that its other half comes back to whose it was."""


class Promise(NamedTuple):
    """Time that falls back: whose it was by which override (or, without one, by name), and instead of whom."""

    fate: Fate
    override: str | None
    role: str
    start: Instant
    end: Instant
    people: People
    instead_of: str | None


class Farewell(NamedTuple):
    """What a change of roster ends beside the turns, and what that writes."""

    promises: tuple[Promise, ...]
    edits: tuple[RecordEdit, ...]


def farewell(
    files: RotationFiles, change: RosterChange, person: str | None, now: Instant, lost: Collection[ChangeId] = ()
) -> Farewell:
    """Return what a person who leaves had promised and the changes that are lost, and the edits that end both.

    Who keeps a place in another layer keeps the promises as well, but for the covers of turns that they no longer
    have.
    """
    after, since = change.after, max(change.edit.begins, now)
    gone = person is not None and not any(is_ahead(after, layer.name, person, since) for layer in after.all_layers())
    promises: list[Promise] = []
    edits: list[RecordEdit] = []
    ending = _Ending(person, since, now, gone, compile_schedule(after), lost)
    for override in files.overrides:
        told = list(ending.promises(override))
        if told:
            promises += told
            edits.append(ending.edit(override, {promise.fate for promise in told}))
    if person is not None and gone:
        told_of, edit = _stints(files, person, since)
        promises += told_of
        edits += [edit] if told_of else []
    return Farewell(tuple(sorted(promises, key=lambda promise: promise.start)), tuple(edits))


class _Ending(NamedTuple):
    person: str | None
    since: Instant
    now: Instant
    gone: bool
    bare: Schedule
    lost: Collection[ChangeId]

    def ends(self, override: Override) -> list[int]:
        """Return the places of the changes that promise time that is over."""
        return [
            place
            for place, change in enumerate(override.changes)
            if max(change.start, self.since) < change.end
            and ((override.id, place) in self.lost or self._theirs(change))
        ]

    def _theirs(self, change: Change) -> bool:
        """Return whether the time is the leaver's, or that of a turn they had."""
        start = max(change.start, self.since)
        if self.person is None:
            return False
        if self.gone and self.person in change.people:
            return True
        if change.instead_of != self.person:
            return False
        turns = self.bare.shifts(start, change.end, (change.role,))
        return not any(self.person in shift.people for shift in turns)

    def promises(self, override: Override) -> Iterator[Promise]:
        """Yield what becomes of each change of an override; nothing for those that stay."""
        ends = self.ends(override)
        whole = bool(ends) and self._dissolves(override)
        for place, change in enumerate(override.changes):
            if whole or place in ends:
                fate = Fate.DISSOLVED if whole else Fate.ENDED if change.start < self.since else Fate.REMOVED
                start = change.start if whole else max(change.start, self.since)
                yield Promise(fate, override.id, change.role, start, change.end, change.people, change.instead_of)

    def _dissolves(self, override: Override) -> bool:
        """Return whether it is a swap that lies ahead as a whole: nobody stands a half of it for nothing."""
        return override.kind is OverrideKind.SWAP and all(change.start >= self.now for change in override.changes)

    def edit(self, override: Override, fates: set[Fate]) -> RecordEdit:
        """Return what ends a part of an override, or all of it."""
        places = self.ends(override)
        going = [place for place in places if override.changes[place].start >= self.since]
        others = {place: self._others(override, place) for place in places}
        removed = [place for place in going if not others[place]]
        if Fate.DISSOLVED in fates or len(removed) == len(override.changes):
            return RecordEdit(override.path, deleted=True)
        sets: list[tuple[Keys, Value]] = [
            (("changes", place, "person"), _spelled(others[place])) for place in going if others[place]
        ]
        appends: list[tuple[Keys, Value]] = []
        for place in (place for place in places if place not in going):
            sets.append((("changes", place, "end"), stamp(self.since, self.bare.zone)))
            if others[place]:
                appends.append((("changes",), self._rest(override.changes[place], others[place])))
        removes = [("changes", place) for place in removed]
        return RecordEdit(override.path, sets=sets, removes=removes, appends=appends)

    def _others(self, override: Override, place: int) -> People:
        """Return who goes on with the change when the person does not; nobody with one that is lost."""
        change = override.changes[place]
        if change.instead_of == self.person or (override.id, place) in self.lost:
            return ()
        return tuple(one for one in change.people if one != self.person)

    def _rest(self, change: Change, others: People) -> dict[str, Value]:
        """Return the change of the others, from when the person leaves."""
        zone = self.bare.zone
        rest: dict[str, Value] = {"role": change.role, "start": stamp(self.since, zone)}
        rest |= {"end": stamp(change.end, zone), "person": _spelled(others)}
        return {**rest, "instead_of": change.instead_of} if change.instead_of else rest


def _stints(files: RotationFiles, person: str, since: Instant) -> tuple[list[Promise], RecordEdit]:
    """Return the times by name that end, and the edit of the rotation that ends them."""
    clock = files.schedule.clock
    promises: list[Promise] = []
    sets: list[tuple[Keys, Value]] = []
    removes: list[Keys] = []
    for role, place, stint in _by_name(files.record):
        start, end = clock.instant(stint.from_.wall), clock.instant(stint.until.wall)
        if stint.person != person or end <= since:
            continue
        begun = start < since
        if begun:
            sets.append((("roles", role, place, "until"), str(moment_spelled(clock, since))))
        else:
            removes.append(("roles", role, place))
        fate = Fate.ENDED if begun else Fate.REMOVED
        promises.append(Promise(fate, None, role, max(start, since), end, (person,), None))
    return promises, RecordEdit(files.record.path, sets=sets, removes=removes)


def _by_name(rotation: Rotation) -> Iterator[tuple[str, int, Stint]]:
    for role, entry in rotation.roles.items():
        for place, stint in enumerate(entry if isinstance(entry, tuple) else ()):
            yield role, place, stint


def _spelled(people: People) -> Value:
    return people[0] if len(people) == 1 else list(people)
