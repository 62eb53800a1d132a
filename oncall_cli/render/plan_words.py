"""The sentences of a plan, the same in a terminal, in Markdown and on a page; nothing in them is markup yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from oncall_cli.lasting import span
from oncall_cli.model.patterns import WEEKDAYS
from oncall_cli.practice.record_changes import Fate
from oncall_cli.render.people import name_of
from oncall_cli.render.text import cut
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.alterations import Alteration
    from oncall_cli.practice.conflicts import Collision, InARow, Place, TwoPlaces
    from oncall_cli.practice.gains import HolidayShift
    from oncall_cli.practice.plan import HandedShift, Plan
    from oncall_cli.practice.record_changes import RecordChange
    from oncall_cli.schedule.spans import Span


_LONGEST_NAME = 60
_MOST_TIMES = 3


class PlanWords:
    """Says what a plan holds to readers of one zone."""

    def __init__(self, people: Mapping[str, Person], home: Zone, times: Times) -> None:
        self.people = people
        self.home = home
        self.times = times
        self._names: dict[str, str] = {}

    def verdict(self, plan: Plan) -> str:
        """Return the line that tells what is to come."""
        ahead = [shift for shift in plan.handed() if not shift.past]
        opened, closed = plan.opened(), plan.closed()
        said = [f"{counted(len(ahead), 'shift changes', 'shifts change')} hands"]
        said.append(counted(len(opened), "gap opens", "gaps open"))
        if closed:
            said.append(counted(len(closed), "gap closes", "gaps close"))
        if conflicts := len(list(self.wrong(plan))):
            said.append(counted(conflicts, "conflict", "conflicts"))
        left = [shift for shift in ahead if not shift.after]
        if left and not opened:
            said.append(f"{len(left)} left to nobody on purpose")
        if ahead:
            first = ahead[0].start
            said.append(f"next change {self.times.at(first)}, {self.times.distance(first)}")
        return f"{', '.join(said)}."

    def rewritten(self, plan: Plan) -> str:
        """Return the line that tells what was stood already and is told otherwise now; empty without such."""
        past = sum(shift.past for shift in plan.handed())
        return f"{counted(past, 'shift', 'shifts')} of THE PAST rewritten." if past else ""

    def note(self, plan: Plan) -> str:
        """Say how far the plan looks, and whose clock a time in brackets is."""
        there = {
            f"{self.name(person)} in {self.people[person].timezone or self.home}"
            for shift in plan.handed()
            for person in (*shift.before, *shift.after)
            if self._there(person, shift)
        }
        note = f"Looked ahead to {self.times.at(plan.comparison.end)}. {self.times.note()}"
        return note + (f" In brackets their own clock: {', '.join(sorted(there))}." if there else "")

    def name(self, person: str) -> str:
        """Return somebody's name; of an endless one, what has place in a line."""
        if person not in self._names:
            self._names[person] = cut(name_of(person, self.people), _LONGEST_NAME)
        return self._names[person]

    def those(self, people: Sequence[str], shift: HandedShift) -> str:
        """Name the people, each with the clock on their own wall at the start where it differs."""
        return " and ".join(self.name(person) + self._there(person, shift) for person in people) or "nobody"

    def _there(self, person: str, shift: HandedShift) -> str:
        known = self.people.get(person)
        zone = (known.timezone if known else None) or self.home
        _, bracket, theirs = self.times.at(shift.start, zone).partition(" (")
        return bracket + theirs.replace(f" {zone}", "")

    def wrong(self, plan: Plan) -> Iterator[str]:
        """Yield what somebody has to solve, the worst first."""
        yield from self._collisions(plan.arising.collisions)
        yield from self._twice(plan.arising.two_places)
        yield from map(self._row, plan.arising.in_a_row)
        yield from self._on_holidays(plan.holidays)
        yield from self._lost(plan)

    def solved(self, plan: Plan) -> Iterator[str]:
        """Yield what the change solves."""
        for collision in plan.solved.collisions:
            when = self.times.until(collision.start, collision.end)
            place = f"{collision.rotation} {collision.role}"
            yield f"Solved: {self.name(collision.person)} was away and {place}: {when}"

    def _collisions(self, found: Iterable[Collision]) -> Iterator[str]:
        spans: dict[tuple[str, str, str], list[Span]] = {}
        for one in found:
            spans.setdefault(one[:3], []).append((one.start, one.end))
        for (person, rotation, role), whens in spans.items():
            yield f"{self.name(person)} is AWAY and {rotation} {role}: {self._whens(whens)}"

    def _twice(self, found: Iterable[TwoPlaces]) -> Iterator[str]:
        spans: dict[tuple[str, tuple[Place, Place]], list[Span]] = {}
        for one in found:
            spans.setdefault(one[:2], []).append((one.start, one.end))
        for (person, places), whens in spans.items():
            yield f"{self.name(person)} has TWO PLACES at once, {_places(places)}: {self._whens(whens)}"

    def _whens(self, spans: Sequence[Span]) -> str:
        """Return the first few times, and how many more there are."""
        told = "; ".join(self.times.until(*span) for span in spans[:_MOST_TIMES])
        more = len(spans) - _MOST_TIMES
        return f"{told}, and {counted(more, 'time', 'times')} more" if more > 0 else told

    def _row(self, row: InARow) -> str:
        when = self.times.until(row.start, row.end)
        return f"{self.name(row.person)} has {row.number} shifts in a row without a rest, {_places(row.places)}: {when}"

    def _on_holidays(self, found: Iterable[HolidayShift]) -> Iterator[str]:
        days: dict[tuple[str, str, str], list[str]] = {}
        for one in found:
            told = f"{WEEKDAYS[one.day.weekday()][:3].title()} {one.day.isoformat()}"
            days.setdefault(one[:3], []).append(told)
        for (person, rotation, role), when in days.items():
            yield f"{self.name(person)} gets {rotation} {role} on a HOLIDAY: {', '.join(when)}"

    def _lost(self, plan: Plan) -> Iterator[str]:
        """Yield the overrides that stand in for somebody who no longer has the shift."""
        for rotation, override in dict.fromkeys((lost.rotation, lost.override) for lost in plan.lost):
            yield (
                f"the override '{override}' of '{rotation}' then stands in, or a part of it does, for somebody who has "
                f"none of its time; ask those who agreed on it, and 'oncall override remove {override}', or edit it"
            )


