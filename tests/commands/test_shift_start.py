"""Reporting for duty, as a member of a team does it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.shift_team import AFTER_BOB, BOB, CAROL, SUPPORT, TEAM, TUESDAY, WEDNESDAY, WITH_CAROL, person
from tests.conftest import MakeTeam, Run

NEW_YORK = {"ONCALL_TZ": "America/New_York"}

BEGINS_AND_ACCEPTS = """\
diff --git a/rotations/platform/shifts/2026/2026-11-10-bob-primary.yaml b/rotations/platform/shifts/2026/2026-11-10-bob-primary.yaml
--- a/rotations/platform/shifts/2026/2026-11-10-bob-primary.yaml
+++ b/rotations/platform/shifts/2026/2026-11-10-bob-primary.yaml
@@ -22,3 +22,6 @@ log:
 summary: One page at night.
 ongoing:
   - The export still runs on the wrong replica
+accepted:
+  by: carol
+  at: 2026-11-17T09:05:00-05:00
diff --git a/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml b/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml
new file mode 100644
--- /dev/null
+++ b/rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml
@@ -0,0 +1,11 @@
+person: carol
+role: primary
+started: 2026-11-17T09:05:00-05:00
+scheduled:
+  start: 2026-11-17T09:00:00-05:00
+  end: 2026-11-24T09:00:00-05:00
+log:
+  - at: 2026-11-17T09:05:00-05:00
+    by: carol
+    kind: start
+    text: Reporting for duty
"""  # noqa: E501 - as git prints it

SCREEN = """\
Carol reports for duty: platform, primary
  until Tue 24 Nov 09:00, in 6d 23h

Handed over by Bob, Tue 17 Nov 09:02; accepted by Carol
  One page at night.
  - The export still runs on the wrong replica

Logged since your last shift
! Fri 13 Nov 16:30  jo: announcement: Network drill on Saturday
  Thu 12 Nov 02:14  bob: incident: Paged for replica lag

To do at the start (tick off with 'oncall done NUMBER')
   1 [ ] Put your name in the topic
         On call for Platform: Carol

Duties that were missed before
  Answer the IAM audit: Tue 10 Nov, Wed 11 Nov, Thu 12 Nov, Fri 13 Nov, Mon 16
  Nov
Duties today
         Answer pages
  11:00  Answer the IAM audit

Where to look
  Status page  https://status.example.com
  #oncall      https://chat.example.com/oncall

As primary
  Answers the page within 5 minutes.

Times are in America/New_York.
"""


def test_starting_writes_reporting_for_duty_and_accepts_the_handover_in_one_commit(team: MakeTeam, run: Run) -> None:
    """D3, R5: the first entry of the log, and who took over from whom."""
    made = team(AFTER_BOB, "carol@example.com")
    outcome = run("start", now=TUESDAY, **NEW_YORK)
    assert (outcome.code, made.last_diff()) == (0, BEGINS_AND_ACCEPTS)
    assert made.git("log", "--format=%s", "-2") == "carol reports for duty on platform (primary)\nThe team begins\n"
    sha = made.git("rev-parse", "--short", "HEAD").strip()
    assert outcome.err == (
        f"Commit {sha}, carol reports for duty on platform (primary):\n  {BOB}\n  {CAROL}\nUndo: oncall undo\n"
    )


def test_the_start_screen_says_what_one_needs_to_know(team: MakeTeam, run: Run) -> None:
    """D4, V3, P6, P13: handed over, logged since, announcements, ready text, duties, links, responsibilities."""
    team(AFTER_BOB, "carol@example.com")
    assert run("start", now=TUESDAY, **NEW_YORK).out == SCREEN


def test_the_screen_tells_what_was_logged_since_my_last_shift_in_every_rotation_i_share(
    team: MakeTeam, run: Run
) -> None:
    """D4: not what I have seen on my own shift, and not what others do not share with me."""
    alice = BOBS_AFTER.format(person="alice", date="11-03", until="11-10", text="Seen by me")
    jo = BOBS_AFTER.format(person="jo", date="11-12", until="11-13", text="Support is slow")
    team(
        {
            **AFTER_BOB,
            **SUPPORT,
            "rotations/platform/shifts/2026/2026-11-03-alice-primary.yaml": alice,
            "rotations/support/shifts/2026/2026-11-12-jo-primary.yaml": jo,
        }
    )
    screen = run("start", "platform", now="2026-11-24T09:00:00-05:00", **NEW_YORK).out
    assert "support, jo: Support is slow" in screen
    assert "platform, bob: incident: Paged for replica lag" in screen
    assert "Seen by me" not in screen


BOBS_AFTER = """\
person: {person}
role: primary
started: 2026-{date}T09:00:00-05:00
ended: 2026-{until}T09:00:00-05:00
log:
  - {{at: 2026-{date}T12:00:00-05:00, by: {person}, text: {text}}}
