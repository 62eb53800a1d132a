"""``rotations/<rotation>/incidents/<yyyy>/<id>.yaml``: something broke."""

from enum import StrEnum

from pydantic import Field

from oncall_cli.model.message import SentMessage
from oncall_cli.model.record import Count, Day, Id, Moment, Part, Record, Text


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
    """Since when customers were hurt."""
    ended: Moment | None = None
    """When it was over for them."""
    text: Text | None = None
    """What they noticed."""


class TimelineEntry(Part):
    """One thing that happened during an incident."""

    at: Moment
    """When it happened."""
    by: Id
    """Who saw or did it."""
    kind: Text = "note"
    """What sort of thing it is."""
    text: Text
    """What happened."""
    level: Count | None = None
    """How many steps of the escalation policy have been notified by now."""


class Review(Part):
    """The document that looks back on the incident, its state, and who sees it through."""

    path: Text | None = None
    """The document."""
    state: ReviewState = ReviewState.DRAFT
    """How far it has come."""
    owner: Id | None = None
    """Who sees it through."""
    due: Day | None = None
    """When it should be done."""


class Doable(Part):
    """Something that the team decided to do: what, by whom, until when, how soon."""

    title: Text
    """What is to be done, in a sentence."""
    owner: Id | None = None
    """The person who sees to it."""
    due: Day | None = None
    """The day on which it should be done."""
    state: ActionState = ActionState.OPEN
    """Whether it is still to be done."""
    kind: ActionKind = ActionKind.FIX
    """Whether it mends what broke or makes the next time easier."""
    priority: Priority = Priority.NORMAL
    """How soon it should be done."""
    link: Text | None = None
    """The issue or the page where the work is."""
    done: Day | None = None
    """The day on which it was done."""


class Action(Doable):
    """Something that the team decided to do after an incident."""

    id: Id | None = None
    """The name by which it is said to be done; given when it is added."""


class Incident(Record):
    """Something broke: how bad, since when, who responds, and what happened."""

    title: Text
    """What is broken, in one line."""
    severity: Id
    """One of the team's severities."""
    status: IncidentStatus = IncidentStatus.OPEN
    """How far it has come."""
    alert: Text | None = None
    """The words of the alert, as they came."""
    impact: Impact = Impact()
    """When customers were hurt, and how."""
    detected: Moment | None = None
    """When somebody or something noticed."""
    acknowledged: Moment | None = None
    """When somebody took it."""
    mitigated: Moment | None = None
    """When customers were no longer hurt."""
    resolved: Moment | None = None
    """When it was over."""
    responders: dict[Id, Id] = Field(default_factory=dict)
    """Who does what: role to person."""
    services: tuple[Text, ...] = ()
    """The services that are hurt."""
    runbook: Id | None = None
    """The runbook that helps."""
    timeline: tuple[TimelineEntry, ...] = ()
    """What happened, in order."""
    messages: tuple[SentMessage, ...] = ()
    """The messages to customers that went out."""
    review: Review | None = None
    """The document that looks back."""
    actions: tuple[Action, ...] = ()
    """What was decided to do afterwards."""
    links: tuple[Text, ...] = ()
    """Pages about it."""
    merged_into: Id | None = None
    """The incident that tells the same, and goes on in place of this one."""
