"""The README's promises are held by what runs."""

from __future__ import annotations

import os
import re
from pathlib import Path

from oncall_cli import errors
from oncall_cli.commands.table import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_two_commands_set_up_and_prove_the_project() -> None:
    """One line runs the main job and one the tests; `.ci/run` runs those very lines from a fresh clone."""
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert commands[0].endswith("oncall who")
    assert "pytest" in commands[1]
    assert "grep '^python3 -m venv' README.md" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_every_exit_code_is_told() -> None:
    """The table of exit codes holds each code that a failure of ours ends with."""
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert told == {0, 130} | {kind.exit_code for kind in kinds}


def test_every_command_named_exists() -> None:
    """Each `oncall word` that the README shows is a command of the program."""
    named = set(re.findall(r"`oncall ([a-z]+)", README))
    assert named
    assert named <= {entry.name for entry in COMMANDS}
