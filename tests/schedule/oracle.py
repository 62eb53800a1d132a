"""A second, slow evaluator of DESIGN's section on time: one instant after another, nothing clever.

It shares no code with the schedule. It walks the handoffs one by one from the first, deals the turns,
and looks for each instant who has it. Instants are aware datetimes in UTC, walls are naive datetimes.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

from oncall_cli.model.hours import Hours
from oncall_cli.model.override import Override
from oncall_cli.model.rotation import Handoff, Layer, Role, RosterVersion, Rotation, Stint
from oncall_cli.model.time import Unit

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - on the wall
People = tuple[str, ...]


class Dealt(NamedTuple):
    """A turn that a member has."""

    start: datetime
    people: People


class Answer(NamedTuple):
    """Who holds a role, and what that follows from."""

    people: People
    base: People
    layer: str | None
    turn: datetime | None
    overridden: bool


@cache
def instant(wall: datetime, zone: str, *, last: bool) -> datetime:
    """A wall time that does not exist is the instant of the jump; of two, the first or the last."""
    early, late = sorted(wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    if local(early, zone) == local(late, zone) == wall:
        return late if last else early
    moment = early
    while local(moment, zone) < wall:
        moment += MINUTE
    return moment


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def on_wall(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def of_day(wall: datetime, minutes: int) -> datetime:
    return wall.replace(hour=0, minute=0) + timedelta(minutes=minutes)


def walk(handoff: Handoff, since: datetime) -> Iterator[datetime]:
    """Yield the walls of the handoffs on or after ``since``."""
    number, unit = handoff.every.count, handoff.every.unit
    if unit is Unit.MONTH:
        yield from walk_months(handoff, since)
        return
    step = timedelta(**{f"{unit}s": number})
    anchor = of_day(since, handoff.at.time.minutes)
    if unit is Unit.HOUR:
        anchor = first_of_day(anchor, step)
        while anchor < since and (anchor + step).day == since.day:
            anchor += step
        if anchor < since:
            anchor = first_of_day(of_day(since + DAY, handoff.at.time.minutes), step)
    else:
        while anchor < since or handoff.at.weekday not in (None, anchor.weekday()):
            anchor += DAY
    for turn in count():
        yield anchor + turn * step


def first_of_day(wall: datetime, step: timedelta) -> datetime:
    while (wall - step).date() == wall.date():
        wall -= step
    return wall


def walk_months(handoff: Handoff, since: datetime) -> Iterator[datetime]:
    skipped = 0
    for months in count():
        year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
        day = min(handoff.at.month_day or 1, monthrange(year, month + 1)[1])
        wall = of_day(datetime(year, month + 1, day), handoff.at.time.minutes)  # noqa: DTZ001 - on the wall
        if wall < since:
            skipped += 1
        elif (months - skipped) % handoff.every.count == 0:
            yield wall


def windows(hours: Sequence[Hours], first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the walls of the windows that can have a time between two walls."""
    day = of_day(first, 0) - 9 * DAY
    while day <= last + DAY:
        for entry in hours:
            for window in entry.windows:
                if window.weekday == day.weekday():
                    yield day + window.start * MINUTE, day + window.end * MINUTE
        day += DAY


def has_hours(hours: Sequence[Hours], begin: datetime, end: datetime) -> bool:
    return not hours or any(opens < end and closes > begin for opens, closes in windows(hours, begin, end))


class LayerOracle:
    """The turns of one layer up to some instant, and the times that its hours open around it."""

    def __init__(self, layer: Layer, zone: str, first: datetime, last: datetime) -> None:
        self.layer = layer
        self.zone = layer.timezone.name if layer.timezone else zone
        self.first, self.last = local(first, self.zone), local(last, self.zone)

    @cached_property
    def dealt(self) -> list[Dealt]:
        """The turns dealt, and enough later ones for any offset."""
        found: list[Dealt] = []
        anchors = [next(walk(self.layer.handoff, on_wall(one.from_.wall))) for one in self.layer.roster]
        for place, version in enumerate(self.layer.roster):
            found += self.deal(version, min(anchors[place + 1 :], default=None))
        return found

    def deal(self, version: RosterVersion, end: datetime | None) -> Iterator[Dealt]:
        walls = walk(self.layer.handoff, on_wall(version.from_.wall))
        wall, number, after = next(walls), 0, 0
        while (end is None or wall < end) and after < 8:
            begin, wall = wall, next(walls)
            until = min(wall, end) if end else wall
            if not self.layer.handoff.skip_empty or has_hours(self.layer.hours, begin, until):
                people = version.members[number % len(version.members)]
                yield Dealt(instant(begin, self.zone, last=False), people)
                number += 1
                after += begin > self.last + 2 * DAY

    @cached_property
    def open(self) -> list[tuple[datetime, datetime]]:
        return [
            (instant(opens, self.zone, last=False), instant(closes, self.zone, last=True))
            for opens, closes in windows(self.layer.hours, self.first, self.last + DAY)
        ]

    def is_open(self, moment: datetime) -> bool:
        return not self.layer.hours or any(opens <= moment < closes for opens, closes in self.open)

    def at(self, moment: datetime, offset: int) -> tuple[People, datetime] | None:
        """Whoever the last turn was dealt to has it, in the hours; an empty turn takes it from nobody."""
        begun = [turn for turn in self.dealt if turn.start <= moment]
        if not begun or not self.is_open(moment):
            return None
        return self.dealt[len(begun) - 1 + offset].people, begun[-1].start


