"""Whatever goes wrong at whichever call: nothing acknowledged is lost, nothing of the user's changes, nobody mends."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oncall_cli.app import command_tree
from oncall_cli.commands.options import WRITES_NOTHING
from tests.faults import shim
from tests.faults.kill import verdicts
from tests.faults.program import Program
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.faults.stage import PASSES, Stage

pytestmark = pytest.mark.skipif(bool(shim.missing()), reason=shim.missing() or "it can be built")

SAMPLED = ("log", "cover", "timeoff add")
PLACES = {scenario.name: scenario for scenario in SCENARIOS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def program(folder: Path) -> Iterator[Program]:
    with Program(folder, folder / "team") as started:
        yield started


@pytest.mark.parametrize("name", SAMPLED)
def test_a_sample_of_points(program: Program, folder: Path, name: str) -> None:
    """A fault of each kind, at a call that is drawn by lot, the same one in each run."""
    stage = Stage(program, PLACES[name], folder / "team")
    drawn = random.Random(name)
    for kind in drawn.sample(PASSES, 5):
        at = drawn.choice([number for number, call in enumerate(stage.calls, 1) if kind.fits(call)])
        judged = stage.judge(kind, at)
        assert judged.complaints() == [], judged.place


def committing(group: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command that makes a commit, as its ``--dry-run`` says."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "entries"):
            yield from committing(command, (*words, name))
        elif any(getattr(option, "help", "") == WRITES_NOTHING for option in command.params):
            yield (*words, name)


def test_every_command_that_makes_a_commit_is_tried() -> None:
    """A new command is one more row of ``scenarios.py``."""
    tried = {scenario.arguments[:length] for scenario in SCENARIOS for length in (1, 2)}
    assert [words for words in committing(command_tree()) if words not in tried] == []


@pytest.mark.faults
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_point(program: Program, folder: Path, scenario: Scenario) -> None:
    """Every fault at every call; ``python tests/faults/kill.py`` prints the same as a table."""
    judged = verdicts(Stage(program, scenario, folder / "team"), PASSES)
    assert {one.place: one.complaints() for one in judged if one.complaints()} == {}
