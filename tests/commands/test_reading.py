"""The reading commands answer scripts with the promised JSON and exit codes, and people with reasons."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

TEAM = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "name: Alice Moreau\ncontact: {phone: +1-212-555-0101, chat: '@alice'}\n",
    "rotations/people/bob.yaml": "name: Bob Tanaka\ntimezone: Europe/Berlin\n",
    "rotations/people/carol.yaml": "name: Carol Nwosu\n",
    "rotations/platform/rotation.yaml": """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice, bob]
roles:
  primary: {}
  secondary: {offset: 1}
""",
}
COVER = """\
kind: cover
reason: A concert
changes:
  - person: carol
    instead_of: alice
    start: 2026-11-25T18:00:00-05:00
    end: 2026-11-25T23:00:00-05:00
"""
DESK = """\
name: Desk
handoff: {every: 1 day, at: "09:00"}
hours: ["monday-friday 09:00-17:00"]
roster:
  - from: 2026-01-05
    members: [alice, bob, carol]
"""


def data(seen):
    """Return the answer in the envelope."""
    envelope = json.loads(seen.out)
    assert envelope["version"] == 1
    return envelope["data"]


def test_who_tells_scripts_who_until_when_and_who_next(team, run):
    """Instants are in UTC, the contact is there, and the next person is another one."""
    team(TEAM)
    primary, secondary = data(run("who", "platform", "--json", now="2026-11-24T15:00:00Z"))
    assert primary == {
        "rotation": "platform",
        "role": "primary",
        "people": ["alice"],
        "start": "2026-11-24T14:00:00Z",
        "end": "2026-12-01T14:00:00Z",
        "next": {"people": ["bob"], "start": "2026-12-01T14:00:00Z"},
        "source": "roster",
        "contact": {"phone": "+1-212-555-0101", "chat": "@alice"},
    }
    assert secondary["people"] == ["bob"]


def test_json_has_sorted_keys_and_the_same_bytes(team, run):
    """The same question at the same instant has the same bytes."""
    team(TEAM)
    first, second = run("who", "--json"), run("who", "--json")
    assert first.out == second.out
    assert list(json.loads(first.out)["data"][0]) == sorted(json.loads(first.out)["data"][0])


@pytest.mark.parametrize(
    ("arguments", "now", "code"),
    [
        (["who"], "2026-11-24T15:00:00Z", 0),
        (["who", "desk"], "2026-11-24T23:00:00Z", 3),
        (["who"], "2026-11-24T23:00:00Z", 0),
        (["who", "platform", "--at", "2026-01-05"], "2026-11-24T15:00:00Z", 3),
        (["who", "nope"], "2026-11-24T15:00:00Z", 3),
        (["who", "--at", "someday"], "2026-11-24T15:00:00Z", 2),
        (["who", "--nope"], "2026-11-24T15:00:00Z", 2),
        (["schedule", "--from", "2026-12-01", "--to", "2026-11-01"], "2026-11-24T15:00:00Z", 2),
        (["schedule", "--person", "zed"], "2026-11-24T15:00:00Z", 3),
        (["schedule", "platform", "--role", "tertiary"], "2026-11-24T15:00:00Z", 3),
        (["calendar", "--month", "2026-13"], "2026-11-24T15:00:00Z", 2),
        (["why", "platform", "--role", "shadow"], "2026-11-24T15:00:00Z", 3),
        (["gaps"], "2026-11-24T15:00:00Z", 0),
        (["rotation", "show", "nope"], "2026-11-24T15:00:00Z", 3),
        (["person", "show", "zed"], "2026-11-24T15:00:00Z", 3),
    ],
)
def test_exit_codes(team, run, arguments, now, code):
    """An exit code tells a script what a sentence tells a person."""
    team({**TEAM, "rotations/desk/rotation.yaml": DESK})
    seen = run(*arguments, now=now)
    assert seen.code == code
    assert "Traceback" not in seen.err
    assert bool(seen.err) == (code == 2 or arguments[-1] in ("nope", "zed", "tertiary", "shadow"))


def test_failures_are_json_for_scripts(team, run):
    """With ``--json`` a failure is an envelope on standard error, and standard output is empty."""
    team(TEAM)
    seen = run("who", "nope", "--json")
    assert seen.out == ""
    error = json.loads(seen.err)["error"]
    assert error == {
        "code": "not_found",
        "message": "there is no rotation 'nope'",
        "hint": "there are: platform",
        "path": None,
        "line": None,
    }


def test_schedule_cuts_shifts_at_the_window_for_scripts(team, run):
    """Shifts are cut at the window's ends; the gaps stand beside them."""
    team({**TEAM, "rotations/platform/overrides/2026-11-25-cover.yaml": COVER})
    window = ["--from", "2026-11-25 12:00", "--to", "2026-11-26", "--role", "primary"]
    found = data(run("schedule", "platform", "--json", *window, ONCALL_TZ="America/New_York"))
    assert (found["rotation"], found["from"], found["to"]) == (
        "platform",
        "2026-11-25T17:00:00Z",
        "2026-11-26T05:00:00Z",
    )
    assert [(shift["people"], shift["start"], shift["end"], shift["override"]) for shift in found["shifts"]] == [
        (["alice"], "2026-11-25T17:00:00Z", "2026-11-25T23:00:00Z", None),
        (["carol"], "2026-11-25T23:00:00Z", "2026-11-26T04:00:00Z", "2026-11-25-cover"),
        (["alice"], "2026-11-26T04:00:00Z", "2026-11-26T05:00:00Z", None),
    ]
    assert found["gaps"] == []


