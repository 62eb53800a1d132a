"""The plan stands before the commit: who gets what, what opens, what each bears, what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from oncall_cli.commands.invocation import Invocation
from oncall_cli.commands.plan import make_planned_change
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, Unreadable
from oncall_cli.model.time import parse_instant
from oncall_cli.practice.edits import RecordEdit
from tests.conftest import MakeTeam, TeamFolder

Golden = Callable[[str, str], None]

ROTATION = "rotations/platform/rotation.yaml"
FILES = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/ana.yaml": "name: Ana\n",
    "rotations/people/ben.yaml": "name: Ben\ntimezone: Europe/Berlin\n",
    "rotations/people/cy.yaml": "name: Cy\ntime_off:\n  - {from: 2026-12-10, until: 2026-12-12}\n",
    ROTATION: """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  # The beginning
  - from: 2026-11-03
    members: [ana, ben]
  # Cy joins
  - from: 2027-02-02
    members: [ana, ben, cy]
""",
}
COVER = "rotations/platform/overrides/2026-12-08-cy.yaml"
NOW = "2026-11-18T10:00:00-05:00"


def cover(
    person: str = "cy", instead_of: str = "ben", start: str = "2026-12-08", end: str = "2026-12-15"
) -> RecordEdit:
    change = {
        "role": "primary",
        "start": f"{start}T09:00:00-05:00",
        "end": f"{end}T09:00:00-05:00",
        "person": person,
        "instead_of": instead_of,
    }
    return RecordEdit(COVER, new={"kind": "cover", "changes": [change]})


def session(made: TeamFolder) -> Session:
    return Session(Invocation(parse_instant(NOW), Path(made.root), "ana", None, None, 80, False, False))


def plan(made: TeamFolder, capsys: pytest.CaptureFixture[str], *edits: RecordEdit, dry_run: bool = True) -> str:
    assert make_planned_change(session(made), edits, "Try", dry_run=dry_run, as_json=False) == 0
    return capsys.readouterr().out


def foretold(made: TeamFolder, capsys: pytest.CaptureFixture[str], *edits: RecordEdit) -> str:
    """Return the plan without the diff that follows it."""
    return plan(made, capsys, *edits).partition("\nNothing is written.")[0]


def test_a_cover(team: MakeTeam, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    """The verdict first, then the shift with each person's own clock, the load, and the collision."""
    golden("plan-cover.txt", foretold(team(FILES), capsys, cover()))


