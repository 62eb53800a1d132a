"""An incident that is opened: its id, its first entries, who responds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.doing import Doing
from oncall_cli.practice.edits import RecordEdit, Value
from oncall_cli.practice.new_request import dated_id
from oncall_cli.practice.stamps import stamp
from oncall_cli.practice.timeline import written


class NewIncident(NamedTuple):
    """What there is to know of an incident when it is opened; ``level`` is how far up the ladder the page went."""

    title: str
    severity: str
    opened: Instant
    detected: Instant
    impact_from: Instant | None = None
    alert: str | None = None
    responders: Mapping[str, str] = {}
    services: tuple[str, ...] = ()
    runbook: str | None = None
    acknowledged: bool = False
    level: int = 0


def incident_edit(
    new: NewIncident, rotation: str, zone: Zone, taken: Collection[str], by: str, created: Instant
) -> tuple[str, RecordEdit]:
    """Return the id of a new incident, and what writes its file."""
    name = dated_id(new.title, new.opened, zone, taken, "incident")
    doing = Doing(new.opened, by, zone)
    said = [written(doing, "opened", f"Opened as {new.severity}{_paged(new)}", new.level or None)]
    if new.detected != new.opened:
        said.append(written(Doing(new.detected, by, zone), "detected", "Detected"))
    if new.acknowledged:
        said.append(written(doing, "acknowledged", "Acknowledged"))
    fields: dict[str, Value | None] = {
        "title": new.title,
        "severity": new.severity,
        "status": "acknowledged" if new.acknowledged else "open",
        "alert": new.alert or "",
        "impact": {"started": stamp(new.impact_from, zone)} if new.impact_from is not None else "",
        "detected": stamp(new.detected, zone),
        "acknowledged": stamp(new.opened, zone) if new.acknowledged else "",
        "responders": dict(new.responders),
        "services": list(new.services),
        "runbook": new.runbook or "",
        "timeline": [entry.value for entry in sorted(said, key=lambda each: each.at)],
        "created": stamp(created, zone),
    }
    return name, RecordEdit(f"rotations/{rotation}/incidents/{name[:4]}/{name}.yaml", new=fields)


def _paged(new: NewIncident) -> str:
    people = ", ".join(dict.fromkeys(new.responders.values()))
    return f", {people} on call" if people else ", nobody on call"
