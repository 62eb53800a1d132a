"""The shifts of a period as they were stood: begun, ended, accepted, and what was left on their checklists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.practice.checklist import left_of, phases_of

if TYPE_CHECKING:
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.model.time import Instant
    from oncall_cli.practice.report_facts import Facts, Window


class ShiftLine(NamedTuple):
    """A recorded shift, and the items of its checklists that nobody ticked."""

    shift: ShiftRecord
    start: Instant
    left: tuple[str, ...]


def shift_part(facts: Facts, window: Window) -> tuple[ShiftLine, ...]:
    """Return the shifts that have a time in the window, by time; the list for the end is open once it has come."""
    found = []
    for shift in facts.rotation.shifts:
        planned = shift.scheduled
        start = shift.started if shift.started is not None else planned.start if planned else None
        end = shift.ended if shift.ended is not None else planned.end if planned else window.seen
        if start is None or start >= window.end or end <= window.start:
            continue
        over = shift.ended is not None or (planned is not None and planned.end <= window.seen)
        lists = ("start", "end") if over else ("start",)
        left = left_of(phases_of(facts.rotation.rotation, shift), *lists)
        found.append(ShiftLine(shift, start, tuple(item.text for item in left)))
    return tuple(sorted(found, key=lambda line: (line.start, line.shift.id)))
