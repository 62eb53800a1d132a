"""A sentence for each record that a change touches."""

from __future__ import annotations

from typing import Any

import pytest

from oncall_cli.model.document import Runbook
from oncall_cli.model.incident import Incident
from oncall_cli.model.override import Override
from oncall_cli.model.person import Person
from oncall_cli.model.record import Record
from oncall_cli.model.request import Request
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.team import Team
from oncall_cli.model.zone import Zone
from oncall_cli.practice.record_changes import Fate, RecordPair, record_changes
from oncall_cli.practice.renames import renames

INCIDENT = {
    "title": "Checkout is down",
    "severity": "sev2",
    "timeline": [{"at": "2026-11-05T10:00:00-05:00", "by": "ana", "text": "Paged"}],
    "actions": [{"title": "Add an alert"}, {"title": "Write a runbook"}],
    "responders": {"commander": "ana"},
}
ROTATION = {
    "name": "Platform",
    "timezone": "UTC",
    "handoff": {"every": "1 week", "at": "tuesday 09:00"},
    "roster": [{"from": "2026-11-03", "members": ["ana"]}],
    "roles": {"primary": {}},
}
REQUEST = {"title": "Refund", "received": "2026-11-16T10:00:00-05:00"}
KINDS: dict[str, tuple[type[Record], str, dict[str, Any]]] = {
    "team": (Team, "oncall.yaml", {"name": "Team"}),
    "rotation": (Rotation, "rotations/platform/rotation.yaml", ROTATION),
    "person": (Person, "rotations/people/x.yaml", {"name": "X"}),
    "override": (
        Override,
        "rotations/platform/overrides/x.yaml",
        {"changes": [{"start": "2026-11-24T09:00:00Z", "end": "2026-11-25T09:00:00Z", "person": "bob"}]},
    ),
    "incident": (Incident, "rotations/platform/incidents/2026/x.yaml", INCIDENT),
    "request": (Request, "rotations/platform/requests/2026/x.yaml", REQUEST),
    "shift": (ShiftRecord, "rotations/platform/shifts/2026/x.yaml", {"person": "ana", "role": "primary"}),
    "runbook": (Runbook, "runbooks/x.md", {"title": "Lag"}),
}


def said(kind: str, *, bodies: tuple[str, str] = ("", ""), told: tuple[str, ...] = (), **changed: Any) -> str:
    """Return the sentence about a record of which some keys say something else."""
    model, path, keys = KINDS[kind]
    before, after = model.model_validate(keys), model.model_validate({**keys, **changed})
    pair = RecordPair(kind, "x", path, before, after, bodies)
    [change] = record_changes([pair], Zone("America/New_York"), {"x": told}, {})
    assert (change.kind, change.path, change.fate) == (kind, path, Fate.CHANGED)
    return change.text


