"""Logging what happens, by those on duty and by those who are not."""

from __future__ import annotations

import io
import json

import pytest

from tests.commands.shift_team import CAROL, SUPPORT, TEAM, WEDNESDAY, WITH_CAROL
from tests.conftest import MakeTeam, Run

NEW_YORK = {"ONCALL_TZ": "America/New_York"}

LOGS = """\
diff --git a/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml b/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml
--- a/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml
+++ b/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml
@@ -9,6 +9,11 @@ log:
     by: carol
     kind: start
     text: Reporting for duty  # on time
+  - at: 2026-11-18T11:40:00-05:00
+    by: carol
+    kind: issue
+    text: Export is slow
+    about: "212"
 
 # what was ticked off
 checklist:
"""  # noqa: E501, W293 - as git prints it


def test_a_line_is_added_to_ones_own_log_and_nothing_else_changes(team: MakeTeam, run: Run) -> None:
    """D8."""
    made = team(WITH_CAROL, "carol@example.com")
    arguments = ("Export", "is", "slow", "--kind", "issue", "--about", "212", "--at", "11:40")
    outcome = run("log", *arguments, now=WEDNESDAY, **NEW_YORK)
    assert (outcome.code, made.last_diff()) == (0, LOGS)
    assert made.git("log", "-1", "--format=%s") == "carol logs on platform: Export is slow\n"
    assert outcome.out == "Logged at Wed 18 Nov 11:40 for Carol's shift in platform.\n"
    assert f"  {CAROL}\nUndo: oncall undo\n" in outcome.err


def test_somebody_who_is_not_on_duty_announces_to_whoever_is(team: MakeTeam, run: Run) -> None:
    """D8, P13: it reaches the log of the shift, and later the next person's start screen."""
    made = team(WITH_CAROL, "jo@example.com")
    assert run("log", "Drill at noon", "--kind", "announcement", now=WEDNESDAY).code == 0
    assert "    by: jo\n    kind: announcement\n    text: Drill at noon\n" in made.read(CAROL)
    screen = run("start", "--as", "alice", now="2026-11-24T08:50:00-05:00", **NEW_YORK).out
    assert "! Wed 18 Nov 12:00  jo: announcement: Drill at noon" in screen


def test_when_nobody_has_started_the_line_waits_in_the_shifts_file_until_somebody_does(
    team: MakeTeam, run: Run
) -> None:
    made = team(TEAM, "jo@example.com")
    outcome = run("log", "Drill at noon", now=WEDNESDAY)
    assert (outcome.code, "which has not begun yet" in outcome.out) == (0, True)
    assert "started" not in made.read(CAROL)
    assert run("start", "--as", "carol", now="2026-11-18T13:00:00-05:00").code == 0
    assert made.read(CAROL) == (
        "person: carol\n"
        "role: primary\n"
        "started: 2026-11-18T13:00:00-05:00\n"
        "scheduled:\n"
        "  start: 2026-11-17T09:00:00-05:00\n"
        "  end: 2026-11-24T09:00:00-05:00\n"
        "log:\n"
        "  - at: 2026-11-18T12:00:00-05:00\n"
        "    by: jo\n"
        "    kind: note\n"
        "    text: Drill at noon\n"
        "  - at: 2026-11-18T13:00:00-05:00\n"
        "    by: carol\n"
        "    kind: start\n"
        "    text: Reporting for duty\n"
    )


def test_a_dash_reads_standard_input(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = team(WITH_CAROL, "carol@example.com")
    monkeypatch.setattr("sys.stdin", io.StringIO("Two lines:\nthe second has a # in it\n"))
    assert run("log", "-", now=WEDNESDAY).code == 0
    assert "    text: |-\n      Two lines:\n      the second has a # in it\n" in made.read(CAROL)


@pytest.mark.parametrize("text", ["yes", "007", "- a list", "{flow}", 'it\'s "quoted"', "a: b", "# no comment", "null"])
def test_any_text_reads_back_as_it_was_said(team: MakeTeam, run: Run, text: str) -> None:
    team(WITH_CAROL, "carol@example.com")
    assert run("log", "--", text, now=WEDNESDAY).code == 0
    [record] = json.loads(run("handoff", "--shift", "2026-11-17-carol-primary", "--json").out)["data"]
    assert record["log"][-1]["text"] == text


def test_several_rotations_are_listed_and_one_may_be_named(team: MakeTeam, run: Run) -> None:
    made = team({**WITH_CAROL, **SUPPORT}, "bob@example.com")
    outcome = run("log", "hello", now=WEDNESDAY)
    assert outcome.code == 1
    assert "there are several rotations: platform, support" in outcome.err
    assert run("log", "hello", "--rotation", "support", now=WEDNESDAY).code == 0
    assert "text: hello" in made.read("rotations/support/shifts/2026/2026-11-18-jo-primary.yaml")
    assert run("log", "hello", "--rotation", "suport", now=WEDNESDAY).code == 3


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("late", "--at", "2026-11-02 09:00"), 1, "is before the shift began: Tue 17 Nov 09:00"),
        (("early", "--at", "in 2h"), 1, "is still to come, in 2h"),
        (("odd", "--at", "whenever"), 2, "whenever"),
        (("odd", "--kind", "end"), 2, "there is no kind of entry 'end'"),
        ((" ",), 2, "there is nothing to log"),
        (("bell\x07",), 1, "control character"),
    ],
)
def test_what_cannot_be_logged_is_refused_with_a_sentence(
    team: MakeTeam, run: Run, arguments: tuple[str, ...], code: int, message: str
) -> None:
    made = team(WITH_CAROL, "carol@example.com")
    outcome = run("log", *arguments, now=WEDNESDAY, **NEW_YORK)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert made.git("log", "--format=%s") == "The team begins\n"
