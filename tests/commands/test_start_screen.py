"""What the start screen tells besides the log: changes, what is open and overdue, shifts left open, a cover's price."""

from __future__ import annotations

import json

import pytest

from tests.commands.shift_team import (
    AFTER_BOB,
    BOBS_SHIFT,
    CAROL,
    ROTATION,
    SUPPORT,
    TEAM,
    TUESDAY,
    WEDNESDAY,
    WITH_CAROL,
)
from tests.conftest import MakeTeam, Run, TeamFolder

NEW_YORK = {"ONCALL_TZ": "America/New_York"}
INCIDENT = """\
title: Replica lag
severity: sev2
status: resolved
impact: {started: 2026-11-02T02:10:00-05:00, ended: 2026-11-02T03:00:00-05:00}
resolved: 2026-11-02T03:00:00-05:00
actions:
  - {title: Add an index, owner: alice, due: 2026-11-20}
  - {title: Alert on lag, owner: bob, due: 2026-11-12}
  - {title: Write it down}
  - {title: Restart it, state: done}
"""


def commit_at(made: TeamFolder, monkeypatch: pytest.MonkeyPatch, when: str, files: dict[str, str], what: str) -> None:
    """Commit an edit of somebody's at a time of the story."""
    with monkeypatch.context() as patched:
        patched.setenv("GIT_COMMITTER_DATE", when)
        patched.setenv("GIT_AUTHOR_DATE", when)
        patched.setenv("GIT_AUTHOR_NAME", "Robert")
        patched.setenv("GIT_AUTHOR_EMAIL", "bob@example.com")
        made.commit(files, what)


