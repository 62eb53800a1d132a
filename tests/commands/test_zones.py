"""In whose zone times are shown: one rule, wherever ``--as`` stands, and for every command that changes something."""

from __future__ import annotations

import pytest

from tests.commands.shift_team import TEAM
from tests.conftest import MakeTeam, Run

NOW = "2026-11-18T15:00:00Z"
BERLIN = {
    **TEAM,
    "rotations/people/bob.yaml": "name: Bob\ntimezone: Europe/Berlin\ngit_emails: [bob@example.com]\n",
    "rotations/people/dan.yaml": "name: Dan\n",
}


@pytest.mark.parametrize(
    "words", ["--as bob who platform", "who platform --as bob", "schedule --as bob", "gaps --as bob"]
)
def test_who_is_named_reads(team: MakeTeam, run: Run, words: str) -> None:
    team(BERLIN)
    assert "Europe/Berlin" in run(*words.split(), now=NOW, TZ="America/Chicago").out


def test_a_variable_counts_for_more(team: MakeTeam, run: Run) -> None:
    team(BERLIN)
    assert "Asia/Tokyo" in run("who", "--as", "bob", now=NOW, TZ="America/Chicago", ONCALL_TZ="Asia/Tokyo").out


def test_who_only_reads_has_the_clock_of_the_machine(team: MakeTeam, run: Run) -> None:
    team(BERLIN, "bob@example.com")
    assert "America/Chicago" in run("who", now=NOW, TZ="America/Chicago").out


@pytest.mark.parametrize(
    "words",
    [
        "rotation join dan platform --dry-run",
        "rotation reorder carol bob alice --dry-run",
        "cover dan --for alice --shift next --role primary --dry-run",
        "undo --dry-run",
    ],
)
def test_who_changes_something_has_their_own(team: MakeTeam, run: Run, words: str) -> None:
    """Every command that makes a commit knows who acts, by git."""
    team(BERLIN, "bob@example.com")
    assert run("take", "platform", now=NOW).code == 0
    outcome = run(*words.split(), now=NOW, TZ="America/Chicago")
    assert outcome.code == 0, outcome.err
    assert "Europe/Berlin" in outcome.out
    assert "America/Chicago" not in outcome.out


@pytest.mark.parametrize(
    "words", ["who --as nobody", "--as nobody who", "schedule --as bop", "rotation join dan --as nobody"]
)
def test_a_stranger_who_is_named(team: MakeTeam, run: Run, words: str) -> None:
    """A slip of the fingers is told; a variable may be meant for another team."""
    team(BERLIN)
    outcome = run(*words.split(), now=NOW)
    assert (outcome.code, "there is no person" in outcome.err) == (3, True)
    assert run("who", now=NOW, ONCALL_PERSON="nobody").code == 0