def test_gaps_say_so_with_their_exit_code(team, run):
    """A promise that nobody keeps is exit code 1; an intended gap is not."""
    hole = "kind: nobody\nchanges:\n  - {person: nobody, start: 2026-11-25T14:00:00Z, end: 2026-11-25T15:00:00Z}\n"
    promise = "coverage: {hours: ['monday-friday 08:00-17:00']}\n"
    made = team({**TEAM, "rotations/desk/rotation.yaml": DESK, "rotations/desk/overrides/2026-11-25-hole.yaml": hole})
    assert run("gaps", now="2026-11-24T15:00:00Z").code == 0
    made.commit({"rotations/desk/rotation.yaml": DESK + promise})
    seen = run("gaps", "desk", "--json", now="2026-11-24T23:00:00Z", ONCALL_TZ="America/New_York")
    assert seen.code == 1
    assert data(seen)[0] == {
        "rotation": "desk",
        "role": "primary",
        "start": "2026-11-25T13:00:00Z",
        "end": "2026-11-25T14:00:00Z",
        "intended": False,
    }


def test_why_names_rule_version_override_and_their_commits(team, run):
    """Each reason has its place in the files and the commit that brought it."""
    made = team(TEAM)
    roster = made.git("rev-parse", "HEAD").strip()
    made.commit({"rotations/platform/overrides/2026-11-25-cover.yaml": COVER}, "Carol covers the concert")
    cover = made.git("rev-parse", "HEAD").strip()
    at = ["--at", "2026-11-25 20:00", "--as", "alice"]
    said = run("--as", "alice", "why", "platform", *at[:2]).out
    assert "platform primary at Wed 25 Nov 20:00: Carol Nwosu" in said
    for reason in (
        "every 1 week at tuesday 09:00, America/New_York",
        "rotations/platform/rotation.yaml:4:5",
        f"commit {roster[:9]}, Alice",
        "1st of 2: Alice Moreau",
        "Carol Nwosu for Alice Moreau",
        "rotations/platform/overrides/2026-11-25-cover.yaml:4:5",
        "“A concert”",
        f"commit {cover[:9]}, Alice",
        "Carol covers the concert",
    ):
        assert reason in said
    found = data(run("--as", "alice", "why", "platform", *at[:2], "--json"))
    assert found["people"] == ["carol"]
    assert (found["roster"]["commit"], found["overrides"][0]["commit"]) == (roster, cover)


def test_listings_are_as_their_files_say(team, run):
    """Every value is the file's text, with the id and the path of the record."""
    team({**TEAM, "rotations/platform/overrides/2026-11-25-cover.yaml": COVER})
    assert data(run("override", "list", "--json")) == [
        {
            "id": "2026-11-25-cover",
            "path": "rotations/platform/overrides/2026-11-25-cover.yaml",
            "kind": "cover",
            "reason": "A concert",
            "changes": [
                {
                    "person": "carol",
                    "instead_of": "alice",
                    "start": "2026-11-25T18:00:00-05:00",
                    "end": "2026-11-25T23:00:00-05:00",
                }
            ],
        }
    ]
    assert data(run("rotation", "show", "platform", "--json"))["handoff"] == {"every": "1 week", "at": "tuesday 09:00"}
    assert [person["id"] for person in data(run("person", "list", "--json"))] == ["alice", "bob", "carol"]