def test_changes_by_others_since_my_last_shift_are_told_with_their_commits(
    team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D4: runbooks, templates and the rotation, but neither logs nor what came before."""
    made = team(AFTER_BOB, "carol@example.com")
    runbook = "---\ntitle: Lag\n---\nLook.\n"
    old = {"runbooks/old.md": runbook}
    commit_at(made, monkeypatch, "2026-11-02T10:00:00-05:00", old, "Too long ago")
    both = {"runbooks/lag.md": runbook, "runbooks/two words.md": runbook}
    commit_at(made, monkeypatch, "2026-11-12T10:00:00-05:00", both, "Say what to do about lag")
    sha = made.git("rev-parse", "--short", "HEAD").strip()
    commit_at(made, monkeypatch, "2026-11-12T11:00:00-05:00", {"notes.txt": "Nothing\n"}, "A note")
    commit_at(made, monkeypatch, "2026-11-18T11:00:00-05:00", {"runbooks/new.md": runbook}, "Still to come")
    made.git("mv", "runbooks/two words.md", "runbooks/words.md")
    screen = run("start", "--dry-run", "--json", now=TUESDAY, **NEW_YORK)
    [changed] = json.loads(screen.out)["data"]["changes"]
    assert (changed["commit"], changed["subject"]) == (sha, "Say what to do about lag")
    assert changed["paths"] == ["runbooks/lag.md", "runbooks/two words.md"]
    made.git("reset", "--quiet", "--hard")
    text = run("start", now=TUESDAY, **NEW_YORK).out
    assert (
        "Changed since your last shift\n"
        f"  {sha}  Thu 12 Nov  Bob: Say what to do about lag (runbooks/lag.md and 1 more)\n"
    ) in text.replace("\n    ", " ")


def test_what_is_open_is_told_and_the_overdue_first(team: MakeTeam, run: Run) -> None:
    """V5, V12."""
    request = "title: {}\nreceived: 2026-11-1{}T10:00:00-05:00\nstatus: {}\n"
    requests = {
        "rotations/platform/requests/2026/2026-11-12-vpn.yaml": request.format("VPN", 2, "open"),
        "rotations/platform/requests/2026/2026-11-11-key.yaml": request.format("Key", 1, "closed"),
        "rotations/platform/requests/2026/2026-11-10-old.yaml": request.format(
            "Old", 0, "deferred\ndefer_to: stand-up\nacknowledged: 2026-11-10T10:05:00-05:00"
        ),
    }
    incident = {"rotations/platform/incidents/2026/2026-11-02-replica-lag.yaml": INCIDENT}
    team({**AFTER_BOB, **requests, **incident}, "carol@example.com")
    text = run("start", now=TUESDAY, **NEW_YORK).out
    assert text.index("2026-11-12-vpn  OVERDUE 4d") < text.index("2026-11-10-old  for stand-up")
    assert text.index("2026-11-10-old") < text.index("2026-11-11-key  closed")
    assert (
        "When it is quiet\n"
        "  no review yet  2026-11-02-replica-lag: Replica lag\n"
        "  action item    2026-11-02-replica-lag/2, OVERDUE 5d: Alert on lag (bob)\n"
    ) in text
    assert "Restart it" not in text


def test_much_is_cut_to_a_page_and_says_where_the_rest_is(team: MakeTeam, run: Run) -> None:
    many = {
        f"rotations/platform/requests/2026/2026-11-12-vpn-{number}.yaml": (
            f"title: VPN {number}\nreceived: 2026-11-12T10:{number:02d}:00-05:00\n"
        )
        for number in range(20)
    }
    log = "".join(
        f"  - {{at: 2026-11-12T03:{number:02d}:00-05:00, by: bob, text: Line {number}}}\n" for number in range(30)
    )
    shift = BOBS_SHIFT.replace("summary: One", f"{log}summary: One")
    team({**AFTER_BOB, **many, next(path for path in AFTER_BOB if "bob-primary" in path): shift}, "carol@example.com")
    text = run("start", now=TUESDAY, **NEW_YORK).out
    assert "  … and 12 more: oncall request list --all\n" in text
    assert "  … and 19 earlier: oncall log --from 2026-11-12\n" in text
    assert len(text.splitlines()) < 80


def test_a_shift_that_nobody_ended_is_pointed_out(team: MakeTeam, run: Run) -> None:
    """An open shift whose person is no longer on call: at home and at the start."""
    support = "rotations/support/shifts/2026/2026-11-17-alice-primary.yaml"
    forgotten = """\
person: alice
role: primary
started: 2026-11-17T09:00:00-05:00
scheduled: {start: 2026-11-17T09:00:00-05:00, end: 2026-11-17T17:00:00-05:00}
"""
    team({**WITH_CAROL, **SUPPORT, support: forgotten}, "jo@example.com")
    home = " ".join(run(now=WEDNESDAY, **NEW_YORK).out.split())
    assert "Alice as primary of support since Tue 17 Nov 09:00, no longer on call: 'oncall end'" in home
    assert "Carol as primary of platform since Tue 17 Nov 09:05 " in home
    assert json.loads(run("--json", now=WEDNESDAY).out)["data"]["open"]["left_open"] == ["2026-11-17-alice-primary"]
    screen = run("start", "support", now=WEDNESDAY, **NEW_YORK).out
    assert "Alice has not ended the shift before: ask for 'oncall end'" in " ".join(screen.split())


def test_a_secondary_who_covers_leaves_their_role_and_the_schedule_says_so(team: MakeTeam, run: Run) -> None:
    """Nobody is in two places: as with 'oncall take', one override for the cover, one for what is left."""
    made = team(TEAM, "alice@example.com")
    before = json.loads(run("who", "--json", now=WEDNESDAY).out)["data"]
    assert [(each["role"], each["people"]) for each in before] == [("primary", ["carol"]), ("secondary", ["alice"])]
    assert run("start", "platform", "--cover", now=WEDNESDAY).code == 0
    assert made.git("show", "--format=", "--name-only").splitlines() == [
        "rotations/platform/overrides/2026-11-18-alice-covers-carol.yaml",
        "rotations/platform/overrides/2026-11-18-nobody-secondary.yaml",
        "rotations/platform/shifts/2026/2026-11-18-alice-primary.yaml",
    ]
    after = json.loads(run("who", "--json", now=WEDNESDAY).out)["data"]
    assert [(each["role"], each["people"]) for each in after] == [("primary", ["alice"]), ("secondary", [])]
    assert run("check", now=WEDNESDAY).code == 0


def test_a_line_of_earlier_lands_in_the_shift_of_then(team: MakeTeam, run: Run) -> None:
    made = team(WITH_CAROL, "carol@example.com")
    assert run("log", "On my way", "--at", "2026-11-17 09:02", now=WEDNESDAY, **NEW_YORK).code == 0
    assert "text: On my way" in made.read(CAROL)
    assert run("log", "Pager was quiet", "--at", "2026-11-14 09:02", now=WEDNESDAY, **NEW_YORK).code == 0
    assert made.git("show", "--format=", "--name-only").strip().endswith("2026-11-10-bob-primary.yaml")


def test_the_logs_can_be_read(team: MakeTeam, run: Run) -> None:
    """D4, D8, P13: between any two times, of one rotation or all, and by kind."""
    team({**WITH_CAROL, "rotations/platform/rotation.yaml": ROTATION}, "jo@example.com")
    assert run("log", now="2026-11-18T12:00:00-05:00", **NEW_YORK).out == (
        "  Thu 12 Nov 02:14  platform, bob: incident: Paged for replica lag\n"
        "! Fri 13 Nov 16:30  platform, jo: announcement: Network drill on Saturday\n"
        "  Tue 17 Nov 09:05  platform, carol: start: Reporting for duty\n"
    ).replace("platform, ", "")
    [only] = json.loads(run("log", "--kind", "incident", "--from", "2026-11-01", "--json", now=WEDNESDAY).out)["data"]
    assert (only["rotation"], only["by"], only["text"]) == ("platform", "bob", "Paged for replica lag")
    assert run("log", "--from", "2026-11-17 10:00", now=WEDNESDAY, **NEW_YORK).out.startswith(
        "Nothing was logged since"
    )
    assert run("log", "Text", "--from", "yesterday", now=WEDNESDAY).code == 2


def test_rotations_that_are_not_mine_are_not_read(team: MakeTeam, run: Run) -> None:
    """Their records and their late reviews are told where somebody asks about them."""
    elsewhere = {
        "rotations/elsewhere/rotation.yaml": ROTATION.replace("[alice, bob, carol]", "[bob]"),
        "rotations/elsewhere/shifts/2026/2026-11-10-bob-primary.yaml": "person: [\n",
        "rotations/elsewhere/incidents/2026/2026-11-02-replica-lag.yaml": INCIDENT,
    }
    team({**AFTER_BOB, **elsewhere}, "carol@example.com")
    screen = run("start", "platform", "--dry-run", now=TUESDAY)
    assert (screen.code, "elsewhere" in screen.err, "Alert on lag" in screen.out) == (
        0,
        False,
        False,
    )
    assert "elsewhere/shifts/2026/2026-11-10-bob-primary.yaml:" in run("log", "-r", "elsewhere", now=TUESDAY).err
