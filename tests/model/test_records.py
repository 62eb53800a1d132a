"""The records: frozen, strict, and they know where they stand."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from oncall_cli.errors import Place
from oncall_cli.model.override import Override
from oncall_cli.model.record import Record, Source
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.rotation import Role, Rotation
from oncall_cli.repository.layout import KINDS

SMALLEST = {
    "name": "Platform",
    "timezone": "America/New_York",
    "handoff": {"every": "1 week", "at": "tuesday 09:00"},
    "roster": [{"from": "2026-01-06", "members": ["alice", "bob"]}],
}


def test_the_smallest_rotation_that_works():
    """A name, a handoff and a roster are enough; the primary is the one role."""
    rotation = Rotation.model_validate(SMALLEST)
    assert rotation.roles == {PRIMARY: Role()}
    assert rotation.all_layers()[0].roster[0].members == (("alice",), ("bob",))


def test_a_record_cannot_be_changed():
    """A record is a value; a change is a new file."""
    with pytest.raises(ValidationError, match="frozen"):
        Rotation.model_validate(SMALLEST).name = "Other"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_unknown_keys_are_refused_in_every_record(kind):
    """A typo in a key is never silently ignored."""
    with pytest.raises(ValidationError) as refused:
        kind.record.model_validate({"membrs": "x"})
    assert ("membrs",) in [error["loc"] for error in refused.value.errors() if error["type"] == "extra_forbidden"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_record_may_say_when_it_was_created_and_a_note(kind):
    """``created`` and ``note`` are for all."""
    assert issubclass(kind.record, Record)
    assert {"created", "note"} <= kind.record.model_fields.keys()


def wrong(**changes):
    return {**SMALLEST, **changes}


REFUSED = [
    (wrong(handoff={"every": "1 week", "at": "09:00"}), "write it as 'tuesday 09:00'"),
    (wrong(handoff={"every": "1 day", "at": "monday 09:00"}), "write it as '09:00'"),
    (wrong(handoff={"every": "1 month", "at": "monday 09:00"}), "write it as '1 09:00'"),
    (wrong(layers=[{"handoff": SMALLEST["handoff"], "roster": SMALLEST["roster"]}]), "says 'layers' and also"),
    ({"name": "Platform", "handoff": SMALLEST["handoff"]}, "'roster' is missing"),
    (wrong(roster=[{"from": "2026-01-06", "members": [["alice", "alice"]]}]), "the same person twice"),
    (wrong(roles={"shadow": [{"person": "erin", "from": "2026-11-24", "until": "2026-11-17"}]}), "is not after"),
]


@pytest.mark.parametrize(("data", "says"), REFUSED)
def test_a_rotation_that_makes_no_sense_is_refused(data, says):
    """What cannot be meant is refused where it is written."""
    with pytest.raises(ValidationError) as refused:
        Rotation.model_validate(data)
    assert says in str(refused.value)


def test_roster_versions_stand_in_order():
    """A version that begins before the one above it is a slip, not a rule."""
    versions = [{"from": "2026-06-02", "members": ["alice"]}, {"from": "2026-01-06", "members": ["bob"]}]
    with pytest.raises(ValidationError, match="the version from 2026-01-06 stands after the one from 2026-06-02"):
        Rotation.model_validate(wrong(roster=versions))


def test_nobody_is_an_empty_place():
    """``person: nobody`` reads as no people, a list as people who stand together."""
    change = {"start": "2026-11-24T09:00:00-05:00", "end": "2026-11-25T09:00:00-05:00"}
    override = Override.model_validate(
        {"changes": [{**change, "person": "nobody"}, {**change, "person": ["ana", "bo"]}]}
    )
    assert [each.people for each in override.changes] == [(), ("ana", "bo")]


def test_a_field_knows_its_place():
    """A missing field is placed where its nearest parent stands."""
    rotation = Rotation.model_validate(SMALLEST)
    positions = {(): (1, 1), ("roster", 0, "members"): (5, 5), ("roster", 0, "members", 1): (5, 22)}
    rotation.read_from("platform", Source("rotations/platform/rotation.yaml", positions))
    assert rotation.id == "platform"
    assert rotation.place("roster", 0, "members", 1) == Place("rotations/platform/rotation.yaml", 5, 22)
    assert rotation.place("roster", 0, "members", 9).line == 5
    assert str(rotation.place("handoff")) == "rotations/platform/rotation.yaml:1:1"
