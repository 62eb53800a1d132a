"""How long the parts of an incident took, in seconds, each from the moment that its definition says."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.model.incident import Incident
from oncall_cli.model.time import Instant


class IncidentTimes(NamedTuple):
    """Lengths in seconds; None where one of the two moments is not on record."""

    detect: int | None
    """From the start of the impact until somebody, or something, noticed."""

    acknowledge: int | None
    """From the detection until somebody took it."""

    mitigate: int | None
    """From the detection until it hurt nobody any more."""

    resolve: int | None
    """From the detection until it was solved."""

    impact: int | None
    """From the start of the impact to its end."""


def incident_times(incident: Incident) -> IncidentTimes:
    """Return how long the parts of an incident took."""
    impact, detected = incident.impact, incident.detected
    return IncidentTimes(
        _between(impact.started, detected),
        _between(detected, incident.acknowledged),
        _between(detected, incident.mitigated),
        _between(detected, incident.resolved),
        _between(impact.started, impact.ended),
    )


def _between(start: Instant | None, end: Instant | None) -> int | None:
    return None if start is None or end is None else end - start
