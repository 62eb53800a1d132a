"""Incidents from the first line to the last: the exact diffs, and what cannot be said."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from tests.commands.incident_team import INCIDENTS, NAME, NEW_YORK, PATH, at
from tests.commands.shift_team import CAROL
from tests.conftest import MakeTeam, Run, TeamFolder

OPENED = """\
title: checkout 5xx
severity: sev1
status: open
detected: 2026-11-18T10:00:00-05:00
responders:
  commander: carol
services: [checkout]
timeline:
  - at: 2026-11-18T10:00:00-05:00
    by: carol
    kind: opened
    text: Opened as sev1, carol on call
    level: 1
created: 2026-11-18T10:00:00-05:00
"""

SCREEN = """\
Opened 2026-11-18-checkout-5xx in platform: sev1, Customers cannot work.
  on call     Carol
  respond     by Wed 18 Nov 10:05, in 5m: oncall incident ack
  no answer?  after 5m secondary Alice; after 15m network primary Dan; after 30m
              Granite remote hands: oncall escalate
  runbook?    Checkout answers 5xx: oncall runbook show checkout
  customers   oncall message render message/investigating --incident
              2026-11-18-checkout-5xx --sent
  afterwards  a review, as after every sev1
"""

LIFE = """\
 title: checkout 5xx
 severity: sev1
-status: open
+status: acknowledged
 detected: 2026-11-18T10:00:00-05:00
+acknowledged: 2026-11-18T10:03:00-05:00
 responders:
   commander: carol
 services: [checkout]
@@ -11,4 +12,8 @@ timeline:
     kind: opened
     text: Opened as sev1, carol on call
     level: 1
+  - at: 2026-11-18T10:03:00-05:00
+    by: carol
+    kind: acknowledged
+    text: Acknowledged
 created: 2026-11-18T10:00:00-05:00
