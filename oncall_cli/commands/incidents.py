"""Which incident a command means: the one that is named, else the only one that it can mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.commands.records import pick
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident


class FoundIncident(NamedTuple):
    """An incident, and the rotation that it belongs to."""

    rotation: str
    incident: Incident


def incidents_by_id(session: Session, rotation: str | None = None) -> dict[str, FoundIncident]:
    """Return the incidents of one rotation, or of all, by their ids."""
    return {
        record.id: FoundIncident(name, record)
        for name in session.rotations(rotation)
        for record in session.repository.incidents(name)
    }


def find_incident(
    session: Session, wanted: str | None, meant: Callable[[Incident], bool] = bool, which: str = "incident"
) -> FoundIncident:
    """Return the incident named by its id or a part of it; without a name, the only one that is meant."""
    known = incidents_by_id(session)
    if wanted is not None:
        return pick(known, wanted, "incident")
    found = {name: each for name, each in known.items() if meant(each.incident)}
    if len(found) != 1:
        names = f": {', '.join(sorted(found)[:5])}" if found else ""
        message = f"there are {len(found)} that can be meant{names}" if found else f"there is no {which}"
        raise WrongUsage(message, hint="name it by its id: see oncall incident list")
    return next(iter(found.values()))
