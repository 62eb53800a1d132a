"""The pages that stand alone: a plan, a report, a handoff, an incident; as quiet and as readable as the site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import Open, Sites
from tests.browser.looks import audit
from tests.conftest import Run

NOW = "2026-11-24T15:00:00Z"
ROTATION = "rotations/web/rotation.yaml"
COMMANDS = {
    "plan": ("diff", "HEAD", "--format", "html"),
    "report": ("report", "web", "--month", "--format", "html"),
    "handoff": ("handoff", "web", "--format", "html"),
    "incident": ("incident", "show", "2026-11-14-grey-tiles", "--format", "html"),
}


@pytest.fixture(params=COMMANDS)
def alone(
    request: pytest.FixtureRequest, sites: Sites, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Return the address of a page as a command makes it; kofi is about to leave the rotation."""
    team = tmp_path / "team"
    shutil.copytree(sites("weekly").team, team)
    said = (team / ROTATION).read_text(encoding="utf-8")
    assert "[oskar, kofi, juna" in said
    (team / ROTATION).write_text(said.replace("[oskar, kofi, juna", "[oskar, juna"), encoding="utf-8")
    monkeypatch.chdir(team)
    made = run(*COMMANDS[request.param], now=NOW)
    assert made.code in (0, 1), made.err
    (tmp_path / "page.html").write_text(made.out, encoding="utf-8")
    return (tmp_path / "page.html").as_uri()


def test_it_says_nothing_and_asks_for_nothing(alone: str, visit: Open) -> None:
    seen = visit(alone)
    assert seen.said == []
    assert seen.asked == [alone]


def test_everybody_can_read_it(alone: str, visit: Open, axe: str) -> None:
    assert audit(visit(alone).page, axe) == []


def test_on_paper_there_is_ink(alone: str, visit: Open) -> None:
    page = visit(alone, color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    colours = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
