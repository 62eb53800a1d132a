"""The pages about incidents: all of them, and one for each with its timeline and its review."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.lasting import span
from oncall_cli.model.time import Instant
from oncall_cli.practice.metrics import spans_of
from oncall_cli.practice.review import impact_length
from oncall_cli.practice.standing import began
from oncall_cli.render.incident_show import distance_of, entries_of
from oncall_cli.render.site.places import incident_path
from oncall_cli.render.text import one_line, visible

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident, TimelineEntry
    from oncall_cli.practice.site import IncidentPage
    from oncall_cli.render.site.frame import Frame


class Listed(NamedTuple):
    """An incident in the list: its page, when it began, and how long it hurt."""

    page: IncidentPage
    path: str
    began: Instant | None
    lasted: str


class Happened(NamedTuple):
    """An entry of the timeline: how long after the beginning, its first line, and what else was pasted."""

    entry: TimelineEntry
    after: str
    first: str
    rest: str


def incident_pages(frame: Frame) -> dict[str, bytes]:
    """Return the list of all incidents, the newest first, and the page of each."""
    if not frame.facts.incidents:
        return {}
    listed = sorted(map(_listed, frame.facts.incidents), key=lambda one: (one.began or 0, one.path), reverse=True)
    values = {"title": "Incidents", "listed": listed, "rotations": frame.facts.state.rotations}
    found = frame.page("incidents/index.html", "incidents.html", values)
    for page in frame.facts.incidents:
        found.update(_page(frame, page))
    return found


def _listed(page: IncidentPage) -> Listed:
    length = impact_length(page.incident)
    lasted = "" if length is None else span(length)
    return Listed(page, incident_path(page.rotation, page.incident.id), began(page.incident), lasted)


def _page(frame: Frame, page: IncidentPage) -> dict[str, bytes]:
    incident = page.incident
    path = incident_path(page.rotation, incident.id)
    root = "../" * path.count("/")
    review = incident.review.path if incident.review else None
    known = frame.facts.team.severities.get(incident.severity)
    values = {
        "title": one_line(incident.title),
        "incident": incident,
        "rotation": frame.facts.state.rotations[page.rotation].record,
        "times": _times(incident),
        "means": one_line(known.title) if known else "",
        "happened": [_happened(incident, entry) for entry in entries_of(incident)],
        "review": frame.prose.html(page.review, review, root, title=incident.title, top=3)
        if page.review and review
        else None,
        "merged": _merged(frame, page),
    }
    return frame.page(path, "incident.html", values)


def _times(incident: Incident) -> list[tuple[str, Instant, str]]:
    """Return what happened when, each with how long it took, as far as it is known."""
    spans, impact = spans_of(incident), incident.impact
    known = [
        ("Impact began", impact.started, None),
        ("Detected", incident.detected, spans.detect),
        ("Acknowledged", incident.acknowledged, spans.acknowledge),
        ("Mitigated", incident.mitigated, spans.mitigate),
        ("Impact ended", impact.ended, None),
        ("Resolved", incident.resolved, spans.resolve),
    ]
    return [(what, at, "" if took is None else f"after {span(took)}") for what, at, took in known if at is not None]


def _happened(incident: Incident, entry: TimelineEntry) -> Happened:
    first, *rest = visible(entry.text).rstrip("\n").split("\n")
    return Happened(entry, distance_of(incident, entry.at), first, "\n".join(rest))


def _merged(frame: Frame, page: IncidentPage) -> str | None:
    """Return the page of the incident that this one went into, where there is one."""
    into = page.incident.merged_into
    there = any(one.rotation == page.rotation and one.incident.id == into for one in frame.facts.incidents)
    return incident_path(page.rotation, into) if into and there else None
