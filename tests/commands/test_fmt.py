"""``oncall fmt``: the canonical form, written like any formatter does."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tests.conftest import MakeTeam, Run, TeamFolder

ROTATION = "rotations/web/rotation.yaml"
UGLY = """\
name: Web   # the site
timezone: Europe/Berlin
handoff: {every: 1 week,at: tuesday 09:00 }
roster:
# the first
- from: 2026-01-06
  members: [ alice,bob ]
duties:
- id: news
  title: Read the news
  at: 09:00


"""
FORMED = """\
name: Web   # the site
timezone: Europe/Berlin
handoff: {every: 1 week, at: tuesday 09:00}
roster:
  # the first
  - from: 2026-01-06
    members: [alice, bob]
duties:
  - id: news
    title: Read the news
    at: "09:00"
"""
RUNBOOK = "runbooks/down.md"
PAGE = "---\ntitle: Down\nalerts:\n- It is down\n---\n\n- at 09:00  \n\n\n"
FILES = {
    "oncall.yaml": "name: Team\n",
    "rotations/people/alice.yaml": "name: Alice\ngit_emails: [alice@example.com]\n",
    "rotations/people/bob.yaml": "name: Bob\n",
    ROTATION: UGLY,
    RUNBOOK: PAGE,
}


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    return team(FILES)


def test_it_writes_and_does_not_commit(made: TeamFolder, run: Run) -> None:
    """Every record, in place, with its mode; the second run finds nothing to do."""
    os.chmod(made.root / ROTATION, 0o640)
    first = run("fmt")
    assert (first.code, first.err) == (0, "")
    assert first.out == f"{ROTATION}\n{RUNBOOK}\n2 files laid out anew, 3 left as they are.\n"
    assert made.read(ROTATION) == FORMED
    assert made.read(RUNBOOK) == PAGE.replace("- It", "  - It")
    assert stat.S_IMODE((made.root / ROTATION).stat().st_mode) == 0o640
    assert made.git("rev-list", "--count", "HEAD") == "1\n"
    assert made.git("status", "--porcelain") == f" M {ROTATION}\n M {RUNBOOK}\n"
    assert run("fmt").out == "5 files in canonical form.\n"
    assert run("check", "--json").code == 0


def test_check_says_what_would_change(made: TeamFolder, run: Run) -> None:
    """`--check` exits with 1 and writes nothing."""
    checked = run("fmt", "--check")
    assert checked.code == 1
    assert checked.out == f"{ROTATION}\n{RUNBOOK}\n2 files not in canonical form, 3 left as they are.\n"
    assert made.git("status", "--porcelain") == ""
    assert json.loads(run("fmt", "--check", "--json").out)["data"] == {
        "changed": [ROTATION, RUNBOOK],
        "read": 5,
        "written": False,
    }
    assert run("fmt", "--check", "oncall.yaml").code == 0


@pytest.mark.parametrize("word", ["--diff", "--dry-run"])
def test_diff_shows_it(made: TeamFolder, run: Run, word: str) -> None:
    """`--diff` prints a patch that git can apply, and writes nothing."""
    made.commit({"oncall.yaml": "name: Team\r\ntimezone: UTC"}, "As Windows does")
    shown = run("fmt", word, ROTATION)
    assert shown.code == 0
    assert made.git("status", "--porcelain") == ""
    (made.root.parent / "patch").write_text(shown.out)
    made.git("apply", str(made.root.parent / "patch"))
    assert made.read(ROTATION) == FORMED
    assert "-name: Team\\r\n-timezone: UTC\n\\ No newline at end of file\n+name: Team\n" in run("fmt", word).out
    assert run("fmt", word, ROTATION).out == ""


def test_an_invalid_file_is_left_alone(made: TeamFolder, run: Run) -> None:
    """It is told with its place, the rest is done, and the exit code is 5."""
    made.write({"rotations/people/bob.yaml": "nmae:   Bob\n", "rotations/people/eve.yaml": "name: [\n"})
    done = run("fmt")
    assert done.code == 5
    assert made.read("rotations/people/bob.yaml") == "nmae:   Bob\n"
    assert made.read("rotations/people/eve.yaml") == "name: [\n"
    assert made.read(ROTATION) == FORMED
    assert "rotations/people/bob.yaml:1:1: error: unknown key 'nmae'" in done.err
    assert "rotations/people/eve.yaml" in done.err
    assert json.loads(run("fmt", "--json").err)["error"]["code"] == "invalid"


def test_paths(made: TeamFolder, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and folders are found from where the user stands; what is no record is told."""
    made.write({"runbooks/README.md": "#  Runbooks\n", "notes.txt": "a  \n"})
    monkeypatch.chdir(made.root / "runbooks")
    done = run("fmt", "--check", ".", "../notes.txt", "README.md", "down.md")
    assert (done.code, done.out.splitlines()[0]) == (1, RUNBOOK)
    assert (
        done.err
        == "notes.txt is no record, and is left as it is.\nrunbooks/README.md is no record, and is left as it is.\n"
    )
    assert run("fmt", "gone.md").code == 3
    (tmp_path / "elsewhere.yaml").write_text("name: A\n")
    assert run("fmt", "down.md", str(tmp_path / "elsewhere.yaml")).code == 1
    monkeypatch.chdir(tmp_path)
    assert run("fmt", "--check", f"team/{ROTATION}").code == 1
    assert run("-C", "team", "fmt", "--check", ROTATION).code == 1


