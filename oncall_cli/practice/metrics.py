"""How long the parts of an incident took, and what many such lengths have in common: never a bare mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.time import Instant

DEFINITIONS = {
    "detect": "from the start of the impact to its detection",
    "acknowledge": "from the detection to the acknowledgement",
    "mitigate": "from the detection until customers were no longer hurt",
    "resolve": "from the detection until it was over",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """How many values there are, the one in the middle, and the one that nine in ten do not exceed."""

    count: int
    median: int | None
    p90: int | None


def spans_of(incident: Incident) -> dict[str, int | None]:
    """Return the seconds of each part; None where the record does not tell both ends, or tells them backwards."""
    seen = incident.detected
    return {
        "detect": _between(incident.impact.started, seen),
        "acknowledge": _between(seen, incident.acknowledged),
        "mitigate": _between(seen, incident.mitigated),
        "resolve": _between(seen, incident.resolved),
    }


def summary(values: Iterable[int | None]) -> Summary:
    """Return the count, the median (of two in the middle, what lies between) and the nearest-rank 90th percentile."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return Summary(0, None, None)
    size = len(known)
    middle = (known[(size - 1) // 2] + known[size // 2]) // 2
    return Summary(size, middle, known[-(-9 * size // 10) - 1])


def _between(start: Instant | None, end: Instant | None) -> int | None:
    return end - start if start is not None and end is not None and end >= start else None
