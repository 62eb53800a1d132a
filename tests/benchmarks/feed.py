"""A feed of ten years of daily shifts against a bare Python that starts: ``python tests/benchmarks/feed.py``.

Ours is all of it, from the compiled schedule to the bytes, which are to be those of icalendar. Prints the ratio of
the medians, which is to be at most 3, of the rounds and of the first one alone, before any time zone was looked at;
and, for comparison, how long icalendar takes to write the same events. All are timed in turns, in one process.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import DAY, Instant, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.feeds import Feed, entries_of
from oncall_cli.render.ics import FeedContext, feed_bytes, feed_events, feed_head
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import Schedule
from tests.benchmarks.figure import Bench, Figure

ROUNDS = 15
ZONE = "America/New_York"
START = parse_instant("2026-01-05T14:00:00Z")
PEOPLE = tuple(f"person-{number}" for number in range(7))


class Measured(NamedTuple):
    """Seconds: our first feed, the medians of ours, of a bare Python and of icalendar; and the number of events."""

    first: float
    ours: float
    bare: float
    icalendar: float
    events: int
    same: bool


def daily() -> Rotation:
    return Rotation.model_validate(
        {
            "name": "Daily",
            "timezone": ZONE,
            "handoff": {"every": "1 day", "at": "09:00"},
            "roster": [{"from": "2026-01-05", "members": list(PEOPLE)}],
        }
    )


def ten_years(schedule: Schedule) -> Feed:
    entries = entries_of(schedule, START, Instant(START + 3652 * DAY)).entries
    return Feed("rotations/daily.ics", "daily", entries)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure() -> Measured:
    people = {person: Person(name=f"Person Number {person[-1]}") for person in PEOPLE}
    schedule = compile_schedule(daily())
    context = FeedContext("Platform team", people, {"daily": START}, {schedule.rotation: Zone(ZONE)})

    def whole() -> bytes:
        return feed_bytes(ten_years(schedule), context)

    first = seconds(whole)
    from tests.feeds.reference import reference_calendar

    feed = ten_years(schedule)
    events = feed_events(feed, context)
    calendar = reference_calendar(feed_head(feed), events)
    bare = [sys.executable, "-c", "pass"]
    rounds = [
        (seconds(whole), seconds(lambda: subprocess.run(bare, check=True)), seconds(calendar.to_ical))
        for _ in range(ROUNDS)
    ]
    medians = (statistics.median(column) for column in zip(*rounds, strict=True))
    return Measured(first, *medians, len(events), whole() == calendar.to_ical())


def ten_year_feed(bench: Bench) -> Iterator[Figure]:
    """Figure 7: the feed is made in this process, beside a bare Python that starts."""
    found = measure()
    note = f"{found.events:,} events; icalendar's own writing {found.icalendar / found.bare:.1f} x"
    if not found.same:
        note = "OTHER BYTES than icalendar's"
    yield Figure(7, "a feed of ten years of days, in process", "x bare Python", 3, found.ours / found.bare, note)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent.parent))
    found = measure()
    print(
        f"feed of {found.events} events: {found.ours * 1000:.0f} ms (the first {found.first * 1000:.0f} ms), bare "
        f"Python {found.bare * 1000:.0f} ms, icalendar alone {found.icalendar * 1000:.0f} ms, "
        f"ratio {found.ours / found.bare:.2f} (the first {found.first / found.bare:.2f}; aim 3), "
        f"{'the same bytes' if found.same else 'OTHER BYTES'}"
    )