def test_a_link_is_not_written_through(made: TeamFolder, run: Run) -> None:
    """A file that is a symbolic link stays one."""
    made.write({"other.yaml": "name:   Eve  \n"})
    (made.root / "rotations/people/eve.yaml").symlink_to("../../other.yaml")
    done = run("fmt")
    assert done.code == 5
    assert "symbolic link" in done.err
    assert made.read("other.yaml") == "name:   Eve  \n"
    assert made.read(ROTATION) == FORMED


def test_outside_of_git(run: Run, tmp_path: Path) -> None:
    """A formatter needs no git."""
    plain = TeamFolder(tmp_path / "plain")
    plain.write(FILES)
    assert run("-C", str(plain.root), "fmt").code == 0
    assert plain.read(ROTATION) == FORMED


NOW = "2026-11-24T10:00:00+01:00"

COMMANDS = [
    ["person", "add", "dora", "--name", "Dora: the 2nd", "--email", "dora@example.com"],
    ["rotation", "new", "desk", "--every", "1 day", "--at", "09:00", "--member", "bob", "--hours", "daily 09:00-17:00"],
    ["rotation", "join", "dora", "web"],
    ["rotation", "leave", "bob", "web"],
    ["timeoff", "add", "alice", "--from", "2027-02-01", "--until", "2027-02-08", "--note", "Skiing at 09:00"],
    ["cover", "dora", "-r", "web", "--for", "alice", "--from", "2026-11-25 18:00", "--to", "2026-11-26 09:00"],
    [
        "override",
        "nobody",
        "-r",
        "web",
        "--from",
        "2026-12-24 18:00",
        "--to",
        "2026-12-25 09:00",
        "--reason",
        "Null: ~",
    ],
    ["start", "web", "--as", "alice"],
    ["log", "It rang at 09:00\nand again", "--as", "alice"],
    ["request", "open", "Please raise our quota: 'a', #b", "--as", "alice"],
    ["end", "--as", "alice", "--summary", "12:30"],
]


def test_what_the_program_writes_is_canonical(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a beginning and a series of commands that write, there is nothing to lay out anew."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Alice Moreau")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "alice@example.com")
    root = tmp_path / "new"
    begun = ["--rotation", "web", "--person", "alice", "--person", "bob", "--timezone", "Europe/Berlin"]
    assert run("init", str(root), *begun, now=NOW).code == 0
    monkeypatch.chdir(root)
    for words in COMMANDS:
        done = run(*words, now=NOW)
        assert done.code == 0, (words, done)
        formed = run("fmt", "--diff")
        assert (formed.code, formed.out) == (0, ""), words
    assert run("fmt", "--check").code == 0
