"""What the file puts on call for a role, before overrides: the turns of a layer, or stints by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple, Protocol

from oncall_cli.model.time import Instant, Wall
from oncall_cli.schedule.layer import Layer
from oncall_cli.schedule.pieces import uncut
from oncall_cli.schedule.shift import Ground, Keys, Shift, Source
from oncall_cli.schedule.spans import Span, intersection


class Holder(Protocol):
    """One source of people for one role; where several have somebody, the last in the role's list wins."""

    def shifts(self, start: Instant, end: Instant) -> list[Shift]:
        """Return the whole stretches that touch ``[start, end)``."""

    def begin(self) -> Instant:
        """Return when it first puts anybody on call, hours aside."""

    def ground(self, instant: Instant) -> Ground | None:
        """Return the reason for its answer at ``instant``, hours aside."""


class LayerRole:
    """A role that is held by the members of a layer's turns, or by those whose turn is ``offset`` later."""

    __slots__ = ("_entries", "_layer", "_offset", "_role")

    def __init__(self, layer: Layer, role: str, offset: int, entries: tuple[str, ...]) -> None:
        self._layer = layer
        self._role = role
        self._offset = offset
        self._entries = entries

    def shifts(self, start: Instant, end: Instant) -> list[Shift]:
        """Return the whole stretches that touch ``[start, end)``, in UTC seconds."""
        return self._layer.shifts(self._role, self._offset, start, end)

    def begin(self) -> Instant:
        """Return when it first puts anybody on call, hours aside."""
        return self._layer.first_turn()

    def ground(self, instant: Instant) -> Ground | None:
        """Return the reason for its answer at ``instant``, hours aside."""
        under_way = self._layer.number_at(instant)
        if under_way is None:
            return None
        number, start, end = under_way
        turn, held = self._layer.find(number), self._layer.find(number + self._offset)
        return Ground(
            layer=self._layer.name,
            keys=turn.version.keys,
            since=turn.version.since,
            number=turn.number,
            start=start,
            end=end,
            offset=self._offset,
            members=held.version.members,
            member_keys=held.version.keys,
            position=held.position,
            hours=self._entries,
            people=held.version.members[held.position],
        )


class Stint(NamedTuple):
    """A person who holds a role by name for a span of UTC seconds."""

    start: Instant
    end: Instant
    person: str
    since: Wall
    keys: Keys


class StintRole:
    """A role that people hold by name; those whose stints are at once stand together, in the file's order.

    A turn of theirs is a stretch in which the same stints hold.
    """

    __slots__ = ("_open", "_role", "_stints")

    def __init__(self, role: str, stints: list[Stint], opened: Callable[[Instant, Instant], list[Span]]) -> None:
        self._role = role
        self._stints = stints
        self._open = opened

    def shifts(self, start: Instant, end: Instant) -> list[Shift]:
        """Return the whole stretches that touch ``[start, end)``, in UTC seconds."""
        return [
            shift
            for stretch in self._stretches()
            if stretch[0] < end and stretch[1] > start
            for shift in uncut(partial(self._cut, stretch), (start, end), stretch)
        ]

    def begin(self) -> Instant:
        """Return when it first puts anybody on call, hours aside."""
        return min(stint.start for stint in self._stints)

    def ground(self, instant: Instant) -> Ground | None:
        """Return the reason for its answer at ``instant``, hours aside."""
        stints = self._at(instant)
        if not stints:
            return None
        start, end = next(span for span in self._stretches() if span[0] <= instant < span[1])
        people = tuple(dict.fromkeys(stint.person for stint in stints))
        keys, since = stints[0].keys, stints[0].since
        return Ground(None, keys, since, 0, start, end, 0, (people,), keys, 0, (), people)

    def _cut(self, stretch: Span, start: Instant, end: Instant) -> list[Shift]:
        people = tuple(dict.fromkeys(stint.person for stint in self._at(stretch[0])))
        return [
            Shift(opens, closes, self._role, people, None, stretch[0], opens, Source.ROSTER, None)
            for opens, closes in intersection([(start, end)], self._open(start, end))
        ]

    def _at(self, instant: Instant) -> list[Stint]:
        return [stint for stint in self._stints if stint.start <= instant < stint.end]

    def _stretches(self) -> list[Span]:
        """Return the spans between the starts and ends of stints, in which somebody has one."""
        points = sorted({point for stint in self._stints for point in (stint.start, stint.end)})
        return [span for span in pairwise(points) if self._at(span[0])]
