"""``rotations/<rotation>/requests/<yyyy>/<id>.yaml``: somebody asked the person on call for help."""

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
    """When."""
    by: Id
    """Who."""
    time: Duration
    """How long."""
    note: Text | None = None
    """On what."""


class Noted(Part):
    """A line about a request that is neither an attempt nor the solution."""

    at: Moment
    """When."""
    by: Id
    """Who."""
    text: Text
    """What they said."""


class Request(Record):
    """A support request: who asked, through which channel, what was tried, and what solved it."""

    title: Text
    """What is asked for, in one line."""
    kind: Text | None = None
    """What sort of request it is."""
    section: Text | None = None
    """The part of the team's work that it is about."""
    requester: Text | None = None
    """Who asked."""
    channel: Text | None = None
    """Through which channel."""
    received: Moment
    """When it came."""
    text: Text | None = None
    """What was asked for, in full."""
    acknowledged: Moment | None = None
    """When somebody took it."""
    acknowledged_by: Id | None = None
    """Who took it."""
    delegated_to: Id | None = None
    """Who has it now."""
    spent: tuple[Spent, ...] = ()
    """The time that people put into it."""
    links: tuple[Text, ...] = ()
    """Pages about it."""
    notes: tuple[Noted, ...] = ()
    """What was said about it meanwhile."""
    attempts: tuple[Text, ...] = ()
    """What was tried."""
    solution: Text | None = None
    """What solved it."""
    messages: tuple[SentMessage, ...] = ()
    """What was sent about it."""
    status: RequestStatus = RequestStatus.OPEN
    """How far it has come."""
    defer_to: Text | None = None
    """When, or after what, it is taken up again."""
    issue: Text | None = None
    """Its issue elsewhere."""
    closed: Moment | None = None
    """When it was closed."""
    closed_by: Id | None = None
    """Who closed it."""
