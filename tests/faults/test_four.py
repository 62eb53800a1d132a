"""Four processes in one clone take turns, and nobody's line is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.commands.shift_team import CAROL
from tests.faults.environment import plain_environment
from tests.faults.four import PEOPLE, four
from tests.faults.scenarios import team


def test_four_processes_write_into_one_log(tmp_path: Path) -> None:
    """Every line is acknowledged, in one commit and once in the log; history is a line, the user's files as before."""
    result = four(tmp_path / "team", 5)
    assert len(result.acknowledged) == result.asked == len(result.commits)
    assert result.lost() == []
    assert (result.merges, result.status) == (0, "")


def test_what_was_typed_is_not_lost_when_another_process_is_faster(tmp_path: Path) -> None:
    """Lines that come on standard input are read once, though the command is decided anew."""
    root = team(tmp_path / "team")
    words = [sys.executable, "-m", "oncall_cli", "log", "-", "--as"]
    given = {"cwd": root, "env": plain_environment(), "stdin": subprocess.PIPE, "encoding": "utf-8"}
    running = {person: subprocess.Popen([*words, person], **given) for person in PEOPLE}
    for person, process in running.items():
        process.stdin.write(f"Typed by {person}\n")
        process.stdin.close()
    assert [process.wait() for process in running.values()] == [0] * len(PEOPLE)
    log = (root / CAROL).read_text(encoding="utf-8")
    assert [log.count(f"Typed by {person}") for person in PEOPLE] == [1] * len(PEOPLE)
