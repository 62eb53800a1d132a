"""Escalation: the ladder as everybody sees it, each of its steps once, on the record and where people read."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.commands.incident_team import INCIDENTS, NAME, NEW_YORK, PATH, at
from tests.commands.servers import Chat, chat_server
from tests.conftest import MakeTeam, Run, TeamFolder

POSTING = {"oncall.yaml": "name: T\ntimezone: America/New_York\ndestinations: {chat: CHAT, own: OWN}\n"}
OPEN = ("incident", "open", "checkout 5xx", "--sev", "2", "-r", "platform")

LADDER = """\
2026-11-18-checkout-5xx  sev2 open
  1  told 10:00  primary Carol
> 2  due in 12m  secondary Alice
  3  due in 22m  network primary Dan (+1-617-555-0100, dan@example.com)
  4  due in 37m  Granite remote hands (+1-800-555-0193). Cage 12
Times are in America/New_York.
"""

ESCALATED = """\
+  - at: 2026-11-18T10:03:00-05:00
+    by: carol
+    kind: escalated
+    text: Escalated to secondary Alice
+    level: 2
 created: 2026-11-18T10:00:00-05:00
"""


@pytest.fixture
def chat() -> Iterator[Chat]:
    with chat_server() as server:
        yield server


def opened(team: MakeTeam, run: Run, **environment: str) -> TeamFolder:
    made = team({**INCIDENTS, **(POSTING if environment else {})}, "carol@example.com")
    assert run(*OPEN, now=at("10:00"), **environment).code == 0
    return made


def levels(made: TeamFolder) -> list[str]:
    return [line.strip() for line in made.read(PATH).splitlines() if "level:" in line]


def test_the_ladder_is_shown_and_nothing_is_done_without_a_word(team: MakeTeam, run: Run) -> None:
    """Sev2 has 15 minutes to respond: the secondary's 5 become 15, and the steps above keep their distances."""
    made = opened(team, run)
    outcome = run("escalate", now=at("10:03"), **NEW_YORK)
    assert (outcome.code, outcome.out) == (0, LADDER)
    assert "Take the step marked '>' with --yes" in outcome.err
    assert levels(made) == ["level: 1"]


@pytest.mark.parametrize("words", [("escalate",), ("incident", "escalate"), ("escalate", "--incident", "checkout")])
def test_m3_nothing_fits_so_the_next_step_is_taken_on_the_record(
    team: MakeTeam, run: Run, words: tuple[str, ...]
) -> None:
    made = opened(team, run)
    outcome = run(*words, "--yes", now=at("10:03"), **NEW_YORK)
    assert (outcome.code, outcome.out.endswith("\nEscalated to secondary Alice.\n")) == (0, True)
    assert ESCALATED in made.last_diff()
    assert made.git("log", "-1", "--format=%s").strip() == f"Escalate {NAME} to secondary Alice"
    for _ in range(2):
        assert run("escalate", "-y", now=at("10:04")).code == 0
    assert levels(made) == ["level: 1", "level: 2", "level: 3", "level: 4"]
    top = run("escalate", "-y", now=at("10:05"))
    assert (top.code, "everybody on the ladder has been told" in top.err) == (1, True)
    assert run("check", now=at("10:05")).code == 0


def test_who_and_escalate_tell_of_one_ladder(team: MakeTeam, run: Run) -> None:
    team(INCIDENTS, "carol@example.com")
    asked = run("who", "platform", now=at("10:00")).out
    assert "no answer? after 5m secondary Alice; after 15m network primary Dan" in " ".join(asked.split())
    alone = run("escalate", "-r", "platform", now=at("10:00"))
    assert (alone.code, "network primary Dan (+1-617-555-0100" in alone.out) == (0, True)
    data = json.loads(run("escalate", "-r", "platform", "--json", now=at("10:00")).out)["data"]["ladder"]
    assert [(step["notify"], step["rotation"], step["people"]) for step in data] == [
        ("primary", None, ["carol"]),
        ("secondary", None, ["alice"]),
        ("primary", "network", ["dan"]),
        ("datacenter", None, []),
    ]


def test_watching_tells_each_level_once_when_its_time_has_come(team: MakeTeam, run: Run) -> None:
    """Not before 15 minutes, and each level once, however often cron comes by."""
    made = opened(team, run)
    found = []
    for minute in range(1, 60):
        before = made.git("rev-parse", "HEAD")
        outcome = run("watch", "--once", now=at(f"10:{minute:02d}"))
        assert outcome.code == 0
        if made.git("rev-parse", "HEAD") != before:
            found.append((minute, levels(made)[-1]))
    assert found == [(15, "level: 2"), (25, "level: 3"), (40, "level: 4")]
    assert run("watch", "--once", now=at("10:59")).out == "Nobody is to be told.\n"


def test_a_watch_that_slept_tells_all_that_are_due_in_one_commit(team: MakeTeam, run: Run) -> None:
    made = opened(team, run)
    said = run("watch", "--once", "--json", now=at("10:26"))
    assert json.loads(said.out)["data"]["escalated"] == [{"id": NAME, "levels": [2, 3]}]
    assert made.git("rev-list", "--count", "HEAD").strip() == "3"


def test_whoever_acknowledges_ends_the_watch(team: MakeTeam, run: Run) -> None:
    made = opened(team, run)
    run("incident", "ack", "--as", "alice", now=at("10:14"))
    assert run("watch", "--once", now=at("10:50")).out == "Nobody is to be told.\n"
    assert levels(made) == ["level: 1"]
    assert "  commander: alice\n" in made.read(PATH)


