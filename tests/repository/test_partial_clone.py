"""A partial clone: reading fetches nothing that nobody asked for, and sharing has all that it needs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.shift_team import TEAM
from tests.conftest import MakeTeam, Run, TeamFolder
from tests.faults import mess

NOW = "2026-11-18T15:00:00Z"
ALICE = "rotations/people/alice.yaml"


@pytest.fixture
def partial(team: MakeTeam, tmp_path: Path, run: Run) -> TeamFolder:
    """A clone that has the files of its own commit alone, of a team in which alice's file was another one."""
    made = team(TEAM)
    assert run("timeoff", "add", "--from", "2027-03-02", "--until", "2027-03-09", "--as", "alice", now=NOW).code == 0
    host = tmp_path / "host.git"
    mess.git(tmp_path, "clone", "--quiet", "--bare", str(made.root), str(host))
    mess.git(host, "config", "uploadpack.allowFilter", "true")
    mess.git(tmp_path, "clone", "--quiet", "--filter=blob:none", host.as_uri(), str(tmp_path / "partial"))
    for setting in ("user.name", "user.email"):
        mess.git(tmp_path / "partial", "config", setting, made.git("config", setting).strip())
    return TeamFolder(tmp_path / "partial")


def missing(clone: TeamFolder) -> list[str]:
    """Return the objects that a clone has not got."""
    listed = clone.git("rev-list", "--objects", "--all", "--missing=print").splitlines()
    return [line for line in listed if line.startswith("?")]


@pytest.mark.parametrize(
    "words", [("diff", "HEAD~"), ("check", "--base", "HEAD~"), ("who", "--as-of", "HEAD~"), ("history", ALICE)]
)
def test_reading_fetches_nothing(partial: TeamFolder, run: Run, words: tuple[str, ...]) -> None:
    """What is not here is said, with how to get it; the remote is not asked."""
    before = missing(partial)
    assert before
    seen = run("-C", str(partial.root), *words, now=NOW)
    assert missing(partial) == before
    if seen.code:
        assert (seen.code, "Traceback" in seen.err) == (4, False)
        assert "partial" in seen.err
        assert "git fetch --refetch --no-filter" in seen.err


def test_what_is_fetched_by_hand_can_be_read(partial: TeamFolder, run: Run) -> None:
    partial.git("fetch", "--quiet", "--refetch", "--no-filter")
    assert run("-C", str(partial.root), "diff", "HEAD~", now=NOW).code == 0


def test_what_others_did_is_merged(partial: TeamFolder, run: Run, tmp_path: Path) -> None:
    """Both have changed one file: sync gets the other's version whole, and merges them."""
    other = tmp_path / "other"
    shutil.copytree(partial.root, other)
    for clone, first in ((other, "2027-04-02"), (partial.root, "2027-05-02")):
        days = ("--from", first, "--until", f"{first[:-1]}9")
        assert run("-C", str(clone), "timeoff", "add", "--as", "alice", *days, now=NOW).code == 0
    assert run("-C", str(other), "sync", now=NOW).code == 0
    shared = run("-C", str(partial.root), "sync", now=NOW)
    assert shared.code == 0, shared.err
    assert [day in partial.read(ALICE) for day in ("2027-03-02", "2027-04-02", "2027-05-02")] == [True] * 3
