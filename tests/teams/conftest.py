"""The five teams, each as the repository on the machine of one of its members."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.conftest import Run, TeamFolder

TEAMS = Path(__file__).parent

StandIn = Callable[[str, str], "Clone"]
Ask = Callable[..., Any]


class Clone(TeamFolder):
    """A clone of a team's repository, and what a test reads in its files and its history."""

    def hand_to(self, person: str) -> None:
        """Let git know this person from now on, by their file: another one sits down at the keyboard."""
        said = YAML(typ="safe").load(self.root / "rotations" / "people" / f"{person}.yaml")
        self.git("config", "user.name", said["name"])
        self.git("config", "user.email", said["git_emails"][0])

    def change(self, path: str, old: str, new: str) -> None:
        """Commit an edit of the one place where a file says ``old``."""
        text = self.read(path)
        assert text.count(old) == 1
        self.commit({path: text.replace(old, new)}, f"Edit {path}")

    def last_commit(self) -> tuple[str, str, list[str]]:
        """Return who made the last commit, what its subject says, and the files that it holds."""
        author, subject, _, *paths = self.git("log", "-1", "--name-only", "--format=%ae%n%s").splitlines()
        return author, subject, paths

    def commits(self) -> int:
        """Return how many commits there are."""
        return int(self.git("rev-list", "--count", "HEAD"))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Copy a team into a repository of its own, with a member's identity and clock, and stand in it."""

    def stand(team: str, person: str) -> Clone:
        clone = Clone(tmp_path / team)
        shutil.copytree(TEAMS / team, clone.root)
        clone.git("init", "--quiet", "--initial-branch=main")
        clone.hand_to(person)
        clone.git("add", "--all")
        clone.git("commit", "--quiet", "--message", "The team begins")
        monkeypatch.chdir(clone.root)
        monkeypatch.setenv("TZ", YAML(typ="safe").load(clone.root / "oncall.yaml")["timezone"])
        return clone

    return stand


@pytest.fixture
def ask(run: Run) -> Ask:
    """Ask the program for its JSON: ``ask("schedule", "web", now=...)``."""

    def data(*arguments: str, **environment: str) -> Any:
        return json.loads(run(*arguments, "--json", **environment).out)["data"]

    return data
