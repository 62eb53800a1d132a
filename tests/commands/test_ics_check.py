"""``oncall ics --check``: calendars of others, and our own, held against the schedule."""

from __future__ import annotations

import json

import pytest

from tests.commands.test_ics import FILES, GAP, ROTATION
from tests.conftest import MakeTeam, Outcome, Run, TeamFolder
from tests.repository.talking import OK, Talk, drips, drips_headers, says, server, silent, ten_megabytes

NOW = "2026-11-24T10:00:00-05:00"
TEAM = {
    **FILES,
    "rotations/people/alice.yaml": "name: Alice Moreau\ncontact: {email: alice@example.com, chat: '@moreau'}\n",
    "rotations/people/bob.yaml": "name: Bób Tanaka\ngit_emails: [bob@example.net]\naccount: btan\n",
    # who is no other's namesake by being part of a longer name
    "rotations/people/ali.yaml": "name: Ali Khan\n",
}
WEEKS = ("20261124", "20261201", "20261208", "20261215")


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    return team(TEAM)


def calendar(*events: str, head: str = "") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Others//EN", *([head] if head else [])]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def shift(first: str, last: str, who: str, time: str = "T140000Z", zone: str = "") -> str:
    return f"UID:{first}{who[:3]}\nDTSTART{zone}:{first}{time}\nDTEND{zone}:{last}{time}\nSUMMARY:{who}"


RIGHT = [
    shift("20261124", "20261201", "Alice Moreau"),
    shift("20261201", "20261208", "Bob Tanaka"),
    shift("20261208", "20261215", "On call: alice"),
]


def check(run: Run, made: TeamFolder, text: str, *words: str) -> Outcome:
    made.write({"theirs.ics": text})
    until = ("--to", "2026-12-15 09:00")
    return run("ics", "--check", "theirs.ics", *words, *until, now=NOW, ONCALL_TZ="America/New_York")


def told(outcome: Outcome) -> list[tuple[str, str, list[str], list[str]]]:
    assert outcome.code in (0, 1), outcome.err
    [compared] = json.loads(outcome.out)["data"]["compared"]
    return [(one["kind"], one["start"], one["calendar"], one["schedule"]) for one in compared["differences"]]


def test_the_same(run: Run, made: TeamFolder) -> None:
    """Exit code 0 and a sentence; what the calendar is silent about is named."""
    seen = check(run, made, calendar(*RIGHT), "platform")
    assert (seen.code, seen.err) == (0, "")
    assert seen.out == (
        "platform primary: the calendar says what the schedule says (3 events).\n\n"
        "Compared from Tue 24 Nov 10:00 to Tue 15 Dec 09:00. Times are in\n"
        "America/New_York.\n"
        "Not compared, as the calendar holds nothing of it: platform secondary.\n"
    )


@pytest.mark.parametrize(
    "second",
    [
        shift("20261201", "20261208", "Bob", "T090000", ";TZID=America/New_York"),
        shift("20261201", "20261208", "bób tanaka", "T090000", ";TZID=Eastern Standard Time"),
        shift("20261201", "20261208", "btan", "T150000", ";TZID=Europe/Berlin"),
        shift("20261201", "20261208", "bob@example.net on call", "T090000", ""),
        shift("20261201", "20261208", "Platform on call\nATTENDEE;CN=Bob Tanaka:mailto:x@example.org"),
        shift("20261201", "20261208", "On call\nATTENDEE:mailto:bob@example.net"),
        shift("20261201", "20261208", "Bob", "", ";VALUE=DATE"),
        "UID:x\nDTSTART;TZID=America/New_York:20261201T090000\nDURATION:P1W\nSUMMARY:Bob",
    ],
)
def test_calendars_of_others(run: Run, made: TeamFolder, second: str) -> None:
    """Zones by whatever names, times without one, whole days, lengths; people by whatever they are called."""
    text = calendar(RIGHT[0], second, RIGHT[2], head="X-WR-TIMEZONE:America/New_York")
    assert told(check(run, made, text, "platform", "--role", "primary", "--json")) == []


