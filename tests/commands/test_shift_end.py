"""Ending a watch, and what it hands over."""

from __future__ import annotations

import io
import json

import pytest

from tests.commands.shift_team import CAROL, TEAM, WEDNESDAY, WITH_CAROL
from tests.conftest import MakeTeam, Run

NEW_YORK = {"ONCALL_TZ": "America/New_York"}
OVER = "2026-11-24T09:03:00-05:00"
CARRIED = "The export still runs on the wrong replica"

ENDS = """\
diff --git a/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml b/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml
--- a/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml
+++ b/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml
@@ -1,6 +1,7 @@
 person: carol
 role: primary
 started: 2026-11-17T09:05:00-05:00
+ended: 2026-11-24T09:03:00-05:00
 scheduled:
   start: 2026-11-17T09:00:00-05:00
   end: 2026-11-24T09:00:00-05:00
@@ -9,7 +10,14 @@ log:
     by: carol
     kind: start
     text: Reporting for duty  # on time
+  - at: 2026-11-24T09:03:00-05:00
+    by: carol
+    kind: end
+    text: End of watch
 
 # what was ticked off
 checklist:
   - {text: Put your name in the topic, done: 2026-11-17T09:06:00-05:00, by: carol}
+summary: Quiet week.
+ongoing:
+  - Brightbox waits for an answer
"""  # noqa: E501, W293 - as git prints it

HANDOFF = """\
# Handoff: Platform (primary)

- **Carol**, Tue 17 Nov 09:05 – Tue 24 Nov 09:03 (America/New_York)
- Shift: 2026-11-17-carol-primary
- Next: Alice, from Tue 24 Nov 09:00

## Summary

1 mail answered, 1 task done.
- Told Brightbox \\*everything\\*
- Renewed \\[the\\] certificate
- Missed: Answer the IAM audit (2026-11-17, 2026-11-18, 2026-11-19, 2026-11-20, 2026-11-23)

## Ongoing

Nothing.

## Log

- Tue 17 Nov 09:05 Carol *start*: Reporting for duty
- Wed 18 Nov 12:00 Carol *mail*: Told Brightbox \\*everything\\* (#12)
- Wed 18 Nov 12:00 Carol *task*: Renewed \\[the\\] certificate
- Tue 24 Nov 09:03 Carol *end*: End of watch
"""


def test_ending_closes_the_shift_and_changes_nothing_else(team: MakeTeam, run: Run) -> None:
    """D9."""
    made = team(WITH_CAROL, "carol@example.com")
    outcome = run("end", "-m", "Quiet week.", "--ongoing", "Brightbox waits for an answer", now=OVER)
    assert (outcome.code, made.last_diff()) == (0, ENDS)
    assert made.git("log", "-1", "--format=%s") == "carol ends the watch on platform (primary)\n"
    assert f"  {CAROL}\nUndo: oncall undo\n" in outcome.err


def test_the_summary_is_drafted_from_the_log_and_printed_as_a_handoff(team: MakeTeam, run: Run) -> None:
    """D9, R5: and the same Markdown is printed for whoever asks later, from anywhere."""
    team(WITH_CAROL, "carol@example.com")
    run("log", "Told Brightbox *everything*", "--kind", "mail", "--about", "#12", now=WEDNESDAY)
    run("log", "Renewed [the] certificate", "--kind", "task", now=WEDNESDAY)
    assert run("end", now=OVER).out == HANDOFF
    assert run("handoff", now="2027-03-01T00:00:00Z", ONCALL_TZ="Asia/Tokyo").out == HANDOFF


def test_undoing_is_as_easy_as_said(team: MakeTeam, run: Run) -> None:
    made = team(WITH_CAROL, "carol@example.com")
    words = run("end", now=OVER).err.strip().splitlines()[-1].removeprefix("Undo: oncall ").split()
    assert run(*words, now=OVER).code == 0
    assert made.read(CAROL) == WITH_CAROL[CAROL]


def test_what_was_handed_over_and_not_spoken_of_is_asked_about(
    team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = team(WITH_CAROL, "carol@example.com")
    terminal = io.StringIO("y\n")
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)
    outcome = run("end", "-m", "Quiet.", now=OVER)
    assert outcome.code == 0
    assert made.read(CAROL).endswith(f"summary: Quiet.\nongoing:\n  - {CARRIED}\n")


def test_where_nobody_can_be_asked_only_what_is_given_goes_on(team: MakeTeam, run: Run) -> None:
    made = team(WITH_CAROL, "carol@example.com")
    outcome = run("end", "-m", "Quiet.", now=OVER)
    assert f"not handed on, because nobody said that it goes on: {CARRIED}" in outcome.err
    assert "ongoing" not in made.read(CAROL)


def test_nothing_running_is_refused(team: MakeTeam, run: Run) -> None:
    team(TEAM, "carol@example.com")
    outcome = run("end", now=OVER)
    assert (outcome.code, outcome.out) == (1, "")
    assert "there is no watch to end" in outcome.err


@pytest.mark.parametrize(("when", "message"), [("2026-11-17 08:00", "before the shift began"), ("in 1h", "to come")])
def test_a_watch_ends_after_it_began_and_not_in_the_future(team: MakeTeam, run: Run, when: str, message: str) -> None:
    made = team(WITH_CAROL, "carol@example.com")
    outcome = run("end", "--at", when, now=OVER, **NEW_YORK)
    assert (outcome.code, message in outcome.err) == (1, True)
    assert made.read(CAROL) == WITH_CAROL[CAROL]


def test_the_handoff_is_of_the_last_ended_shift_and_any_may_be_named(team: MakeTeam, run: Run) -> None:
    team(WITH_CAROL, "carol@example.com")
    assert "- Shift: 2026-11-10-bob-primary\n" in run("handoff", "platform").out
    running = run("handoff", "--shift", "2026-11-17-carol-primary").out
    assert "- **Carol**, Tue 17 Nov 09:05 – still running (America/New_York)\n" in running
    [record] = json.loads(run("handoff", "--json").out)["data"]
    assert (record["id"], record["ongoing"]) == ("2026-11-10-bob-primary", [CARRIED])
    unknown = run("handoff", "--shift", "2026-11-17-karol-primary")
    assert unknown.code == 3
    assert "did you mean '2026-11-17-carol-primary'?" in unknown.err


def test_a_team_that_has_stood_no_shift_has_no_handoff(team: MakeTeam, run: Run) -> None:
    team(TEAM)
    assert run("handoff").code == 3


def test_a_watch_that_ends_before_its_time_can_go_on(team: MakeTeam, run: Run) -> None:
    """Who goes home in the middle of a sprint has not ended it: the same record goes on in the morning."""
    made = team(WITH_CAROL, "carol@example.com")
    ended = run("end", "-m", "Until tomorrow.", now="2026-11-18T17:00:00-05:00")
    assert "2026-11-17-carol-primary is scheduled until Tue 24 Nov 09:00: 'oncall start' goes on with it" in ended.err
    before = made.git("rev-parse", "HEAD")
    again = run("start", now="2026-11-19T09:00:00-05:00")
    assert (ended.code, again.code) == (0, 0)
    assert made.git("rev-list", "--count", f"{before.strip()}..HEAD").strip() == "1"
    changed = [line for line in made.last_diff().splitlines() if line.startswith(("+ ", "-")) and "---" not in line]
    assert changed == [
        "-ended: 2026-11-18T17:00:00-05:00",
        "+  - at: 2026-11-19T09:00:00-05:00",
        "+    by: carol",
        "+    kind: start",
        "+    text: Reporting for duty",
    ]
    assert run("end", now=OVER).code == 0
