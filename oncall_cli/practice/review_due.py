"""Whether an incident must be looked back on, by its severity or by how long it hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.practice.standing import began

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.team import Team


def outage(incident: Incident) -> int | None:
    """Return how many seconds it hurt: until the impact ended, or else until it was mitigated or resolved."""
    start = began(incident)
    ends = (incident.impact.ended, incident.mitigated, incident.resolved)
    end = next((moment for moment in ends if moment is not None), None)
    return None if start is None or end is None else max(0, end - start)


def why_review(incident: Incident, team: Team) -> str | None:
    """Return why a review is needed; None where none is."""
    level = team.severities.get(incident.severity)
    if level and level.review:
        return f"every {incident.severity} is reviewed"
    length = outage(incident)
    if length is not None and length > team.policy.review_after.seconds:
        return f"it hurt for longer than {team.policy.review_after}"
    return None
