"""How long incidents take: each time with the definition by which it was counted, never a mean alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.time import Instant

DEFINITIONS = {
    "detect": "from the start of the impact until somebody or something noticed it",
    "acknowledge": "from detection (without one: from when the incident was opened) until somebody acknowledged it",
    "mitigate": "from the start of the impact (without one: from detection, or from opening) until it was mitigated",
    "resolve": "from the start of the impact (without one: from detection, or from opening) until it was resolved",
    "count": "the incidents of which both ends of the time are known, and in order; the others are left out",
    "median": "half took no longer; of an even count, the middle between the two in the middle, to the second below",
    "p90": "the least time within which nine in ten were done, itself a time that was measured (nearest rank)",
}
"""What each number means, to be printed next to it."""


class IncidentSpans(NamedTuple):
    """The times of one incident in seconds; None where an end of one is not known."""

    detect: int | None
    acknowledge: int | None
    mitigate: int | None
    resolve: int | None


@dataclass(frozen=True)
class Summary:
    """Several times as one: how many there are, the middle one, and what nine in ten do not exceed."""

    count: int
    median: int
    p90: int


def spans_of(incident: Incident) -> IncidentSpans:
    """Return the times of an incident, by ``DEFINITIONS``."""
    noticed = _first(incident.detected, incident.created)
    began = _first(incident.impact.started, noticed)
    return IncidentSpans(
        _span(incident.impact.started, incident.detected),
        _span(noticed, incident.acknowledged),
        _span(began, incident.mitigated),
        _span(began, incident.resolved),
    )


def summary(values: Iterable[int | None]) -> Summary | None:
    """Return the times as one; None where nothing was measured."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    count = len(known)
    median = (known[(count - 1) // 2] + known[count // 2]) // 2
    return Summary(count, median, known[(9 * count + 9) // 10 - 1])


def _first(*instants: Instant | None) -> Instant | None:
    return next((instant for instant in instants if instant is not None), None)


def _span(start: Instant | None, end: Instant | None) -> int | None:
    """Return the seconds between; None where an end is missing or the second comes first."""
    return None if start is None or end is None or end < start else end - start
