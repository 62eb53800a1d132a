"""A feed of ten years of daily shifts against icalendar's serialisation alone: ``python tests/benchmarks/feed.py``.

Prints the ratio, which is to be at most 1.3. Ours is all of it, from the compiled schedule to the
bytes; both sides are timed in turns, in one process.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import DAY, Instant, parse_instant
from oncall_cli.practice.feeds import Feed, entries_of
from oncall_cli.render.ics import FeedContext, feed_bytes, feed_calendar
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import Schedule

ROUNDS = 15
START = parse_instant("2026-01-05T14:00:00Z")
PEOPLE = tuple(f"person-{number}" for number in range(7))


def daily() -> Rotation:
    return Rotation.model_validate(
        {
            "name": "Daily",
            "timezone": "America/New_York",
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


def measure() -> tuple[float, float, int]:
    """Return the medians of our feed and of icalendar's own part, and the number of events."""
    people = {person: Person(name=f"Person Number {person[-1]}") for person in PEOPLE}
    context = FeedContext("Platform team", people, {"daily": START})
    schedule = compile_schedule(daily())
    calendar = feed_calendar(ten_years(schedule), context)

    def whole() -> bytes:
        return feed_bytes(ten_years(schedule), context)

    pairs = [(seconds(whole), seconds(calendar.to_ical)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return ours, theirs, len(calendar.subcomponents)


if __name__ == "__main__":
    ours, theirs, events = measure()
    print(f"feed of {events} events: {ours * 1000:.0f} ms, icalendar alone {theirs * 1000:.0f} ms, ", end="")
    print(f"ratio {ours / theirs:.2f} (aim 1.3)")
