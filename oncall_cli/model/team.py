"""``oncall.yaml``: the team, its severities, its policy."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from oncall_cli.model.record import Flag, Id, Part, Record, Text
from oncall_cli.model.time import Duration
from oncall_cli.model.zone import Zone


class SeverityLevel(Part):
    """How bad an incident is, how soon somebody must respond, and whether it needs a review."""

    title: Text
    respond: Duration | None = None
    review: Flag = False


class Event(StrEnum):
    """What is posted to destinations when it happens."""

    START = "start"
    END = "end"
    HANDOFF = "handoff"
    INCIDENT = "incident"
    ESCALATION = "escalation"
    REMINDER = "reminder"


class Policy(Part):
    """The limits that the team agreed on; the defaults are where the handbooks agree."""

    acknowledge_requests: Duration = Duration.parse("1 hour")
    request_issue_after: Duration = Duration.parse("30 minutes")
    request_stop_after: Duration = Duration.parse("2 hours")
    review_after: Duration = Duration.parse("10 minutes")
    frozen: Duration = Duration.parse("3 days")
    remind_before: Duration = Duration.parse("1 day")


DEFAULT_SEVERITIES = {
    "sev1": SeverityLevel(title="Customers cannot work", respond=Duration.parse("5 minutes"), review=True),
    "sev2": SeverityLevel(title="Some customers are hindered", respond=Duration.parse("15 minutes"), review=True),
    "sev3": SeverityLevel(title="Nobody notices yet", respond=Duration.parse("4 hours")),
}


class Team(Record):
    """The team whose repository this is."""

    name: Text
    timezone: Zone = Zone("UTC")
    repository: Text | None = None
    severities: dict[Id, SeverityLevel] = Field(default=DEFAULT_SEVERITIES)
    policy: Policy = Policy()
    destinations: dict[Text, Text] = Field(default_factory=dict)
    posts: dict[Event, tuple[Text, ...]] = Field(default_factory=dict)
    rules: dict[Text, Text] = Field(default_factory=dict)
