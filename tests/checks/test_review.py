"""Each rule that looks at two sides: a team, what is done to it, and what ``oncall check --base`` says of that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from oncall_cli.checks.table import RULES
from oncall_cli.errors import Problem
from oncall_cli.model.time import parse_instant
from oncall_cli.repository.everything import checked
from oncall_cli.repository.reviewed import reviewed
from tests.conftest import MakeTeam, Run, TeamFolder

NOW = parse_instant("2026-11-24T10:00:00-05:00")

ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice, bob, carol]
"""
OVERRIDE = """\
changes:
  - {start: 2026-11-11T09:00:00-05:00, end: 2026-11-11T17:00:00-05:00, person: bob}
agreed_by: [bob]
"""
SHIFT = """\
person: alice
role: primary
started: 2026-11-17T09:00:00-05:00
scheduled: {start: 2026-11-17T09:00:00-05:00, end: 2026-11-24T09:00:00-05:00}
log:
  - {at: 2026-11-18T09:00:00-05:00, by: alice, text: Labels are late}
  - {at: 2026-11-19T09:00:00-05:00, by: alice, text: They are not}
"""
INCIDENT = """\
title: Labels are late
severity: sev3
detected: 2026-11-18T09:00:00-05:00
timeline:
  - {at: 2026-11-18T09:05:00-05:00, by: alice, text: Restarted the queue}
"""
R = "rotations/platform/rotation.yaml"
O = "rotations/platform/overrides/2026-11-11-cover.yaml"  # noqa: E741
NEW = "rotations/platform/overrides/2026-12-01-cover.yaml"
S = "rotations/platform/shifts/2026/2026-11-17-alice-primary.yaml"
I = "rotations/platform/incidents/2026/2026-11-18-labels.yaml"  # noqa: E741
ALICE = "rotations/people/alice.yaml"
# Alice stands the week of 17 November, bob that of the 24th, carol that of 1 December.
BASE = {
    # alice's shift has just handed off, and she is about to end it
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\nrules: {W410: off}\n",
    ALICE: "name: Alice\ngit_emails: [alice@example.com]\n",
    "rotations/people/bob.yaml": "name: Bob\ngit_emails: [bob@example.com]\naccount: bob-b\n",
    "rotations/people/carol.yaml": "name: Carol\n",
    R: ROTATION,
    O: OVERRIDE,
    S: SHIFT,
    I: INCIDENT,
}
COVER = """\
changes:
  - {start: 2026-12-01T09:00:00-05:00, end: 2026-12-01T17:00:00-05:00, person: bob, instead_of: carol}
"""
NEXT = "  - {{from: {day}, members: {members}}}\n"

