"""A runbook made of what an incident taught: its alert, how it was diagnosed, what mitigated it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Place, Refused
from oncall_cli.practice.beginning import id_from
from oncall_cli.practice.edits import RecordEdit, Value

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident, TimelineEntry

_DATED = re.compile(r"\d{4}-\d\d-\d\d-")
_QUOTED = re.compile(r'"([^"\n]{3,200})"')
_SAYS_NOTHING = frozenset({"acknowledged", "opened", "resolved", "mitigated", "detected", "reopened"})
_OF_CARE = frozenset({"acknowledged", "message", "review", "severity", "assigned", "escalated", "responder", "opened"})
_ENDS_IT = frozenset({"mitigated", "resolved"})


class Taught(NamedTuple):
    """What of an incident's timeline belongs into a runbook."""

    alerts: tuple[str, ...]
    diagnosis: tuple[str, ...]
    mitigation: tuple[str, ...]


def taught(incident: Incident) -> Taught:
    """Return the words of the alert, what was found out before it was mitigated, and what mitigated it."""
    alerts = [incident.alert] if incident.alert else []
    diagnosis, mitigation = [], []
    for entry in incident.timeline:
        if entry.kind == "detected":
            alerts += _QUOTED.findall(entry.text) or [entry.text]
        elif entry.kind in _ENDS_IT and _says_something(entry):
            mitigation.append(entry.text)
        elif entry.kind not in _OF_CARE | _ENDS_IT and _before_mitigation(incident, entry):
            diagnosis.append(entry.text)
    one_line = (" ".join(alert.split()) for alert in alerts)
    return Taught(tuple(dict.fromkeys(one_line)), tuple(diagnosis), tuple(mitigation))


def slug_of(asked: str | None, incident: Incident | None) -> str:
    """Return the name of a new runbook: the one asked for, else the incident's without its day."""
    if asked:
        return asked
    assert incident is not None
    return _DATED.sub("", incident.id, count=1) or id_from(incident.title) or "runbook"


def runbook_edits(
    slug: str, incident: Incident | None, owner: str, today: date, page: str, known: Collection[str]
) -> list[RecordEdit]:
    """Return what makes the runbook, and what names it on the incident; refuse where either has one already."""
    path = f"runbooks/{slug}.md"
    if slug in known:
        hint = "give another name: oncall runbook new NAME, or add a heading to that file"
        raise Refused(f"there is a runbook '{slug}' already", hint, Place(path))
    if incident and incident.runbook:
        hint = f"see it: oncall runbook show {incident.runbook}"
        raise Refused(f"'{incident.id}' has the runbook '{incident.runbook}' already", hint, incident.place("runbook"))
    head: dict[str, Value | None] = {
        "title": incident.title if incident else _title(slug),
        "services": list(incident.services) if incident else [],
        "alerts": list(taught(incident).alerts) if incident else [],
        "owner": owner,
        "reviewed": today.isoformat(),
    }
    made = RecordEdit(path, new=head, page=page)
    return [made, RecordEdit(incident.path, fields={"runbook": slug})] if incident else [made]


def _title(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _says_something(entry: TimelineEntry) -> bool:
    return entry.text.strip().rstrip(".").lower() not in _SAYS_NOTHING


def _before_mitigation(incident: Incident, entry: TimelineEntry) -> bool:
    end = incident.mitigated or incident.resolved
    return end is None or entry.at <= end
