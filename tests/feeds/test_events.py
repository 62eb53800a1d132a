"""What an event keeps when the schedule changes, and what no data can do to a feed."""

from __future__ import annotations

from typing import Any

import pytest
from ical.calendar_stream import IcsCalendarStream

from oncall_cli.errors import Refused
from oncall_cli.model.override import Override
from oncall_cli.model.person import Person
from oncall_cli.model.record import Source
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import DAY, Instant, format_instant, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.feeds import Entry, Feed, RotationEntries, default_window, entries_of, whole_set
from oncall_cli.render.ics import FeedContext, domain_of, feed_bytes, sequence_of
from oncall_cli.schedule.compile import compile_schedule

START = parse_instant("2026-11-17T14:00:00Z")
END = parse_instant("2026-12-22T14:00:00Z")
PEOPLE = {name: Person(name=name.title()) for name in ("alice", "bob", "carol", "dan")}
CONTEXT = FeedContext("Platform team", PEOPLE, {"platform": START}, {"platform": Zone("America/New_York")})


def rotation(**more: Any) -> Rotation:
    said = {
        "name": "Platform",
        "timezone": "America/New_York",
        "handoff": {"every": "1 week", "at": "tuesday 09:00"},
        "roster": [{"from": "2026-01-13", "members": ["alice", "bob", "carol"]}],
        **more,
    }
    record = Rotation.model_validate(said)
    record.read_from("platform", Source("rotations/platform/rotation.yaml", {}))
    return record


def override(name: str, *changes: tuple[str, str, str]) -> Override:
    record = Override.model_validate(
        {"changes": [{"start": start, "end": end, "person": person} for start, end, person in changes]}
    )
    record.read_from(name, Source(f"rotations/platform/overrides/{name}.yaml", {}))
    return record


def entries(record: Rotation, *overrides: Override, start: Instant = START, end: Instant = END) -> list[Entry]:
    return entries_of(compile_schedule(record, overrides), start, end).entries


def text(found: list[Entry], context: FeedContext = CONTEXT) -> str:
    return feed_bytes(Feed("x.ics", "Platform", found), context).decode("utf-8")


def by_uid(found: list[Entry]) -> dict[str, str]:
    events = IcsCalendarStream.calendar_from_ics(text(found)).events
    return {event.uid.partition("@")[0]: event.summary.partition(" (")[0][9:] for event in events}


PLAIN = {
    "platform.primary.20261117T140000Z": "Carol",
    "platform.primary.20261124T140000Z": "Alice",
    "platform.primary.20261201T140000Z": "Bob",
    "platform.primary.20261208T140000Z": "Carol",
    "platform.primary.20261215T140000Z": "Alice",
}


def test_uid_names_the_turn() -> None:
    """A UID is made of rotation, role and the turn's start, and of the team."""
    assert by_uid(entries(rotation())) == PLAIN
    assert "UID:platform.primary.20261124T140000Z@platform-team.oncall\r\n" in text(entries(rotation()))


def test_a_swap_of_whole_turns_keeps_the_uids() -> None:
    """Who swaps sees two events change, not four events."""
    swap = override(
        "2026-11-24-swap",
        ("2026-11-24T09:00:00-05:00", "2026-12-01T09:00:00-05:00", "bob"),
        ("2026-12-01T09:00:00-05:00", "2026-12-08T09:00:00-05:00", "alice"),
    )
    expected = {
        **PLAIN,
        "platform.primary.20261124T140000Z": "Bob",
        "platform.primary.20261201T140000Z": "Alice",
    }
    assert by_uid(entries(rotation(), swap)) == expected


def test_a_cover_in_the_middle_keeps_the_turn_and_adds_pieces() -> None:
    """The first piece is the turn's own event; the later ones are named by their start as well."""
    cover = override("2026-11-25-cover", ("2026-11-25T18:00:00-05:00", "2026-11-25T23:00:00-05:00", "dan"))
    assert by_uid(entries(rotation(), cover)) == {
        **PLAIN,
        "platform.primary.20261124T140000Z.20261125T230000Z": "Dan",
        "platform.primary.20261124T140000Z.20261126T040000Z": "Alice",
    }


def test_a_later_roster_version_keeps_the_uids() -> None:
    """An edit for the future leaves the events before it alone, and those after it change hands."""
    versions = [
        {"from": "2026-01-13", "members": ["alice", "bob", "carol"]},
        {"from": "2026-12-08", "members": ["dan", "alice"]},
    ]
    later = entries(rotation(roster=versions))
    assert list(by_uid(later)) == list(PLAIN)
    assert list(by_uid(later).values()) == ["Carol", "Alice", "Bob", "Dan", "Alice"]


def test_a_time_that_nobody_had_is_named_by_its_override() -> None:
    """Without a turn there is only the override to name the event by."""
    weekdays = rotation(handoff={"every": "1 day", "at": "09:00"}, hours=["monday-friday 09:00-17:00"])
    extra = override("2026-11-21-saturday", ("2026-11-21T10:00:00-05:00", "2026-11-21T12:00:00-05:00", "dan"))
    assert "platform.primary.2026-11-21-saturday.20261121T150000Z" in by_uid(entries(weekdays, extra))