Change = Mapping[str, str | None]
WRONG: dict[str, tuple[Change, list[str]]] = {
    "E311 by a roster version edited in place": (
        {R: ROTATION.replace("bob, carol", "carol, bob")},
        [f"{R}:4:5 E311", f"{R}:4:5 W411", f"{R}:4:5 W412", f"{R}:4:5 W412"],
    ),
    "E311 by another handoff": (
        {R: ROTATION.replace("tuesday", "monday")},
        [f"{R}:3:1 E311", f"{R}:4:5 W411", f"{R}:4:5 W412", f"{R}:4:5 W412", f"{R}:4:5 W412"],
    ),
    "E311 by a past override edited": (
        {O: OVERRIDE.replace("person: bob", "person: alice")},
        [f"{O}:1:1 E311"],
    ),
    "E311 by a past override removed": (
        {O: None},
        [f"{R}:4:5 E311"],
    ),
    "E312 in a log": (
        {S: SHIFT.replace("Labels are late", "All quiet").replace("They are not", "They are not, sorry")},
        [f"{S}:5:1 E312"],
    ),
    "E312 in a timeline": (
        {I: INCIDENT.replace("timeline:\n", "").replace("  - {at", "# - {at")},
        [f"{I}:1:1 E312"],
    ),
    "E312 in a time that was noted": (
        {I: INCIDENT.replace("T09:00", "T10:00")},
        [f"{I}:3:1 E312"],
    ),
    "E313 of a record": (
        {S: None},
        [f"{S}:1:1 E313"],
    ),
    "E313 of a rotation": (
        {R: None, O: None, S: None, I: None},
        [f"{R}:1:1 E313"],
    ),
    "W411": (
        {
            "oncall.yaml": BASE["oncall.yaml"] + "policy: {frozen: 2 weeks}\n",
            R: ROTATION + NEXT.format(day="2026-12-01", members="[alice, carol, bob]"),
        },
        [f"{R}:6:5 W411", f"{R}:6:5 W412", f"{R}:6:5 W412"],
    ),
    "W412 by an override": (
        {NEW: COVER},
        [f"{NEW}:2:72 W412"],
    ),
    "W412 by a new rotation": (
        {R.replace("platform", "support"): ROTATION.replace("[alice, bob, carol]", "[alice]")},
        ["rotations/support/rotation.yaml:4:5 W412"],
    ),
    "W412 by a roster version": (
        {R: ROTATION + NEXT.format(day="2026-12-01", members="[bob, carol, alice]")},
        [f"{R}:6:5 W412"] * 3,
    ),
}
RIGHT: dict[str, Change] = {
    "nothing": {},
    "a comment and another order of keys": {R: "# ours\n" + ROTATION},
    "an override that says who stood a shift": {
        NEW.replace("2026-12-01", "2026-11-12"): OVERRIDE.replace("11-11", "11-12")
    },
    "a cover of tomorrow, agreed": {
        NEW: COVER.replace("12-01", "11-25").replace("bob, instead_of: carol", "carol, instead_of: bob")
        + "agreed_by: [carol]\n"
    },
    "a cover by whoever asked for it": {NEW: COVER + "requested_by: bob\n"},
    "more entries": {
        S: SHIFT + "  - {at: 2026-11-20T09:00:00-05:00, by: alice, text: Quiet}\nended: 2026-11-24T09:00:00-05:00\n",
        I: INCIDENT + "acknowledged: 2026-11-18T09:01:00-05:00\nstatus: acknowledged\n",
    },
    "a record that moves": {I: None, I.replace("labels", "late-labels"): INCIDENT},
    "an order far ahead": {R: ROTATION + NEXT.format(day="2027-01-12", members="[carol, bob, alice]")},
    "a person who is renamed": {
        ALICE: None,
        ALICE.replace("alice", "alicia"): BASE[ALICE],
        R: ROTATION.replace("alice", "alicia"),
        S: None,
        S.replace("alice", "alicia"): SHIFT.replace("alice", "alicia"),
        I: INCIDENT.replace("alice", "alicia"),
    },
}


def review(made: TeamFolder, change: Change, author: str = "manager@example.com", trailer: str = "") -> list[Problem]:
    """Commit a change after the base, and return what is wrong with it and was not wrong before."""
    for path, text in change.items():
        if text is None:
            made.git("rm", "--quiet", path)
        else:
            made.write({path: text})
    made.git("config", "user.email", author)
    made.git("add", "--all")
    made.git("commit", "--quiet", "--allow-empty", "--message", f"Change\n\n{trailer}")
    return reviewed(made.root, NOW, "base")[0].problems


def based(team: MakeTeam, files: Mapping[str, str] = BASE) -> TeamFolder:
    made = team(files)
    made.git("tag", "base")
    return made


def places(problems: list[Problem]) -> list[str]:
    return [f"{problem.place} {problem.code}" for problem in problems]


@pytest.mark.parametrize("name", WRONG)
def test_rule(team: MakeTeam, name: str) -> None:
    """What a change does wrong is found at the place that does it, with what to do instead."""
    change, expected = WRONG[name]
    problems = review(based(team), change)
    assert places(problems) == expected, [f"{problem.place} {problem.message}" for problem in problems]
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize("name", RIGHT)
def test_good(team: MakeTeam, name: str) -> None:
    """What may be done breaks no rule."""
    problems = review(based(team), RIGHT[name])
    assert places(problems) == [], [f"{problem.place} {problem.message}" for problem in problems]