def test_one_bad_file_hides_no_other(team, run):
    """What could be read is answered, the problem is told with its place, and the exit code is 5."""
    team({**TEAM, "rotations/desk/rotation.yaml": DESK.replace("roster:", "rooster:")})
    seen = run("who", now="2026-11-24T15:00:00Z")
    assert seen.code == 5
    assert "Alice Moreau" in seen.out
    assert "rotations/desk/rotation.yaml:4:1: error: unknown key 'rooster' [E110]" in seen.err
    assert "did you mean 'roster'?" in seen.err
    assert run("who", "platform", now="2026-11-24T15:00:00Z").code == 0


def test_somebody_without_a_file_is_on_call_and_told(team, run):
    """A member who has no file still has the turn; the gap in the files is told where it is."""
    made = team(TEAM)
    made.commit({"rotations/platform/rotation.yaml": TEAM["rotations/platform/rotation.yaml"].replace("alice", "zed")})
    seen = run("who", "--json", now="2026-11-24T15:00:00Z")
    assert seen.code == 5
    assert data(seen)[0]["people"] == ["zed"]
    error = json.loads(seen.err)["error"]
    assert (error["path"], error["line"], error["message"]) == (
        "rotations/platform/rotation.yaml",
        5,
        "there is no person 'zed'",
    )


def test_no_repository_is_a_sentence(tmp_path, monkeypatch, run):
    """Outside of a team's repository the program says how to get to one."""
    monkeypatch.chdir(tmp_path)
    seen = run("who")
    assert (seen.code, seen.out) == (5, "")
    assert "there is no 'oncall.yaml'" in seen.err
    assert "oncall init" in seen.err


def test_reading_needs_no_git(tmp_path, monkeypatch, run):
    """An exported tree answers; only the commits of ``why`` are missing, and that is said."""
    for path, text in TEAM.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("who").code == 0
    assert run().code == 0
    why = run("why", "platform")
    assert why.code == 0
    assert "no commits are told" in why.err


def test_home_tells_my_next_shift_and_what_is_not_pushed(team, run, tmp_path):
    """`oncall` alone is for the person whom git knows."""
    made = team(
        {**TEAM, "rotations/people/bob.yaml": "name: Bob Tanaka\ngit_emails: [bob@example.com]\n"}, "bob@example.com"
    )
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "remote.git"))
    made.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    made.git("fetch", "--quiet", "origin")
    made.git("branch", "--quiet", "--set-upstream-to=origin/main")
    made.commit({"oncall.yaml": TEAM["oncall.yaml"] + "note: hello\n"})
    said = run(now="2026-11-24T15:00:00Z").out
    assert "Bob Tanaka: you are secondary of platform until Tue 1 Dec 09:00" in said
    assert "1 commit not pushed: git push" in said
    found = data(run("--json", now="2026-11-24T15:00:00Z"))
    assert (found["me"], found["my_shift"]["role"], found["unpushed"]) == ("bob", "secondary", 1)


def test_a_person_whose_file_is_broken_is_not_said_to_be_missing(team, run):
    """The file is named with its line, whatever asks for the person."""
    made = team({**TEAM, "rotations/people/bob.yaml": "name: [x\n"})
    for arguments in (["person", "show", "bob"], ["schedule", "--person", "bob"], ["start", "--as", "bob"]):
        seen = run(*arguments)
        assert (seen.code, seen.out) == (5, "")
        assert "rotations/people/bob.yaml:" in seen.err
    made.git("config", "user.email", "bob@example.com")
    assert "rotations/people/bob.yaml:" in run("log", "x").err


def test_no_all_clear_for_what_cannot_be_read(team, run):
    """A rotation that cannot be read has no gaps only as far as anybody knows, and that is said."""
    team({**TEAM, "rotations/desk/rotation.yaml": "name: [x\n"})
    seen = run("gaps")
    assert seen.code == 5
    assert "Nothing can be said of desk. Elsewhere: No gaps." in seen.out
    why = run("why", "desk")
    assert (why.code, why.out) == (5, "")
    assert "nothing says who" not in why.err


@pytest.mark.parametrize(
    ("shell", "code"),
    [("who >&-", 0), ("nosuch 2>&-", 2), ("--help | head -1", 0), ("schedule --to +2000w | head -1", 0)],
)
def test_a_closed_stream_is_no_failure(team, shell, code):
    """Whoever stops reading, as ``head`` does, has what they wanted."""
    team(TEAM)
    command = f"set -o pipefail; {sys.executable} -m oncall_cli {shell}"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ONCALL_NOW": "2026-11-24T15:00:00Z"},
    )
    assert (done.returncode, done.stderr) == (code, "")