def test_the_dry_run_ends_with_the_diff(team: MakeTeam, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written; the message and the diff are what they would be."""
    made = team(FILES)
    head = made.git("rev-parse", "HEAD")
    later = {"from": "2026-12-01", "members": ["ben", "ana", "cy"]}
    shown = plan(made, capsys, RecordEdit(ROTATION, inserts=((("roster",), 1, later),)))
    assert (
        shown.partition("Nothing is written.")[2]
        == """ The commit would say: Try

--- a/rotations/platform/rotation.yaml
+++ b/rotations/platform/rotation.yaml
@@ -4,6 +4,8 @@
   # The beginning
   - from: 2026-11-03
     members: [ana, ben]
+  - from: 2026-12-01
+    members: [ben, ana, cy]
   # Cy joins
   - from: 2027-02-02
     members: [ana, ben, cy]
"""
    )
    assert made.git("rev-parse", "HEAD") == head
    assert made.git("status", "--porcelain") == ""


def test_the_commit(team: MakeTeam, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan is the answer; the commit, its paths and how to undo it are told beside it."""
    made = team(FILES)
    make_planned_change(session(made), [cover()], "Cover", dry_run=False, as_json=False, text="Cy covers for Ben.")
    shown = capsys.readouterr()
    assert shown.out.startswith(
        "1 shift changes hands, 0 gaps open, 1 conflict, next change Tue 8 Dec 09:00, in\n19d 23h."
    )
    assert shown.out.endswith("\nCy covers for Ben.\n")
    sha = made.git("rev-parse", "--short", "HEAD").strip()
    assert shown.err == f"Commit {sha}, Cover:\n  {COVER}\nUndo: oncall undo\n"


def test_for_a_script(team: MakeTeam, capsys: pytest.CaptureFixture[str]) -> None:
    """The shape of ``oncall diff``, with what goes wrong."""
    make_planned_change(session(team(FILES)), [cover()], "Cover", dry_run=True, as_json=True, answer={"kind": "cover"})
    data = json.loads(capsys.readouterr().out)["data"]
    assert (data["kind"], data["commit"], data["paths"]) == ("cover", None, [COVER])
    assert data["plan"] == {
        "from": "2026-11-03T14:00:00Z",
        "to": "2027-03-09T14:00:00Z",
        "changes": [
            {
                "rotation": "platform",
                "role": "primary",
                "start": "2026-12-08T14:00:00Z",
                "end": "2026-12-15T14:00:00Z",
                "before": ["ben"],
                "after": ["cy"],
                "why": [f"the cover '2026-12-08-cy' is new: cy for ben ({COVER})"],
                "past": False,
            }
        ],
        "gaps": {"before": [], "after": []},
        "load": data["plan"]["load"],
        "collisions": [
            {
                "person": "cy",
                "rotation": "platform",
                "role": "primary",
                "start": "2026-12-10T05:00:00Z",
                "end": "2026-12-12T05:00:00Z",
            }
        ],
        "back_to_back": [],
        "two_places": [],
        "solved": [],
        "holidays": [],
        "lost_overrides": [],
    }
    assert data["plan"]["load"]["cy"]["after"]["seconds"] - data["plan"]["load"]["cy"]["before"]["seconds"] == 7 * 86400


def test_the_past(team: MakeTeam, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    """What was stood already is told first and loudly."""
    edit = RecordEdit(ROTATION, sets=((("roster", 0, "members"), ["cy", "ben"]),))
    golden("plan-past.txt", foretold(team(FILES), capsys, edit))


def test_gaps_that_open(team: MakeTeam, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    """A promise that is no longer kept is told with its length."""
    made = team({**FILES, ROTATION: FILES[ROTATION] + "coverage: {hours: [always]}\n"})
    edit = RecordEdit(ROTATION, sets=((("hours",), ["tuesday 00:00 - monday 00:00"]),))
    golden("plan-gaps.txt", foretold(made, capsys, edit))


def test_an_override_that_loses_its_meaning(team: MakeTeam, capsys: pytest.CaptureFixture[str]) -> None:
    """Who changes the roster learns which overrides no longer match, and is refused what nobody has agreed to."""
    made = team(FILES)
    plan(made, capsys, cover(), dry_run=False)
    edit = RecordEdit(ROTATION, sets=((("roster", 0, "members"), ["ben", "ana"]),))
    with pytest.raises(Refused, match=r"somebody who has none of its time then: '2026-12-08-cy' of 'platform'") as said:
        foretold(made, capsys, edit)
    assert said.value.hint == "ask those who agreed on it, then take it back with 'oncall override remove'"
    shown = capsys.readouterr().out
    assert (
        "! the override '2026-12-08-cy' of 'platform' then stands in, or a part of it does, for "
        "somebody who has none of its time; ask those who agreed on it, and 'oncall override remove "
        "2026-12-08-cy', or edit it Solved: Cy was away and platform primary: Thu 10 Dec 00:00 – Sat 12 Dec 00:00"
    ) in " ".join(shown.split())


def test_time_off_of_next_year_is_looked_at(team: MakeTeam, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan looks as far ahead as what changed, however far that is; no shift changes hands."""
    off = {"from": "2027-05-19", "until": "2027-05-20"}
    shown = foretold(team(FILES), capsys, RecordEdit("rotations/people/ana.yaml", appends=((("time_off",), off),)))
    assert shown == (
        "0 shifts change hands, 0 gaps open, 1 conflict.\n\n"
        "! Ana is AWAY and platform primary: Wed 19 May 2027 00:00 – Thu 20 May 00:00\n"
    )


def test_a_row_of_shifts_and_two_places(team: MakeTeam, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    """No rest between two shifts, and two places at once, are told when the change makes them."""
    made = team({**FILES, "rotations/web/rotation.yaml": FILES[ROTATION].replace("[ana, ben]", "[cy, ben]")})
    shown = foretold(made, capsys, cover("cy", "ana", "2026-11-17", "2026-11-24"))
    assert "! Cy has TWO PLACES at once, platform primary and web primary: Tue 17 Nov 09:00\n" in shown
    shown = foretold(made, capsys, cover("ana", "ben", "2026-11-24", "2026-12-01"))
    golden("plan-row.txt", shown)


def test_a_stranger_is_refused(team: MakeTeam) -> None:
    """Nobody without a file is put on call, whichever command tries."""
    made = team(FILES)
    with pytest.raises(Unreadable, match="there is no person 'zoe'") as refused:
        make_planned_change(session(made), [cover("zoe")], "Try", dry_run=False, as_json=False)
    assert refused.value.place == (COVER, 6, 5)
    assert made.git("status", "--porcelain") == ""


def test_what_was_wrong_before_does_not_stand_in_the_way(team: MakeTeam, capsys: pytest.CaptureFixture[str]) -> None:
    """An invalid file elsewhere is told and not planned with."""
    made = team({**FILES, "rotations/web/rotation.yaml": "name: Web\n"})
    make_planned_change(session(made), [cover()], "Cover", dry_run=False, as_json=False)
    shown = capsys.readouterr()
    assert shown.out.startswith("1 shift changes hands")
    assert "rotations/web/rotation.yaml" in shown.err


def test_a_file_that_is_removed(team: MakeTeam, capsys: pytest.CaptureFixture[str]) -> None:
    """Deleting an override gives the shift back, and the commit deletes the file."""
    made = team(FILES)
    plan(made, capsys, cover(), dry_run=False)
    assert "Cy → Ben (15:00)" in plan(made, capsys, RecordEdit(COVER, deleted=True), dry_run=False)
    assert not (made.root / COVER).exists()
    assert made.git("status", "--porcelain") == ""
