"""What is asked after a step of an incident: who must be told, what is still to be written."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from oncall_cli.practice.incident_rules import Step
from oncall_cli.practice.review import needs_review
from oncall_cli.practice.stages import next_message

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.team import Team


def asked_after(
    incident: Incident, step: Step, missing: list[str], team: Team, templates: Collection[str]
) -> list[str]:
    """Return a sentence, with its command, for each thing that is to be done now."""
    name = incident.id
    said = [_missing(name, key) for key in missing]
    if message := next_message(incident, templates):
        said.append(f"Tell customers: oncall message render {message} --incident {name} --sent")
    if step is Step.RESOLVE:
        if incident.impact.started is not None and incident.impact.ended is None:
            said.append(f"Until when did it hurt? oncall incident impact {name} --to WHEN")
        if incident.runbook is None:
            said.append(f"No runbook told what to do: write down what did, 'oncall runbook new --from {name}'")
        if incident.review is None and (why := needs_review(incident, team)):
            said.append(f"A review is needed, {why}: oncall incident review {name}")
    return said


def _missing(name: str, key: str) -> str:
    command = {"acknowledged": "ack", "mitigated": "mitigate"}[key]
    return f"It was never {key}; if it was, say when: oncall incident {command} {name} --at WHEN"
