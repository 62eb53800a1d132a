"""What counts as a page that somebody answered."""

from __future__ import annotations

from oncall_cli.model.incident import Incident
from oncall_cli.model.record import Source
from oncall_cli.practice.pages import pages_answered
from tests.practice.records import at, entry, shift

SPAN = (at("10 00:00"), at("20 00:00"))


def incident(name: str, acknowledged: str | None, **responders: str) -> Incident:
    said = {"title": "Down", "severity": "sev1", "responders": responders}
    made = Incident.model_validate(said | ({"acknowledged": at(acknowledged)} if acknowledged else {}))
    made.read_from(name, Source(f"rotations/platform/incidents/2026/{name}.yaml", {}))
    return made


def test_an_incident_is_a_page_for_each_who_responds() -> None:
    """Once each, however many places they have in it, when it was acknowledged in the period."""
    incidents = [
        incident("a", "12 03:00", commander="ana", scribe="ana", communications="ben"),
        incident("b", "09 23:59", commander="ana"),
        incident("c", "20 00:00", commander="ana"),
        incident("d", None, commander="ana"),
    ]
    assert pages_answered(incidents, [], *SPAN) == {"ana": 1, "ben": 1}


def test_a_line_in_the_log_is_a_page_unless_its_incident_counts_already() -> None:
    """Not every page becomes a record; a line about one that did is not a second page."""
    log = (
        entry("12 02:00", "ana", "Paged for replica lag", "incident"),
        entry("12 03:00", "ana", "Paged for checkout", "incident", "a"),
        entry("12 04:00", "ana", "Paged, false alarm", "incident", "disk-alert"),
        entry("12 05:00", "ana", "Looked around"),
        entry("21 05:00", "ana", "Too late to count", "incident"),
    )
    stood = shift("ana", "primary", ("10 09:00", "17 09:00"), log=log)
    assert pages_answered([incident("a", "12 03:00", commander="ana")], [stood], *SPAN) == {"ana": 3}
