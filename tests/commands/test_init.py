"""``oncall init``: a new team's repository in one command."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from tests.conftest import MakeTeam, Run

NOW = "2026-11-24T10:00:00-05:00"
ALICE = {
    "GIT_AUTHOR_NAME": "Alice Moreau",
    "GIT_AUTHOR_EMAIL": "alice@example.com",
    "GIT_COMMITTER_NAME": "Alice Moreau",
    "GIT_COMMITTER_EMAIL": "alice@example.com",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "platform-on-call"
    made.mkdir()
    monkeypatch.chdir(made)
    for name, value in ALICE.items():
        monkeypatch.setenv(name, value)
    return made


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def test_one_command(run: Run, folder: Path) -> None:
    """An empty folder becomes a repository of one commit that says who is on call, and has no problem."""
    made = run("init", "--timezone", "America/New_York", now=NOW)
    assert (made.code, made.err) == (0, "")
    assert "On call now: alice, until Mon 30 Nov 14:00 (09:00 America/New_York), in 5d 23h." in made.out
    assert git(folder, "log", "--format=%an <%ae> %s") == (
        "Alice Moreau <alice@example.com> Begin the repository of Platform on call\n"
    )
    assert git(folder, "status", "--porcelain") == ""
    assert sorted(git(folder, "ls-files").split()) == [
        "README.md",
        "oncall.yaml",
        "rotations/people/alice.yaml",
        "rotations/platform/rotation.yaml",
        "runbooks/service-does-not-answer.md",
        "templates/handoff/shift.md",
        "templates/message/investigating.md",
        "templates/message/resolved.md",
        "templates/review/coe.md",
        "templates/review/postmortem.md",
    ]
    checked = run("check", now=NOW)
    assert (checked.code, checked.out) == (0, "9 files, no problems\n")
    who = run("who", now=NOW)
    assert who.code == 0
    assert "Alice Moreau" in who.out


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-11-23T08:59:59-05:00", "2026-11-16"),
        ("2026-11-23T09:00:00-05:00", "2026-11-23"),
        ("2026-11-29T23:59:59-05:00", "2026-11-23"),
        ("2026-03-09T09:00:00-04:00", "2026-03-09"),
    ],
)
def test_somebody_is_on_call_at_once(run: Run, folder: Path, now: str, monday: str) -> None:
    """The first turn is the one under way, by the wall of the team's zone."""
    assert run("init", "--timezone", "America/New_York", now=now).code == 0
    rotation = (folder / "rotations/platform/rotation.yaml").read_text()
    assert f"  - from: {monday}\n    members: [alice]\n" in rotation
    assert run("who", now=now).code == 0


def test_everything_given(run: Run, tmp_path: Path, folder: Path) -> None:
    """Names, people and zone are taken as given; git's identity goes to the person that it belongs to."""
    words = ["--name", "Tidepool: data #1", "--timezone", "Europe/Berlin", "--rotation", "desk"]
    people = ["--person", "ben", "--person", "alice", "--person", "null"]
    made = run("init", str(tmp_path / "new" / "folder"), *words, *people, now=NOW)
    assert made.code == 0
    root = tmp_path / "new" / "folder"
    assert 'name: "Tidepool: data #1"\ntimezone: Europe/Berlin' in (root / "oncall.yaml").read_text()
    assert 'members: [ben, alice, "null"]' in (root / "rotations/desk/rotation.yaml").read_text()
    assert (root / "rotations/people/ben.yaml").read_text().startswith("name: Ben\n# git_emails:")
    alice = (root / "rotations/people/alice.yaml").read_text()
    assert alice.startswith("name: Alice Moreau\ngit_emails: [alice@example.com]")
    assert run("-C", str(root), "check", now=NOW).out == "11 files, no problems\n"


