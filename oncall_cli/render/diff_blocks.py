"""A difference as headings, tables and lists of plain text, for the formats that many people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.lasting import span
from oncall_cli.model.time import Instant
from oncall_cli.render.handles import Cell, Code, handle_of
from oncall_cli.render.load import hours
from oncall_cli.render.plan import load_change
from oncall_cli.render.plan_words import Footnotes, PlanWords, counted, part, untold
from oncall_cli.render.text import one_line
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.difference import Difference, Side
    from oncall_cli.practice.plan import HandedShift
    from oncall_cli.schedule.comparison import RotationGap

Row = tuple[Cell, ...]


class Table(NamedTuple):
    """Rows under a head; ``loud`` when nobody should overlook it, ``folded`` when few will read it."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[Row]
    loud: bool = False
    folded: bool = False


class Items(NamedTuple):
    """Sentences in a list; numbered where something refers to them."""

    title: str
    items: Sequence[str]
    loud: bool = False
    folded: bool = False
    numbered: bool = False


Block = Table | Items


class DiffBlocks:
    """Lays a difference out for readers in many places: times are in one zone, told at the end."""

    def __init__(self, difference: Difference, people: Mapping[str, Person], home: Zone, now: Instant) -> None:
        self.difference = difference
        self.people = people
        self.times = Times(_zone(difference, home), now, asked=True)
        self.words = PlanWords(people, home, self.times)
        self._handed = difference.plan.handed()
        self._notes = Footnotes(self._handed)

    @cached_property
    def verdict(self) -> str:
        """What one reads when one reads one line."""
        return self.words.verdict(self.difference.plan)

    @cached_property
    def rewritten(self) -> str:
        """The line that tells of a changed past; empty without one."""
        return self.words.rewritten(self.difference.plan)

    def sides(self) -> tuple[str, str]:
        """Return the names of what is compared."""
        return side_words(self.difference.base), side_words(self.difference.head)

    @cached_property
    def note(self) -> str:
        """How far this looks, and in which zone times are."""
        return self.words.note(self.difference.plan)

    def weeks(self) -> str:
        """Return the head of the drawing; empty when there is nothing to draw."""
        lanes = self.difference.lanes
        return f"Before and after, {self.times.until(lanes.start, lanes.end)}" if lanes else ""

    @cached_property
    def first(self) -> list[Block]:
        """What stands above the drawing of the weeks."""
        return list(self._first())

    @cached_property
    def rest(self) -> list[Block]:
        """What stands below the drawing."""
        return list(self._rest())

    def _first(self) -> Iterator[Block]:
        plan = self.difference.plan
        yield Items("What could not be compared", self.difference.notes, loud=True)
        yield Items("To be solved", list(self.words.wrong(plan)), loud=True)
        yield self._shifts("THE PAST changes: these were stood already", past=True)
        yield self._shifts("Shifts that change hands", past=False)
        yield Items("Why", list(map(str, self._notes.reasons)), numbered=self._notes.numbered)

    def _rest(self) -> Iterator[Block]:
        plan = self.difference.plan
        yield self._gaps("Gaps that open", plan.opened(), loud=True)
        yield self._gaps("Gaps that close", plan.closed(), loud=False)
        yield self._exchanges()
        yield Items("Solved", list(self.words.solved(plan)))
        records = untold(self.difference.records, self._notes.reasons)
        yield Items("Other records", [record.text for record in records])
        yield self._load()

    def _shifts(self, title: str, *, past: bool) -> Table:
        shifts = [shift for shift in self._handed if shift.past is past]
        head = ("When", "Rotation", "Before", "After", *(("Why",) if self._notes.numbered else ()))
        return Table(title, head, [self._shift(shift) for shift in shifts], loud=past)

    def _shift(self, shift: HandedShift) -> Row:
        cells = (
            self.times.until(shift.start, shift.end) + part(shift),
            f"{shift.rotation} {shift.role}",
            self.words.those(shift.before, shift),
            self.words.those(shift.after, shift),
        )
        return (*cells, self._notes.marks(shift)) if self._notes.numbered else cells

    def _gaps(self, title: str, gaps: Iterable[RotationGap], *, loud: bool) -> Table:
        rows = [
            (self.times.until(gap.start, gap.end), f"{rotation} {gap.role}", span(gap.end - gap.start))
            for rotation, gap in gaps
        ]
        return Table(title, ("When", "Rotation", "How long"), rows, loud=loud)

    def _exchanges(self) -> Table:
        rows = [
            (
                self.words.name(row.person),
                handle_of(self.people.get(row.person)) or Code(row.person),
                _shifts_of(row.gains, row.gained),
                _shifts_of(row.loses, row.lost),
            )
            for row in self.difference.plan.exchanges()
        ]
        return Table("Who gains and who loses, to agree", ("Person", "Handle", "Gains", "Loses"), rows)

    def _load(self) -> Table:
        plan = self.difference.plan
        if plan.load_before == plan.load_after:
            return Table("Load ahead", (), [])
        rows = [
            (self.words.name(person), *map(load_change, was, plan.load_after[person]))
            for person, was in plan.load_before.items()
        ]
        return Table("Load ahead", ("Person", "Hours", "At night", "Weekend", "Holiday"), rows, folded=True)


def side_words(side: Side) -> str:
    """Return how a side was named, with its commit."""
    return f"{one_line(side.said)} ({side.commit[:9]})" if side.commit else side.said


def _shifts_of(number: int, seconds: int) -> str:
    return f"{counted(number, 'shift', 'shifts')}, {hours(seconds)}" if number else ""


def _zone(difference: Difference, home: Zone) -> Zone:
    """Return the zone of all rotations that change when they have one in common, else the team's."""
    zones = difference.zones
    return next(iter(zones)) if len(zones) == 1 else home