def untold(records: Iterable[RecordChange], reasons: Sequence[Alteration]) -> list[RecordChange]:
    """Return the records of which the reasons for the shifts do not tell everything already."""
    return [record for record in records if not _told(record, reasons)]


def _told(record: RecordChange, reasons: Sequence[Alteration]) -> bool:
    theirs = [reason for reason in reasons if reason.place.path == record.path]
    if record.kind == "override":
        return bool(theirs) and record.fate is not Fate.CHANGED
    said = ", ".join(reason.text for reason in theirs)
    return record.kind == "rotation" and (record.fate is Fate.CHANGED) and record.text.endswith(f"': {said}")


class Footnotes:
    """The reasons of shifts, each once and numbered in the order in which they are met."""

    def __init__(self, shifts: Iterable[HandedShift]) -> None:
        self.reasons = tuple(dict.fromkeys(reason for shift in shifts for reason in shift.why))

    @property
    def numbered(self) -> bool:
        """Whether a shift must say which of the reasons is its own."""
        return len(self.reasons) > 1

    def marks(self, shift: HandedShift) -> str:
        """Return the numbers of a shift's reasons, nothing where all have the same one."""
        return ", ".join(str(self.reasons.index(reason) + 1) for reason in shift.why) if self.numbered else ""


def part(shift: HandedShift) -> str:
    """Say how much of the stretch is on call when it is not all of it."""
    whole = shift.end - shift.start
    return "" if shift.seconds == whole else f", {span(shift.seconds)} on call"


def counted(number: int, one: str, several: str) -> str:
    """Return ``1 shift`` or ``2 shifts``."""
    return f"{number} {one if number == 1 else several}"


def _places(places: Iterable[Place]) -> str:
    return " and ".join(f"{rotation} {role}" for rotation, role in places)
