"""Intended gaps, and taking overrides back: the exact diff of each."""

from __future__ import annotations

import json

from tests.commands.shift_team import TEAM, WEDNESDAY
from tests.commands.test_cover import ALONE, FOLDER, new
from tests.conftest import MakeTeam, Run

GAP = """\
kind: nobody
changes:
  - role: primary
    start: 2026-11-26T00:00:00-05:00
    end: 2026-11-28T00:00:00-05:00
    person: nobody
reason: Thanksgiving
requested_by: alice
created: 2026-11-18T12:00:00-05:00
"""

COVER = """\
# Agreed in the hall.
kind: cover
changes:
  - {role: primary, start: 2026-11-18T10:00:00-05:00, end: 2026-11-20T09:00:00-05:00, person: bob, instead_of: carol}
created: 2026-11-17T12:00:00-05:00  # late
"""

LATER = """\
kind: cover
changes:
  # tonight
  - role: primary
    start: 2026-11-18T10:00:00-05:00
    end: 2026-11-18T23:00:00-05:00
    person: bob
    instead_of: carol
  - role: primary
    start: 2026-11-20T10:00:00-05:00
    end: 2026-11-20T23:00:00-05:00
    person: bob
    instead_of: carol
created: 2026-11-17T12:00:00-05:00
"""
NAME = "2026-11-18-cover-carol"
PATH = f"{FOLDER}/{NAME}.yaml"


def test_nobody_is_needed_on_a_holiday(team: MakeTeam, run: Run) -> None:
    made = team(ALONE)
    span = ("--from", "2026-11-26 00:00 America/New_York", "--to", "2026-11-28 00:00 America/New_York")
    outcome = run("override", "nobody", *span, "--reason", "Thanksgiving", now=WEDNESDAY)
    assert outcome.code == 0
    assert " 0 gaps open, 1 left to nobody on purpose, " in " ".join(outcome.out.split())
    assert made.last_diff() == new("2026-11-26-nobody-primary", GAP)
    assert made.git("log", "-1", "--format=%s") == (
        "nobody is on platform (primary), 2026-11-26 to 2026-11-28: Thanksgiving\n"
    )
    assert run("check", now=WEDNESDAY).code == 0
    assert run("override", "nobody", *span, "--reason", "Again", now=WEDNESDAY).code == 1


def test_one_that_is_still_to_come_is_deleted(team: MakeTeam, run: Run) -> None:
    made = team({**TEAM, PATH: COVER.replace("-18T10", "-19T10")})
    outcome = run("override", "remove", NAME, now=WEDNESDAY)
    assert outcome.code == 0
    assert f"{NAME} is removed." in outcome.out
    deleted = COVER.replace("-18T10", "-19T10")
    assert made.last_diff() == (
        f"diff --git a/{PATH} b/{PATH}\ndeleted file mode 100644\n--- a/{PATH}\n+++ /dev/null\n@@ -1,5 +0,0 @@\n"
        + "".join(f"-{line}\n" for line in deleted.splitlines())
    )
    assert made.git("log", "-1", "--format=%s") == f"remove the override {NAME} of platform\n"


def test_one_that_has_begun_ends_now(team: MakeTeam, run: Run) -> None:
    made = team({**TEAM, PATH: COVER})
    outcome = run("override", "remove", NAME, now=WEDNESDAY)
    assert outcome.code == 0
    assert f"{NAME} ends now." in outcome.out
    assert (
        made.last_diff()
        == f"""\
diff --git a/{PATH} b/{PATH}
--- a/{PATH}
+++ b/{PATH}
@@ -1,5 +1,5 @@
 # Agreed in the hall.
 kind: cover
 changes:
-  - {{role: primary, start: 2026-11-18T10:00:00-05:00, end: 2026-11-20T09:00:00-05:00, person: bob, instead_of: carol}}
+  - {{role: primary, start: 2026-11-18T10:00:00-05:00, end: 2026-11-18T12:00:00-05:00, person: bob, instead_of: carol}}
 created: 2026-11-17T12:00:00-05:00  # late
"""
    )
    assert made.git("log", "-1", "--format=%s") == f"end the override {NAME} of platform\n"


def test_of_one_that_has_begun_what_is_to_come_is_taken_out(team: MakeTeam, run: Run) -> None:
    made = team({**TEAM, PATH: LATER})
    assert run("override", "remove", NAME, now=WEDNESDAY).code == 0
    assert (
        made.last_diff()
        == f"""\
diff --git a/{PATH} b/{PATH}
--- a/{PATH}
+++ b/{PATH}
@@ -3,12 +3,7 @@ changes:
   # tonight
   - role: primary
     start: 2026-11-18T10:00:00-05:00
-    end: 2026-11-18T23:00:00-05:00
-    person: bob
-    instead_of: carol
-  - role: primary
-    start: 2026-11-20T10:00:00-05:00
-    end: 2026-11-20T23:00:00-05:00
+    end: 2026-11-18T12:00:00-05:00
     person: bob
     instead_of: carol
 created: 2026-11-17T12:00:00-05:00
"""
    )


def test_in_a_rotation_that_cannot_be_read_nothing_is_removed(team: MakeTeam, run: Run) -> None:
    broken = ALONE["rotations/platform/rotation.yaml"].replace("roster:", "rooster:")
    made = team({**ALONE, "rotations/platform/rotation.yaml": broken, PATH: COVER})
    outcome = run("override", "remove", NAME, now=WEDNESDAY)
    assert outcome.code == 5
    assert "rotations/platform/rotation.yaml:" in outcome.err
    assert made.git("log", "--format=%s") == "The team begins\n"


def test_one_that_is_over_is_history(team: MakeTeam, run: Run) -> None:
    made = team({**TEAM, PATH: COVER})
    outcome = run("override", "remove", NAME, now="2026-11-20T09:00:00-05:00", ONCALL_TZ="America/New_York")
    assert outcome.code == 1
    assert f"'{NAME}' is over since Fri 2026-11-20 09:00: it is history, and stays" in outcome.err
    assert f"oncall override show {NAME}" in outcome.err
    assert made.git("log", "--format=%s") == "The team begins\n"


def test_the_list_leaves_out_what_is_over(team: MakeTeam, run: Run) -> None:
    team({**TEAM, PATH: COVER})
    later = "2026-11-20T09:00:00-05:00"
    assert [
        len(json.loads(run("override", "list", "--json", now=when).out)["data"]) for when in (WEDNESDAY, later)
    ] == [1, 0]
    assert len(json.loads(run("override", "list", "--all", "--json", now=later).out)["data"]) == 1


def test_two_overrides_of_one_name_are_told_apart(team: MakeTeam, run: Run) -> None:
    other = TEAM["rotations/platform/rotation.yaml"].replace("Platform", "Other")
    made = team({**TEAM, PATH: COVER, "rotations/other/rotation.yaml": other, PATH.replace("platform", "other"): COVER})
    outcome = run("override", "remove", NAME, now=WEDNESDAY)
    assert outcome.code == 2
    assert f"there is an override '{NAME}' in other and platform" in outcome.err
    assert run("override", "remove", NAME, "--rotation", "other", now=WEDNESDAY).code == 0
    assert made.git("show", "--format=", "--name-only") == f"{PATH.replace('platform', 'other')}\n"
