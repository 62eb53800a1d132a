"""What is posted, where, and what becomes of it when it cannot be; against real servers on this machine."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.servers import Chat, chat_server, mail_server
from tests.commands.shift_team import AFTER_BOB, TEAM, TUESDAY, WITH_CAROL
from tests.conftest import MakeTeam, Run

POSTING = {"oncall.yaml": f"{TEAM['oncall.yaml']}destinations: {{operations_log: OPS}}\n"}
NEXT_TUESDAY = "2026-11-24T09:01:00-05:00"


@pytest.fixture
def chat() -> Iterator[Chat]:
    with chat_server() as server:
        yield server


def test_reporting_for_duty_is_posted(team: MakeTeam, run: Run, chat: Chat) -> None:
    team({**AFTER_BOB, **POSTING}, email="carol@example.com")
    outcome = run("start", now=TUESDAY, OPS=chat.address)
    assert outcome.code == 0, outcome.err
    assert [(post["title"], post["message"]) for post in chat.posts] == [
        (
            "Reporting for duty: Carol, Platform primary",
            "Until Tue 24 Nov 09:00 (America/New_York). Took over from Bob.",
        )
    ]
    assert "posted to 'operations_log'" in outcome.err


def test_the_end_of_the_watch_is_posted_with_what_it_hands_over(team: MakeTeam, run: Run, chat: Chat) -> None:
    team({**WITH_CAROL, **POSTING}, email="carol@example.com")
    assert run("end", "-m", "Quiet; tell @here nothing", now=NEXT_TUESDAY, OPS=chat.address).code == 0
    assert run("handoff", "--post", now=NEXT_TUESDAY, OPS=chat.address).code == 0
    assert [post["title"] for post in chat.posts] == [
        "End of watch: Carol, Platform primary",
        "Handoff: Carol, Platform primary",
    ]
    assert "Quiet; tell @ here nothing" in chat.posts[0]["message"], "a log must not wake a whole channel"


@pytest.mark.parametrize("words", [["--dry-run"], ["--no-post"]])
def test_nothing_is_posted_unasked(team: MakeTeam, run: Run, chat: Chat, words: list[str]) -> None:
    team({**AFTER_BOB, **POSTING}, email="carol@example.com")
    assert run("start", *words, now=TUESDAY, OPS=chat.address).code == 0
    assert chat.posts == []


def test_only_the_destinations_of_the_event(team: MakeTeam, run: Run, chat: Chat) -> None:
    posts = "destinations: {operations_log: OPS, standup: STANDUP}\nposts: {start: [operations_log], end: []}\n"
    team({**AFTER_BOB, "oncall.yaml": TEAM["oncall.yaml"] + posts}, email="carol@example.com")
    outcome = run("start", now=TUESDAY, OPS=chat.address, STANDUP=chat.address)
    assert "posted to 'operations_log'" in outcome.err
    assert "standup" not in outcome.err
    run("end", "-m", "Quiet", now=TUESDAY, OPS=chat.address, STANDUP=chat.address)
    assert len(chat.posts) == 1


def test_a_destination_without_its_variable_is_a_sentence(team: MakeTeam, run: Run) -> None:
    folder = team({**AFTER_BOB, **POSTING}, email="carol@example.com")
    outcome = run("start", now=TUESDAY)
    assert outcome.code == 0
    assert "not posted to 'operations_log': the environment variable OPS is not set" in outcome.err
    assert not (folder.root / ".git/oncall/outbox.json").exists()


def test_a_failure_fails_nothing_and_is_sent_again(team: MakeTeam, run: Run, chat: Chat) -> None:
    folder = team({**AFTER_BOB, **POSTING}, email="carol@example.com")
    chat.status = 503
    outcome = run("start", now=TUESDAY, OPS=chat.address)
    assert outcome.code == 0
    assert "not posted to 'operations_log': it did not take the post\n'oncall remind' sends it again" in outcome.err
    assert "s3cret" not in outcome.err
    assert "s3cret" not in (folder.root / ".git/oncall/outbox.json").read_text()
    assert folder.git("status", "--porcelain") == ""
    assert run("remind", now=TUESDAY, OPS=chat.address).code == 1
    chat.status = 200
    assert run("remind", now=TUESDAY, OPS=chat.address).code == 0
    assert run("remind", now=TUESDAY, OPS=chat.address).code == 0
    assert [post["title"] for post in chat.posts] == ["Reporting for duty: Carol, Platform primary"]


def test_a_destination_that_hangs_costs_a_few_seconds(team: MakeTeam, run: Run) -> None:
    team({**AFTER_BOB, **POSTING}, email="carol@example.com")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        outcome = run("start", now=TUESDAY, OPS=f"json://127.0.0.1:{silent.getsockname()[1]}/s3cret")
    assert outcome.code == 0
    assert "no answer within 3 seconds" in outcome.err
    # a guard against waiting for ever, not a measure
    assert time.monotonic() - began < 60


def test_an_address_that_is_none_is_not_repeated(team: MakeTeam, run: Run) -> None:
    team({**AFTER_BOB, **POSTING}, email="carol@example.com")
    outcome = run("start", now=TUESDAY, OPS="s3cret")
    assert "does not hold an address that can be posted to" in outcome.err
    assert "s3cret" not in outcome.err


MAIL = "mailto://bot:pw@localhost:{port}?smtp=127.0.0.1&mode=insecure&from=bot%40example.com&to={email}"
REMINDING = {
    **TEAM,
    "oncall.yaml": f"{TEAM['oncall.yaml']}destinations: {{mail: MAIL, operations_log: OPS}}\n",
    "rotations/people/bob.yaml": "name: Bob\ngit_emails: [bob@example.com]\ntimezone: Europe/Berlin\n",
}
MONDAY = "2026-11-23T12:00:00-05:00"


@pytest.mark.filterwarnings("ignore:Session.login_data:DeprecationWarning")
def test_people_are_reminded_by_mail_once_each_on_their_own_clock(team: MakeTeam, run: Run, chat: Chat) -> None:
    """Alice is primary from Tuesday 09:00, and Bob her secondary; each has an address, so the channel stays quiet."""
    folder = team(REMINDING)
    with mail_server() as (port, mails):
        variables = {"MAIL": MAIL.replace("{port}", str(port)), "OPS": chat.address}
        first = run("remind", now=MONDAY, **variables)
        assert first.code == 0, first.err
        assert [(mail["To"], mail["Subject"]) for mail in mails] == [
            ("alice@example.com", "Alice: you are on call soon, Platform primary"),
            ("bob@example.com", "Bob: you are on call soon, Platform secondary"),
        ]
        body = mails[1].get_payload(decode=True)
        assert isinstance(body, bytes)
        assert body.decode().splitlines()[0] == (
            "Tue 24 Nov 15:00 (09:00 America/New_York) to Tue 1 Dec 15:00 (09:00 America/New_York), in 21h. "
            "Begin with 'oncall start'. Times are in Europe/Berlin."
        )
        again = run("remind", now="2026-11-23T18:00:00-05:00", **variables)
        assert (again.code, again.out, len(mails)) == (0, "nobody is to be told\n", 2)
        cover = ("cover", "--for", "alice", "--from", "2026-11-24 09:00", "--to", "2026-12-01 09:00", "--as", "carol")
        covered = run(*cover, now=MONDAY)
        assert covered.code == 0, covered.err
        changed = run("remind", now="2026-11-23T18:05:00-05:00", **variables)
        assert [(mail["To"], mail["Subject"]) for mail in mails[2:]] == [
            ("alice@example.com", "Alice: this shift is not yours any more, Platform primary"),
            ("carol@example.com", "Carol: you are on call soon, Platform primary"),
        ], changed.err
    assert chat.posts == []
    assert folder.git("status", "--porcelain") == ""


def test_without_an_address_of_their_own_they_are_told_where_everybody_reads(
    team: MakeTeam, run: Run, chat: Chat, tmp_path: Path
) -> None:
    team(REMINDING)
    state = tmp_path / "cache" / "told.json"
    assert run("remind", "--state", str(state), now=MONDAY, OPS=chat.address).code == 0
    assert len(chat.posts) == 2
    assert run("remind", "--state", str(state), now=MONDAY, OPS=chat.address).out == "nobody is to be told\n"


def test_a_dry_run_tells_nobody_and_forgets_nothing(team: MakeTeam, run: Run, chat: Chat) -> None:
    team(REMINDING)
    shown = run("remind", "--dry-run", "--json", "--before", "2 days", now=MONDAY, OPS=chat.address)
    assert [(one["why"], one["person"]) for one in json.loads(shown.out)["data"]] == [
        ("soon", "alice"),
        ("soon", "bob"),
    ]
    assert chat.posts == []
    assert run("remind", "--before", "1 hour", now=MONDAY, OPS=chat.address).out == "nobody is to be told\n"
    assert run("remind", "--before", "soon", now=MONDAY).code == 2


def test_nobody_counts_as_told_who_could_not_be(team: MakeTeam, run: Run, chat: Chat) -> None:
    team(REMINDING)
    chat.status = 500
    outcome = run("remind", now=MONDAY, OPS=chat.address)
    assert outcome.code == 1
    assert "'alice' was not told" in outcome.err
    chat.status = 200
    assert run("remind", now=MONDAY, OPS=chat.address).code == 0
    assert len(chat.posts) == 2


def test_what_was_remembered_may_be_damaged(team: MakeTeam, run: Run, chat: Chat, tmp_path: Path) -> None:
    """Then people are told once more, which is better than not at all."""
    team(REMINDING)
    state = tmp_path / "told.json"
    for damage in ("", "{}", "[1, [2]]", '[["platform", "primary", "alice", 1, 2, "x"]]'):
        state.write_text(damage)
        assert run("remind", "--state", str(state), "--dry-run", now=MONDAY).code == 0
