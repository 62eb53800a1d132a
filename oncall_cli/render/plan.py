"""The plan of a change: what it does to the schedule, for a person before they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from oncall_cli.render.load import hours
from oncall_cli.render.people import name_of
from oncall_cli.render.text import BOLD, RED, columns, styled, wrapped
from oncall_cli.render.times import Times, span

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.conflicts import Conflicts, InARow, Place, TwoPlaces
    from oncall_cli.practice.plan import HandedShift, Plan
    from oncall_cli.schedule.comparison import RotationGap
    from oncall_cli.schedule.fairness import Load

# A plan is read before a commit; what does not fit on a screen is in the JSON.
_MOST = 24


class PlanText:
    """Writes a plan for one reader."""

    def __init__(
        self, people: Mapping[str, Person], home: Zone, times: Times, width: int = 80, colour: bool = False
    ) -> None:
        self.people = people
        self.home = home
        self.times = times
        self.width = width
        self.colour = colour

    def of(self, plan: Plan) -> str:
        """Return the plan: the verdict, then the shifts, the gaps, the load and what goes wrong."""
        handed = plan.handed()
        past = [shift for shift in handed if shift.past]
        ahead = [shift for shift in handed if not shift.past]
        blocks = [
            self._verdict(plan, ahead, past),
            self._past(past),
            self._ahead(ahead),
            self._gaps("Gaps that open", "NOT COVERED for", plan.opened()),
            self._gaps("Gaps that close", "covered for", plan.closed()),
            self._load(plan.load_before, plan.load_after),
            [*self._arising(plan.arising), *self._lost(plan), *self._solved(plan.solved)],
        ]
        if handed or plan.opened() or plan.closed():
            blocks.append(self._note(plan, handed))
        return "\n\n".join("\n".join(block) for block in blocks if block)

    def _note(self, plan: Plan, handed: Sequence[HandedShift]) -> list[str]:
        """Say how far the plan looks, and whose clock a time in brackets is."""
        there = {
            f"{name_of(person, self.people)} in {self.people[person].timezone or self.home}"
            for shift in handed
            for person in (*shift.before, *shift.after)
            if self._there(person, shift)
        }
        note = f"Looked ahead to {self.times.at(plan.comparison.end)}. {self.times.note()}"
        brackets = f" In brackets their own clock: {', '.join(sorted(there))}." if there else ""
        return wrapped(note + brackets, self.width)

    def _verdict(self, plan: Plan, ahead: Sequence[HandedShift], past: Sequence[HandedShift]) -> list[str]:
        opened, closed = plan.opened(), plan.closed()
        said = [f"{_counted(len(ahead), 'shift changes', 'shifts change')} hands"]
        said.append(_counted(len(opened), "gap opens", "gaps open"))
        if closed:
            said.append(_counted(len(closed), "gap closes", "gaps close"))
        left = [shift for shift in ahead if not shift.after]
        if left and not opened:
            said.append(f"{len(left)} left to nobody on purpose")
        if ahead:
            first = ahead[0].start
            said.append(f"next change {self.times.at(first)}, {self.times.distance(first)}")
        lines = [styled(line, BOLD, self.colour) for line in wrapped(f"{', '.join(said)}.", self.width)]
        if past:
            rewritten = f"{_counted(len(past), 'shift', 'shifts')} of THE PAST rewritten."
            lines.append(styled(rewritten, RED, self.colour))
        return lines

    def _past(self, past: Sequence[HandedShift]) -> list[str]:
        if not past:
            return []
        return self._table(styled("THE PAST changes: these were stood already", RED, self.colour), past)

    def _ahead(self, ahead: Sequence[HandedShift]) -> list[str]:
        return self._table("Shifts that change hands", ahead) if ahead else []

    def _table(self, head: str, shifts: Sequence[HandedShift]) -> list[str]:
        several = len({shift.rotation for shift in shifts}) > 1
        rows = [
            [
                f"  {self.times.until(shift.start, shift.end)}",
                f"{shift.rotation} {shift.role}" if several else shift.role,
                f"{self._those(shift.before, shift)} → {self._those(shift.after, shift)}{_part(shift)}",
            ]
            for shift in shifts
        ]
        return self._first(head, rows)

    def _first(self, head: str, rows: list[list[str]]) -> list[str]:
        """Return as many of the rows as one reads, under their head; nothing without rows."""
        more = len(rows) - _MOST
        shown = columns(rows[:_MOST], self.width)
        return [head, *shown, *([f"  and {more} more, all of them in --json"] if more > 0 else [])] if rows else []

    def _those(self, people: Sequence[str], shift: HandedShift) -> str:
        """Name the people, each with the clock on their own wall at the start where it differs."""
        names = [name_of(person, self.people) + self._there(person, shift) for person in people]
        return " and ".join(names) or "nobody"

    def _there(self, person: str, shift: HandedShift) -> str:
        known = self.people.get(person)
        zone = (known.timezone if known else None) or self.home
        _, bracket, theirs = self.times.at(shift.start, zone).partition(" (")
        return bracket + theirs.replace(f" {zone}", "")

    def _gaps(self, head: str, verb: str, gaps: Iterable[RotationGap]) -> list[str]:
        rows = [
            [
                f"  {self.times.until(gap.start, gap.end)}",
                f"{rotation} {gap.role}",
                f"{verb} {span(gap.end - gap.start)}",
            ]
            for rotation, gap in gaps
        ]
        return self._first(head, rows)

    def _load(self, before: Mapping[str, Load], after: Mapping[str, Load]) -> list[str]:
        """Return a row for each person, the hours before and after of each kind."""
        if before == after:
            return []
        rows = [["Load ahead", "hours", "at night", "weekend", "holiday"]]
        for person, was in before.items():
            cells = [_change(one, other) for one, other in zip(was, after[person], strict=True)]
            rows.append([f"  {name_of(person, self.people)}", *cells])
        return columns(rows)

    def _arising(self, found: Conflicts) -> Iterator[str]:
        """Yield what somebody has to solve, the worst first."""
        for collision in found.collisions:
            when = self.times.until(collision.start, collision.end)
            place = f"{collision.rotation} {collision.role}"
            yield from self._wrong(f"{name_of(collision.person, self.people)} is AWAY and {place}: {when}")
        for twice in found.two_places:
            yield from self._wrong(self._twice(twice))
        for row in found.in_a_row:
            yield from self._wrong(self._row(row))

    def _lost(self, plan: Plan) -> Iterator[str]:
        """Yield the overrides that stand in for somebody who no longer has the shift."""
        for rotation, override in dict.fromkeys((lost.rotation, lost.override) for lost in plan.lost):
            text = (
                f"the override '{override}' of '{rotation}' then stands in, or a part of it does, for somebody who has "
                f"none of its time; ask those who agreed on it, and 'oncall override remove {override}', or edit it"
            )
            yield from self._wrong(text)

    def _wrong(self, text: str) -> list[str]:
        first, *rest = wrapped(text, self.width, indent="  ", first="! ")
        return [styled("!", RED, self.colour) + first[1:], *rest]

    def _twice(self, found: TwoPlaces) -> str:
        when = self.times.until(found.start, found.end)
        return f"{name_of(found.person, self.people)} has TWO PLACES at once, {_places(found.places)}: {when}"

    def _row(self, row: InARow) -> str:
        when = self.times.until(row.start, row.end)
        name = name_of(row.person, self.people)
        return f"{name} has {row.number} shifts in a row without a rest, {_places(row.places)}: {when}"

    def _solved(self, found: Conflicts) -> Iterator[str]:
        for collision in found.collisions:
            when = self.times.until(collision.start, collision.end)
            place = f"{collision.rotation} {collision.role}"
            yield f"Solved: {name_of(collision.person, self.people)} was away and {place}: {when}"


def _part(shift: HandedShift) -> str:
    """Say how much of the stretch is on call when it is not all of it."""
    whole = shift.end - shift.start
    return "" if shift.seconds == whole else f", {span(shift.seconds)} on call"


def _change(before: int, after: int) -> str:
    return hours(before) if before == after else f"{hours(before)} → {hours(after)}"


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _places(places: Iterable[Place]) -> str:
    return " and ".join(f"{rotation} {role}" for rotation, role in places)
