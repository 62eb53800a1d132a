"""Every feed of every team, read by a parser that is not ours: it says the same as the schedule, at every instant."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from oncall_cli.model.person import Person
from oncall_cli.model.time import Instant, instant_of, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.feeds import Feed, entries_of, whole_set
from oncall_cli.render.ics import FeedContext, feed_bytes
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import Schedule

ROOT = Path(__file__).parent.parent.parent
TEAMS = [ROOT, *sorted(path.parent for path in (ROOT / "tests" / "teams").glob("*/oncall.yaml"))]

# a year and more: four changes of the clocks in New York, Chicago and Berlin
START, END = parse_instant("2026-10-01T00:00:00Z"), parse_instant("2027-12-01T00:00:00Z")
STAMP = parse_instant("2026-11-20T12:00:00Z")


class Published(NamedTuple):
    """A team, and its feeds with what the other parser found in each."""

    people: dict[str, Person]
    schedules: dict[str, Schedule]
    feeds: list[tuple[Feed, list[Event]]]


@cache
def published(root: Path) -> Published:
    repository = TeamRepository(root)
    people = repository.people()
    schedules = {
        name: compile_schedule(rotation, repository.overrides(name))
        for name, rotation in repository.rotations().items()
    }
    names = {person: record.name for person, record in people.items()}
    entries = [entries_of(schedule, START, END) for schedule in schedules.values()]
    context = FeedContext(repository.team().name, people, dict.fromkeys(schedules, STAMP), _zones(schedules))
    feeds = whole_set(context.team, entries, names)
    return Published(people, schedules, [(feed, read(feed_bytes(feed, context))) for feed in feeds])


def _zones(schedules: dict[str, Schedule]) -> dict[str, Zone]:
    return {name: schedule.zone for name, schedule in schedules.items()}


def read(data: bytes) -> list[Event]:
    return IcsCalendarStream.calendar_from_ics(data.decode("utf-8")).events


def span(event: Event) -> tuple[Instant, Instant]:
    return instant_of(event.dtstart), instant_of(event.dtend)


@pytest.mark.parametrize("root", TEAMS, ids=lambda root: root.name)
def test_feeds_say_what_the_schedule_says(root: Path) -> None:
    """Each event is a shift with its people, each shift an event, and no UID comes twice."""
    people, _, feeds = published(root)
    for feed, events in feeds:
        assert len({event.uid for event in events}) == len(events) == len(feed.entries)
        expected = sorted(
            (entry.shift.start, entry.shift.end, f"({entry.rotation} {entry.shift.role})") for entry in feed.entries
        )
        assert sorted((*span(event), event.summary[event.summary.rindex("(") :]) for event in events) == expected
        for entry, event in zip(feed.entries, sorted(events, key=_order), strict=True):
            assert all(people[person].name in event.summary for person in entry.shift.people)


def _order(event: Event) -> tuple[Instant, str]:
    return instant_of(event.dtstart), event.summary[event.summary.rindex("(") :].replace(" ", "\0")


@pytest.mark.parametrize("root", TEAMS, ids=lambda root: root.name)
def test_whoever_a_calendar_shows_is_on_call(root: Path) -> None:
    """Just before and at every start and end, the feed of a role shows whom `oncall who` names."""
    people, schedules, feeds = published(root)
    for feed, events in feeds:
        rotation, _, role = feed.title.partition(" ")
        if not role or not feed.path.startswith("rotations/"):
            continue
        shown = sorted((*span(event), event.summary) for event in events)
        assert all(before[1] <= after[0] for before, after in pairwise(shown))
        for instant in (Instant(edge + step) for each in shown for edge in each[:2] for step in (-1, 0)):
            place = bisect_right(shown, instant, key=itemgetter(0)) - 1
            on_call = shown[place][2] if place >= 0 and instant < shown[place][1] else ""
            if START <= instant < END:
                holding = schedules[rotation].at(role, instant)
                assert bool(on_call) == bool(holding.people)
                assert all(people[person].name in on_call for person in holding.people)


@pytest.mark.parametrize("root", TEAMS, ids=lambda root: root.name)
def test_a_person_has_their_shifts_and_no_others(root: Path) -> None:
    """The feeds of people together hold every person's shifts of every rotation."""
    _, schedules, feeds = published(root)
    for feed, events in feeds:
        folder, _, name = feed.path.partition("/")
        if folder != "people":
            continue
        person = name.removesuffix(".ics")
        expected = sorted(
            (shift.start, shift.end)
            for schedule in schedules.values()
            for shift in schedule.shifts(START, END, cut=False)
            if person in shift.people
        )
        assert sorted(map(span, events)) == expected