def test_every_rule_has_a_case() -> None:
    """A rule that needs a base is shown to find something; that of an unreadable base has its test below."""
    assert {name[:4] for name in WRONG} | {"W510"} == {rule.code for rule in RULES if rule.needs_base}


@pytest.mark.parametrize(
    ("author", "trailer"),
    [
        ("Bob@example.com", ""),
        ("123+bob-b@users.noreply.github.com", ""),
        ("manager@example.com", "Co-authored-by: Bob <bob@example.com>"),
    ],
)
def test_a_commit_is_an_agreement(team: MakeTeam, author: str, trailer: str) -> None:
    """Whoever makes a commit of the branch, alone or with others, has agreed to what it gives them."""
    assert review(based(team), {NEW: COVER}, author, trailer) == []


def test_a_commit_of_another_is_none(team: MakeTeam) -> None:
    """What somebody else commits binds nobody, and an earlier commit of theirs does not either."""
    made = team(BASE, email="bob@example.com")
    made.git("tag", "base")
    assert places(review(made, {NEW: COVER}, "carol@example.com")) == [f"{NEW}:2:72 W412"]


def test_a_base_that_cannot_be_read(team: MakeTeam) -> None:
    """What was broken is told once, and the other rules go on."""
    made = based(team, {**BASE, R: "nam: x\n"})
    problems = review(made, {R: ROTATION, S: None, I: INCIDENT})
    assert places(problems) == [f"{R}:1:1 W510"]
    assert problems[0].message == "at 'base' this file cannot be read: unknown key 'nam'"


def test_a_base_without_a_team(team: MakeTeam) -> None:
    """The first commit of a team has nothing to be compared with, and nothing is wrong with that."""
    made = based(team, {"README.md": "Soon\n"})
    assert places(review(made, {**BASE, R: ROTATION})) == []


def test_without_a_base_nothing_is_compared(team: MakeTeam) -> None:
    """The rules of a review are held in a review alone, and an ignore of one is no use only there."""
    made = based(team)
    text = ROTATION + NEXT.format(day="2026-12-01", members="[bob, carol, alice]  # oncall: ignore[W412] they know")
    made.write({R: text.replace("{from: 2026-12-01, ", "from: 2026-12-01\n    ").replace("they know}", "they know")})
    assert checked(made.root, NOW).problems == []
    assert places(reviewed(made.root, NOW, "base")[0].problems) == [f"{R}:6:5 W412"] * 3 + [f"{R}:7:35 W504"]


def test_the_command(team: MakeTeam, run: Run) -> None:
    """``--base`` takes a revision, or two; one that is not there is a sentence and exit code 3."""
    made = based(team)
    review(made, {O: None})
    said = run("check", "--base", "base", now="2026-11-24T15:00:00Z")
    assert said.code == 1
    assert said.out == (
        f"{R}:4:5: error: the past changes: primary of 'platform' from Wed 2026-11-11 09:00 to 17:00 goes from 'bob' "
        "to 'carol' [E311]\n  let a new roster version begin ahead instead; if somebody else stood it, say so in an "
        "override\n7 files, 1 error\n"
    )
    assert run("check", "--base", "base...base", now="2026-11-24T15:00:00Z").code == 0
    missing = run("check", "--base", "nowhere", now="2026-11-24T15:00:00Z")
    assert (missing.code, missing.out) == (3, "")
    assert "there is no revision 'nowhere' in this clone" in missing.err


def test_a_folder_below_the_top(team: MakeTeam, tmp_path: Path) -> None:
    """The team may stand in a folder of a larger repository."""
    made = team({f"oncall/{path}": text for path, text in BASE.items()})
    made.git("tag", "base")
    made.write({f"oncall/{NEW}": COVER})
    found = reviewed(made.root / "oncall", NOW, "base")[0]
    assert places(found.problems) == [f"{NEW}:2:72 W412"]
