"""The shifts of a period as they were stood: begun, ended, accepted, and what was left on their checklists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.shift import EntryKind
from oncall_cli.practice.checklist import left_of, phases_of

if TYPE_CHECKING:
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.model.time import Instant
    from oncall_cli.practice.report_facts import Facts, Window


class ShiftLine(NamedTuple):
    """A recorded shift, the items of its checklists that nobody ticked, and how many there were to tick."""

    shift: ShiftRecord
    start: Instant
    left: tuple[str, ...]
    items: int


# What a handoff counts besides incidents, requests and duties, which have sections of their own.
LOGGED = (EntryKind.MAIL, EntryKind.ISSUE, EntryKind.TASK, EntryKind.NOTE)


def logged(facts: Facts, window: Window) -> dict[EntryKind, int]:
    """Return how many lines of each of these kinds the logs have in the window."""
    entries = [entry for shift in facts.rotation.shifts for entry in shift.log if window.has(entry.at)]
    return {kind: sum(entry.kind is kind for entry in entries) for kind in LOGGED}


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
        phases = phases_of(facts.rotation.rotation, shift)
        items = sum(len(phase.items) for phase in phases if phase.name in lists)
        found.append(ShiftLine(shift, start, tuple(item.text for item in left_of(phases, *lists)), items))
    return tuple(sorted(found, key=lambda line: (line.start, line.shift.id)))
