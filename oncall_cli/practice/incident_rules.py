"""What may follow what in an incident's life, and at which times: a table and a few bounds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from oncall_cli.model.incident import Incident, IncidentStatus
from oncall_cli.model.time import Instant
from oncall_cli.practice.standing import began

REOPENED = "reopened"


class Step(StrEnum):
    """What people do to move an incident on."""

    ACKNOWLEDGE = "acknowledge"
    MITIGATE = "mitigate"
    RESOLVE = "resolve"
    REOPEN = "reopen"


_OPEN, _ACKNOWLEDGED = IncidentStatus.OPEN, IncidentStatus.ACKNOWLEDGED
_MITIGATED, _RESOLVED = IncidentStatus.MITIGATED, IncidentStatus.RESOLVED

# What the status is after a step. A step that is missing may not follow; one that leaves the status as it is
# tells afterwards what happened before, and is allowed as long as its own time is not on record.
NEXT: Mapping[Step, Mapping[IncidentStatus, IncidentStatus]] = {
    Step.ACKNOWLEDGE: {_OPEN: _ACKNOWLEDGED, _MITIGATED: _MITIGATED, _RESOLVED: _RESOLVED},
    Step.MITIGATE: {_OPEN: _MITIGATED, _ACKNOWLEDGED: _MITIGATED, _RESOLVED: _RESOLVED},
    Step.RESOLVE: {_OPEN: _RESOLVED, _ACKNOWLEDGED: _RESOLVED, _MITIGATED: _RESOLVED},
    Step.REOPEN: {_RESOLVED: _ACKNOWLEDGED},
}

# The keys that hold the times of an incident's life, in the order in which they may follow each other.
MOMENTS = ("detected", "acknowledged", "mitigated", "resolved")
KEY = {Step.ACKNOWLEDGE: "acknowledged", Step.MITIGATE: "mitigated", Step.RESOLVE: "resolved"}


class Refusal(NamedTuple):
    """Why a step may not be taken: at which key it stands, what is wrong, what to do."""

    key: str
    message: str
    hint: str


class Bound(NamedTuple):
    """An edge that a time must keep to, and what happened there."""

    at: Instant
    what: str


def refusal(incident: Incident, step: Step) -> Refusal | None:
    """Return why a step may not follow now; None where it may."""
    name = f"'{incident.id}'"
    if incident.merged_into:
        other = incident.merged_into
        return Refusal("merged_into", f"{name} is merged into '{other}'", f"say it of that one: {other}")
    if step is Step.REOPEN and incident.status not in NEXT[step]:
        return Refusal("status", f"{name} is not resolved: it is {incident.status}", "nothing needs to be done")
    if step in KEY and moment_of(incident, KEY[step]) is not None:
        return Refusal(KEY[step], f"{name} is {KEY[step]} already", "write a note for what happened since")
    if incident.status not in NEXT[step]:
        return Refusal("status", f"{name} is {incident.status} already", "write a note for what happened since")
    return None


def status_after(incident: Incident, step: Step) -> IncidentStatus:
    """Return the status that a step leads to."""
    if step is Step.REOPEN and incident.acknowledged is None:
        return _OPEN
    return NEXT[step][incident.status]


def moment_of(incident: Incident, key: str) -> Instant | None:
    """Return one of the times of an incident's life."""
    found: Instant | None = getattr(incident, key)
    return found


def earliest(incident: Incident, step: Step | None = None) -> Bound | None:
    """Return before which time nothing of an incident, or not this step, can have happened."""
    start = began(incident)
    bounds = [] if start is None else [Bound(start, "it began")]
    if step is not None:
        before = MOMENTS if step is Step.REOPEN else MOMENTS[: MOMENTS.index(KEY[step])]
        bounds += [Bound(at, f"it was {key}") for key in before if (at := moment_of(incident, key)) is not None]
    if step not in (None, Step.ACKNOWLEDGE):
        bounds += [Bound(entry.at, "it was reopened") for entry in incident.timeline if entry.kind == REOPENED]
    return max(bounds, key=lambda bound: bound.at, default=None)


def latest(incident: Incident, step: Step) -> Bound | None:
    """Return after which time this step cannot have happened: what comes later in a life is on record already."""
    after = () if step is Step.REOPEN else MOMENTS[MOMENTS.index(KEY[step]) + 1 :]
    bounds = [Bound(at, f"it was {key}") for key in after if (at := moment_of(incident, key)) is not None]
    return min(bounds, key=lambda bound: bound.at, default=None)


def skipped(incident: Incident, step: Step) -> list[str]:
    """Return the steps before this one that nobody has told of; that is allowed, and said."""
    before = [] if step is Step.REOPEN else list(MOMENTS[1 : MOMENTS.index(KEY[step])])
    return [key for key in before if moment_of(incident, key) is None]
