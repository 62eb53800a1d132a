"""``oncall holidays``: days frozen into the files, as a change that somebody reviews."""

from __future__ import annotations

import json
import sys

import pytest

from tests.conftest import MakeTeam, Run

PATH = "rotations/desk/rotation.yaml"
ROTATION = """\
name: Desk
handoff: {every: 1 day, at: "09:00"}
hours: [monday-friday 09:00-17:00]
on_holidays: closed
roster:
  - from: 2026-11-02
    members: [ana, ben]
holidays:
  - 2026-12-24   # the office is empty
  # Christmas
  - 2026-12-25
duties: []
"""
FILES = {
    "oncall.yaml": "name: Desk\ntimezone: Europe/London\n",
    "rotations/people/ana.yaml": "name: Ana\n",
    "rotations/people/ben.yaml": "name: Ben\n",
    PATH: ROTATION,
}
NOW = "2026-11-18T15:00:00Z"
IMPORT = ("holidays", "import", "gb", "--year", "2026")


def test_the_diff_of_an_import(team: MakeTeam, run: Run) -> None:
    """Sorted in, no day twice, every comment where it was."""
    pytest.importorskip("holidays")
    made = team(FILES)
    seen = run(*IMPORT, now=NOW)
    assert seen.code == 0, seen.err
    assert (
        made.last_diff()
        == f"""\
diff --git a/{PATH} b/{PATH}
--- a/{PATH}
+++ b/{PATH}
@@ -6,7 +6,13 @@ roster:
   - from: 2026-11-02
     members: [ana, ben]
 holidays:
+  - 2026-01-01
+  - 2026-04-03
+  - 2026-05-04
+  - 2026-05-25
   - 2026-12-24   # the office is empty
   # Christmas
   - 2026-12-25
+  - 2026-12-26
+  - 2026-12-28
 duties: []
"""
    )
    assert made.git("log", "-1", "--format=%s") == "Import the holidays of GB in 2026 into desk\n"
    assert "  2026-12-28 Mon  Boxing Day (observed)\n" in seen.out


def test_closed_hours_change_the_plan(team: MakeTeam, run: Run) -> None:
    """Where hours are shut on holidays, the plan says who is free then."""
    pytest.importorskip("holidays")
    team(FILES)
    seen = run(*IMPORT, "--dry-run", now=NOW, ONCALL_TZ="Europe/London")
    verdict = "1 shift changes hands, 0 gaps open, 1 left to nobody on purpose, next change Mon\n28 Dec 09:00,"
    assert seen.out.startswith(verdict)
    assert "  Mon 28 Dec 09:00 – 17:00  primary  Ana → nobody\n" in seen.out
    data = json.loads(run(*IMPORT, "--json", now=NOW).out)["data"]
    assert data["holidays"]["desk"][-1] == "2026-12-28"
    assert data["plan"]["gaps"] == {"before": [], "after": []}


def test_a_second_import_adds_nothing(team: MakeTeam, run: Run) -> None:
    """It is refused, and says where to look; so is one that another rotation has already."""
    pytest.importorskip("holidays")
    team(FILES)
    assert run(*IMPORT, now=NOW).code == 0
    again = run(*IMPORT, now=NOW)
    assert (again.code, again.out) == (1, "")
    assert "the holidays of GB in 2026 are there already\n  oncall holidays list" in again.err


def test_a_list_that_grows_too_long_for_a_line(team: MakeTeam, run: Run) -> None:
    """A few days stand in brackets; more get a line each."""
    pytest.importorskip("holidays")
    before, _, after = ROTATION.partition("holidays:\n")
    short = f"{before}holidays: [2026-12-24]  # nobody is there\nduties:{after.partition('duties:')[2]}"
    made = team({**FILES, PATH: short})
    assert run(*IMPORT, now=NOW).code == 0
    assert "# nobody is there\n  - 2026-01-01\n" in made.read(PATH)


def test_without_a_list_it_gets_its_place(team: MakeTeam, run: Run) -> None:
    """The new key stands where the model has it."""
    pytest.importorskip("holidays")
    before = ROTATION.partition("holidays:\n")[0]
    made = team({**FILES, PATH: f"{before}duties: []\n"})
    assert run(*IMPORT, now=NOW).code == 0
    assert "members: [ana, ben]\nholidays: [2026-01-01, " in made.read(PATH)
    assert made.read(PATH).endswith(", 2026-12-28]\nduties: []\n")


def test_the_list(team: MakeTeam, run: Run) -> None:
    """Which day, and which rotations have it."""
    team({**FILES, "rotations/web/rotation.yaml": ROTATION.replace("  - 2026-12-24   # the office is empty\n", "")})
    assert run("holidays", "list", now=NOW).out == "2026-12-24 Thu  desk\n2026-12-25 Fri  desk, web\n"
    listed = json.loads(run("holidays", "list", "web", "--json", now=NOW).out)["data"]
    assert listed == [{"rotation": "web", "date": "2026-12-25"}]


def test_without_the_library(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence is the command that installs it; nothing else needs it."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    team(FILES)
    seen = run(*IMPORT, now=NOW)
    assert seen.code == 1
    assert "pip install 'oncall-cli[holidays]'" in seen.err
    assert run("holidays", "list", now=NOW).code == 0


@pytest.mark.parametrize(
    ("calendar", "says"),
    [
        ("XX", "there is no calendar 'XX'"),
        ("US-NX", "'US' has no part 'NX'"),
        ("", "there is no calendar ''"),
    ],
)
def test_calendars_that_do_not_exist(team: MakeTeam, run: Run, calendar: str, says: str) -> None:
    """What there is is named."""
    pytest.importorskip("holidays")
    team(FILES)
    seen = run("holidays", "import", calendar, "--year", "2026", now=NOW)
    assert seen.code == 3
    assert says in seen.err
    assert "there are: " in seen.err
