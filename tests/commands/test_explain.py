"""``oncall explain``: the rules as this team has set them, in a terminal, in a pipe and for a script."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import MakeTeam, Run

TEAM = {"oncall.yaml": "name: Team\nrules: {W401: error, W402: off, E110: off, W499: off}\n"}


def listed(run: Run) -> dict[str, dict[str, object]]:
    return {rule["code"]: rule for rule in json.loads(run("explain", "--json").out)["data"]}


def test_the_list_says_what_the_team_has_set(team: MakeTeam, run: Run) -> None:
    """A rule is told as it is here; what makes no sense in ``rules`` changes nothing."""
    team(TEAM)
    said = run("explain")
    assert said.code == 0
    lines = said.out.splitlines()
    assert "W401  error    nobody has a shift while they are away" in lines
    assert "W402  off      nobody has a shift outside of their availability" in lines
    assert "E110  error    every key is one that the record has" in lines
    rules = listed(run)
    assert (rules["W402"]["severity"], rules["W402"]["default"], rules["W402"]["settable"]) == ("off", "warning", True)
    assert (rules["E110"]["severity"], rules["E110"]["settable"]) == ("error", False)
    assert [code for code, rule in rules.items() if rule["needs_base"]] == [
        "E311", "E312", "E313", "W411", "W412", "W510",
    ]  # fmt: skip


def test_one_rule_for_a_script(team: MakeTeam, run: Run) -> None:
    """A script gets the reason as one text and the files of the examples; a deleted one is null."""
    team(TEAM)
    (rule,) = json.loads(run("explain", "e313", "--json").out)["data"]
    assert rule["explanation"].startswith("Shifts, incidents, requests and the rotations that hold them are the")
    (path,) = rule["wrong"]
    assert rule["wrong"][path] is None
    assert rule["before"][path] == "title: Labels are late\nseverity: sev3\n"


def test_outside_of_a_team(run: Run, tmp_path: Path) -> None:
    """The rules can be read anywhere, also where the team's own file is broken."""
    assert run("-C", str(tmp_path), "explain", "E301").out.startswith("E301 error: what is promised")
    (tmp_path / "oncall.yaml").write_text("nam: x\n")
    assert run("-C", str(tmp_path), "explain", "W401").out.startswith("W401 warning:")


def test_an_unknown_rule(team: MakeTeam, run: Run) -> None:
    """A code that does not exist is told, with the nearest that does."""
    team(TEAM)
    said = run("explain", "E301", "E3O1")
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("oncall: there is no rule 'E3O1'\n  did you mean 'E3")
