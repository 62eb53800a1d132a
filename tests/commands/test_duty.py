"""Duties and checklists while a shift runs: what is due, what was done, what is left."""

from __future__ import annotations

import json

import pytest

from tests.commands.shift_team import AFTER_BOB, CAROL, SUPPORT, TUESDAY, WEDNESDAY, WITH_CAROL
from tests.conftest import MakeTeam, Run


def test_the_duties_of_today(team: MakeTeam, run: Run) -> None:
    team(WITH_CAROL, email="carol@example.com")
    listed = run("duty", "list", now="2026-11-18T10:00:00-05:00")
    assert listed.out == "Wed 18 Nov 16:00  platform audit  Carol  due: Answer the IAM audit\n".replace(
        "16:00", "16:00"
    )
    late = json.loads(run("duty", "list", "--json", now=WEDNESDAY).out)["data"]
    assert [(one["id"], one["state"], one["people"], one["due"]) for one in late] == [
        ("audit", "missed", ["carol"], "2026-11-18T16:00:00Z")
    ]


def test_a_duty_done_is_a_line_of_the_log(team: MakeTeam, run: Run) -> None:
    folder = team(WITH_CAROL, email="carol@example.com")
    outcome = run("duty", "done", "audit", "--note", "Two new keys, both known", now=WEDNESDAY)
    assert outcome.code == 0, outcome.err
    assert folder.git("log", "-1", "--format=%s") == "carol has done audit on platform\n"
    assert folder.last_diff().endswith(
        "     text: Reporting for duty  # on time\n"
        "+  - at: 2026-11-18T12:00:00-05:00\n"
        "+    by: carol\n"
        "+    kind: duty\n"
        "+    text: Two new keys, both known\n"
        "+    about: audit\n"
        " \n # what was ticked off\n checklist:\n"
    )
    assert "done by Carol: Answer the IAM audit" in run("duty", "list", now=WEDNESDAY).out
    again = run("duty", "done", "audit", now=WEDNESDAY)
    assert (again.code, "was done on that day already, by 'carol'" in again.err) == (1, True)


def test_a_missed_duty_is_told_at_the_end_and_to_whoever_comes_next(team: MakeTeam, run: Run) -> None:
    """Of five weekdays' audits Carol did one; the holiday has none."""
    folder = team(WITH_CAROL, email="carol@example.com")
    run("duty", "done", "audit", now=WEDNESDAY)
    ended = run("end", now="2026-11-24T09:00:00-05:00")
    missed = "2026-11-17, 2026-11-19, 2026-11-20, 2026-11-23"
    assert f"- Missed: Answer the IAM audit ({missed})" in folder.read(CAROL)
    assert ended.code == 0
    folder.git("config", "user.email", "alice@example.com")
    screen = run("start", now="2026-11-24T09:05:00-05:00").out
    assert (
        "Duties that were missed before\n  Answer the IAM audit: Tue 17 Nov, Thu 19 Nov, Fri 20 Nov, Mon 23 Nov\n"
        in screen
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("duty done nothing", 3, "there is no duty 'nothing'"),
        ("duty list --from tomorrow --to today", 2, "ends before it begins"),
        ("done 99", 2, "there is no item '99'"),
        ("done 1", 1, "is ticked already"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(team: MakeTeam, run: Run, words: str, code: int, said: str) -> None:
    team(WITH_CAROL, email="carol@example.com")
    outcome = run(*words.split(), now=WEDNESDAY)
    assert (outcome.code, said in outcome.err) == (code, True), outcome.err


def test_an_item_is_ticked_by_number_or_words_and_kept_on_the_shift(team: MakeTeam, run: Run) -> None:
    folder = team({**AFTER_BOB, **SUPPORT}, email="carol@example.com")
    run("start", now=TUESDAY)
    listed = run("done", now=TUESDAY)
    assert listed.out == (
        "To do at the start\n   1 [ ] Put your name in the topic\n         On call for Platform: Carol\n"
    )
    assert run("done", "your", "name", now=TUESDAY).code == 0
    assert folder.last_diff().endswith(
        "+checklist:\n+  - text: Put your name in the topic\n+    done: 2026-11-17T09:05:00-05:00\n+    by: carol\n"
    )
    assert "   1 [x] Put your name in the topic  (Carol, Tue 17 Nov 09:05)" in run("done", now=TUESDAY).out
    assert json.loads(run("done", "--json", now=TUESDAY).out)["data"][0]["by"] == "carol"


def test_what_is_left_open_blocks_nothing_and_is_shown(team: MakeTeam, run: Run) -> None:
    team(AFTER_BOB, email="carol@example.com")
    run("start", now=TUESDAY)
    ended = run("end", "-m", "Quiet", now="2026-11-24T09:00:00-05:00")
    assert ended.code == 0
    assert "still open on the checklist: Put your name in the topic" in ended.err


def test_the_checklists_are_those_of_a_shift(team: MakeTeam, run: Run) -> None:
    team(AFTER_BOB, email="carol@example.com")
    outcome = run("done", now=TUESDAY)
    assert (outcome.code, "no shift running" in outcome.err) == (1, True)