def test_repeated_events(run: Run, made: TeamFolder) -> None:
    """Every second week on the wall, through the change of the clocks, with one that is moved and one left out."""
    rule = "DTSTART;TZID=America/New_York:20261027T090000\nDTEND;TZID=America/New_York:20261103T090000"
    alice = f"UID:a\n{rule}\nRRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270101\nSUMMARY:Alice"
    bob = f"UID:b\n{rule.replace('20261103', '20261110').replace('20261027', '20261103')}\nSUMMARY:Bob\n"
    every = "RRULE:FREQ=WEEKLY;INTERVAL=2"
    assert told(check(run, made, calendar(alice, bob + every), "platform", "--role", "primary", "--json")) == []
    out = calendar(alice, f"{bob}{every}\nEXDATE;TZID=America/New_York:20261201T090000")
    assert told(check(run, made, out, "platform", "--role", "primary", "--json")) == [
        ("only_schedule", "2026-12-01T14:00:00Z", [], ["bob"])
    ]
    moved = (
        "UID:b\nRECURRENCE-ID;TZID=America/New_York:20261201T090000\nDTSTART:20261202T140000Z\nDTEND:20261208T140000Z"
    )
    told_of = check(run, made, calendar(alice, bob + every, f"{moved}\nSUMMARY:Bob"), "platform", "--json")
    assert told(told_of) == [("only_schedule", "2026-12-01T14:00:00Z", [], ["bob"])]


def test_what_differs(run: Run, made: TeamFolder) -> None:
    """Other people, somebody too many, nobody; who, when, and exit code 1."""
    text = calendar(
        shift("20261124", "20261201", "Bob"),
        shift("20261201", "20261206", "Bob"),
        shift("20261208", "20261215", "Alice"),
        shift("20261210", "20261211", "Bob"),
        shift("20261201", "20261202", "All hands"),
        shift("20261201", "20261202", "Alimony lecture"),
    )
    seen = check(run, made, text, "platform")
    assert seen.code == 1
    assert seen.out.startswith(
        "platform primary: 3 differences (4 events).\n"
        "  Tue 24 Nov 10:00 – Tue 1 Dec 09:00   Bób Tanaka in the calendar, Alice Moreau\n"
        "                                       in the schedule\n"
        "  Sun 6 Dec 09:00 – Tue 8 Dec 09:00    nobody in the calendar, Bób Tanaka in the\n"
        "                                       schedule\n"
        "  Thu 10 Dec 09:00 – Fri 11 Dec 09:00  Alice Moreau and Bób Tanaka in the\n"
        "                                       calendar, Alice Moreau in the schedule\n"
        "\n"
        "Compared from "
    )
    assert "2 events name nobody of the team: 'Alimony lecture', 'All hands'." in " ".join(seen.out.split())


def test_an_hour_off(run: Run, made: TeamFolder) -> None:
    """A calendar that missed the change of the clocks is told as that, not as other people."""
    late = calendar(
        *(shift(a, b, who, "T150000Z") for a, b, who in zip(WEEKS, WEEKS[1:], ("alice", "bob", "alice"), strict=False))
    )
    seen = check(run, made, late, "platform", "--json")
    assert (
        told(seen)
        == [
            ("only_schedule", "2026-11-24T15:00:00Z", [], ["alice"]),
            ("hour_late", "2026-12-01T14:00:00Z", ["alice"], ["bob"]),
            ("hour_late", "2026-12-08T14:00:00Z", ["bob"], ["alice"]),
        ][1:]
    )
    early = calendar(*(each.replace("T140000Z", "T130000Z") for each in RIGHT))
    kinds = [one[:2] for one in told(check(run, made, early, "platform", "--json"))]
    assert kinds[:2] == [("hour_early", "2026-12-01T13:00:00Z"), ("hour_early", "2026-12-08T13:00:00Z")]
    assert "an hour early: Bób Tanaka in the" in check(run, made, early, "platform").out


