"""The plan of a change: what it does to the schedule, for a person before they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from oncall_cli.lasting import span
from oncall_cli.render.load import hours
from oncall_cli.render.plan_words import Footnotes, PlanWords, part
from oncall_cli.render.text import BOLD, RED, columns, one_line, styled, wrapped
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.zone import Zone
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
        self.words = PlanWords(people, home, times)
        self.times = times
        self.width = width
        self.colour = colour

    def of(self, plan: Plan) -> str:
        """Return the plan: the verdict, then the shifts, the gaps, the load and what goes wrong."""
        blocks = [self.verdict(plan), *self.blocks(plan, always_why=False), self.note(plan)]
        return "\n\n".join("\n".join(block) for block in blocks if block)

    def blocks(self, plan: Plan, *, always_why: bool) -> list[list[str]]:
        """Return all but the verdict; a single reason for everything is told only where that is wanted."""
        handed = plan.handed()
        notes = Footnotes(handed)
        return [
            self._table("THE PAST changes: these were stood already", [each for each in handed if each.past], notes),
            self._table("Shifts that change hands", [each for each in handed if not each.past], notes),
            self._why(notes) if always_why or notes.numbered else [],
            self._gaps("Gaps that open", "NOT COVERED for", plan.opened()),
            self._gaps("Gaps that close", "covered for", plan.closed()),
            self._load(plan.load_before, plan.load_after),
            [*self._wrong(plan), *self.words.solved(plan)],
        ]

    def note(self, plan: Plan) -> list[str]:
        """Return how far the plan looks and where its times are, if there are any."""
        told = plan.handed() or plan.opened() or plan.closed()
        return wrapped(self.words.note(plan), self.width) if told else []

    def verdict(self, plan: Plan) -> list[str]:
        """Return the lines that one reads first."""
        lines = [styled(line, BOLD, self.colour) for line in wrapped(self.words.verdict(plan), self.width)]
        rewritten = self.words.rewritten(plan)
        return [*lines, *([styled(rewritten, RED, self.colour)] if rewritten else [])]

    def _table(self, head: str, shifts: Sequence[HandedShift], notes: Footnotes) -> list[str]:
        several = len({shift.rotation for shift in shifts}) > 1
        rows = [
            [
                f"  {self.times.until(shift.start, shift.end)}",
                f"{shift.rotation} {shift.role}" if several else shift.role,
                self._hands(shift, notes),
            ]
            for shift in shifts
        ]
        alarm = any(shift.past for shift in shifts)
        return self._first(styled(head, RED, self.colour and alarm), rows)

    def _hands(self, shift: HandedShift, notes: Footnotes) -> str:
        mark = f" [{notes.marks(shift)}]" if notes.numbered else ""
        before, after = (self.words.those(people, shift) for people in (shift.before, shift.after))
        return f"{before} → {after}{part(shift)}{mark}"

    def _why(self, notes: Footnotes) -> list[str]:
        rows = [
            [f"  {f'[{number}]' if notes.numbered else ' '}", one_line(str(reason))]
            for number, reason in enumerate(notes.reasons, start=1)
        ]
        return self._first("Why", rows)

    def _first(self, head: str, rows: list[list[str]]) -> list[str]:
        """Return as many of the rows as one reads, under their head; nothing without rows."""
        more = len(rows) - _MOST
        shown = columns(rows[:_MOST], self.width)
        return [head, *shown, *([f"  and {more} more, all of them in --json"] if more > 0 else [])] if rows else []

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
            cells = [load_change(one, other) for one, other in zip(was, after[person], strict=True)]
            rows.append([f"  {self.words.name(person)}", *cells])
        return columns(rows)

    def _wrong(self, plan: Plan) -> Iterator[str]:
        for text in self.words.wrong(plan):
            first, *rest = wrapped(text, self.width, indent="  ", first="! ")
            yield from [styled("!", RED, self.colour) + first[1:], *rest]


def load_change(before: int, after: int) -> str:
    """Return a number of hours, or what it was and what it becomes."""
    return hours(before) if before == after else f"{hours(before)} → {hours(after)}"
