"""Pictures as a user gets them: of a rotation's weeks, of a change, in a report, and the one in the README."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.commands.test_diff import NOW, TEAM, ZONE, Story, branch
from tests.conftest import MakeTeam, Run

ROOT = Path(__file__).parent.parent.parent
TEAMS = ROOT / "tests" / "teams"
README = (ROOT / "README.md").read_text(encoding="utf-8")
AT = "2026-11-24T10:00:00-05:00"
Golden = Callable[[str, str], None]

PICTURES = {
    "platform": (ROOT, ["platform", "--weeks", "4"], "America/New_York"),
    "network": (ROOT, ["network", "--from", "2026-10-20", "--weeks", "1"], "Europe/Berlin"),
    "desk": (TEAMS / "students", ["desk", "--weeks", "2"], "America/New_York"),
    "all": (TEAMS / "sprint", ["--month", "2026-12"], "America/New_York"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_weeks_of_a_rotation(run: Run, golden: Golden, tmp_path: Path, name: str) -> None:
    """Each is as it was last reviewed; a file and standard output get the same bytes."""
    root, arguments, zone = PICTURES[name]
    target = tmp_path / "weeks.svg"
    command = ["-C", str(root), "calendar", *arguments, "--svg"]
    done = run(*command, str(target), now=AT, ONCALL_TZ=zone)
    assert (done.code, done.out) == (0, "")
    assert "Wrote the picture to" in done.err
    svg = target.read_bytes().decode("utf-8")
    golden(f"pictures/{name}.svg", svg)
    assert run(*command, "-", now=AT, ONCALL_TZ=zone).out == svg
    ElementTree.fromstring(svg)


@pytest.mark.parametrize("words", ["cover erin --for dan --shift next --role primary", "rotation leave bob"])
def test_a_change_before_and_after(team: MakeTeam, run: Run, golden: Golden, tmp_path: Path, words: str) -> None:
    """Beside the plan in any format; the page holds the same picture, without a style of its own."""
    branch(team, run, Story(words))
    target = tmp_path / "plan.svg"
    plan = run("diff", "main...change", "--format", "md", "--svg", str(target), now=NOW, **ZONE)
    assert plan.code == 0
    assert plan.out == run("diff", "main...change", "--format", "md", now=NOW, **ZONE).out
    svg = target.read_text(encoding="utf-8")
    golden(f"pictures/diff-{words.split()[0]}.svg", svg)
    page = run("diff", "main...change", "--format", "html", now=NOW, **ZONE).out
    assert re.sub(r"<style>.*?</style>\n", "", svg).rstrip() in page
    assert page.count("<style>") == 1
    alone = run("diff", "main...change", "--svg", "-", now=NOW, **ZONE)
    assert alone.out == svg


def test_no_change_is_a_picture_as_well(team: MakeTeam, run: Run, tmp_path: Path) -> None:
    """A workflow that waits for the file gets one, which says that nothing is to be seen."""
    team(TEAM)
    target = tmp_path / "plan.svg"
    assert run("diff", "main...main", "--svg", str(target), now=NOW, **ZONE).code == 0
    assert "No shift to come changes hands" in target.read_text(encoding="utf-8")


def test_a_report_shows_its_period(run: Run, tmp_path: Path) -> None:
    """In the page within, beside Markdown as a file; what is over has no now and stays the same."""
    command = ["-C", str(TEAMS / "shield"), "report", "--week", "--at", "2026-11-18"]
    for now in ("2026-11-25T12:00:00Z", "2027-03-01T12:00:00Z"):
        folder = tmp_path / now[:4]
        folder.mkdir()
        for name in ("week.md", "week.html"):
            assert run(*command, "--out", str(folder / name), now=now).code == 0
    pictures = [(tmp_path / year / "week-support-weeks.svg").read_text(encoding="utf-8") for year in ("2026", "2027")]
    assert pictures[0] == pictures[1]
    assert ">now<" not in pictures[0]
    assert "](<week-support-weeks.svg>)" in (tmp_path / "2026/week.md").read_text(encoding="utf-8")
    page = (tmp_path / "2026/week.html").read_text(encoding="utf-8")
    assert re.sub(r"<style>.*?</style>\n", "", pictures[0]).rstrip() in page


def test_a_time_in_which_nobody_is_on_call(run: Run) -> None:
    """It is a picture that says so; and a picture is no JSON."""
    drawn = run("-C", str(ROOT), "calendar", "platform", "--month", "2020-01", "--svg", "-", now=AT)
    assert drawn.code == 0
    assert "nobody is on call</text>" in drawn.out
    assert run("-C", str(ROOT), "calendar", "--svg", "-", "--json", now=AT).code == 2


def test_a_place_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """It is said where, and what to do."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("-C", str(ROOT), "calendar", "platform", "--svg", str(tmp_path / "file/weeks.svg"), now=AT)
    assert done.code == 1
    assert "cannot be written" in done.err


def test_the_picture_of_the_readme_is_what_its_command_draws(run: Run, request: pytest.FixtureRequest) -> None:
    """The command stands beside the picture; ``--update-goldens`` draws it anew."""
    path = ROOT / ".github" / "platform.svg"
    assert "](.github/platform.svg)" in README
    line = next(line for line in README.splitlines() if line.endswith("--svg .github/platform.svg"))
    words = shlex.split(line)
    place = words.index("oncall")
    given = dict(word.split("=", 1) for word in words[:place])
    drawn = run("-C", str(ROOT), *words[place + 1 : -1], "-", now=given["ONCALL_NOW"], ONCALL_TZ=given["ONCALL_TZ"])
    assert drawn.code == 0
    if request.config.getoption("--update-goldens"):
        path.write_text(drawn.out, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == drawn.out
    assert path.stat().st_size < 20_000


def test_the_strips_in_the_documentation_are_what_is_drawn(run: Run) -> None:
    """The screen on the page is the program's, now."""
    page = (ROOT / ".github/docs/pictures.md").read_text(encoding="utf-8")
    command, _, screen = page.partition("$ ONCALL_TZ=America/New_York oncall ")[2].partition("```")[0].partition("\n")
    assert run("-C", str(ROOT), *command.split(), now=AT, ONCALL_TZ="America/New_York").out == screen
