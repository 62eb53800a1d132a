"""Questions to the past of the files: who did we believe then, and which commit of whom says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.shift_team import PEOPLE, ROTATION, TEAM
from tests.conftest import MakeTeam, Run, TeamFolder

FILE = "rotations/platform/rotation.yaml"
REORDERED = ROTATION.replace("[alice, bob, carol]", "[bob, carol, alice]")
OVERRIDE = "rotations/platform/overrides/2026-11-18-jo-covers-carol.yaml"
COVER = """\
kind: cover
reason: A concert
changes:
  - role: primary
    start: 2026-11-18T08:00:00-05:00
    end: 2026-11-19T08:00:00-05:00
    person: jo
"""
NOW = "2026-11-18T15:00:00Z"


def at(monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """Let the next commits be made at that time."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", when)
    monkeypatch.setenv("GIT_COMMITTER_DATE", when)


@pytest.fixture
def believed(team: MakeTeam, monkeypatch: pytest.MonkeyPatch) -> TeamFolder:
    """A team whose roster was reordered by bob on 10 November, and overridden by jo on the 17th."""
    at(monkeypatch, "2026-11-03T09:00:00-05:00")
    made = team(TEAM)
    at(monkeypatch, "2026-11-10T09:12:30-05:00")
    made.git("config", "user.email", "BOB@example.com")
    made.commit({FILE: REORDERED}, "Bob first")
    at(monkeypatch, "2026-11-17T09:00:00-05:00")
    made.git("config", "user.email", "jo@example.com")
    made.commit({OVERRIDE: COVER}, "jo covers")
    made.git("tag", "v1", "HEAD~1")
    return made


def primary(run: Run, *more: str) -> str:
    return json.loads(run("who", "platform", "--json", *more, now=NOW).out)["data"][0]["people"][0]


@pytest.mark.parametrize(
    ("said", "believed_then"),
    [
        ("HEAD", "jo"),
        ("HEAD~1", "alice"),
        ("v1", "alice"),
        ("main~2", "carol"),
        ("2026-11-17 15:00", "jo"),
        ("2026-11-17 13:59", "alice"),
        ("1d ago", "jo"),
        ("9d ago", "carol"),
        ("now", "jo"),
        ("2026-11-10T09:12:30-05:00", "alice"),
        ("2026-11-10T09:12:29-05:00", "carol"),
    ],
)
def test_who_did_we_believe_then(believed: TeamFolder, run: Run, said: str, believed_then: str) -> None:
    """A revision, or a time, at which the branch stood at some commit; the shape of the answer stays."""
    assert primary(run, "--as-of", said) == believed_then


def test_the_commit_is_told(believed: TeamFolder, run: Run) -> None:
    """With its date in the reader's zone and its author as the team knows them."""
    sha = believed.git("rev-parse", "v1").strip()
    outcome = run("who", "platform", "--as-of", "v1", now=NOW, ONCALL_TZ="America/New_York")
    assert outcome.err == f"As of commit {sha[:9]}, Tue 10 Nov 09:12 by Bob: Bob first\n"
    assert "primary    Alice" in outcome.out


@pytest.mark.parametrize("command", ["who", "schedule", "calendar", "gaps"])
def test_every_reading_command_of_the_schedule_looks_back(believed: TeamFolder, run: Run, command: str) -> None:
    """The answer is the one that was given then, to the byte."""
    believed.git("checkout", "--quiet", "HEAD~2")
    then = run(command, "platform", "--json", now=NOW)
    believed.git("checkout", "--quiet", "main")
    outcome = run(command, "platform", "--as-of", "HEAD~2", "--json", now=NOW)
    assert (outcome.code, outcome.out) == (then.code, then.out)
    assert run(command, "platform", "--json", now=NOW).out != then.out or command == "gaps"


def test_a_revision_wins_over_a_time(believed: TeamFolder, run: Run) -> None:
    """A branch may be called like a day."""
    believed.git("branch", "monday", "HEAD~2")
    assert primary(run, "--as-of", "monday") == "carol"


