"""The network is somebody else's business: no command that writes contacts a remote, or waits for anything long."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall_cli.repository.lock import writing
from tests.faults import mess, picture, shim
from tests.faults.program import Program
from tests.faults.scenarios import SCENARIOS, Scenario, team
from tests.faults.test_kinds import ADD, made, oncall

_LONGEST_WAIT = 3.0
_NETWORK = ("fetch", "push", "pull", "ls-remote", "remote-", "send-pack", "fetch-pack", "upload-pack")
IN_A_CLONE = tuple(scenario for scenario in SCENARIOS if scenario.prepare is team)


def with_a_remote_that_hangs(folder: Path, contacted: Path) -> None:
    """Give a repository an upstream whose host never answers, and that leaves a trace when it is called."""
    mess.git(folder, "config", "core.sshCommand", f"touch '{contacted}'; sleep 60; false")
    mess.git(folder, "remote", "add", "origin", "ssh://git@example.invalid/team.git")
    mess.git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    mess.git(folder, "branch", "--quiet", "--set-upstream-to=origin/main")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("offline")


@pytest.fixture(scope="module")
def program(folder: Path) -> Iterator[Program]:
    with Program(folder, folder) as started:
        yield started


@pytest.mark.skipif(bool(shim.missing()), reason=shim.missing() or "it can be built")
@pytest.mark.parametrize("scenario", IN_A_CLONE, ids=lambda scenario: scenario.name)
def test_no_writing_command_contacts_a_remote(program: Program, folder: Path, scenario: Scenario) -> None:
    """The remote hangs and nobody notices: it is not called, and git is asked for nothing that would call it."""
    name = scenario.name.replace(" ", "-")
    root, contacted, trace = folder / name, folder / f"{name}.contacted", folder / f"{name}.trace"
    team(root)
    with_a_remote_that_hangs(root, contacted)
    done = program.run(root, scenario.arguments, GIT_TRACE2_EVENT=str(trace))
    assert done.code == 0, done.err
    assert done.seconds < _LONGEST_WAIT
    assert not contacted.exists()
    started = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    called = [word for one in started if one["event"] == "start" for word in one["argv"]]
    assert called
    assert [word for word in called if word.startswith(_NETWORK)] == []


def start_up(folder: Path) -> float:
    """Return how long a command takes here that waits for nobody, with room for a busy machine."""
    begin = time.monotonic()
    oncall(folder, *ADD, "--dry-run")
    return 3 * (time.monotonic() - begin)


def waited(folder: Path) -> tuple[float, str]:
    """Return how long a refused change took, and what it said."""
    before, begin = picture.take(folder), time.monotonic()
    done = oncall(folder, *ADD)
    seconds = time.monotonic() - begin
    assert done.returncode == 4, done.stderr
    assert picture.take(folder).of_the_user() == before.of_the_user()
    return seconds, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_nobody_waits_long_for_another_oncall(tmp_path: Path) -> None:
    """Another process holds the lock and does not let go: the command gives up in time and says so."""
    folder = team(tmp_path / "team")
    at_once = start_up(folder)
    with writing(folder / ".git"):
        seconds, said = waited(folder)
    assert seconds < _LONGEST_WAIT + at_once
    assert "another oncall is changing this repository" in said
    before = picture.take(folder)
    assert oncall(folder, *ADD).returncode == 0
    made(folder, before)


def test_nobody_waits_long_for_another_git(tmp_path: Path) -> None:
    """Another git holds the index: the same; its lock is not ours to remove."""
    folder = team(tmp_path / "team")
    at_once = start_up(folder)
    lock = folder / ".git/index.lock"
    lock.write_bytes(b"")
    seconds, said = waited(folder)
    assert seconds < _LONGEST_WAIT + at_once
    assert "another git command is changing this repository" in said
    assert lock.exists()
