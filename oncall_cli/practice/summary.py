"""What the end of a watch says: a summary drafted from the log, and what goes on after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oncall_cli.model.shift import EntryKind, LogEntry
from oncall_cli.model.time import HOUR, MINUTE, Instant
from oncall_cli.practice.duty_log import Occurrence, by_duty
from oncall_cli.practice.shifts import without_marks
from oncall_cli.practice.worked import Section, Worked

_MOST_DAYS = 5
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

_NOTHING = Worked(Instant(0), Instant(0))

# Several entries tell of one incident or request; the others are one thing each.
_COUNTED_BY_ABOUT = (EntryKind.INCIDENT, EntryKind.REQUEST)


def draft_summary(log: Iterable[LogEntry], missed: Iterable[Occurrence] = (), work: Worked = _NOTHING) -> str:
    """Return the summary that log and records speak for: what was done, counted, then its lines, and duties missed."""
    told = without_marks(log)
    forgotten = [f"- Missed: {' '.join(duty.title.split())} ({_days(each)})" for duty, each in by_duty(missed)]
    counts = [count for kind in _COUNTED if (count := _counted(kind, told, work))]
    if not told and not counts:
        return "\n".join([_QUIET, *forgotten])
    sentence = ", ".join(counts) or "Nothing but notes"
    lines = [f"- {_line(entry)}" for entry in told]
    return "\n".join([f"{sentence[:1].upper()}{sentence[1:]}.", *_sections(work), *lines, *forgotten])


def _days(missed: Sequence[Occurrence]) -> str:
    """Return the days, the last of them where there are many."""
    earlier = len(missed) - _MOST_DAYS
    days = ", ".join(str(one.day) for one in missed[-_MOST_DAYS:])
    return f"{days} and {earlier} before" if earlier > 0 else days


def _line(entry: LogEntry) -> str:
    """Return what an entry says; the note on a duty makes sense with the duty's name only."""
    text = " ".join(entry.text.split())
    return f"{entry.about}: {text}" if entry.kind is EntryKind.DUTY and entry.about else text


def carried_over(handed_over: Sequence[str], named: Sequence[str], log: Iterable[LogEntry]) -> list[str]:
    """Return what was handed over to this shift and is neither named as ongoing nor logged as done."""
    done = [entry.text.casefold() for entry in log if entry.kind is EntryKind.TASK]
    known = {item.casefold() for item in named}
    return [
        item
        for item in handed_over
        if item.casefold() not in known and not any(item.casefold() in text for text in done)
    ]


def _counted(kind: EntryKind, told: Iterable[LogEntry], work: Worked) -> str:
    """Return ``2 mails answered``, or nothing when there were none."""
    entries = [entry for entry in told if entry.kind is kind]
    count = len(entries)
    if kind in _COUNTED_BY_ABOUT:
        recorded = work.requests if kind is EntryKind.REQUEST else work.incidents
        count = len({*(each.id for each in recorded), *(entry.about or index for index, entry in enumerate(entries))})
    one, many = _COUNTED[kind]
    return f"{count} {one if count == 1 else many}" if count else ""


def _sections(work: Worked) -> list[str]:
    """Return a line that says how many requests there were of each section, and how long they took."""
    said = ", ".join(_section(each) for each in work.sections())
    return [f"- Requests: {said}"] if said else []


def _section(each: Section) -> str:
    hours, minutes = divmod(each.seconds // MINUTE, HOUR // MINUTE)
    took = " ".join([*([f"{hours}h"] if hours else []), *([f"{minutes}m"] if minutes else [])])
    details = ", ".join([*([took] if took else []), *([f"{each.open} open"] if each.open else [])])
    return f"{each.requests} {' '.join(each.name.split())}" + (f" ({details})" if details else "")