def test_a_calendar_that_ends(run: Run, made: TeamFolder) -> None:
    """What comes after its last event is one difference."""
    seen = check(run, made, calendar(RIGHT[0]), "platform", "--json")
    assert told(seen) == [("ends", "2026-12-01T14:00:00Z", [], ["bob"])]


def test_our_own_feeds(run: Run, made: TeamFolder) -> None:
    """A feed agrees with what it was made from, in every form; after a change it is stale, and says where."""
    for words in ([], ["--gaps", "--duties"], ["--all-day"], ["platform"], ["--role", "secondary"]):
        feed = run("ics", *words, now=NOW).out
        seen = check(run, made, feed)
        assert (seen.code, seen.err) == (0, ""), seen.out
    for words in (["platform"], ["support"], ["--role", "secondary"], ["platform", "--person", "bob"]):
        seen = check(run, made, run("ics", now=NOW).out, *words)
        assert seen.code == 0, seen.out
    mine = run("ics", "--person", "bob", "--alarm", "1 day", now=NOW).out
    assert check(run, made, mine, "--person", "bob").code == 0
    made.commit({"rotations/platform/overrides/2026-11-25-nobody.yaml": GAP})
    seen = check(run, made, feed)
    assert seen.code == 0
    assert "The calendar is stale: 'platform' has changed since it was made" in seen.out
    data = check(run, made, run("ics", now=NOW).out.replace("Alice Moreau (platform primary)", "Bob"), "--json")
    assert data.code == 1


def test_gaps_are_agreed_on(run: Run, team: MakeTeam) -> None:
    """Where the schedule has nobody on purpose, somebody in the calendar is told of."""
    made = team({**TEAM, "rotations/platform/overrides/2026-11-25-nobody.yaml": GAP})
    seen = check(run, made, calendar(*RIGHT), "platform", "--json")
    assert told(seen) == [("only_calendar", "2026-11-25T14:00:00Z", ["alice"], [])]


BAD = [
    ("", "it holds no calendar"),
    ("hello", "it is no calendar (.ics)"),
    ("<html><body>Sign in</body></html>", "it is no calendar (.ics)"),
    ("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n", "it holds no calendar"),
    ("x" * 10_000_000, "it is larger than 5 MiB"),
]


@pytest.mark.parametrize(("text", "said"), BAD, ids=["empty", "text", "page", "card", "10 MB"])
def test_no_calendar(run: Run, made: TeamFolder, text: str, said: str) -> None:
    """A sentence and exit code 5."""
    seen = check(run, made, text)
    assert (seen.code, seen.out) == (5, "")
    assert f"'theirs.ics' cannot be compared: {said}" in seen.err


def test_what_cannot_be_read_of_a_calendar(run: Run, made: TeamFolder) -> None:
    """One bad event does not take the others down, and is counted."""
    broken = (
        "UID:1\nDTSTART:2026\nDTEND:2027\nSUMMARY:Alice",
        "UID:2\nSUMMARY:Alice",
        "UID:3\nDTSTART:20261124T140000Z\nDURATION:PT1H\nRRULE:FREQ=SECONDLY\nSUMMARY:Alice",
        "UID:4\nDTSTART:20261124T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0\nSUMMARY:Alice",
        "UID:5\nDTSTART:20261124T140000Z\nDTEND;VALUE=DATE:20261125\nSUMMARY:Alice",
        "UID:6\nDTSTART:20261126T140000Z\nDURATION:P1D\nSTATUS:CANCELLED\nSUMMARY:Bob",
    )
    seen = check(run, made, calendar(*RIGHT, *broken), "platform")
    assert seen.code == 0
    assert "5 events have no time that can be read, or too many repetitions." in seen.out
    nothing = check(run, made, calendar(), "platform")
    assert nothing.code == 1
    assert "No event of the calendar is a shift of anybody here." in nothing.out


def test_a_calendar_says_nothing_to_a_terminal(run: Run, made: TeamFolder) -> None:
    """Titles of strangers are shown, not obeyed."""
    seen = check(run, made, calendar(shift("20261124", "20261201", "\x1b]52;c;x\x07 [red]Zoe")))
    assert "\x1b" not in seen.out
    assert "\\x1b]52;c;x\\x07 [red]Zoe" in seen.out


