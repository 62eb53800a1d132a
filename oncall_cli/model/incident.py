"""``rotations/<rotation>/incidents/<yyyy>/<id>.yaml``: something broke."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from oncall_cli.model.message import SentMessage
from oncall_cli.model.record import Day, Id, Moment, Part, Record, Text


class IncidentStatus(StrEnum):
    """How far an incident has come."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


class ReviewState(StrEnum):
    """How far the review of an incident has come."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    PRESENTED = "presented"
    DONE = "done"


class ActionState(StrEnum):
    """Whether an action item is still to be done."""

    OPEN = "open"
    DONE = "done"


class ActionKind(StrEnum):
    """Whether an action item mends what broke or makes the next time easier."""

    FIX = "fix"
    IMPROVEMENT = "improvement"


class Priority(StrEnum):
    """How soon an action item should be done."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Impact(Part):
    """When customers were hurt, and how."""

    started: Moment | None = None
    ended: Moment | None = None
    text: Text | None = None


class TimelineEntry(Part):
    """One thing that happened during an incident."""

    at: Moment
    by: Id
    kind: Text = "note"
    text: Text


class Review(Part):
    """The document that looks back on the incident, its state, and who sees it through."""

    path: Text | None = None
    state: ReviewState = ReviewState.DRAFT
    owner: Id | None = None
    due: Day | None = None


class Action(Part):
    """Something that the team decided to do after an incident."""

    title: Text
    owner: Id | None = None
    due: Day | None = None
    state: ActionState = ActionState.OPEN
    kind: ActionKind = ActionKind.FIX
    priority: Priority = Priority.NORMAL
    link: Text | None = None


class Incident(Record):
    """Something broke: how bad, since when, who responds, and what happened."""

    title: Text
    severity: Id
    status: IncidentStatus = IncidentStatus.OPEN
    impact: Impact = Impact()
    detected: Moment | None = None
    acknowledged: Moment | None = None
    mitigated: Moment | None = None
    resolved: Moment | None = None
    responders: dict[Id, Id] = Field(default_factory=dict)
    services: tuple[Text, ...] = ()
    runbook: Id | None = None
    timeline: tuple[TimelineEntry, ...] = ()
    messages: tuple[SentMessage, ...] = ()
    review: Review | None = None
    actions: tuple[Action, ...] = ()
    links: tuple[Text, ...] = ()