def test_what_was_merged_later_was_not_believed_before(
    believed: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit of another branch counts from its merge on, not from when it was made."""
    believed.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    at(monkeypatch, "2026-11-16T09:00:00-05:00")
    believed.commit({FILE: ROTATION.replace("[alice, bob, carol]", "[carol, bob, alice]")}, "By the side")
    believed.git("checkout", "--quiet", "main")
    at(monkeypatch, "2026-11-18T09:30:00-05:00")
    believed.git("merge", "--quiet", "--no-edit", "side")
    monday = ("--at", "2026-11-12", "--as-of", "2026-11-17 15:00")
    assert primary(run, *monday) == "carol"
    assert primary(run, "--at", "2026-11-12", "--as-of", "now") == "bob"


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("nowhere", 3, "'nowhere' is neither a revision in this clone nor a time"),
        ("--all", 3, "'--all' is neither a revision in this clone nor a time"),
        ("2026-11-01", 3, "this branch has no commit of Sun 1 Nov 00:00 or before"),
        ("1960-01-01", 3, "this branch has no commit of Fri 1 Jan 1960 00:00 or before"),
        ("tomorrow", 2, "Thu 19 Nov 00:00 is still to come, in 9h"),
    ],
)
def test_what_cannot_be_looked_back_to(believed: TeamFolder, run: Run, said: str, code: int, words: str) -> None:
    outcome = run("who", f"--as-of={said}", now=NOW)
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.startswith(f"oncall: {words}")


def test_before_the_team_began(team: MakeTeam, run: Run) -> None:
    made = team({"README.md": "Soon\n"})
    made.commit(TEAM, "Begin")
    outcome = run("who", "--as-of", "HEAD~1")
    assert outcome.code == 3
    assert "there is no 'oncall.yaml': the team had not begun" in outcome.err


def test_an_invalid_past_and_an_invalid_present(team: MakeTeam, run: Run) -> None:
    """What was wrong then is told with its place; what is wrong now does not keep the past from answering."""
    made = team({**TEAM, FILE: "name: 1\nroster: yes\n"})
    made.commit({FILE: ROTATION}, "Mend it")
    made.write({"oncall.yaml": "[\n"})
    assert primary(run, "--as-of", "HEAD") == "carol"
    outcome = run("who", "--as-of", "HEAD~1", ONCALL_TZ="UTC")
    assert outcome.code == 5
    assert f"{FILE}:2:1: error: 'roster' needs a list" in outcome.err


def test_without_git(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    (made.root / ".git").rename(made.root / "gone")
    outcome = run("who", "--as-of", "HEAD")
    assert (outcome.code, outcome.out) == (4, "")
    assert "the folder is in no git repository" in outcome.err


def test_a_team_in_a_folder_of_its_repository(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = team({f"duty/{path}": text for path, text in TEAM.items()})
    made.commit({f"duty/{FILE}": REORDERED}, "Reorder")
    monkeypatch.chdir(made.root / "duty" / "rotations")
    assert primary(run) == "alice"
    assert primary(run, "--as-of", "HEAD~1") == "carol"


def test_why_names_the_commit_and_the_person(believed: TeamFolder, run: Run) -> None:
    """For the version, for the list that an edit brought later, and for the override; as of any commit."""
    first, bobs, jos = (believed.git("rev-parse", name).strip()[:9] for name in ("HEAD~2", "HEAD~1", "HEAD"))
    said = run("why", "platform", now=NOW).out
    assert f"commit {first}, Alice, Tue 3 Nov: The team begins" in said
    assert f"commit {bobs}, Bob, Tue 10 Nov: Bob first" in said
    assert f"commit {jos}, Jo, Tue 17 Nov: jo covers" in said
    then = run("why", "platform", "--as-of", "v1", now=NOW).out
    assert (jos in then, bobs in then, first in then) == (False, True, True)
    data = json.loads(run("why", "platform", "--json", now=NOW).out)["data"]
    assert (data["roster"]["person"], data["roster"]["member"]["person"]) == ("alice", "bob")
    assert (data["overrides"][0]["author"], data["overrides"][0]["person"]) == ("Jo", "jo")


def test_a_shallow_clone_names_nobody_wrongly(
    believed: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is older than its commits seems to come with the oldest of them, and does not."""
    believed.git("clone", "--quiet", "--depth", "1", believed.root.as_uri(), str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    outcome = run("why", "platform", now=NOW)
    assert outcome.code == 0
    assert "commit " not in outcome.out
    assert outcome.err == "this clone is shallow and does not have every commit: git fetch --unshallow\n"
    assert "This clone is shallow" in run("history", now=NOW).err
    assert run("who", "--as-of", "HEAD~1", now=NOW).code == 3


def test_an_author_whom_nobody_knows_and_who_plays_tricks(team: MakeTeam, run: Run) -> None:
    """The name that git has is shown harmlessly, and nobody of the team is named for it."""
    made = team(TEAM)
    made.git("config", "user.email", "eve@example.com")
    made.git("config", "user.name", "Alice\x1b[2K\x1b]52;c;eA==\x07")
    made.commit({OVERRIDE: COVER, **PEOPLE}, "Forge\x1b[31m\n\nlines")
    for words in (("why", "platform"), ("who", "platform", "--as-of", "HEAD")):
        outcome = run(*words, now=NOW)
        assert "\x1b" not in outcome.out + outcome.err
        assert "Alice\\x1b[2K" in outcome.out + outcome.err
    assert json.loads(run("why", "platform", "--json", now=NOW).out)["data"]["overrides"][0]["person"] is None
