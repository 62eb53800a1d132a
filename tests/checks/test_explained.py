"""Every code that a user can see is explained, and the examples are true: the wrong one breaks that rule alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import oncall_cli
from oncall_cli.checks.explanation import Example, Explanation
from oncall_cli.checks.table import RULES
from oncall_cli.model.time import parse_instant
from oncall_cli.render.explain import SetRule, rule_text
from oncall_cli.repository.everything import checked
from oncall_cli.repository.explanations import explanation_of
from oncall_cli.repository.reviewed import reviewed
from tests.conftest import MakeTeam, TeamFolder

PACKAGE = Path(oncall_cli.__file__).parent
FOLDER = PACKAGE / "checks" / "explained"

# The team that every example is an edit of, and its now: bob has this week, carol the next.
NOW = parse_instant("2026-11-24T10:00:00-05:00")
TEAM = {
    "oncall.yaml": "name: Parcel team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "name: Alice\n",
    "rotations/people/bob.yaml": "name: Bob\n",
    "rotations/people/carol.yaml": "name: Carol\n",
    "rotations/platform/rotation.yaml": 'name: Platform\nhandoff: {every: 1 week, at: "tuesday 09:00"}\n'
    "roster:\n  - from: 2026-01-06\n    members: [alice, bob, carol]\n",
    "runbooks/label-queue.md": "---\ntitle: The label queue\n---\n\nRestart it.\n",
}
# Alice makes the commits of the examples, and so has agreed to what they give her.
ALICE = {"rotations/people/alice.yaml": "name: Alice\ngit_emails: [alice@example.com]\n"}


def codes(team: MakeTeam, told: Explanation, example: Example, *, compared: bool) -> set[str]:
    made = team({**TEAM, **ALICE, **{path: text or "" for path, text in told.before.items()}})
    made.git("tag", "base")
    write(made, example)
    found = reviewed(made.root, NOW, "base")[0] if compared else checked(made.root, NOW)
    return {problem.code for problem in found.problems}


def write(made: TeamFolder, example: Example) -> None:
    for path, text in example.items():
        if text is None:
            (made.root / path).unlink()
        else:
            made.write({path: text})
    made.git("add", "--all")
    made.git("commit", "--quiet", "--allow-empty", "--message", "The example")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_wrong_example_is_wrong(team: MakeTeam, rule) -> None:
    """The wrong example yields the code, and no other."""
    told = explanation_of(rule.code)
    # the rest of the problems of a file is told beside the first hundred
    beside = {"E110"} if rule.code == "E106" else set()
    assert codes(team, told, told.wrong, compared=rule.needs_base) == {rule.code, *beside}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_right_example_is_right(team: MakeTeam, rule) -> None:
    """The right example breaks no rule; that of an unreadable base is a base that can be read."""
    told = explanation_of(rule.code)
    if rule.code == "W510":
        told = told._replace(before=told.right)
    assert codes(team, told, told.right, compared=rule.needs_base) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained(rule) -> None:
    """A rule has a title, a few sentences and two examples, and nothing of its file is lost in reading it."""
    told = explanation_of(rule.code)
    assert rule.title
    assert len(told.text) > 80
    assert told.text.endswith(".")
    assert told.wrong
    assert told.right
    text = (FOLDER / f"{rule.code}.md").read_text(encoding="utf-8")
    named = re.findall(r"^`(?:oncall|rotations|runbooks|CODEOWNERS)[^`\n]*`(?: is deleted\.)?$", text, re.MULTILINE)
    assert len(named) == sum(map(len, (told.before, told.wrong, told.right)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_it_fits_the_terminal(rule) -> None:
    """Each rule is read on 80 columns, examples and all."""
    lines = rule_text(SetRule(rule, rule.severity), explanation_of(rule.code)).splitlines()
    assert max(map(len, lines)) <= 80


def test_every_code_is_in_the_table() -> None:
    """Whatever code the program can say is a rule, and no explanation is without one."""
    said = {
        code
        for path in PACKAGE.rglob("*.py")
        for code in re.findall(r'"([EW][1-9]\d\d)"', path.read_text(encoding="utf-8"))
    }
    known = [rule.code for rule in RULES]
    assert len(set(known)) == len(known)
    assert said == set(known)
    assert {path.stem for path in FOLDER.iterdir()} == set(known)


def test_the_letter_is_the_severity() -> None:
    """A code that begins with E is an error unless the team says otherwise, one with W a warning."""
    assert all(rule.code[0].lower() == rule.severity[0] for rule in RULES)
