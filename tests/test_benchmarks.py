"""What the benchmarks measure on is a team like others, and their table says what was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.figure import Figure, table
from tests.benchmarks.measure import Cost, ratio_of
from tests.benchmarks.team import NOW, OPEN, TODAY, Size, make_team, member, team_files
from tests.conftest import Run

SIZE = Size(rotations=3, years=2, records=60)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return make_team(tmp_path / "team", SIZE)


def test_a_generated_team_is_one_about_which_check_has_nothing_to_say(made: Path, run: Run) -> None:
    """Neither errors nor warnings, so that what is measured is the looking."""
    files = len(dict(team_files(SIZE)))
    assert run("-C", str(made), "check", now=NOW).out == f"{files} files, no problems\n"


def test_its_records_are_over_but_for_a_few(made: Path, run: Run) -> None:
    """However many there are, the same number is open."""
    said = [run("-C", str(made), *words, now=NOW).out for words in (("incident", "list"), ("request", "list"))]
    assert sum(text.count("acknowledged") for text in said) == OPEN


def test_who_is_on_call_is_who_the_generator_says(made: Path, run: Run) -> None:
    """The benchmarks act as that person."""
    person = member(SIZE, 0, TODAY).removeprefix("p")
    assert f"primary    Person {person} " in run("-C", str(made), "who", "r0", now=NOW).out


def test_the_same_seed_makes_the_same_bytes() -> None:
    """And another seed makes others."""
    once, again, other = (dict(team_files(SIZE, seed)) for seed in (1, 1, 2))
    assert once == again
    assert once != other


def test_a_ratio_is_the_median_of_its_rounds() -> None:
    """By what the processor did; the clock is told beside it."""
    found = ratio_of([(Cost(2, 9), Cost(1, 3)), (Cost(9, 8), Cost(3, 2)), (Cost(8, 5), Cost(2, 1))])
    assert (found.median, found.least, found.most, found.clock, found.rounds) == (3, 2, 4, 4, 3)


def test_the_table_says_what_is_not_met_and_what_was_not_measured() -> None:
    """A target is the most that may be found."""
    found = ratio_of([(Cost(2, 9), Cost(1, 3))])
    figures = [
        Figure(1, "who", "x bare Python", 1.3, found),
        Figure(9, "memory", "MB", 300, 41.3),
        Figure(0, "remind", "x bare Python", None, None, "not installed"),
    ]
    assert table(figures).splitlines()[2:] == [
        "| 1 | who | x bare Python | 1.3 | 2 | 2 to 2 | 3 | not met |",
        "| 9 | memory | MB | 300 | 41.3 |  |  | met |",
        "|  | remind | x bare Python |  |  |  |  | skipped; not installed |",
    ]
