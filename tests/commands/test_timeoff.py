"""Time off as people say it: the diff of their file, what collides, and who could cover."""

from __future__ import annotations

import json
import shlex

from tests.commands.shift_team import WEDNESDAY, person
from tests.commands.test_cover import ALONE
from tests.conftest import MakeTeam, Run

PATH = "rotations/people/alice.yaml"
NEW_YORK = {"ONCALL_TZ": "America/New_York"}

ADDED = f"""\
diff --git a/{PATH} b/{PATH}
--- a/{PATH}
+++ b/{PATH}
@@ -1,2 +1,6 @@
 name: Alice
 git_emails: [alice@example.com]
+time_off:
+  - from: 2026-11-27
+    until: 2026-12-05
+    note: Skiing
"""

ANSWER = """\
Alice is away from 2026-11-27 until 2026-12-05, the first day back. 1 shift of
theirs is in it:

Fri 27 Nov 00:00 – Tue 1 Dec 09:00  platform primary
  could cover, best first: Carol (rested, 27h on call in the last 90 days), Bob
    (another shift within 12h, 168h on call in the last 90 days)
  oncall cover carol --for alice --from "2026-11-27 00:00" --to "2026-12-01 09:00"
"""


def test_somebody_is_away_and_sees_who_could_cover(team: MakeTeam, run: Run) -> None:
    made = team(ALONE)
    asked = ("timeoff", "add", "--from", "2026-11-27", "--until", "2026-12-05", "--note", "Skiing")
    outcome = run(*asked, now=WEDNESDAY, **NEW_YORK)
    assert (outcome.code, made.last_diff()) == (0, ADDED)
    assert made.git("log", "-1", "--format=%s") == "alice is away from 2026-11-27 until 2026-12-05\n"
    assert outcome.out.endswith(ANSWER)


def test_the_command_that_it_tells_solves_it(team: MakeTeam, run: Run) -> None:
    team(ALONE)
    asked = ("timeoff", "add", "--from", "2026-11-27", "--until", "2026-12-05", "--json")
    [found] = json.loads(run(*asked, now=WEDNESDAY, **NEW_YORK).out)["data"]["collisions"]
    assert "W401" in run("check", now=WEDNESDAY).out
    words = shlex.split(found["command"])
    assert words[:5] == ["oncall", "cover", "carol", "--for", "alice"]
    assert run(*words[1:], now=WEDNESDAY, **NEW_YORK).code == 0
    assert "W401" not in run("check", now=WEDNESDAY).out


def test_comments_and_order_of_the_file_survive(team: MakeTeam, run: Run) -> None:
    text = person(
        "Alice", "time_off:\n  # booked\n  - {from: 2026-12-24, until: 2026-12-27}  # with kids\nnote: Likes tea\n"
    )
    made = team({**ALONE, PATH: text}, "bob@example.com")
    assert run("timeoff", "add", "alice", "--from", "2027-01-02", "--until", "2027-01-03", now=WEDNESDAY).code == 0
    assert (
        made.last_diff()
        == f"""\
diff --git a/{PATH} b/{PATH}
--- a/{PATH}
+++ b/{PATH}
@@ -3,4 +3,5 @@ git_emails: [alice@example.com]
 time_off:
   # booked
   - {{from: 2026-12-24, until: 2026-12-27}}  # with kids
+  - {{from: 2027-01-02, until: 2027-01-03}}
 note: Likes tea
"""
    )
    assert run("timeoff", "remove", "alice", "2027-01-02", now=WEDNESDAY).code == 0
    assert made.read(PATH) == text
    assert made.git("log", "-1", "--format=%s") == "alice is not away from 2027-01-02 until 2027-01-03\n"


def test_ones_only_time_off_is_taken_back(team: MakeTeam, run: Run) -> None:
    made = team({**ALONE, PATH: person("Alice", "time_off:\n  - {from: 2026-12-24, until: 2026-12-27}\n")})
    assert run("timeoff", "remove", "2026-12-24", now=WEDNESDAY).code == 0
    assert made.read(PATH) == person("Alice")


def test_a_dry_run_tells_what_collides_and_writes_nothing(team: MakeTeam, run: Run) -> None:
    made = team(ALONE)
    asked = ("timeoff", "add", "--from", "2026-11-27", "--until", "2026-12-05", "--dry-run")
    outcome = run(*asked, now=WEDNESDAY, **NEW_YORK)
    assert outcome.code == 0
    assert outcome.out.startswith(ANSWER)
    assert "+  - from: 2026-11-27" in outcome.out
    assert made.git("status", "--porcelain") == ""


def test_the_list_is_of_what_is_to_come(team: MakeTeam, run: Run) -> None:
    later, over = "{from: 2026-12-24, until: 2026-12-27, note: Family}", "{from: 2026-11-02, until: 2026-11-18}"
    team({**ALONE, PATH: person("Alice", f"time_off:\n  - {later}\n  - {over}\n")})
    assert run("timeoff", "list", now=WEDNESDAY).out == "alice  Alice  2026-12-24 until 2026-12-27  Family\n"
    assert run("timeoff", "list", "bob", now=WEDNESDAY).out == "nobody is away\n"
    assert len(run("timeoff", "list", "alice", "--all", now=WEDNESDAY).out.splitlines()) == 2
    assert json.loads(run("timeoff", "list", "--json", now=WEDNESDAY).out)["data"] == [
        {"person": "alice", "from": "2026-12-24", "until": "2026-12-27", "note": "Family", "path": PATH}
    ]


def test_the_help_says_that_until_is_the_first_day_back(run: Run) -> None:
    told = " ".join(run("timeoff", "add", "--help").out.replace("│", " ").split())
    assert "--until is the first day back: for one day off it is the day after." in told
    assert "The first day back; it is not off any more." in told