"""


def test_a_dry_run_prints_diff_and_message_and_writes_nothing(team: MakeTeam, run: Run) -> None:
    made = team(AFTER_BOB, "carol@example.com")
    outcome = run("start", "--dry-run", now=TUESDAY)
    assert outcome.code == 0
    assert "carol reports for duty on platform (primary)" in outcome.out
    assert "+    text: Reporting for duty" in outcome.out
    assert made.git("status", "--porcelain") == ""
    assert made.git("log", "--format=%s") == "The team begins\n"


def test_who_has_started_is_told_since_when(team: MakeTeam, run: Run) -> None:
    accepted = {**WITH_CAROL, BOB: WITH_CAROL[BOB] + "accepted: {by: carol, at: 2026-11-17T09:05:00-05:00}\n"}
    team(accepted, "carol@example.com")
    outcome = run("start", now=WEDNESDAY, **NEW_YORK)
    assert (outcome.code, outcome.out) == (1, "")
    assert "you are on duty in 'platform' as primary since Tue 17 Nov 09:05" in outcome.err
    assert "oncall end" in outcome.err


def test_reporting_again_accepts_a_handover_that_came_late(team: MakeTeam, run: Run) -> None:
    made = team(WITH_CAROL, "carol@example.com")
    outcome = run("start", now=WEDNESDAY, **NEW_YORK)
    assert outcome.code == 0
    assert outcome.out.startswith("Carol is on duty: platform, primary\n")
    assert made.git("show", "--format=%s", "--name-only") == (
        f"carol accepts the handover on platform (primary)\n\n{BOB}\n"
    )


def test_who_is_not_on_call_learns_who_is_and_what_to_do(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "jo@example.com")
    outcome = run("start", "platform", now=WEDNESDAY, **NEW_YORK)
    assert outcome.code == 1
    assert outcome.err == (
        "oncall: Carol is on call in 'platform' until Tue 24 Nov 09:00, in 5d 21h\n"
        "  to stand in until then: oncall start platform --cover\n"
    )
    assert made.git("log", "--format=%s") == "The team begins\n"


def test_when_nobody_is_on_call_one_learns_when_the_next_shift_begins(team: MakeTeam, run: Run) -> None:
    team({**TEAM, **SUPPORT}, "jo@example.com")
    outcome = run("start", now="2026-11-18T20:00:00-05:00", **NEW_YORK)
    assert outcome.code == 1
    assert "nobody is on call in 'support' until Thu 19 Nov 09:00" in outcome.err
    assert "you are next on call in 'support' as primary, from Fri 20 Nov 09:00" in outcome.err


COVERS = """\
diff --git a/rotations/platform/overrides/2026-11-18-jo-covers-carol.yaml b/rotations/platform/overrides/2026-11-18-jo-covers-carol.yaml
new file mode 100644
--- /dev/null
+++ b/rotations/platform/overrides/2026-11-18-jo-covers-carol.yaml
@@ -0,0 +1,10 @@
+kind: cover
+changes:
+  - role: primary
+    start: 2026-11-18T12:00:00-05:00
+    end: 2026-11-24T09:00:00-05:00
+    person: jo
+    instead_of: carol
+reason: jo reported for duty in place of carol
+requested_by: jo
+created: 2026-11-18T12:00:00-05:00
diff --git a/rotations/platform/shifts/2026/2026-11-18-jo-primary.yaml b/rotations/platform/shifts/2026/2026-11-18-jo-primary.yaml
new file mode 100644
--- /dev/null
+++ b/rotations/platform/shifts/2026/2026-11-18-jo-primary.yaml
@@ -0,0 +1,11 @@
+person: jo
+role: primary
+started: 2026-11-18T12:00:00-05:00
+scheduled:
+  start: 2026-11-18T12:00:00-05:00
+  end: 2026-11-24T09:00:00-05:00
+log:
+  - at: 2026-11-18T12:00:00-05:00
+    by: jo
+    kind: start
+    text: Reporting for duty
"""  # noqa: E501 - as git prints it


def test_a_cover_changes_the_schedule_in_the_same_commit(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "jo@example.com")
    assert run("start", "platform", "--cover", now=WEDNESDAY).code == 0
    assert made.last_diff() == COVERS
    assert made.git("log", "-1", "--format=%s") == ("jo reports for duty on platform (primary), covering for carol\n")
    [primary, _] = json.loads(run("who", "--json", now=WEDNESDAY).out)["data"]
    assert (primary["people"], primary["source"]) == (["jo"], "override")


def test_a_cover_must_say_in_which_rotation(team: MakeTeam, run: Run) -> None:
    team({**TEAM, **SUPPORT})
    outcome = run("start", "--cover", now=WEDNESDAY)
    assert outcome.code == 2
    assert "there are platform, support" in outcome.err


def test_all_shifts_of_mine_begin_in_one_commit(team: MakeTeam, run: Run) -> None:
    made = team({**TEAM, **SUPPORT})
    assert run("start", now="2026-11-19T08:30:00-05:00").code == 0
    assert made.git("show", "--format=%s", "--name-only") == (
        "alice reports for duty on platform (secondary) and support (primary)\n\n"
        "rotations/platform/shifts/2026/2026-11-17-alice-secondary.yaml\n"
        "rotations/support/shifts/2026/2026-11-19-alice-primary.yaml\n"
    )


def test_a_shift_that_began_an_hour_ago_is_started_with_at(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "carol@example.com")
    assert run("start", "--at", "09:01", now=TUESDAY, **NEW_YORK).code == 0
    assert "started: 2026-11-17T09:01:00-05:00" in made.read(CAROL)
    late = run("start", "--at", "in 2h", now=TUESDAY, **NEW_YORK)
    assert late.code == 1
    assert "is still to come" in late.err


@pytest.mark.parametrize(
    ("email", "message", "hint"),
    [
        ("eve@example.com", "nobody here has the e-mail 'eve@example.com'", "rotations/people/<you>.yaml"),
        ("twin@example.com", "gone and twin have the same e-mail", "--as PERSON"),
        ("left@example.com", "Left has left: 'left' is not active", "active: false"),
    ],
)
def test_somebody_unknown_is_refused_and_told_what_to_do(
    team: MakeTeam, run: Run, email: str, message: str, hint: str
) -> None:
    more = {
        "rotations/people/twin.yaml": person("Twin"),
        "rotations/people/gone.yaml": "name: Gone\ngit_emails: [TWIN@example.com]\n",
        "rotations/people/left.yaml": person("Left", "active: false\n"),
    }
    team({**TEAM, **more}, email)
    outcome = run("start", now=TUESDAY)
    assert (outcome.code, outcome.out) == (1, "")
    assert message in outcome.err
    assert hint in outcome.err


def test_a_person_may_be_named(team: MakeTeam, run: Run) -> None:
    team(TEAM, "eve@example.com")
    assert run("start", "--as", "carol", "--dry-run", now=TUESDAY).code == 0
    assert run("--as", "carol", "start", "--dry-run", now=TUESDAY).code == 0
    assert run("start", "--dry-run", now=TUESDAY, ONCALL_PERSON="carol").code == 0
    assert run("start", "--as", "karol", now=TUESDAY).code == 3


def test_json_tells_the_shift_and_the_commit(team: MakeTeam, run: Run) -> None:
    made = team(AFTER_BOB, "carol@example.com")
    data = json.loads(run("start", "--json", now=TUESDAY).out)["data"]
    assert data["commit"] == made.git("rev-parse", "--short", "HEAD").strip()
    assert data["paths"] == [BOB, CAROL]
    [shift] = data["shifts"]
    assert (shift["person"], shift["accepted"]) == ("carol", "2026-11-10-bob-primary")
    assert shift["handed_over"]["ongoing"] == ["The export still runs on the wrong replica"]


def test_it_works_as_a_program_of_its_own(team: MakeTeam) -> None:
    made = team(AFTER_BOB, "carol@example.com")
    environment = {**os.environ, "ONCALL_NOW": TUESDAY, "PYTHONPATH": str(Path(__file__).parents[2]), **NEW_YORK}
    done = subprocess.run(
        [sys.executable, "-m", "oncall_cli", "start"],
        cwd=made.root,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (0, SCREEN)
