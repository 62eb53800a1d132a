"""``oncall load``: who bears how much, and what it is worth."""

from __future__ import annotations

import json

import pytest

from tests.conftest import MakeTeam, Run

ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "monday 09:00"}
roster:
  - from: 2026-11-02
    members: [ana, ben]
  - from: 2026-11-16
    members: [ben, ana, eve]
roles:
  primary: {}
  shadow:
    - {person: fay, from: 2026-11-02, until: 2026-11-09}
holidays: [2026-11-11]
"""
FILES = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    **{f"rotations/people/{name}.yaml": f"name: {name.title()}\n" for name in ("ana", "eve", "fay")},
    "rotations/people/ben.yaml": 'name: "=HYPERLINK(1)"\n',
    "rotations/platform/rotation.yaml": ROTATION,
    "rotations/web/rotation.yaml": ROTATION.replace("Platform", "Web")
    .replace("ben", "ana")
    .replace("[ana, ana]", "[ana]")
    .replace("[ana, ana, eve]", "[ana]"),
    "rotations/platform/incidents/2026/2026-11-10-down.yaml": """\
title: Down
severity: sev1
status: acknowledged
acknowledged: 2026-11-10T03:00:00-05:00
responders: {commander: ben}
""",
}
PERIOD = ("--from", "2026-11-02 09:00", "--to", "2026-11-16 09:00")
NOW = "2026-11-18T15:00:00Z"


def test_a_person_sees(team: MakeTeam, run: Run, golden) -> None:
    """A table for each rotation; who is new in the roster bore nothing, who shadows is not in it."""
    team(FILES)
    seen = run("load", *PERIOD, now=NOW, ONCALL_TZ="America/New_York")
    golden("load.txt", seen.out)
    assert all(len(line) <= 80 for line in seen.out.splitlines())
    assert "Fay" not in seen.out


def test_a_spreadsheet(team: MakeTeam, run: Run) -> None:
    """Hours as decimals, an amount by the rates, and no cell that runs when it is opened."""
    team(FILES)
    rates = ("--rate", "hour=1.5", "--rate", "holiday=10", "--rate", "night=0.333")
    seen = run("load", "platform", *PERIOD, *rates, "--format", "csv", now=NOW, ONCALL_TZ="America/New_York")
    span = "platform,2026-11-02T14:00:00Z,2026-11-16T14:00:00Z"
    assert seen.out.splitlines() == [
        "rotation,from,to,person,name,hours,night,weekend,holiday,pages,amount",
        f"{span},ana,Ana,168.00,56.00,48.00,0.00,0,270.65",
        f"{span},ben,'=HYPERLINK(1),168.00,56.00,48.00,24.00,1,510.65",
        f"{span},eve,Eve,0.00,0.00,0.00,0.00,0,0.00",
    ]


def test_a_script(team: MakeTeam, run: Run) -> None:
    """Seconds, and the mean; a list unless one rotation is asked for."""
    team(FILES)
    one = json.loads(run("load", "platform", *PERIOD, "--json", now=NOW, ONCALL_TZ="America/New_York").out)["data"]
    assert one["people"][1] == {
        "person": "ben",
        "seconds": 604800,
        "night": 201600,
        "weekend": 172800,
        "holiday": 86400,
        "pages": 1,
        "amount": None,
    }
    assert one["mean"]["seconds"] == 2 * 604800 // 3
    every = json.loads(run("load", *PERIOD, "--json", now=NOW).out)["data"]
    assert [each["rotation"] for each in every] == ["platform", "web"]


def test_two_rotations_at_once_are_one_time(team: MakeTeam, run: Run) -> None:
    """Together, ana's week in both rotations is a week."""
    team(FILES)
    found = json.loads(run("load", "--together", *PERIOD, "--json", now=NOW, ONCALL_TZ="America/New_York").out)["data"]
    assert found["rotation"] is None
    assert found["people"][0]["person"] == "ana"
    assert found["people"][0]["seconds"] == 2 * 604800


def test_a_shadow_is_counted_when_asked_for(team: MakeTeam, run: Run) -> None:
    """A role by name is no load, and can be looked at."""
    team(FILES)
    asked = ("--from", "2026-11-01", "--to", "2026-11-16 09:00", "--role", "shadow", "--json")
    found = json.loads(run("load", "platform", *asked, now=NOW).out)["data"]
    # From its midnight to another: a stint begins when its day does.
    assert [(each["person"], each["seconds"]) for each in found["people"]] == [("fay", 604800)]


def test_the_last_ninety_days(team: MakeTeam, run: Run) -> None:
    """That is the period without others."""
    team(FILES)
    found = json.loads(run("load", "platform", "--json", now=NOW).out)["data"]
    assert (found["from"], found["to"]) == ("2026-08-20T15:00:00Z", "2026-11-18T15:00:00Z")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--rate", "lunch=3"], 2, "there is no kind of hour 'lunch'\n  there are: hour, night, weekend, holiday"),
        (["--rate", "hour=much"], 2, "'much' is no amount\n  write a number, such as --rate hour=12.50"),
        (["--rate", "hour=-1"], 2, "'-1' is no amount"),
        (["--rate", "hour=Infinity"], 2, "'Infinity' is no amount"),
        (["--from", "2026-11-10", "--to", "2026-11-02"], 2, "before it begins"),
        (["--role", "king"], 3, "there is no role 'king'"),
        (["nowhere"], 3, "there is no rotation 'nowhere'"),
    ],
)
def test_what_makes_no_sense(team: MakeTeam, run: Run, arguments: list[str], code: int, says: str) -> None:
    """Is refused with what would."""
    team(FILES)
    seen = run("load", *arguments, now=NOW)
    assert (seen.code, seen.out) == (code, "")
    assert says in seen.err
