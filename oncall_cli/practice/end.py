"""How a watch ends: what its record will say, and what it hands over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.shift import EntryKind, LogEntry, ShiftRecord
from oncall_cli.model.time import Instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.duty_log import Occurrence, missed
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.handoff import Handoff, handoff_of
from oncall_cli.practice.shift_edits import END_OF_WATCH, end_edit
from oncall_cli.practice.shifts import last_ended_of, running_of, shift_before
from oncall_cli.practice.summary import carried_over, draft_summary
from oncall_cli.practice.worked import Worked


class Ending(NamedTuple):
    """A running shift that is about to end, and what was handed over to it and nobody has spoken of since."""

    state: RotationState
    record: ShiftRecord
    proposed: tuple[str, ...]
    work: Worked
    """The requests and incidents that it worked on."""


class Ended(NamedTuple):
    """A shift that ends: what is written, and what the next person reads."""

    edit: RecordEdit
    handoff: Handoff


def endings(states: Sequence[RotationState], person: str, ongoing: Sequence[str], at: Instant) -> list[Ending]:
    """Return the running shifts of a person, what they worked on left out; raise ``Refused`` when there is none."""
    running = [(state, record) for state in states for record in running_of(state.shifts, person)]
    if not running:
        where = f" in '{states[0].id}'" if len(states) == 1 else ""
        raise Refused(f"there is no watch to end: you have none running{where}", hint="begin one with 'oncall start'")
    return [
        Ending(state, record, _proposed(state, record, ongoing, at), Worked(record.started or at, at))
        for state, record in running
    ]


def drafted(ending: Ending, at: Instant) -> str:
    """Return the summary that the log and the records speak for."""
    return draft_summary(ending.record.log, forgotten(ending, at), ending.work)


def ended(ending: Ending, at: Instant, summary: str | None, ongoing: Sequence[str]) -> Ended:
    """Return what ending the shift writes and hands over; without a summary it is drafted."""
    state, record = ending.state, ending.record
    said = (summary or "").strip() or drafted(ending, at)
    going_on = tuple(dict.fromkeys((*record.ongoing, *ongoing)))
    line = LogEntry(at=at, by=record.person, kind=EntryKind.END, text=END_OF_WATCH)
    now = {"ended": at, "summary": said, "ongoing": going_on, "log": (*record.log, line)}
    edit = end_edit(record, state.zone, at, said, going_on)
    return Ended(edit, handoff_of(state, record.model_copy(update=now)))


def forgotten(ending: Ending, at: Instant) -> list[Occurrence]:
    """Return the duties of the person that fell due during the shift and that nobody did."""
    started = ending.record.started
    found = missed(ending.state, started, at, at) if started is not None else []
    return [one for one in found if ending.record.person in one.people]


def _proposed(state: RotationState, record: ShiftRecord, ongoing: Sequence[str], at: Instant) -> tuple[str, ...]:
    """Return what was handed over to the shift, also by a cover, and is neither done nor named as ongoing.

    Where the shift before was never ended, the one that ended last has handed over as well.
    """
    started = record.started or at
    start = record.scheduled.start if record.scheduled else started
    before = [
        shift_before(state.shifts, record.role, start, begun_before=moment, besides=record) for moment in (started, at)
    ]
    last = last_ended_of(state.shifts, record.role, started)
    handed_over = dict.fromkeys(item for shift in (last, *before) if shift for item in shift.ongoing)
    return tuple(carried_over(tuple(handed_over), (*record.ongoing, *ongoing), record.log))
