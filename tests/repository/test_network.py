"""Git over the network ends in time with all its children, asks nobody, and tells in its own words what was wrong."""

from __future__ import annotations

import fcntl
import os
import subprocess
import time
from pathlib import Path

import pytest

from oncall_cli.repository.network import Deadline, Ended, call


@pytest.mark.parametrize(
    ("err", "because"),
    [
        (
            "fatal: '/x' does not appear to be a git repository\nfatal: Could not read\n",
            "'/x' does not appear to be a git repository",
        ),
        (
            "Warning: Permanently added 'h'\nssh: Could not resolve hostname h\nfatal: x\n",
            "Could not resolve hostname h",
        ),
        ("fatal: unable to access 'https://me:token@h/x/': no route\n", "unable to access 'https://h/x/': no route"),
        ("", "git said nothing"),
    ],
)
def test_what_was_wrong_in_one_line(err: str, because: str) -> None:
    """The first line that says something, and no secret."""
    assert Ended(128, "", err).because == because


def test_a_call_that_hangs_ends_with_its_children(tmp_path: Path) -> None:
    """The whole group is gone when the time is up, and the lock that it kept open is free."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    path = tmp_path / "lock"
    lock = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    begun = time.monotonic()
    ended = call(tmp_path, Deadline(1), lock, "-c", "alias.hang=!sh -c 'sleep 60; true'", "hang")
    assert ended.status is None
    assert time.monotonic() - begun < 5
    os.close(lock)
    # whoever had the file open still would still hold the lock
    again = os.open(path, os.O_RDWR)
    fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(again)


def test_nobody_is_asked_for_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on the terminal nor by a program that opens a window."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    asked = tmp_path / "asked"
    program = tmp_path / "ask"
    program.write_text(f"#!/bin/sh\ntouch {asked}\necho secret\n")
    program.chmod(0o755)
    monkeypatch.setenv("SSH_ASKPASS", str(program))
    monkeypatch.setenv("GIT_ASKPASS", str(program))
    lock = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    ended = call(tmp_path, Deadline(10), lock, "credential", "fill")
    os.close(lock)
    assert ended.status != 0
    assert not asked.exists()