ENTRY = {"at": "2026-11-05T10:05:00-05:00", "by": "ana", "text": "Mitigated"}
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("team", {"policy": {"frozen": "1 day"}}, "the team's file 'oncall.yaml': policy frozen: 3 days → 1 day"),
    ("team", {"rules": {"W402": "off"}}, "the team's file 'oncall.yaml': rules W402: off"),
    ("team", {"timezone": "Europe/Berlin"}, "the team's file 'oncall.yaml': timezone: UTC → Europe/Berlin"),
    (
        "incident",
        {"actions": [*INCIDENT["actions"], {"title": "One"}, {"title": "Two"}]},
        "incident 'x' of platform: 2 action items were added",
    ),
    (
        "incident",
        {"actions": [{"title": "Add an alert", "state": "done"}]},
        "incident 'x' of platform: 1 action item was changed, 1 action item was removed",
    ),
    (
        "incident",
        {"actions": INCIDENT["actions"][::-1]},
        "incident 'x' of platform: the order of the action items changed",
    ),
    (
        "incident",
        {"status": "resolved", "resolved": "2026-11-05T11:00:00-05:00", "timeline": [*INCIDENT["timeline"], ENTRY]},
        "incident 'x' of platform: status: open → resolved, resolved: Thu 2026-11-05 11:00, 1 timeline entry was added",
    ),
    (
        "incident",
        {"responders": {"commander": "bob", "scribe": "ana"}},
        "incident 'x' of platform: responders commander: ana → bob, responders scribe: ana",
    ),
    ("incident", {"title": "x" * 200}, "incident 'x' of platform: title changed"),
    ("incident", {"review": {"state": "done"}}, "incident 'x' of platform: review added"),
    ("request", {"solution": "Refunded it"}, "support request 'x' of platform: solution: Refunded it"),
    ("shift", {"log": [ENTRY, ENTRY]}, "shift 'x' of platform: 2 log entries were added"),
    ("person", {"active": "false"}, "person 'x': has left"),
    ("person", {"contact": {"phone": "+1 555 0100"}}, "person 'x': contact phone added"),
    (
        "person",
        {"time_off": [{"from": "2026-12-10", "until": "2026-12-12"}]},
        "person 'x': time off from 2026-12-10 until 2026-12-12 added",
    ),
    ("runbook", {"reviewed": "2026-11-02"}, "runbook 'x': reviewed: 2026-11-02"),
    ("rotation", {"coverage": {"roles": ["primary"]}}, "rotation 'x': coverage added"),
    (
        "rotation",
        {"escalation": [{"notify": "primary"}, {"notify": "ana"}]},
        "rotation 'x': 2 escalation steps were added",
    ),
    (
        "rotation",
        {"roles": {"primary": {"responsibilities": "Answers"}}},
        "rotation 'x': responsibilities of primary changed",
    ),
    ("override", {"agreed_by": ["bob"]}, "override 'x' of platform: 1 agreement was added"),
    ("runbook", {}, "runbook 'x': only its comments or its layout changed"),
]


@pytest.mark.parametrize(("kind", "changed", "expected"), CASES)
def test_what_changed_is_said(kind: str, changed: dict[str, Any], expected: str) -> None:
    assert said(kind, **changed) == expected


def test_the_text_of_a_runbook() -> None:
    told = said("runbook", bodies=("Look.\nWait.\n", "Look.\nRestart.\nWait again.\n"), reviewed="2026-11-02")
    assert told == "runbook 'x': text changed (2 lines added, 1 line removed), reviewed: 2026-11-02"


def test_the_schedule_of_a_rotation_is_told_by_its_alterations() -> None:
    told = said(
        "rotation", told=("the roster version from 2026-12-01 is new: bob joins",), description="For production"
    )
    assert told == ("rotation 'x': the roster version from 2026-12-01 is new: bob joins, description: For production")


def test_new_and_deleted_records_and_those_that_nobody_can_read() -> None:
    record = Incident.model_validate(INCIDENT)
    path = "rotations/platform/incidents/2026/x.yaml"
    pairs = [
        RecordPair("incident", "x", path, None, record, fate=Fate.ADDED),
        RecordPair("incident", "y", path.replace("x.", "y."), record, None, fate=Fate.REMOVED),
        RecordPair("incident", "z", path.replace("x.", "z."), record, None, readable=False),
        RecordPair("file", "runbooks/README.md", "runbooks/README.md", None, None, fate=Fate.ADDED),
    ]
    assert [each.text for each in record_changes(pairs, Zone("UTC"), {}, {})] == [
        "incident 'x' of platform is new (Checkout is down, sev2)",
        "incident 'y' of platform is deleted (Checkout is down, sev2)",
        "incident 'z' of platform changed, and cannot be read",
        "file 'runbooks/README.md' is new",
    ]


def person(*emails: str) -> Person:
    return Person.model_validate({"name": "X", "git_emails": list(emails)})


def test_a_rename_is_known_by_the_e_mail_and_by_no_guess() -> None:
    assert renames({"al": person("a@x.org")}, {"alice": person("A@x.org")}) == {"al": "alice"}
    assert renames({"al": person("a@x.org")}, {"alice": person("b@x.org")}) == {}
    assert renames({"al": person()}, {"alice": person()}) == {}
    both = {"alice": person("a@x.org"), "alix": person("a@x.org")}
    assert renames({"al": person("a@x.org")}, both) == {}
    assert renames({"al": person("a@x.org")}, {"al": person("a@x.org"), "alice": person("a@x.org")}) == {}
