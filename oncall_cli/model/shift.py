"""``rotations/<rotation>/shifts/<yyyy>/<id>.yaml``: what somebody did while on call."""

from __future__ import annotations

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
    by: Id
    kind: EntryKind = EntryKind.NOTE
    text: Text
    about: Text | None = None


class Scheduled(Part):
    """From when until when the schedule says that the shift lasts."""

    start: Moment
    end: Moment


class TickedItem(Part):
    """An item of a checklist that was done, when, and by whom."""

    text: Text
    done: Moment | None = None
    by: Id | None = None


class Accepted(Part):
    """Who took over from this shift, and when."""

    by: Id
    at: Moment


class ShiftRecord(Record):
    """A shift as it was stood: its log, and what it handed over."""

    person: Id
    role: Id
    started: Moment | None = None
    ended: Moment | None = None
    scheduled: Scheduled | None = None
    log: tuple[LogEntry, ...] = ()
    checklist: tuple[TickedItem, ...] = ()
    summary: Text | None = None
    ongoing: tuple[Text, ...] = ()
    accepted: Accepted | None = None
