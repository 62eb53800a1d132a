"""``rotations/<rotation>/shifts/<yyyy>/<id>.yaml``: what somebody did while on call."""

from enum import StrEnum

from oncall_cli.model.record import Id, Moment, Part, Record, Text


class EntryKind(StrEnum):
    """What an entry of a shift's log tells of."""

    START = "start"
    END = "end"
    NOTE = "note"
    MAIL = "mail"
    ISSUE = "issue"
    TASK = "task"
    ANNOUNCEMENT = "announcement"
    INCIDENT = "incident"
    REQUEST = "request"
    DUTY = "duty"
    HANDOFF = "handoff"


class LogEntry(Part):
    """One line of a shift's log; ``about`` names the incident, request or duty that it is about."""

    at: Moment
    """When it happened."""
    by: Id
    """Who wrote it."""
    kind: EntryKind = EntryKind.NOTE
    """What it tells of."""
    text: Text
    """What happened."""
    about: Text | None = None
    """The incident, request or duty that it is about."""


class Scheduled(Part):
    """From when until when the schedule says that the shift lasts."""

    start: Moment
    """From when."""
    end: Moment
    """Until when, exclusive."""


class TickedItem(Part):
    """An item of a checklist that was done, when, and by whom."""

    text: Text
    """What was to be done."""
    done: Moment | None = None
    """When it was done."""
    by: Id | None = None
    """Who did it."""


class Accepted(Part):
    """Who took over from this shift, and when."""

    by: Id
    """Who took over."""
    at: Moment
    """When."""


class ShiftRecord(Record):
    """A shift as it was stood: its log, and what it handed over."""

    person: Id
    """Who stood it."""
    role: Id
    """In which role."""
    started: Moment | None = None
    """When they reported for duty."""
    ended: Moment | None = None
    """When they ended the watch."""
    scheduled: Scheduled | None = None
    """From when until when the schedule says that it lasts."""
    log: tuple[LogEntry, ...] = ()
    """What happened, in order."""
    checklist: tuple[TickedItem, ...] = ()
    """What was to be done, and when it was."""
    summary: Text | None = None
    """What the next one needs to know."""
    ongoing: tuple[Text, ...] = ()
    """What is still going on."""
    accepted: Accepted | None = None
    """Who took over, and when."""
