"""``oncall person add`` and ``oncall rotation new``, by flags and by questions."""

from __future__ import annotations

import io

import pytest

from tests.commands.test_roster import NOW, TEAM, ZONE
from tests.conftest import MakeTeam, Run

PERSON = """\
diff --git a/rotations/people/sam.yaml b/rotations/people/sam.yaml
new file mode 100644
--- /dev/null
+++ b/rotations/people/sam.yaml
@@ -0,0 +1,7 @@
+name: Sam Okafor
+timezone: Europe/Berlin
+git_emails: [sam@example.com]
+contact:
+  phone: +49-30-5550100
+  email: sam@example.com
+  chat: "@sam"
"""
NEW = """\
diff --git a/rotations/web/rotation.yaml b/rotations/web/rotation.yaml
new file mode 100644
--- /dev/null
+++ b/rotations/web/rotation.yaml
@@ -0,0 +1,15 @@
+name: Web
+timezone: Europe/Berlin
+handoff:
+  every: 2 weeks
+  at: wednesday 10:00
+hours:
+  - monday-friday 09:00-17:00
+roster:
+  - from: 2026-11-25
+    members:
+      - [alice, bob]
+      - carol
+roles:
+  secondary:
+    offset: 1
"""


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Sit at a terminal and type."""
    terminal = io.StringIO("".join(f"{line}\n" for line in lines))
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)


def test_add_a_person_by_flags(team: MakeTeam, run: Run) -> None:
    folder = team(TEAM)
    words = ("--name", "Sam Okafor", "--timezone", "Europe/Berlin", "--email", "sam@example.com")
    outcome = run("person", "add", "sam", *words, "--phone", "+49-30-5550100", "--chat", "@sam", now=NOW)
    assert (outcome.code, folder.last_diff()) == (0, PERSON)
    assert folder.git("log", "-1", "--format=%s") == "Add sam to the people\n"
    assert "oncall rotation join sam" in outcome.out


def test_add_a_person_by_answers(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not given is asked for; what makes no sense is asked again, and what may be empty may be."""
    folder = team(TEAM)
    answers(monkeypatch, "Sam Okafor", "Berlin", "Europe/Berlin", "sam@example.com", "", "@sam", "@sam-o")
    outcome = run("person", "add", "sam", now=NOW)
    assert outcome.code == 0, outcome.err
    assert "'Berlin' is not a time zone" in outcome.err
    assert folder.read("rotations/people/sam.yaml") == (
        "name: Sam Okafor\ntimezone: Europe/Berlin\ngit_emails: [sam@example.com]\naccount: sam-o\n"
        'contact:\n  email: sam@example.com\n  chat: "@sam"\n'
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("alice", 1, "there is a person 'alice' already"),
        ("Sam", 2, "is not an id"),
        ("sam --email Alice@example.com", 1, "is that of 'alice' already"),
        ("sam --timezone Mars", 2, "'Mars' is not a time zone"),
    ],
)
def test_a_person_who_cannot_be_added(team: MakeTeam, run: Run, words: str, code: int, message: str) -> None:
    folder = team(TEAM)
    outcome = run("person", "add", *words.split(), now=NOW)
    assert (outcome.code, message in outcome.err) == (code, True), outcome.err
    assert folder.git("status", "--porcelain") == ""


def test_a_new_rotation_by_flags(team: MakeTeam, run: Run) -> None:
    folder = team(TEAM)
    rule = ("--every", "2 weeks", "--at", "wednesday 10:00", "--hours", "monday-friday 09:00-17:00")
    who = ("--member", "alice+bob", "--member", "carol", "--secondary")
    outcome = run("rotation", "new", "web", "--timezone", "Europe/Berlin", *rule, *who, now=NOW, **ZONE)
    assert (outcome.code, folder.last_diff()) == (0, NEW)
    assert "The rotation web begins with Alice and Bob: Wed 25 Nov 04:00 (10:00 Europe/Berlin)" in outcome.out
    assert run("check", now=NOW).code == 0


def test_a_new_rotation_by_answers(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = team(TEAM)
    answers(monkeypatch, "", "", "1 day", "monday 09:00", "08:30", "alice bob", "", "y")
    outcome = run("rotation", "new", "web-desk", now=NOW)
    assert outcome.code == 0, outcome.err
    assert "'monday 09:00' does not fit a handoff every 1 day: write it as '09:00'" in outcome.err
    assert folder.read("rotations/web-desk/rotation.yaml") == (
        'name: Web desk\nhandoff:\n  every: 1 day\n  at: "08:30"\nroster:\n'
        "  - from: 2026-11-19\n    members: [alice, bob]\nroles:\n  secondary:\n    offset: 1\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("platform --member alice", 1, "there is a rotation 'platform' already"),
        ("people --member alice", 2, "cannot name a rotation"),
        ("web", 2, "--member: somebody must be on call"),
        ("web --member alise", 3, "did you mean 'alice'?"),
        ("web --member gone", 1, "'gone' has left"),
        ("web --member alice --secondary", 1, "a secondary needs two members"),
        ("web --member alice --every never", 2, "'never' does not say how often"),
    ],
)
def test_a_rotation_that_cannot_begin(team: MakeTeam, run: Run, words: str, code: int, message: str) -> None:
    folder = team(TEAM)
    outcome = run("rotation", "new", *words.split(), now=NOW)
    assert (outcome.code, message in outcome.err) == (code, True), outcome.err
    assert folder.git("status", "--porcelain") == ""


def test_a_newcomer_shadows_and_then_joins(team: MakeTeam, run: Run) -> None:
    """One command writes both, in one commit; the version begins after the week as shadow."""
    folder = team(TEAM)
    outcome = run("rotation", "join", "erin", "--shadow", "1 week", "--from", "2026-11-24", now=NOW, **ZONE)
    assert outcome.code == 0, outcome.err
    text = folder.read("rotations/platform/rotation.yaml")
    assert "  - from: 2026-12-01\n    members: [alice, bob, carol, dan, erin]\n" in text
    assert "  shadow:\n    - person: erin\n      from: 2026-11-24 09:00\n      until: 2026-12-01 09:00\n" in text
    again = run("rotation", "join", "erin", "--shadow", "1 week", now=NOW)
    assert (again.code, "shadows already" in again.err) == (1, True)
    assert run("rotation", "leave", "erin", now=NOW).code == 0
    assert "[]" in folder.read("rotations/platform/rotation.yaml")
