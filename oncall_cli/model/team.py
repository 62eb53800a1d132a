"""``oncall.yaml``: the team, its severities, its policy."""

from enum import StrEnum

from pydantic import Field

from oncall_cli.model.record import Count, Flag, Id, Part, Record, Text
from oncall_cli.model.time import Duration
from oncall_cli.model.zone import Zone


class SeverityLevel(Part):
    """How bad an incident is, how soon somebody must respond, and whether it needs a review."""

    title: Text
    """What it means for customers."""
    respond: Duration | None = None
    """How soon somebody must respond."""
    review: Flag = False
    """Whether an incident always needs a review."""


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
    """How soon a support request is acknowledged."""
    request_issue_after: Duration = Duration.parse("30 minutes")
    """How much work on a request deserves an issue."""
    request_stop_after: Duration = Duration.parse("2 hours")
    """How much work on a request deserves the whole team."""
    review_after: Duration = Duration.parse("10 minutes")
    """How long an outage is reviewed, whatever its severity."""
    review_business_days: Count = 5
    """How many business days after the incident its review is to be presented."""
    frozen: Duration = Duration.parse("3 days")
    """How near a change of the schedule needs a word with those whom it touches."""
    remind_before: Duration = Duration.parse("1 day")
    """How long before a shift its person is reminded."""


DEFAULT_SEVERITIES = {
    "sev1": SeverityLevel(title="Customers cannot work", respond=Duration.parse("5 minutes"), review=True),
    "sev2": SeverityLevel(title="Some customers are hindered", respond=Duration.parse("15 minutes"), review=True),
    "sev3": SeverityLevel(title="Nobody notices yet", respond=Duration.parse("4 hours")),
}


class Team(Record):
    """The team whose repository this is."""

    name: Text
    """The team's name."""
    timezone: Zone = Zone("UTC")
    """The default of every rotation and person."""
    repository: Text | None = None
    """The address of the repository, for links."""
    severities: dict[Id, SeverityLevel] = Field(default=DEFAULT_SEVERITIES)
    """How bad an incident can be, by id."""
    policy: Policy = Policy()
    """The limits that the team agreed on."""
    destinations: dict[Text, Text] = Field(default_factory=dict)
    """Names of environment variables that hold addresses; never an address with a secret."""
    posts: dict[Event, tuple[Text, ...]] = Field(default_factory=dict)
    """What is posted where: the names of destinations by the event."""
    rules: dict[Text, Text] = Field(default_factory=dict)
    """By the code of a check: 'off', 'warning' or 'error'."""