def fetched(run: Run, talk: Talk, *words: str) -> Outcome:
    with server(talk) as url:
        place = url.replace("/status", "/s3cret/all.ics")
        return run(
            "ics",
            "platform",
            "--check",
            place,
            "--to",
            "2026-12-15 09:00",
            *words,
            now=NOW,
            ONCALL_TZ="America/New_York",
        )


@pytest.mark.usefixtures("made")
def test_an_address(run: Run) -> None:
    """What a server answers is read like a file."""
    assert fetched(run, says(OK + b"\r\n" + calendar(*RIGHT).encode())).code == 0


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("talk", "said"),
    [
        (says(b"HTTP/1.1 404 No\r\n\r\n"), "it answers 404"),
        (says(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"), "it answers 302"),
        (says(b""), "it hung up without an answer"),
        (says(OK + b"\r\n<html>"), "it is no calendar"),
        (ten_megabytes, "answers more than 5 MiB"),
        (silent, "not read within 0.4 seconds"),
        (drips, "not read within 0.4 seconds"),
        (drips_headers, "not read within 0.4 seconds"),
    ],
)
def test_an_address_that_gives_no_calendar(run: Run, talk: Talk, said: str) -> None:
    """A sentence each, within the budget, and never the address, which may be a secret."""
    few = ("--seconds", "0.4") if "0.4" in said else ("--seconds", "5")
    seen = fetched(run, talk, *few)
    assert seen.code in (1, 5)
    assert "the calendar at '127.0.0.1' cannot be" in seen.err
    assert said in seen.err
    assert "s3cret" not in seen.err


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ftp://example.com/x.ics"], 1, "is no address that begins with http:// or https://"),
        (["file:///etc/passwd"], 1, "is no address that begins with http:// or https://"),
        (["nowhere.ics"], 1, "'nowhere.ics' cannot be read: No such file or directory"),
        (["rotations"], 1, "Is a directory"),
        (["x.ics", "--out", "y.ics"], 2, "two things to do"),
        (["x.ics", "--seconds", "0"], 2, "no time to wait"),
        (["x.ics", "--role", "shadow"], 3, "there is no role 'shadow'"),
        (["x.ics", "--person", "zoe"], 3, "there is no person 'zoe'"),
    ],
)
def test_refusals(run: Run, words: list[str], code: int, said: str) -> None:
    seen = run("ics", "--check", *words, now=NOW)
    assert (seen.code, seen.out) == (code, "")
    assert said in seen.err


def test_hours_of_the_day(run: Run, team: MakeTeam) -> None:
    """A rotation of office hours, in whole days and an hour late."""
    daily = ROTATION.partition("roles")[0].replace(
        'handoff: {every: 1 week, at: "tuesday 09:00"}',
        'handoff: {every: 1 day, at: "09:00"}\nhours: ["monday-friday 09:00-17:00"]',
    )
    made = team({**TEAM, "rotations/platform/rotation.yaml": daily})
    window = ("--from", "2026-11-30", "--to", "2026-12-05")
    feed = run("ics", "platform", *window, "--all-day", now=NOW, ONCALL_TZ="America/New_York").out
    assert "DTSTART;VALUE=DATE:20261130" in feed
    days = feed.replace("PRODID:-//oncall//", "PRODID:-//x//").replace("UID:", "UID:x")
    made.write({"theirs.ics": days})
    same = run("ics", "--check", "theirs.ics", "platform", *window, now=NOW, ONCALL_TZ="America/New_York")
    assert same.code == 0, same.out
    timed = run("ics", "platform", *window, now=NOW, ONCALL_TZ="America/New_York").out
    made.write({"theirs.ics": timed.replace("T140000Z", "T150000Z").replace("T220000Z", "T230000Z")})
    off = run("ics", "--check", "theirs.ics", "platform", *window, "--json", now=NOW, ONCALL_TZ="America/New_York")
    assert {one[0] for one in told(off)} == {"hour_late"}
    assert len(told(off)) == 10
