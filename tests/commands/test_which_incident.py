"""Which incident a line of text is about, where several are open."""

from __future__ import annotations

import io
import sys

import pytest

from tests.commands.shift_team import TEAM
from tests.conftest import MakeTeam, Run, TeamFolder

TEN = "2026-11-18T10:00:00-05:00"
LABELS = "rotations/platform/incidents/2026/2026-11-18-labels-print-late-in-dallas.yaml"


@pytest.fixture
def two_open(team: MakeTeam, run: Run) -> TeamFolder:
    """A team with two open incidents, whose ids hold words that are in every text."""
    made = team(TEAM)
    for title in ("Labels print late in Dallas", "Checkout answers 5xx on the web"):
        assert run("incident", "open", title, "--sev", "2", "-r", "platform", "--as", "carol", now=TEN).code == 0
    return made


@pytest.mark.parametrize("words", [["lab", "is", "closed"], ["-"], ["a", "line"], []])
def test_a_text_does_not_lose_its_first_word(two_open: TeamFolder, run: Run, words: list[str]) -> None:
    """A first word that is only a piece of an id belongs to the text, and then the incident is to be named."""
    outcome = run("incident", "note", *words, "--as", "carol", now=TEN)
    assert outcome.code == 2
    assert "this does not say which incident: open are 2026-11-18-checkout" in outcome.err


def test_a_word_of_an_id_names_it(two_open: TeamFolder, run: Run) -> None:
    assert run("incident", "note", "labels", "the pool is full", "--as", "carol", now=TEN).code == 0
    assert "text: the pool is full\n" in two_open.read(LABELS)


@pytest.mark.parametrize("open_ones", [1, 2])
def test_what_is_typed_goes_to_the_incident_that_stands_before_it(
    two_open: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch, open_ones: int
) -> None:
    """A part of an id before '-' is no text, also when only one incident is open."""
    if open_ones == 1:
        assert run("incident", "resolve", "checkout", "--as", "carol", now=TEN).code == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"load 12.3\n")))
    assert run("incident", "note", "labels", "-", "--as", "carol", now=TEN).code == 0
    assert "text: load 12.3\n" in two_open.read(LABELS)


def test_an_id_is_made_of_whole_words(two_open: TeamFolder, run: Run) -> None:
    """Half a word at the end of an id would be read as another one."""
    title = "Checkout answers 5xx on web-12 after the deployment of 8f3a9c1"
    assert run("incident", "open", title, "--sev", "2", "-r", "platform", "--as", "carol", now=TEN).code == 0
    folder = two_open.root / "rotations/platform/incidents/2026"
    assert (folder / "2026-11-18-checkout-answers-5xx-on-web-12-after-the.yaml").is_file()
