"""What reporting for duty, logging and ending write into a team's files, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oncall_cli.model.override import Change, OverrideKind
from oncall_cli.model.shift import EntryKind, ShiftRecord
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.assigned import AssignedShift, RotationState
from oncall_cli.practice.edits import RecordEdit, Value
from oncall_cli.practice.log_target import LogTarget
from oncall_cli.practice.new_override import cover_words, gap_words, new_override, override_edit, override_id
from oncall_cli.practice.stamps import stamp
from oncall_cli.practice.start import Begin

REPORTING = "Reporting for duty"
END_OF_WATCH = "End of watch"


@dataclass(frozen=True)
class Line:
    """A line for the log of a shift."""

    at: Instant
    by: str
    kind: EntryKind
    text: str
    about: str | None = None

    def written(self, zone: Zone) -> dict[str, Value]:
        """Return the line as the file has it."""
        said: dict[str, Value] = {"at": stamp(self.at, zone), "by": self.by, "kind": str(self.kind), "text": self.text}
        return {**said, "about": self.about} if self.about else said


def begin_edits(begin: Begin, state: RotationState, now: Instant) -> list[RecordEdit]:
    """Return what beginning a shift writes: its record, the handover that it accepts, the cover it needs."""
    edits = [] if begin.running else [_started(begin, state)]
    if begin.accepts:
        accepted: Value = {"by": begin.shift.person, "at": stamp(begin.at, state.zone)}
        edits.append(RecordEdit(begin.accepts.path, fields={"accepted": accepted}))
    return [*edits, *_cover_edits(begin, state, now)]


def log_edit(target: LogTarget, line: Line) -> RecordEdit:
    """Return what a line writes: into the shift's record, or into a new one for a shift that has not begun."""
    written = line.written(target.state.zone)
    if target.record is not None:
        return RecordEdit(target.record.path, log=(written,))
    assert target.shift is not None
    return _new_record(target.shift, target.state, {}, written)


def end_edit(record: ShiftRecord, zone: Zone, at: Instant, summary: str, ongoing: Sequence[str]) -> RecordEdit:
    """Return what ending a shift writes into its record."""
    line = Line(at, record.person, EntryKind.END, END_OF_WATCH).written(zone)
    # A text of several lines ends its last one, as an editor would leave it.
    lines = f"{summary}\n" if "\n" in summary else summary
    fields: dict[str, Value] = {"ended": stamp(at, zone), "summary": lines}
    if tuple(ongoing) != record.ongoing:
        fields["ongoing"] = list(ongoing)
    return RecordEdit(record.path, fields=fields, log=(line,))


def _started(begin: Begin, state: RotationState) -> RecordEdit:
    line = Line(begin.at, begin.shift.person, EntryKind.START, REPORTING).written(state.zone)
    started: dict[str, Value] = {"started": stamp(begin.at, state.zone)}
    if begin.record and begin.resumes:
        return RecordEdit(begin.record.path, removes=(("ended",),), log=(line,))
    if begin.record:
        return RecordEdit(begin.record.path, fields=started, log=(line,))
    return _new_record(begin.shift, state, started, line)


def _new_record(
    shift: AssignedShift, state: RotationState, started: Mapping[str, Value], line: Mapping[str, Value]
) -> RecordEdit:
    scheduled: Value = {"start": stamp(shift.start, state.zone), "end": stamp(shift.end, state.zone)}
    taken = [record.id for record in state.shifts]
    who: dict[str, Value] = {"person": shift.person, "role": shift.role}
    return RecordEdit(shift.path(taken), new={**who, **started, "scheduled": scheduled, "log": [line]})


def _cover_edits(begin: Begin, state: RotationState, now: Instant) -> Iterable[RecordEdit]:
    """Return the overrides that make the schedule tell who really is on call, and what they leave for it."""
    if begin.cover is None:
        return
    person, them = begin.shift.person, begin.cover.instead_of
    because = f"{person} reported for duty in place of {them}" if them else f"{person} reported for duty, nobody was"
    words = cover_words(person, them)
    yield _override(begin, state, now, (OverrideKind.COVER, words, because), (begin.cover,))
    if begin.leaves:
        why = f"{person} takes over as {begin.cover.role}"
        yield _override(begin, state, now, (OverrideKind.NOBODY, gap_words(begin.leaves[0].role), why), begin.leaves)


def _override(
    begin: Begin,
    state: RotationState,
    now: Instant,
    said: tuple[OverrideKind, str, str],
    changes: tuple[Change, ...],
) -> RecordEdit:
    kind, words, reason = said
    name = override_id(words, changes[0].start, state.zone, state.overrides)
    made = new_override(
        name, state.id, kind=kind, changes=changes, reason=reason, requested_by=begin.shift.person, created=now
    )
    return override_edit(made, state.zone)
