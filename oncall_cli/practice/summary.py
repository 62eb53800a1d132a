"""What the end of a watch says: a summary drafted from the log, and what goes on after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oncall_cli.model.shift import EntryKind, LogEntry
from oncall_cli.practice.duty_log import Occurrence, by_duty
from oncall_cli.practice.shifts import without_marks

_QUIET = "Quiet: nothing was logged."

_COUNTED = {
    EntryKind.MAIL: ("mail answered", "mails answered"),
    EntryKind.ISSUE: ("issue created", "issues created"),
    EntryKind.TASK: ("task done", "tasks done"),
    EntryKind.INCIDENT: ("incident handled", "incidents handled"),
    EntryKind.REQUEST: ("request handled", "requests handled"),
    EntryKind.DUTY: ("duty done", "duties done"),
    EntryKind.ANNOUNCEMENT: ("announcement", "announcements"),
}

# Several entries tell of one incident or request; the others are one thing each.
_COUNTED_BY_ABOUT = (EntryKind.INCIDENT, EntryKind.REQUEST)


def draft_summary(log: Iterable[LogEntry], missed: Iterable[Occurrence] = ()) -> str:
    """Return the summary that the log speaks for: what was done, counted, then its lines, and the duties missed."""
    told = without_marks(log)
    forgotten = [
        f"- Missed: {' '.join(duty.title.split())} ({', '.join(str(one.day) for one in each)})"
        for duty, each in by_duty(missed)
    ]
    if not told:
        return "\n".join([_QUIET, *forgotten])
    counts = [_counted(kind, [entry for entry in told if entry.kind is kind]) for kind in _COUNTED]
    sentence = ", ".join(count for count in counts if count) or "Nothing but notes"
    lines = [f"- {' '.join(entry.text.split())}" for entry in told]
    return "\n".join([f"{sentence[:1].upper()}{sentence[1:]}.", *lines, *forgotten])


def carried_over(handed_over: Sequence[str], named: Sequence[str], log: Iterable[LogEntry]) -> list[str]:
    """Return what was handed over to this shift and is neither named as ongoing nor logged as done."""
    done = [entry.text.casefold() for entry in log if entry.kind is EntryKind.TASK]
    known = {item.casefold() for item in named}
    return [
        item
        for item in handed_over
        if item.casefold() not in known and not any(item.casefold() in text for text in done)
    ]


def _counted(kind: EntryKind, entries: list[LogEntry]) -> str:
    """Return ``2 mails answered``, or nothing when there were none."""
    one, many = _COUNTED[kind]
    if kind in _COUNTED_BY_ABOUT:
        count = len({entry.about or index for index, entry in enumerate(entries)})
    else:
        count = len(entries)
    return f"{count} {one if count == 1 else many}" if count else ""
