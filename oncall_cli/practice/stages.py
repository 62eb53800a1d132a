"""The stages of a status page: which message belongs to each, and when it was sent."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from oncall_cli.model.incident import Incident, IncidentStatus
from oncall_cli.model.message import SentMessage


class Stage(StrEnum):
    """What customers are told, in this order."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


# Teams have their own words for the third: what matters is that it hurts nobody any more.
_ALSO = {Stage.MONITORING: ("monitoring", "mitigated")}
_DUE = {
    IncidentStatus.OPEN: (Stage.INVESTIGATING,),
    IncidentStatus.ACKNOWLEDGED: (Stage.INVESTIGATING, Stage.IDENTIFIED),
    IncidentStatus.MITIGATED: (Stage.MONITORING,),
    IncidentStatus.RESOLVED: (Stage.RESOLVED,),
}


class Told(NamedTuple):
    """A stage, the team's template for it, and the first message of it that went out."""

    stage: Stage
    template: str | None
    sent: SentMessage | None


def stages(incident: Incident, templates: Collection[str]) -> list[Told]:
    """Return every stage for which there is a template or a message."""
    found = [Told(stage, _template(stage, templates), _sent(incident, stage)) for stage in Stage]
    return [each for each in found if each.template or each.sent]


def next_message(incident: Incident, templates: Collection[str]) -> str | None:
    """Return the template that customers have not been sent yet and that fits how far the incident has come."""
    due = _DUE[incident.status]
    waiting = [each for each in stages(incident, templates) if each.stage in due and each.template and not each.sent]
    return waiting[0].template if waiting else None


def _template(stage: Stage, templates: Collection[str]) -> str | None:
    wanted = [f"message/{name}" for name in _ALSO.get(stage, (str(stage),))]
    return next((name for name in wanted if name in templates), None)


def _sent(incident: Incident, stage: Stage) -> SentMessage | None:
    names = _ALSO.get(stage, (str(stage),))
    # A template is named with its kind or without it.
    sent = [one for one in incident.messages if one.template.rpartition("/")[2] in names]
    return min(sent, key=lambda one: one.at, default=None)
