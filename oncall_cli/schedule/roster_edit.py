"""A change of roster as new dated versions: where one may begin, and what each must say.

Nothing that anybody has been told changes. A role with an offset tells people their turns that many
handoffs ahead, so that the new version begins where it deals these turns to the same people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.rotation import RosterVersion
from oncall_cli.model.time import DAY, Instant, LocalMoment, Wall
from oncall_cli.schedule.compile import compile_layer
from oncall_cli.schedule.dealing import Dealing
from oncall_cli.schedule.handoffs import handoffs
from oncall_cli.schedule.layer import Layer, Version
from oncall_cli.schedule.seats import Leave, Members, RosterVerb, begun_at
from oncall_cli.schedule.shift import People

if TYPE_CHECKING:
    from oncall_cli.model import rotation as record
    from oncall_cli.model.zone import Zone

# Handoffs that do not divide the day come back to its own pattern within a few weeks.
_LOOK = 1000


class When(StrEnum):
    """At which handoff a change begins when no time is given; a version never cuts a turn, so ``now`` is the next."""

    NOW = "now"
    NEXT_HANDOFF = "next-handoff"
    END_OF_CYCLE = "end-of-cycle"


class Delay(NamedTuple):
    """Why a version begins later than asked: a turn that somebody knows of through a role, or (no role) the clock.

    Handoffs every 5 hours begin every day anew at the same time only where a version begins.
    """

    role: str | None
    people: People
    start: Instant


class RosterEdit(NamedTuple):
    """What a change writes into one roster, and from when it tells.

    ``changed`` holds new lists by the version's place in the file as it is; ``inserted`` is the new version
    and its place. Before ``start`` no answer changes; ``begins`` is the first handoff of the new list.
    """

    changed: Mapping[int, Members]
    inserted: tuple[int, RosterVersion] | None
    roster: tuple[RosterVersion, ...]
    number: int
    start: Instant
    begins: Instant
    delay: Delay | None = None


class _Draft(NamedTuple):
    changed: dict[int, Members]
    inserted: tuple[int, RosterVersion] | None
    roster: tuple[RosterVersion, ...]


class LayerRoster:
    """The roster of one layer, as the file deals it and as changes would."""

    def __init__(self, layer: record.Layer, zone: Zone, offsets: Mapping[str, int]) -> None:
        self.record = layer
        self.turns = compile_layer(layer, zone, ())
        self.zone = layer.timezone or zone
        self._offsets = offsets if layer.role == PRIMARY else {}
        self._told = max(self._offsets.values(), default=0)

    @property
    def told(self) -> int:
        """How many turns ahead somebody knows of theirs by holding a role: the greatest offset."""
        return self._told

    def place(self, number: int) -> int:
        """Return the place in the file of the version that deals a turn."""
        return _place(self.turns.find(number).version)

    def members(self, number: int) -> Members:
        """Return the list by which a turn is dealt."""
        return self.record.roster[self.place(number)].members

    def later(self, number: int) -> tuple[RosterVersion, ...]:
        """Return the versions in the file after the one that deals a turn."""
        return self.record.roster[self.place(number) + 1 :]

    def wanted(self, when: When, earliest: Instant) -> int:
        """Return the number of the turn, of those that begin at ``earliest`` or later, with which to begin."""
        number = self.turns.number_from(earliest)
        while when is When.END_OF_CYCLE and self.turns.find(number).position:
            number += 1
        return number

    def edit(self, verb: RosterVerb, wanted: int) -> RosterEdit:
        """Return the change from a turn on, or from the first later one at which everybody keeps what they know.

        Where there is none, as an offset looks past a whole list, the turns told by then stay and the version
        follows them; a role with an offset then shows the new order before the version begins.
        """
        cycle = max(len(version.members) for version in self.turns.versions) + 1
        for number, draft in islice(self._drafts(verb, wanted), cycle + self._told):
            if self._keeps(draft, number, number + self._told):
                return self._edit(verb, draft, number, wanted, number)
        for number, draft in self._drafts(verb, wanted):
            if self._keeps(draft, number, wanted + self._told):
                return self._edit(verb, draft, number, wanted, wanted)
        raise Refused(
            f"no roster version can begin at a handoff of '{self.record.name}' in the next {_LOOK} turns",
            hint=f"choose an 'every' that divides a day, other than {self.record.handoff.every}",
        )

    def rewritten(self, verb: RosterVerb, now: Instant) -> RosterEdit:
        """Return the change in the version in force, as if it had never said anything else."""
        under_way = self.turns.number_at(now)
        version = self.turns.find(under_way[0] if under_way else 0).version
        place = _place(version)
        concerned = range(place, len(self.record.roster) if verb.spreads else place + 1)
        lists = {each: _plain(verb, self.record.roster[each].members) for each in concerned}
        changed = {each: new for each, new in lists.items() if new != self.record.roster[each].members}
        begins = self.turns.start(version.first)
        return RosterEdit(changed, None, self._roster(changed, None), version.first, begins, begins)

    def after(self, edit: RosterEdit) -> Layer:
        """Return the turns that follow from a change."""
        return compile_layer(self.record.model_copy(update={"roster": edit.roster}), self.zone, ())

    def _edit(self, verb: RosterVerb, draft: _Draft, number: int, wanted: int, since: int) -> RosterEdit:
        delay = self._delay(verb, wanted) if number > wanted else None
        return RosterEdit(*draft, number, self.turns.start(since), self.turns.start(number), delay)

    def _drafts(self, verb: RosterVerb, wanted: int) -> Iterator[tuple[int, _Draft]]:
        """Yield each turn from the wanted one on at which a version may begin, and what would be written."""
        for number in range(wanted, wanted + _LOOK):
            draft = self._draft(verb, number)
            if draft:
                yield number, draft

    def _draft(self, verb: RosterVerb, number: int) -> _Draft | None:
        version, inside = self.turns.find(number)
        place, old = _place(version), version.members
        position = inside % len(old)
        new = begun_at(verb.seats(old), position, len(old))
        same = new == (*old[position:], *old[:position])
        first = version.first if same else number
        changed = self._later(verb, version, old if same else new, first, number)
        inserted = None
        if not same and not inside:
            changed[place] = new
        elif not same:
            begin = self.begin(self.turns.wall(number))
            if begin is None:
                return None
            inserted = (place + 1, _version(begin, new))
        return _Draft(changed, inserted, self._roster(changed, inserted))

    def _later(self, verb: RosterVerb, was: Version, will: Members, first: int, since: int) -> dict[int, Members]:
        """Return the new lists of the versions after one that will deal ``will`` from the turn ``first`` on.

        A version that went on where the one before it stopped still does. Not so one at whose end somebody has
        just been put who now leaves without a turn: it is again what it was.
        """
        dealt = {_place(version): version for version in self.turns.versions}
        changed: dict[int, Members] = {}
        for place in range(_place(was) + 1, len(self.record.roster) if verb.spreads else 0):
            old = self.record.roster[place].members
            new = _plain(verb, old)
            if version := dealt.get(place):
                due = was.members[(version.first - was.first) % len(was.members)]
                undone = isinstance(verb, Leave) and old[-1] == (verb.person,) and self._is_new(verb.person, since)
                if due == old[0] and not undone:
                    new = _begun_with(will[(version.first - first) % len(will)], new)
                was, will, first = version, new, version.first
            if new != old:
                changed[place] = new
        return changed

    def _is_new(self, person: str, number: int) -> bool:
        """Return whether somebody had no turn in the cycle before a turn."""
        cycle = range(max(0, number - len(self.members(number))), number)
        return not any(person in _people(self.turns, each) for each in cycle)

    def _roster(
        self, changed: Mapping[int, Members], inserted: tuple[int, RosterVersion] | None
    ) -> tuple[RosterVersion, ...]:
        versions = [
            _version(version.from_, changed[place]) if place in changed else version
            for place, version in enumerate(self.record.roster)
        ]
        if inserted:
            versions.insert(*inserted)
        return tuple(versions)

    def begin(self, wall: Wall) -> LocalMoment | None:
        """Return the ``from`` of a version whose first turn begins then: a day if that will do; None where none can."""
        handoff = self.record.handoff
        hours = self.turns.hours if handoff.skip_empty else None
        for since in (LocalMoment(Wall(wall - wall % DAY), is_date=True), LocalMoment(wall, is_date=False)):
            row = handoffs(handoff.every, handoff.at, since.wall)
            if Dealing(row, hours).wall(0) == wall:
                return since
        return None

    def _keeps(self, draft: _Draft, first: int, stop: int) -> bool:
        """Return whether the turns ``first`` up to ``stop`` stay with the people who have them."""
        return first >= stop or self._lost(draft, first, stop) is None

    def _lost(self, draft: _Draft, first: int, stop: int) -> int | None:
        new = compile_layer(self.record.model_copy(update={"roster": draft.roster}), self.zone, ())
        turns = range(first, stop)
        return next((number for number in turns if _people(new, number) != _people(self.turns, number)), None)

    def _delay(self, verb: RosterVerb, wanted: int) -> Delay:
        """Return why a change cannot begin at the turn that was wanted."""
        draft = self._draft(verb, wanted)
        lost = self._lost(draft, wanted, wanted + self._told) if draft else None
        if lost is None:
            return Delay(None, (), self.turns.start(wanted))
        knows = [role for role, offset in self._offsets.items() if offset > lost - wanted]
        role = min(knows, key=lambda role: self._offsets[role])
        return Delay(role, _people(self.turns, lost), self.turns.start(lost))


def offsets_of(rotation: record.Rotation) -> dict[str, int]:
    """Return the roles that are held some places after the primary."""
    entries = rotation.roles.items()
    return {role: entry.offset for role, entry in entries if not isinstance(entry, tuple) and role != PRIMARY}


def with_roster(rotation: record.Rotation, layer: str, roster: tuple[RosterVersion, ...]) -> record.Rotation:
    """Return the rotation with another roster in one of its layers."""
    if not rotation.layers:
        return rotation.model_copy(update={"roster": roster})
    layers = [one.model_copy(update={"roster": roster}) if one.name == layer else one for one in rotation.layers]
    return rotation.model_copy(update={"layers": tuple(layers)})


def _people(layer: Layer, number: int) -> People:
    turn = layer.find(number)
    return turn.version.members[turn.position]


def _place(version: Version) -> int:
    return int(version.keys[-1])


def _plain(verb: RosterVerb, members: Members) -> Members:
    return tuple(seat.people for seat in verb.seats(members))


def _begun_with(first: People, members: Members) -> Members:
    """Return the same cycle from a member on; the list as it is where that one has not exactly one seat."""
    if members.count(first) != 1 or len(set(members)) < len(members):
        return members
    place = members.index(first)
    return (*members[place:], *members[:place])


def _version(since: LocalMoment, members: Members) -> RosterVersion:
    return RosterVersion.model_validate({"from": since, "members": members})
