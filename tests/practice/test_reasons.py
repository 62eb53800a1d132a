"""Why each stretch changes hands: the override, the version, the hours, and not its neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from oncall_cli.model.override import Override
from oncall_cli.model.record import Source
from oncall_cli.model.zone import Zone
from oncall_cli.practice.plan import Plan, plan
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.schedule.compile import compile_schedule
from tests.practice.records import at, rotation

NOW = at("18 10:00")
PATH = "rotations/platform/rotation.yaml"


def override(name: str, *changes: dict[str, Any], reason: str | None = None) -> Override:
    made = Override.model_validate({"changes": list(changes), "created": 1, "reason": reason})
    made.read_from(name, Source(f"rotations/platform/overrides/{name}.yaml", {}))
    return made


COVER = override("cover", {"start": at("24 09:00"), "end": at("25 09:00"), "person": "dan", "instead_of": "alice"})


def files(*overrides: Override, **keys: Any) -> RotationFiles:
    record = rotation(**keys)
    return RotationFiles(record, overrides, compile_schedule(record, overrides))


def between(before: RotationFiles | None, after: RotationFiles | None) -> Plan:
    sides = [TeamState({"platform": side} if side else {}, {}, Zone("UTC")) for side in (before, after)]
    return plan(*sides, NOW)


def texts(found: Plan) -> list[list[str]]:
    """Return the reasons of each shift to come, the same ones in a row once."""
    told = [[reason.text for reason in shift.why] for shift in found.handed() if not shift.past]
    return [each for place, each in enumerate(told) if not place or told[place - 1] != each]


VERSIONS = [
    {"from": "2026-11-03", "members": ["alice", "bob", "carol"]},
    {"from": "2026-12-01", "members": ["bob", "dan", "carol"]},
]
ONE = [["the roster version from 2026-12-01 is new: dan replaces alice"]]
CASES: dict[str, tuple[RotationFiles | None, RotationFiles | None, list[list[str]]]] = {
    "cover": (files(), files(COVER), [["the cover 'cover' is new: dan for alice"]]),
    "cover taken back": (files(COVER), files(), [["the cover 'cover' is removed: dan for alice"]]),
    "version": (files(), files(roster=VERSIONS), ONE),
    "version removed": (
        files(roster=VERSIONS),
        files(),
        [["the roster version from 2026-12-01 is removed"]],
    ),
    "both, each its own": (
        files(),
        files(COVER, roster=VERSIONS),
        [["the cover 'cover' is new: dan for alice"], *ONE],
    ),
    "hours": (
        files(),
        files(hours=["tuesday 00:00 - monday 00:00"]),
        [["the hours are tuesday 00:00 - monday 00:00, not around the clock"]],
    ),
    "handoff": (
        files(),
        files(handoff={"every": "2 weeks", "at": "tuesday 09:00"}),
        [["the handoff is every 2 weeks at tuesday 09:00, not every 1 week at tuesday 09:00"]],
    ),
    "zone": (files(), files(timezone="Europe/Berlin"), [["the time zone is Europe/Berlin, not America/New_York"]]),
    "role": (
        files(),
        files(roles={"primary": {}, "secondary": {"offset": 1}}),
        [["the role 'secondary' is new"]],
    ),
    "stint": (
        files(),
        files(roles={"primary": {}, "shadow": [{"person": "dan", "from": "2026-11-24", "until": "2026-12-01"}]}),
        [["dan as shadow from 2026-11-24 until 2026-12-01 is new"]],
    ),
    "new": (None, files(), [["the rotation 'platform' is new"]]),
    "deleted": (files(), None, [["the rotation 'platform' is deleted"]]),
}


@pytest.mark.parametrize("name", CASES)
def test_each_shift_has_its_reasons(name: str) -> None:
    before, after, expected = CASES[name]
    assert texts(between(before, after)) == expected


def test_no_shift_is_without_a_reason() -> None:
    found = between(files(COVER), files(roster=VERSIONS, hours=["monday-friday 09:00-17:00"]))
    assert found.handed()
    assert all(shift.why for shift in found.handed())


def test_an_override_that_decides_nothing_is_no_reason() -> None:
    """A later one has the same day; only the one that wins is told."""
    change = {"start": at("24 09:00"), "end": at("25 09:00"), "person": "erin", "instead_of": "alice"}
    later = override("later", change).model_copy(update={"created": 2})
    found = between(files(), files(COVER, later))
    assert texts(found) == [["the cover 'later' is new: erin for alice"]]


def test_a_holiday_that_somebody_gets() -> None:
    """Only who did not have it is told of, with the day on the rotation's wall."""
    cover = override("cover", {"start": at("26 12:00"), "end": at("27 12:00"), "person": "dan", "instead_of": "alice"})
    [told] = between(files(holidays=["2026-11-26"]), files(cover, holidays=["2026-11-26"])).holidays
    assert (told.person, told.day.isoformat(), told.start, told.end) == (
        "dan",
        "2026-11-26",
        at("26 12:00"),
        at("27 00:00"),
    )


def test_who_gains_and_who_loses() -> None:
    rows = between(files(), files(COVER)).exchanges()
    assert [(row.person, row.gains, row.loses, row.gained, row.lost) for row in rows] == [
        ("alice", 0, 1, 0, 86400),
        ("dan", 1, 0, 86400, 0),
    ]
