"""Several processes find what one finds, in the same order; one that dies, or cannot be had, loses nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oncall_cli.model.time import parse_instant
from oncall_cli.repository import side_by_side
from oncall_cli.repository.everything import Checked, checked
from tests.benchmarks.team import NOW, Size, team_files
from tests.conftest import MakeTeam

WRONG = (
    ("status: closed", "status: closed\nstatus: open", "a key twice"),
    ("runbook: ", "# oncall: ignore[E203] nobody wrote it\nrunbook: un", "no such runbook"),
    ("by: ", "by: nobody-known-", "no such person"),
    ("title: ", "title:   ", "not in the canonical form"),
    ("kind: question", "kind: question # oncall: ignore[W408]", "an ignore that says nothing"),
    ("person: ", "person: [", "no YAML"),
    ("channel: mail", "channel: https://hooks.slack.com/services/T0000000/B000", "a secret"),
)


@pytest.fixture
def root(team: MakeTeam) -> Path:
    """Make a team in which many things are wrong, and two rotations have the same pages."""
    files = dict(team_files(Size(rotations=3, years=2, records=90)))
    records = [path for path in files if path.count("/") == 4]
    for number, path in enumerate(records):
        old, new, _ = WRONG[number % len(WRONG)]
        files[path] = files[path].replace(old, new)
    incident = next(path for path in records if "/incidents/" in path)
    files[incident.replace(".yaml", ".md")] = f"# Review\n\n[here]({Path(incident).name}) [there](gone.yaml)\n"
    files[incident.replace(".yaml", ".txt")] = "no record\n"
    files["rotations/r1/rotation.yaml"] = "name: [\n"
    return team(files).root


def found(root: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> Checked:
    """Check a team, by several processes when it has more files than a few."""
    with monkeypatch.context() as patched:
        patched.setattr(side_by_side, "_FEW", few)
        patched.setattr(side_by_side, "_processors", lambda: 3)
        return checked(root, parse_instant(NOW))


def test_they_find_what_one_finds(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All problems, files and ignores, in their order."""
    alone = found(root, monkeypatch, 10_000)
    assert len({problem.code for problem in alone.problems}) > 7
    assert alone.ignored
    assert found(root, monkeypatch, 0) == alone


@pytest.mark.skipif(side_by_side._WAY != "fork", reason="a new interpreter does not know what a test has replaced")
def test_one_that_dies_loses_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that asked looks at what is left."""
    look_at = side_by_side._look_at

    def dies(part: tuple[str, str]) -> object:
        if part == ("r2", "incidents"):
            os._exit(9)
        return look_at(part)

    dies.__module__, dies.__qualname__ = look_at.__module__, look_at.__qualname__
    alone = found(root, monkeypatch, 10_000)
    monkeypatch.setattr(side_by_side, "_look_at", dies)
    assert found(root, monkeypatch, 0) == alone


def test_where_there_are_none_to_be_had_one_is_enough(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the means says so when the first one is to begin."""

    def none(*_: object) -> None:
        raise OSError("no semaphores here")

    alone = found(root, monkeypatch, 10_000)
    monkeypatch.setattr(side_by_side, "ProcessPoolExecutor", none)
    assert found(root, monkeypatch, 0) == alone
