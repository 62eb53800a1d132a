"""Records in a list: a row of cells for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.practice.standing import began
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.model.document import Runbook
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.override import Change, Override
    from oncall_cli.render.times import Times


def override_rows(override: Override, times: Times) -> list[list[str]]:
    """Return a row for each change of an override; the first begins with its id and kind."""
    changes = [_change(change, times) for change in override.changes]
    heads = [[override.id, str(override.kind)], *[["", ""]] * (len(changes) - 1)]
    return [[*head, *change] for head, change in zip(heads, changes, strict=True)]


def _change(change: Change, times: Times) -> list[str]:
    who = " and ".join(change.people) or "nobody"
    instead = f" for {change.instead_of}" if change.instead_of else ""
    return [f"{who}{instead} ({change.role})", times.until(change.start, change.end)]


def incident_row(incident: Incident, times: Times) -> list[str]:
    """Return an incident's id, severity, status, since when, and title."""
    moment = began(incident)
    since = times.at(moment) if moment is not None else ""
    return [incident.id, incident.severity, str(incident.status), since, one_line(incident.title)]


def runbook_row(runbook: Runbook) -> list[str]:
    """Return a runbook's id, when it was last reviewed, and its title."""
    reviewed = runbook.reviewed.isoformat() if runbook.reviewed else "never"
    return [runbook.id, f"reviewed {reviewed}", one_line(runbook.title)]
