"""Who is on call: the questions that can be asked of a compiled rotation. Every instant is UTC seconds."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

from oncall_cli.model.time import Instant
from oncall_cli.schedule.changes import overlapping
from oncall_cli.schedule.coverage import Coverage, gaps
from oncall_cli.schedule.layer import Layer
from oncall_cli.schedule.role import RoleLine
from oncall_cli.schedule.shift import Explanation, Gap, Holding, People, RosterStart, Shift, Source, Turn
from oncall_cli.schedule.spans import Span
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.zone import Zone

ChangeId = tuple[str, int]


class Schedule:
    """The answer to every question about one rotation; it never depends on the window that is asked about."""

    __slots__ = ("_coverage", "_layers", "_lines", "_told", "clock", "roles", "rotation", "zone")

    def __init__(
        self,
        rotation: str,
        zone: Zone,
        *,
        lines: list[RoleLine],
        layers: list[Layer],
        coverage: Coverage,
    ) -> None:
        self.rotation = rotation
        self.zone = zone
        self.clock = WallClock(zone)
        self.roles = tuple(line.name for line in lines)
        self._lines = {line.name: line for line in lines}
        self._layers = {layer.name: layer for layer in layers}
        self._coverage = coverage
        self._told: dict[tuple[str, Instant], Holding] = {}
        """Who holds what when, as far as it was asked; the ladder asks again for whom the answer has found."""

    def shifts(
        self, start: Instant, end: Instant, roles: Iterable[str] | None = None, *, cut: bool = True
    ) -> list[Shift]:
        """Return the shifts with a time in ``[start, end)``, by start, then in the order of the roles.

        Those at the edges are cut to the window unless ``cut`` is False.
        """
        wanted = None if roles is None else set(roles)
        lines = [line for line in self._lines.values() if wanted is None or line.name in wanted]
        found = [_shifts(line, start, end, cut=cut) for line in lines] if start < end else []
        if len(found) == 1:
            return found[0]
        return sorted((shift for shifts in found for shift in shifts), key=itemgetter(0))

    def at(self, role: str, instant: Instant) -> Holding:
        """Return who holds a role, since when and how long, and who is next.

        Next is the first later shift of other people, however often the same people come back before; when
        nobody is on call, it is the next shift of anybody. It is looked for during four years.
        """
        if (role, instant) not in self._told:
            self._told[role, instant] = self._held(role, instant)
        return self._told[role, instant]

    def people(self, role: str, instant: Instant) -> People:
        """Return who holds a role, without looking for who is next; nobody for a role that there is not."""
        if told := self._told.get((role, instant)):
            return told.people
        now = self.shifts(instant, Instant(instant + 1), (role,))
        return now[0].people if now else ()

    def _held(self, role: str, instant: Instant) -> Holding:
        line = self._line(role)
        now = next(iter(line.whole(instant, Instant(instant + 1))), None)
        if now and now.people:
            after = _after(line, now)
            return Holding(role, now.people, now.start, now.end, now.source, now.override, *_begin(after))
        after = next(line.later(instant), None)
        start, end = line.last_end(instant), after.start if after else None
        source, override = (now.source, now.override) if now else (Source.ROSTER, None)
        return Holding(role, (), start, end, source, override, *_begin(after))

    def gaps(self, start: Instant, end: Instant) -> list[Gap]:
        """Return when, in ``[start, end)``, nobody holds a role that must be held, or an override leaves it.

        Nothing is required before the first turn of the rotation.
        """
        required = self.promised(start, end)
        found: list[Gap] = []
        for role in dict.fromkeys((*self.roles, *self._coverage.roles)):
            needed = required if role in self._coverage.roles else []
            found += gaps(self._line(role), needed, start, end) if start < end else []
        return sorted(found, key=lambda gap: gap.start)

    def promised(self, start: Instant, end: Instant) -> list[Span]:
        """Return when, in ``[start, end)``, the promised roles must be held: never before the first turn."""
        return self._coverage.required(max(start, self.first_turn() or start), end)

    @property
    def promised_roles(self) -> tuple[str, ...]:
        """The roles that the promise is about."""
        return self._coverage.roles

    def explain(self, role: str, instant: Instant) -> Explanation | None:
        """Return why these people hold the role; None when neither file nor override says who."""
        return self._line(role).explain(instant)

    def first_turn(self) -> Instant | None:
        """Return when the first turn of any layer begins; None when there is no layer."""
        return min((layer.first_turn() for layer in self._layers.values()), default=None)

    def unmatched(self) -> list[ChangeId]:
        """Return the changes whose ``instead_of`` names somebody who has none of their time."""
        return [(change.override, change.place) for line in self._lines.values() for change in line.unmatched()]

    def overlaps(self) -> list[tuple[ChangeId, ChangeId, Instant, Instant]]:
        """Return the pairs of changes that want the same place at once, the loser first, and when they do.

        Two changes that stand in for different people do not, although their spans may overlap.
        """
        return [
            (
                (loser.override, loser.place),
                (winner.override, winner.place),
                max(loser.start, winner.start),
                min(loser.end, winner.end),
            )
            for line in self._lines.values()
            for loser, winner in overlapping(line.changes)
        ]

    def layers(self) -> tuple[str, ...]:
        """Return the names of the layers, in the file's order."""
        return tuple(self._layers)

    def turns(self, layer: str, start: Instant, end: Instant) -> list[Turn]:
        """Return the whole turns of a layer, as dealt, that have a time in ``[start, end)``."""
        return self._layers[layer].turns(start, end) if start < end else []

    def next_handoff(self, layer: str, instant: Instant) -> Instant:
        """Return when, at ``instant`` or later, the next turn of a layer begins."""
        return self._layers[layer].next_handoff(instant)

    def roster_starts(self) -> list[RosterStart]:
        """Return how each roster version after a layer's first takes over from the one before."""
        return [start for layer in self._layers.values() for start in layer.roster_starts]

    def _line(self, role: str) -> RoleLine:
        return self._lines.get(role) or RoleLine(role, [], [])


def _after(line: RoleLine, held: Shift) -> Shift | None:
    """Return the first later shift of other people."""
    people = set(held.people)
    return next((shift for shift in line.later(held.end) if set(shift.people) != people), None)


def _begin(shift: Shift | None) -> tuple[People, Instant | None]:
    return (shift.people, shift.start) if shift else ((), None)


def _shifts(line: RoleLine, start: Instant, end: Instant, *, cut: bool) -> list[Shift]:
    shifts = line.within(start, end) if cut else line.whole(start, end)
    return [shift for shift in shifts if shift.people] if line.changes else shifts