"""

LOG = """\
+  - at: 2026-11-18T10:03:00-05:00
+    by: carol
+    kind: incident
+    text: "Acknowledged: checkout 5xx"
+    about: 2026-11-18-checkout-5xx
"""


def opened(team: MakeTeam, run: Run, *words: str, files: dict[str, str] | None = None) -> TeamFolder:
    """Open the incident that the tests are about, at ten, as carol."""
    made = team({**INCIDENTS, **(files or {})}, "carol@example.com")
    line = ("incident", "open", "checkout 5xx", "--sev", "1", "-r", "platform", "--service", "checkout", *words)
    outcome = run(*line, now=at("10:00"), **NEW_YORK)
    assert outcome.code == 0, outcome.err
    return made


def record(run: Run, name: str = NAME) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(run("incident", "show", name, "--json", now=at("23:00")).out)["data"]
    return data


def test_one_line_opens_it_and_says_what_its_severity_demands(team: MakeTeam, run: Run) -> None:
    made = team(INCIDENTS, "carol@example.com")
    line = ("incident", "open", "checkout 5xx", "--sev", "1", "--service", "checkout")
    outcome = run(*line, now=at("10:00"), **NEW_YORK)
    assert (outcome.code, outcome.out) == (0, SCREEN)
    assert made.read(PATH) == OPENED
    assert made.git("log", "-1", "--format=%s").strip() == f"Open the incident {NAME}: checkout 5xx"
    assert f'    kind: incident\n    text: "Opened as sev1: checkout 5xx"\n    about: {NAME}\n' in made.read(CAROL)
    assert run("check", now=at("10:00")).code == 0


def test_acknowledging_is_this_diff(team: MakeTeam, run: Run) -> None:
    made = opened(team, run)
    assert run("incident", "ack", now=at("10:03")).code == 0
    diff = made.last_diff()
    assert LIFE in diff
    assert LOG in diff
    assert len([line for line in diff.splitlines() if line.startswith("-") and not line.startswith("---")]) == 1


def test_a_whole_life_in_words_given_afterwards(team: MakeTeam, run: Run) -> None:
    """Each time is given later than it was; the timeline stands in the order in which things happened."""
    opened(team, run)
    for words in (
        ("resolve", "-m", "Rolled back", "--at", "5m ago"),
        ("ack", NAME, "--at", "10:02"),
        ("mitigate", NAME, "--at", "10:20"),
        ("note", NAME, "Release 480 is bad", "--at", "10:10"),
        ("impact", NAME, "One in four failed", "--from", "09:50", "--to", "10:21"),
    ):
        outcome = run("incident", *words, now=at("10:40"), **NEW_YORK)
        assert outcome.code == 0, outcome.err
    said = record(run)
    assert [entry["kind"] for entry in said["timeline"]] == [
        *("opened", "acknowledged", "note", "mitigated", "resolved", "impact"),
    ]
    assert said["seconds"] == {"detect": 600, "acknowledge": 120, "mitigate": 1800, "resolve": 2700, "outage": 1860}
    assert said["status"] == "resolved"


def test_resolving_first_is_allowed_and_said(team: MakeTeam, run: Run) -> None:
    """M2, M6: and what is still to be written is said."""
    opened(team, run)
    outcome = run("incident", "resolve", now=at("10:30"))
    assert outcome.code == 0
    for sentence in (
        f"It was never acknowledged; if it was, say when: oncall incident ack {NAME} --at WHEN",
        f"No runbook told what to do: write down what did, 'oncall runbook new --from {NAME}'",
        f"A review is needed, every sev1 is reviewed: oncall incident review {NAME}",
        f"Tell customers: oncall message render message/resolved --incident {NAME} --sent",
    ):
        assert sentence in outcome.err


def test_reopening_takes_back_what_was_said_of_its_end(team: MakeTeam, run: Run) -> None:
    made = opened(team, run, "--ack")
    run("incident", "impact", "--from", "09:50", "--to", "10:20", now=at("10:30"), **NEW_YORK)
    run("incident", "resolve", "--runbook", "checkout", now=at("10:30"))
    assert run("incident", "list", now=at("10:31")).out == "there are no open incidents yet\n"
    assert run("incident", "reopen", "checkout", "-m", "It is back", now=at("10:40")).code == 0
    assert "-resolved: 2026-11-18T10:30:00-05:00\n" in made.last_diff()
    said = record(run)
    assert (said["status"], said["impact"], "resolved" in said) == (
        "acknowledged",
        {"started": "2026-11-18T09:50:00-05:00"},
        False,
    )
    early = run("incident", "resolve", "--at", "10:35", now=at("10:50"), **NEW_YORK)
    assert (early.code, "is before it was reopened" in early.err) == (1, True)


def test_severity_roles_links_and_who_took_over_stand_in_the_timeline(team: MakeTeam, run: Run) -> None:
    made = opened(team, run)
    run("incident", "severity", "2", "--because", "only the old checkout", now=at("10:10"))
    run("incident", "assign", "scribe", "bob", now=at("10:11"))
    run("incident", "assign", "commander", "alice", now=at("10:12"))
    assert "-  commander: carol\n+  commander: alice\n" in made.last_diff()
    run("incident", "link", "https://dash.example.com/d/1", now=at("10:13"))
    assert [entry["text"] for entry in record(run)["timeline"]][1:] == [
        "From sev1 to sev2: only the old checkout",
        "bob is scribe",
        "alice takes over as commander from carol",
        "Linked https://dash.example.com/d/1",
    ]
    assert record(run)["links"] == ["https://dash.example.com/d/1"]


def test_two_that_are_one_are_pointed_out_and_merged(team: MakeTeam, run: Run) -> None:
    """Bob opened it too; both timelines end up in one."""
    made = opened(team, run)
    twice = ("incident", "open", "Checkout 5XX", "--sev", "2", "-r", "platform", "--as", "bob", "--at", "10:02")
    outcome = run(*twice, now=at("10:04"), **NEW_YORK)
    assert f"the same? oncall incident merge {NAME}-2 {NAME}" in " ".join(outcome.out.split())
    assert run("incident", "ack", f"{NAME}-2", "--as", "bob", now=at("10:05")).code == 0
    assert run("incident", "merge", f"{NAME}-2", NAME, now=at("10:10")).code == 0
    one, other = record(run), record(run, f"{NAME}-2")
    assert (other["status"], other["merged_into"], other["resolved"]) == ("resolved", NAME, at("10:10"))
    assert (one["status"], one["acknowledged"]) == ("acknowledged", at("10:05"))
    assert [entry["by"] for entry in one["timeline"]] == ["carol", "bob", "bob", "carol"]
    assert one["links"] == [f"{NAME}-2"]
    assert len(made.git("show", "--format=", "--name-only", "HEAD").split()) == 3
    assert run("check", now=at("10:11")).code == 0
    again = run("incident", "reopen", f"{NAME}-2", now=at("10:12"))
    assert (again.code, f"is merged into '{NAME}'" in again.err) == (1, True)


def test_what_a_command_printed_is_kept_as_text(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(team, run)
    stdin(monkeypatch, b"\x1b[31mosd-3  91%\x1b[0m\r\n 10%\r 50%\rdone\r\n\x1b]0;title\x07bell\x07 \x00end\xff\n")
    assert run("incident", "note", "--command", "storectl df", "-", now=at("10:05")).code == 0
    assert (
        "    kind: command\n    text: |\n      $ storectl df\n      osd-3  91%\n      done\n      bell\\x07 \\x00end�\n"
    ) in made.read(PATH)
    assert "\x1b" not in run("incident", "show", now=at("10:06")).out


def test_ten_megabytes_are_cut_with_a_word(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(team, run)
    stdin(monkeypatch, b"a line of a log that never ends\n" * (10 * 1024 * 1024 // 32))
    noted = run("incident", "note", "-", now=at("10:05"))
    assert (noted.code, "its first 32768 are kept" in noted.err) == (0, True)
    assert sys.stdin.buffer.read() == b""
    assert len(made.read(PATH)) < 64 * 1024
    assert record(run)["timeline"][-1]["text"].endswith("\n(the rest was left out)\n")
    assert len(run("incident", "show", now=at("10:06")).out.splitlines()) < 30


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("ack", "--at", "09:30"), 1, "2026-11-18 09:30 -05:00 is before it began: 2026-11-18 10:00 -05:00"),
        (("ack", "--at", "in 2h"), 1, "is still to come, in 2h"),
        (("note", "early", "--at", "09:30"), 1, "is before it began"),
        (("severity", "9"), 2, "there is no severity '9'"),
        (("severity", "customers"), 2, "'customers' can mean sev1, sev2"),
        (("severity", "1"), 1, f"'{NAME}' is sev1 already"),
        (("assign", "scribe", "eve"), 3, "there is no person 'eve'"),
        (("assign", "scribe"), 2, "this is too little"),
        (("assign", "no role!", "bob"), 2, "no role!"),
        (("ack", "nothing"), 3, "there is no incident 'nothing'"),
        (("resolve", "--runbook", "../../etc/passwd"), 3, "there is no runbook '../../etc/passwd'"),
        (("reopen", "checkout"), 1, f"'{NAME}' is not resolved: it is open"),
        (("note",), 2, "there is nothing to note"),
        (("impact",), 1, "there is nothing to say"),
        (("impact", "--from", "10:00", "--to", "09:00"), 1, "before it began"),
        (("impact", "--from", "in 1h"), 1, "is still to come"),
        (("merge", "checkout", "checkout"), 1, "cannot be merged into itself"),
        (("link", "checkout"), 1, "an incident is not linked to itself"),
        (("open", "  ", "--sev", "1"), 2, "the title is empty"),
        (("open", "Down"), 2, "how bad is it?"),
        (("open", "Down", "--sev", "7"), 2, "there is no severity '7'"),
        (("open", "Down", "--sev", "1", "-r", "plaform"), 3, "there is no rotation 'plaform'"),
        (("open", "Down", "--sev", "1", "--runbook", "runbooks/none.md"), 3, "there is no runbook"),
        (("open", "Down", "--sev", "1", "--detected", "10:20", "--at", "10:10"), 1, "before it was noticed"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    team: MakeTeam, run: Run, words: tuple[str, ...], code: int, message: str
) -> None:
    made = opened(team, run)
    before = made.git("rev-parse", "HEAD")
    outcome = run("incident", *words, now=at("10:30"), **NEW_YORK)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert made.git("rev-parse", "HEAD") == before
    assert made.git("status", "--porcelain") == ""


def test_an_id_that_matches_two_is_a_sentence(team: MakeTeam, run: Run) -> None:
    opened(team, run)
    run("incident", "open", "checkout slow", "--sev", "3", "-r", "platform", now=at("10:10"))
    outcome = run("incident", "ack", "checkout", now=at("10:20"))
    assert (outcome.code, "'checkout' can mean 2026-11-18-checkout-5xx, 2026-11-18-checkout-slow" in outcome.err) == (
        2,
        True,
    )
    which = run("incident", "note", "hello", now=at("10:20"))
    assert (which.code, "open are 2026-11-18-checkout-5xx, 2026-11-18-checkout-slow" in which.err) == (2, True)
    # A word that only one of them has names it, and only one of them can still be acknowledged.
    assert run("incident", "ack", "slow", now=at("10:20")).code == 0
    assert run("incident", "ack", now=at("10:21")).code == 0
    assert record(run)["status"] == "acknowledged"


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_a_payload_in_every_field_does_no_harm(team: MakeTeam, run: Run, form: str) -> None:
    evil = "<script>alert(1)</script> **bold** [x](javascript:1) [/red] @here"
    opened(team, run, files={"oncall.yaml": "name: T\ntimezone: UTC\nseverities:\n  sev1: {title: '<b>Bad</b>'}\n"})
    for words in (("note", evil), ("impact", evil, "--from", "10:00"), ("note", "--link", "javascript:alert(1)")):
        assert run("incident", *words, now=at("10:10"), **NEW_YORK).code == 0
    shown = run("incident", "show", "--format", form, now=at("10:11")).out
    assert "\x1b" not in shown
    if form == "html":
        assert "<script>" not in shown
        assert "<b>Bad</b>" not in shown
        assert "href" not in shown
        assert "default-src 'none'" in shown
    if form == "md":
        assert "\\*\\*bold\\*\\*" in shown
        assert "\\<script\\>" in shown
    if form == "json":
        assert json.loads(shown)["data"]["impact"]["text"] == evil


def test_a_dry_run_changes_and_posts_nothing(team: MakeTeam, run: Run) -> None:
    made = opened(team, run)
    before = made.git("rev-parse", "HEAD")
    outcome = run("incident", "mitigate", "--dry-run", now=at("10:10"))
    assert "+status: mitigated" in outcome.out
    assert "Tell customers" not in outcome.err
    assert made.git("rev-parse", "HEAD") == before


def test_an_invalid_incident_is_told_and_hides_no_other(team: MakeTeam, run: Run) -> None:
    bad = "rotations/platform/incidents/2026/2026-11-17-bad.yaml"
    opened(team, run, files={bad: "title: Bad\nseverity: sev1\nstatus: burning\n"})
    outcome = run("incident", "list", now=at("10:10"))
    assert (outcome.code, NAME in outcome.out, f"{bad}:3" in outcome.err) == (5, True, True)
    assert run("incident", "ack", "bad", now=at("10:10")).code == 5