@pytest.mark.parametrize("name", ["岡田", "a'b\"c", "- x", "@title@ {}", "true", "x" * 300, "a: b # c"])
def test_any_name(run: Run, folder: Path, name: str) -> None:
    """Whatever a team is called, its files can be read and say so."""
    assert run("init", "--name", name, "--rotation", "desk", now=NOW).code == 0
    assert run("check", now=NOW).out == "9 files, no problems\n"
    assert run("ics", now=NOW).code == 0


def test_asks_on_a_terminal(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not given is asked for, again after an answer that makes no sense; Enter takes the default."""
    from oncall_cli import app

    told = app.invocation

    monkeypatch.setattr(app, "invocation", lambda environment: told(environment)._replace(asks=True))
    monkeypatch.setattr("sys.stdin", io.StringIO("Data desk\nEurope/Berlim\nEurope/Berlin\n\nana, ben\n"))
    made = run("init", now=NOW)
    assert made.code == 0
    assert "did you mean 'Europe/Berlin'?" in made.err
    assert "The first rotation [data-desk]" in made.err
    assert "members: [ana, ben]" in (folder / "rotations/data-desk/rotation.yaml").read_text()
    assert "name: Data desk\ntimezone: Europe/Berlin" in (folder / "oncall.yaml").read_text()


def test_refuses_where_a_team_is(run: Run, team: MakeTeam) -> None:
    """A team's repository is never begun twice, nor another inside of it."""
    made = team({"oncall.yaml": "name: Platform\n"})
    for words in ([], ["inside/it"]):
        refused = run("init", *words, now=NOW)
        assert refused.code == 1
        assert refused.err == (
            f"oncall: '{made.root}' is the repository of a team already\n"
            "  choose a folder outside of it, or add a rotation to it: rotations/<name>/rotation.yaml\n"
        )
    assert made.git("status", "--porcelain") == ""
    assert not (made.root / "inside").exists()


def test_joins_a_repository_and_leaves_the_rest_alone(run: Run, team: MakeTeam) -> None:
    """In a repository that exists, what is there and what is staged stays as it is, and out of the commit."""
    made = team({"README.md": "Ours\n", "src/app.py": "1\n"})
    made.write({"src/app.py": "2\n", "src/new.py": "3\n"})
    made.git("add", "src/app.py")
    begun = run("init", now=NOW)
    assert begun.code == 0
    assert made.read("README.md") == "Ours\n"
    assert made.git("status", "--porcelain") == "M  src/app.py\n?? src/new.py\n"
    assert "README.md" not in made.git("show", "--stat", "--format=")
    assert run("check", now=NOW).code == 0


def test_dry_run(run: Run, folder: Path) -> None:
    """A dry run shows the files and leaves nothing behind, not even an empty repository."""
    shown = run("init", "--dry-run", now=NOW)
    assert shown.code == 0
    assert "+++ b/rotations/platform/rotation.yaml" in shown.out
    assert list(folder.iterdir()) == []


def test_no_identity(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an identity nobody can be named, and without one no commit can be made; nothing stays behind."""
    monkeypatch.chdir(tmp_path)
    nobody = run("init", "new", now=NOW)
    assert nobody.code == 2
    assert "--person: somebody must be on call" in nobody.err
    refused = run("init", "new", "--person", "alice", now=NOW)
    assert refused.code == 4
    assert "git does not know who you are" in refused.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--timezone", "Europe/Berlim"], "--timezone: 'Europe/Berlim' is not a time zone"),
        (["--rotation", "people"], "--rotation: 'people' cannot name a rotation"),
        (["--rotation", "../x"], "--rotation: '../x' is not an id"),
        (["--person", "Al B"], "--person: 'Al' is not an id"),
        (["--name", " "], "--name: needs some text"),
    ],
)
def test_wrong_words(run: Run, folder: Path, words: list[str], said: str) -> None:
    """A value that makes no sense is told with its option, and nothing is made."""
    refused = run("init", *words, now=NOW)
    assert refused.code == 2
    assert said in refused.err
    assert list(folder.iterdir()) == []
