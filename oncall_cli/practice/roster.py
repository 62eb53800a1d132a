"""A change of roster, decided: whether it may be, from which turn on, and what it writes into the rotation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.person import Person
from oncall_cli.model.rotation import RosterVersion, Rotation
from oncall_cli.model.suggest import suggestion
from oncall_cli.model.time import DAY, Instant, LocalMoment, Wall
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.roster_refusals import refuse_change
from oncall_cli.schedule.compile import compile_layer
from oncall_cli.schedule.roster_edit import LayerRoster, RosterEdit, When, offsets_of, with_roster
from oncall_cli.schedule.said import said
from oncall_cli.schedule.seats import Members, Reorder, RosterVerb, is_in
from oncall_cli.schedule.walls import WallClock


class Timing(NamedTuple):
    """From when a change shall hold: at a kind of handoff, from the first one after an instant, or since ever."""

    when: When = When.NEXT_HANDOFF
    not_before: Instant | None = None
    rewrite: bool = False


class RosterChange(NamedTuple):
    """A change of one layer's roster; ``asked`` is when the first handoff begins that was meant."""

    rotation: Rotation
    layer: str
    verb: RosterVerb
    roster: LayerRoster
    edit: RosterEdit
    asked: Instant
    rewrites: bool = False

    @property
    def after(self) -> Rotation:
        """The rotation as it will be."""
        return with_roster(self.rotation, self.layer, self.edit.roster)

    def versions(self) -> Iterator[tuple[RosterVersion, bool]]:
        """Yield the versions that are written, and whether each is new in the file."""
        place, _ = self.edit.inserted or (None, None)
        for number, version in enumerate(self.edit.roster):
            before = number - (place is not None and number > place)
            if number == place or before in self.edit.changed:
                yield version, number == place

    def kept(self) -> list[RosterVersion]:
        """Return the later versions that the change leaves as they are."""
        return list(self.roster.later(self.edit.number)) if isinstance(self.verb, Reorder) else []

    def first_turn(self, person: str) -> Instant | None:
        """Return when somebody's first turn under the new roster begins."""
        turns = self.roster.after(self.edit)
        most = sum(len(version.members) for version in turns.versions)
        for number in range(self.edit.number, self.edit.number + 2 * most + 1):
            turn = turns.find(number)
            if person in turn.version.members[turn.position]:
                return turns.start(number)
        return None

    def last_turn(self, person: str, now: Instant) -> Instant | None:
        """Return when the last turn ends that somebody still has, begun or to come."""
        turns = self.roster.turns
        under_way = turns.number_at(now)
        for number in range(self.edit.number - 1, (under_way[0] if under_way else 0) - 1, -1):
            turn = turns.find(number)
            if person in turn.version.members[turn.position]:
                return turns.start(number + 1)
        return None


def roster_change(
    rotation: Rotation, layer: str, verb: RosterVerb, timing: Timing, people: Mapping[str, Person], now: Instant
) -> RosterChange:
    """Return what a change of a layer's roster writes; raise ``Refused`` with the reason when it may not be."""
    roster = layer_roster(rotation, layer)
    if timing.rewrite:
        under_way = roster.turns.number_at(now)
        number = under_way[0] if under_way else 0
    else:
        number = turn_wanted(roster, timing, now)
    refuse_change(rotation, roster, verb, number, people)
    edit = roster.rewritten(verb, now) if timing.rewrite else roster.edit(verb, number)
    if not edit.changed and not edit.inserted:
        hint = f"see 'oncall rotation show {rotation.id}'"
        raise Refused("nothing would change: that is the roster already", hint)
    asked = roster.turns.start(number)
    return RosterChange(rotation, layer, verb, roster, edit, asked, timing.rewrite)


def layer_roster(rotation: Rotation, layer: str) -> LayerRoster:
    """Return the roster of a layer of a rotation whose time zone is known."""
    assert rotation.timezone
    found = next(one for one in rotation.all_layers() if one.name == layer)
    return LayerRoster(found, rotation.timezone, offsets_of(rotation))


def layer_meant(rotation: Rotation, layer: str | None, person: str | None, now: Instant) -> str:
    """Return the layer that was named, else the only one, or the only one with a person; refuse a doubt."""
    names = [one.name for one in rotation.all_layers()]
    if layer is not None and layer not in names:
        raise Refused(f"'{rotation.id}' has no layer '{layer}'", hint=suggestion(layer, names, "layer"))
    if layer is not None or len(names) == 1:
        return layer or names[0]
    theirs = [name for name in names if person and is_ahead(rotation, name, person, now)]
    if len(theirs) == 1:
        return theirs[0]
    several = ", ".join(theirs or names)
    raise Refused(f"'{rotation.id}' has several layers: {several}", hint="say which with --layer NAME")


def is_ahead(rotation: Rotation, layer: str, person: str, now: Instant) -> bool:
    """Return whether somebody is in the version of a layer's roster that is in force, or in a later one."""
    assert rotation.timezone
    found = next(one for one in rotation.all_layers() if one.name == layer)
    turns = compile_layer(found, rotation.timezone, ())
    under_way = turns.number_at(now)
    place = int(turns.find(under_way[0] if under_way else 0).version.keys[-1])
    return any(is_in(person, version.members) for version in found.roster[place:])


def roster_edits(change: RosterChange) -> RecordEdit:
    """Return what a change of roster writes into the rotation's file."""
    keys = _keys(change.rotation, change.layer)
    sets = [((*keys, place, "members"), _spelled(new)) for place, new in change.edit.changed.items()]
    inserts = []
    if change.edit.inserted:
        place, version = change.edit.inserted
        inserts = [(keys, place, {"from": str(version.from_), "members": _spelled(version.members)})]
    return RecordEdit(change.rotation.path, sets=sets, inserts=inserts)


def turn_wanted(roster: LayerRoster, timing: Timing, now: Instant) -> int:
    """Return the turn to begin with; a start before today is refused, and a handoff that has been."""
    clock = WallClock(roster.zone)
    today = clock.wall(now) // DAY * DAY
    if timing.not_before is None:
        return roster.wanted(timing.when, Instant(now + 1))
    number = roster.wanted(timing.when, timing.not_before)
    start = roster.turns.start(number)
    if timing.not_before < clock.instant(Wall(today)) or start <= now:
        past = min(start, timing.not_before)
        raise Refused(
            f"{said(clock, past)} ({roster.zone}) is in the past: a roster that has begun is not changed",
            hint="give a later --from, or leave it out for the next handoff",
        )
    return number


def _keys(rotation: Rotation, layer: str) -> Keys:
    names = [one.name for one in rotation.layers]
    return ("layers", names.index(layer), "roster") if names else ("roster",)


def _spelled(members: Members) -> Value:
    return [member[0] if len(member) == 1 else list(member) for member in members]


def moment_spelled(clock: WallClock, instant: Instant) -> LocalMoment:
    """Return how a file says an instant on its own wall: as a date at midnight."""
    wall = clock.wall(instant)
    return LocalMoment(wall, is_date=wall % DAY == 0)
