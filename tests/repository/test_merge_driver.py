"""Git's own merges go by what records say, where the driver is set up."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import MakeTeam, TeamFolder
from tests.repository.records import ALICE, BOB, TEAM
from tests.repository.test_sync import LOG, SHIFT, entry


@pytest.fixture
def made(team: MakeTeam, request: pytest.FixtureRequest) -> TeamFolder:
    prefix = getattr(request, "param", "")
    files = {f"{prefix}{path}": text for path, text in {**TEAM, SHIFT: LOG}.items()}
    made = team({**files, ".gitattributes": "*.yaml merge=oncall\n*.md merge=oncall\n"})
    made.git("config", "merge.oncall.driver", f"{sys.executable} -m oncall_cli merge-driver %O %A %B %P")
    return made


def branches(made: TeamFolder, path: str, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
    """Let two branches change a file and merge them with git."""
    made.git("switch", "--quiet", "--create", "theirs")
    made.commit({path: theirs}, "Theirs")
    made.git("switch", "--quiet", "main")
    made.commit({path: ours}, "Ours")
    words = ["git", "merge", "--quiet", "--no-edit", "theirs"]
    return subprocess.run(words, cwd=made.root, capture_output=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("made", ["", "ops/oncall/"], indirect=True)
def test_logs_that_both_grew_merge_cleanly(made: TeamFolder) -> None:
    """`git merge` puts the lines of both sides in order of their times, also where the root is a folder."""
    path = next(iter(made.root.rglob("2026-11-24-alice-primary.yaml"))).relative_to(made.root).as_posix()
    done = branches(made, path, LOG + entry("09:30", "Paged"), LOG + entry("09:10", "Before") + entry("10:00", "Fixed"))
    assert (done.returncode, done.stderr) == (0, "")
    assert made.read(path) == LOG + entry("09:10", "Before") + entry("09:30", "Paged") + entry("10:00", "Fixed")
    assert made.git("status", "--porcelain") == ""


def test_only_what_is_disputed_is_marked(made: TeamFolder) -> None:
    """git tells of a conflict; the file shows both values, and the rest merged."""
    base = TEAM[ALICE]
    done = branches(
        made, ALICE, base.replace("Alice\n", "Al\n") + "note: x\n", base.replace("Alice\n", "Lis\n") + "timezone: UTC\n"
    )
    assert done.returncode == 1
    assert f"oncall: {ALICE}: name: ours is 'Al', theirs is 'Lis'" in done.stderr
    text = made.read(ALICE)
    assert "<<<<<<< ours\nname: Al\n=======\nname: Lis\n>>>>>>> theirs\n" in text
    assert text.count("note: x") == text.count("timezone: UTC") == 1
    assert made.git("status", "--porcelain") == f"UU {ALICE}\n"


def test_a_file_made_on_both_branches(made: TeamFolder) -> None:
    """Git gives an empty file for the version that does not exist."""
    path = SHIFT.replace("alice", "bob")
    done = branches(made, path, LOG, LOG + entry("10:00", "Fixed"))
    assert done.returncode == 0, done.stderr
    assert made.read(path) == LOG + entry("10:00", "Fixed")


def test_a_rebase_uses_it_too(made: TeamFolder) -> None:
    """Also what `oncall sync` leaves to the user goes by meaning."""
    made.git("switch", "--quiet", "--create", "theirs")
    made.commit({SHIFT: LOG + entry("10:00", "Fixed"), BOB: "name: Bob T.\n"}, "Theirs")
    made.git("switch", "--quiet", "main")
    made.commit({SHIFT: LOG + entry("09:30", "Paged")}, "Ours")
    made.git("rebase", "--quiet", "theirs")
    assert made.read(SHIFT) == LOG + entry("09:30", "Paged") + entry("10:00", "Fixed")


def test_it_is_not_listed_for_people(run) -> None:
    """The command is git's."""
    assert "merge-driver" not in run("--help").out
    assert "merge-driver" not in run("merge-drive").err