def test_the_window_changes_no_event() -> None:
    """An event says the same whatever window was asked for, also the last one in it."""
    whole = text(entries(rotation()))
    for day in range(1, 30, 3):
        part = text(entries(rotation(), end=Instant(START + day * DAY)))
        for event in part.split("BEGIN:VEVENT")[1:]:
            assert event.removesuffix("END:VCALENDAR\r\n") in whole


def test_next_is_the_next_other_person() -> None:
    """The description names who takes over, across turns of the same person."""
    twice = rotation(roster=[{"from": "2026-11-17", "members": ["alice", "alice", "bob"]}])
    said = [entry.next_people for entry in entries(twice)]
    assert said == [("bob",), ("bob",), ("alice",), ("bob",), ("bob",)]


def test_clients_can_tell_a_newer_event() -> None:
    """DTSTAMP is the commit's time; SEQUENCE grows with it and fits the 31 bits that clients keep."""
    feed = text(entries(rotation()))
    assert feed.count("DTSTAMP:20261117T140000Z\r\n") == feed.count(f"SEQUENCE:{sequence_of(START)}\r\n") == 5
    assert sequence_of(None) == 0 < sequence_of(START) < sequence_of(Instant(START + 1))
    assert sequence_of(Instant(0)) == 0
    assert sequence_of(Instant(2**40)) == 2**31 - 1


def test_never_committed() -> None:
    """Without a commit the stamp is a fixed instant, so that the bytes stay the same."""
    feed = text(entries(rotation()), CONTEXT._replace(changed={}))
    assert feed.count("DTSTAMP:19700101T000000Z\r\nUID") == feed.count("SEQUENCE:0\r\n") == 5


def test_calendars_are_told_how_to_treat_it() -> None:
    """Nobody is shown as busy, nobody is asked to accept, and clients know when to look again."""
    feed = text(entries(rotation()))
    assert feed.count("TRANSP:TRANSPARENT\r\n") == 5
    assert "METHOD" not in feed
    for line in ("CALSCALE:GREGORIAN", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"):
        assert f"{line}\r\n" in feed
    assert "NAME:Platform\r\n" in feed
    assert "X-WR-CALNAME:Platform\r\n" in feed


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Eve\r\nBEGIN:VALARM\r\nX:", "Eve BEGIN:VALARM X:"),
        ("Eve\nATTENDEE:mailto:x@example.com", "Eve ATTENDEE:mailto:x@example.com"),
        ("a,b;c\\d\"e'f", "a,b;c\\d\"e'f"),
        ("C:\\New\\no", "C:\\new\\no"),
        ("bell\x07 esc\x1b[31m nul\x00", "bell\\x07 esc\\x1b[31m nul\\x00"),
        ("line\u2028sep\x85next", "line sep next"),
        ("\u202eevil", "\\u202eevil"),
        ("%COLON%:" * 3, "%COLON%:" * 3),
        ("Łukasz Żółć-Ōkubo 岡田 🦊 " * 9, ("Łukasz Żółć-Ōkubo 岡田 🦊 " * 9).strip()),
    ],
)
def test_hostile_names(name: str, shown: str) -> None:
    """A name is text and nothing else; lines fold at 75 bytes and come back whole."""
    context = CONTEXT._replace(people=dict.fromkeys(PEOPLE, Person(name=name)), team=name)
    feed = feed_bytes(Feed("x.ics", name, entries(rotation())), context)
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    assert not any(byte < 32 for byte in feed.replace(b"\r\n", b""))
    calendar = IcsCalendarStream.calendar_from_ics(feed.decode("utf-8"))
    assert len(calendar.events) == 5
    assert all(event.summary == f"On call: {shown} (platform primary)" for event in calendar.events)


def test_teams_do_not_share_uids() -> None:
    """The suffix of a UID comes from the team's name, in whatever script."""
    assert domain_of("Platform team") == "platform-team.oncall"
    assert domain_of("Équipe 2!") == "equipe-2.oncall"
    assert domain_of("当番") != domain_of("番当")
    assert domain_of("当番").endswith(".oncall")


def test_two_feeds_never_share_a_file() -> None:
    """A rotation named as another's role would lose one of the feeds, so nothing is written."""
    rotations = [RotationEntries("a", ("primary",), []), RotationEntries("a-primary", ("primary",), [])]
    with pytest.raises(Refused, match="would both be"):
        whole_set("Team", rotations, {})


def test_the_window_moves_at_midnight() -> None:
    """A month back and twelve ahead of the team's midnight; months clamp."""
    new_york = Zone("America/New_York")
    start, end = default_window(parse_instant("2026-03-31T23:30:00-04:00"), new_york)
    assert (format_instant(start), format_instant(end)) == ("2026-02-28T05:00:00Z", "2027-03-31T04:00:00Z")
    assert default_window(parse_instant("2026-04-01T00:30:00-04:00"), new_york) != (start, end)
    assert default_window(parse_instant("2026-03-31T00:00:00-04:00"), new_york) == (start, end)
