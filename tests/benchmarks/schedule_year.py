"""Compare a year of 100 daily rotations with an honest loop over ``datetime`` and ``ZoneInfo``.

Run it as ``python tests/benchmarks/schedule_year.py``; it prints the median time of both and their ratio.
Both build the same shifts.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from oncall_cli.model.record import Source as File
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.shift import Shift, Source

ROUNDS = 15
ROTATIONS = 100
ZONE = "America/Chicago"
MEMBERS = ("alice", "bob", "carol", "dan", "erin")
DAYS = 365
START = parse_instant("2026-01-01T15:00:00Z")
END = parse_instant("2027-01-01T15:00:00Z")


def loop() -> list[list[Shift]]:
    """Build the shifts one by one, as one would write it first."""
    zone, nine = ZoneInfo(ZONE), clock_time(9)
    people = [(member,) for member in MEMBERS]
    found = []
    for _ in range(ROTATIONS):
        shifts = []
        day = date(2026, 1, 1)
        start = Instant(int(datetime.combine(day, nine, tzinfo=zone).timestamp()))
        for turn in range(DAYS):
            day += timedelta(days=1)
            end = Instant(int(datetime.combine(day, nine, tzinfo=zone).timestamp()))
            whose = people[turn % len(people)]
            shifts.append(Shift(start, end, "primary", whose, "main", start, start, Source.ROSTER, None))
            start = end
        found.append(shifts)
    return found


def rotation(number: int) -> Rotation:
    """Return one daily rotation that has run for a year already."""
    record = Rotation.model_validate(
        {
            "name": f"Rotation {number}",
            "timezone": ZONE,
            "handoff": {"every": "1 day", "at": "09:00"},
            "roster": [{"from": "2025-01-01", "members": list(MEMBERS)}],
        }
    )
    record.read_from(f"rotation-{number}", File("rotation.yaml", {}))
    return record


SCHEDULES = [compile_schedule(rotation(number)) for number in range(ROTATIONS)]


def ours() -> list[list[Shift]]:
    """Ask the schedules for the same shifts."""
    return [schedule.shifts(START, END) for schedule in SCHEDULES]


def seconds(work: Callable[[], list[list[Shift]]]) -> float:
    """Return how long one round takes, the throwing away of its result not counted."""
    began = time.perf_counter()
    found = work()
    taken = time.perf_counter() - began
    del found
    return taken


def main() -> None:
    """Take turns at both, so that a slow moment of the machine hits both, and print the medians."""
    if ours() != loop():
        raise AssertionError("the two do not agree")
    rounds = [(seconds(loop), seconds(ours)) for _ in range(ROUNDS)]
    slow, fast = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"loop {slow * 1000:.1f} ms, ours {fast * 1000:.1f} ms: {slow / fast:.1f} times as fast")


if __name__ == "__main__":
    main()