class Oracle:
    """The answers for a rotation and its overrides between two instants."""

    def __init__(self, rotation: Rotation, overrides: Sequence[Override], first: datetime, last: datetime) -> None:
        assert rotation.timezone
        self.rotation = rotation
        self.zone = rotation.timezone.name
        self.first, self.last = first, last
        self.layers = [LayerOracle(layer, self.zone, first, last) for layer in rotation.all_layers()]
        declared = [
            (override.created or 0, override.id, place, change)
            for override in overrides
            for place, change in enumerate(override.changes)
        ]
        self.changes = [change for *_, change in sorted(declared, key=lambda one: one[:3])]

    def at(self, role: str, moment: datetime) -> Answer:
        """The layers' people, each replaced by what the last change that concerns them says."""
        base, layer, turn = self.base(role, moment)
        people: list[str] = []
        overridden = False
        for person in base or (None,):
            says: People = (person,) if person else ()
            for change in self.changes:
                covers = utc(change.start) <= moment < utc(change.end) and change.role == role
                if covers and change.instead_of in (None, person):
                    says, overridden = change.people, True
            people += says
        return Answer(tuple(dict.fromkeys(people)), base, layer, turn, overridden)

    def base(self, role: str, moment: datetime) -> tuple[People, str | None, datetime | None]:
        """The last layer that has somebody wins."""
        entry = self.rotation.roles.get(role)
        found: tuple[People, str | None, datetime | None] = ((), None, None)
        if isinstance(entry, tuple):
            found = self.stints(role, moment), None, None
        own = any(one.layer.role == role for one in self.layers)
        for one in self.layers:
            offset = 0 if one.layer.role == role else None
            if one.layer.role == "primary" and isinstance(entry, Role) and role != "primary":
                offset = offset if own and not entry.offset else entry.offset
            held = None if offset is None else one.at(moment, offset)
            if held:
                found = held[0], one.layer.name, held[1]
        return found

    def stints(self, role: str, moment: datetime) -> People:
        stints = self.rotation.roles[role]
        assert isinstance(stints, tuple)
        primary = [one for one in self.layers if one.layer.role == "primary"]
        if primary and not any(one.is_open(moment) for one in primary):
            return ()
        return tuple(dict.fromkeys(stint.person for stint in stints if self.has_stint(stint, moment)))

    def has_stint(self, stint: Stint, moment: datetime) -> bool:
        start, until = (instant(on_wall(edge.wall), self.zone, last=False) for edge in (stint.from_, stint.until))
        return start <= moment < until

    def required(self, role: str, moment: datetime) -> bool:
        """From the first turn on, in the promised hours: its own, or those of the layers for primary."""
        promise = self.rotation.coverage
        if role not in (promise.roles if promise else ("primary",)):
            return False
        if moment < min(one.dealt[0].start for one in self.layers):
            return False
        if promise and promise.hours:
            return any(
                instant(opens, self.zone, last=False) <= moment < instant(closes, self.zone, last=True)
                for opens, closes in windows(promise.hours, local(moment, self.zone), local(moment, self.zone))
            )
        primary = [one for one in self.layers if one.layer.role == "primary"]
        return not primary or any(one.is_open(moment) for one in primary)

    def gap(self, role: str, moment: datetime) -> bool | None:
        """Whether a gap is intended; None where there is none."""
        answer = self.at(role, moment)
        if answer.people:
            return None
        if answer.overridden and (answer.base or self.required(role, moment)):
            return True
        return False if self.required(role, moment) and not answer.overridden else None


def utc(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