def test_a_dry_run_tells_nobody_and_another_clone_learns_what_was_told(
    team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The level stands in a commit: a clone that has it does not tell again."""
    made = opened(team, run)
    dry = run("watch", "--once", "--dry-run", now=at("10:16"))
    assert "+    level: 2" in dry.out
    assert levels(made) == ["level: 1"]
    run("watch", "--once", now=at("10:16"))
    other = made.root.parent / "other"
    subprocess.run(["git", "clone", "--quiet", str(made.root), str(other)], check=True)
    monkeypatch.chdir(other)
    assert run("watch", "--once", "--as", "carol", now=at("10:17")).out == "Nobody is to be told.\n"


@pytest.mark.parametrize("minutes", ["10:16", "10:17"])
def test_of_two_clones_that_watch_at_once_one_tells(
    team: MakeTeam, run: Run, chat: Chat, monkeypatch: pytest.MonkeyPatch, minutes: str
) -> None:
    """Whoever is first upstream tells, whether the other one wrote the same to the second or a minute later."""
    where = {"CHAT": chat.address, "OWN": ""}
    made = opened(team, run, **where)
    bare, other = made.root.parent / "bare.git", made.root.parent / "other"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(made.root), str(bare)], check=True)
    for clone in (made.root.parent / "one", other):
        subprocess.run(["git", "clone", "--quiet", str(bare), str(clone)], check=True)
        for name, value in (("user.name", "Robot"), ("user.email", "carol@example.com")):
            subprocess.run(["git", "-C", str(clone), "config", name, value], check=True)
    chat.posts.clear()
    monkeypatch.chdir(made.root.parent / "one")
    assert run("watch", "--once", "--push", now=at("10:16"), **where).code == 0
    monkeypatch.chdir(other)
    second = run("watch", "--once", "--push", now=at(minutes), **where)
    assert second.code == 0
    assert f"level 2 of {NAME} was told by another clone a moment ago" in second.err
    assert [post["title"] for post in chat.posts] == ["sev2, escalated: checkout 5xx"]


def test_it_is_posted_where_everybody_reads_and_to_those_who_are_told(team: MakeTeam, run: Run, chat: Chat) -> None:
    where = {"CHAT": chat.address, "OWN": f"{chat.address}/{{email}}"}
    opened(team, run, **where)
    assert [post["title"] for post in chat.posts] == ["sev2, opened: checkout 5xx"]
    chat.posts.clear()
    outcome = run("watch", "--once", now=at("10:26"), **where)
    assert "posted to 'own'" in outcome.err
    # Once for the room, once for alice (level 2) and once for dan (level 3).
    assert [post["title"] for post in chat.posts] == ["sev2, escalated: checkout 5xx"] * 3
    assert "secondary Alice; network primary Dan (+1-617-555-0100, dan@example.com)" in chat.posts[0]["message"]


def test_what_cannot_be_posted_is_kept_and_fails_nothing(team: MakeTeam, run: Run, chat: Chat) -> None:
    where = {"CHAT": chat.address, "OWN": ""}
    made = opened(team, run, **where)
    chat.posts.clear()
    chat.status = 503
    outcome = run("watch", "--once", now=at("10:16"), **where)
    assert (outcome.code, levels(made)) == (0, ["level: 1", "level: 2"])
    chat.status = 200
    run("remind", now=at("10:20"), **where)
    assert "sev2, escalated: checkout 5xx" in [post["title"] for post in chat.posts]


def test_a_reopened_incident_goes_up_again(team: MakeTeam, run: Run) -> None:
    made = opened(team, run)
    run("watch", "--once", now=at("10:16"))
    run("incident", "resolve", now=at("10:20"))
    run("incident", "reopen", "checkout", now=at("11:00"))
    assert run("watch", "--once", now=at("11:10")).code == 0
    assert levels(made) == ["level: 1", "level: 2", "level: 1"], "what stands at 0 is told at once"
    run("watch", "--once", now=at("11:15"))
    assert levels(made)[-1] == "level: 2"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("watch",), 2, "run 'oncall watch --once' every minute"),
        (("watch", "--once", "-r", "none"), 3, "there is no rotation 'none'"),
        (("escalate", "none"), 3, "there is no incident 'none'"),
        (("escalate", "-r", "none"), 3, "there is no rotation 'none'"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    team: MakeTeam, run: Run, words: tuple[str, ...], code: int, message: str
) -> None:
    opened(team, run)
    outcome = run(*words, now=at("10:03"))
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("{after: 5 minutes, rotation: netwrok}", "there is no rotation 'netwrok'"),
        ("{after: 5 minutes, rotation: network, notify: chief}", "the rotation 'network' has no role 'chief'"),
        ("{after: 5 minutes}", "says neither 'notify' nor 'rotation'"),
    ],
)
def test_check_knows_where_a_ladder_leads(team: MakeTeam, run: Run, step: str, message: str) -> None:
    files: dict[str, Any] = dict(INCIDENTS)
    path = "rotations/platform/rotation.yaml"
    files[path] = files[path].replace("{after: 15 minutes, rotation: network}", step)
    team(files, "carol@example.com")
    outcome = run("check", now=at("10:00"))
    assert outcome.code != 0
    assert message in " ".join((outcome.out + outcome.err).split())
