"""The README's promises are held by what runs."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from oncall_cli import errors
from oncall_cli.commands.table import COMMANDS
from oncall_cli.repository.layout import KINDS, Kind

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


def keys_of(part: type[BaseModel]) -> set[str]:
    """Return the keys that a mapping of a file may have, its parts' included."""
    found = {field.alias or name for name, field in part.model_fields.items()}
    for field in part.model_fields.values():
        for inner in classes_in(field.annotation):
            found |= keys_of(inner)
    return found


def classes_in(annotation: object) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {inner for argument in get_args(annotation) for inner in classes_in(argument)}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_key_of_a_file_is_told(kind: Kind) -> None:
    """The page of the files names each key that the model reads, in the section of its record."""
    page = (ROOT / ".github/docs/files.md").read_text(encoding="utf-8")
    section = re.split(rf"^## {kind.name}\b.*$", page, maxsplit=1, flags=re.MULTILINE)[1].partition("\n## ")[0]
    told = set(re.findall(r"`([a-z_]+)`", section)) | {"created", "note"}
    assert keys_of(kind.record) - told == set()


def test_the_answer_shown_is_the_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The screen in the README is what the program prints for the example team."""
    from oncall_cli.app import run

    shown = README.partition("$ ONCALL_TZ=Europe/Berlin oncall ")[2].partition("```")[0]
    command, _, screen = shown.partition("\n")
    monkeypatch.setenv("ONCALL_TZ", "Europe/Berlin")
    monkeypatch.setenv("ONCALL_NOW", "2026-11-20T12:00:00Z")
    assert run(["-C", str(ROOT), *shlex.split(command)]) == 0
    assert capsys.readouterr().out == screen
