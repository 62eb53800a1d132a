"""``rotations/<rotation>/requests/<yyyy>/<id>.yaml``: somebody asked the person on call for help."""

from __future__ import annotations

from enum import StrEnum

from oncall_cli.model.message import SentMessage
from oncall_cli.model.record import Id, Moment, Part, Record, Text
from oncall_cli.model.time import Duration


class RequestStatus(StrEnum):
    """How far a support request has come."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DELEGATED = "delegated"
    DEFERRED = "deferred"
    CLOSED = "closed"


class Spent(Part):
    """Time that somebody put into a request."""

    at: Moment
    by: Id
    time: Duration
    note: Text | None = None


class Noted(Part):
    """A line about a request that is neither an attempt nor the solution."""

    at: Moment
    by: Id
    text: Text


class Request(Record):
    """A support request: who asked, through which channel, what was tried, and what solved it."""

    title: Text
    kind: Text | None = None
    section: Text | None = None
    requester: Text | None = None
    channel: Text | None = None
    received: Moment
    text: Text | None = None
    acknowledged: Moment | None = None
    acknowledged_by: Id | None = None
    delegated_to: Id | None = None
    spent: tuple[Spent, ...] = ()
    links: tuple[Text, ...] = ()
    notes: tuple[Noted, ...] = ()
    attempts: tuple[Text, ...] = ()
    solution: Text | None = None
    messages: tuple[SentMessage, ...] = ()
    status: RequestStatus = RequestStatus.OPEN
    defer_to: Text | None = None
    issue: Text | None = None
    closed: Moment | None = None
    closed_by: Id | None = None
