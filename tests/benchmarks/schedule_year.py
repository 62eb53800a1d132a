"""Figure 7: a year of 100 daily rotations against an honest loop over ``datetime`` and ``ZoneInfo``, in process.

Both build the same shifts, and both with the collector of garbage as the program has it: it runs rarely.

    python -m tests.benchmarks --only 7
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from oncall_cli.model.record import Source as File
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.shift import Shift, Source
from tests.benchmarks.figure import Bench, Figure
from tests.benchmarks.measure import in_process, ratio

# as in oncall_cli/__main__.py
_RARELY = 500_000
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


def year_of_shifts(bench: Bench) -> Iterator[Figure]:
    """Let both take turns."""
    if ours() != loop():
        raise AssertionError("the two do not agree")
    unit = "x a loop over zoneinfo"
    found = ratio(in_process(ours), in_process(loop), bench.rounds)
    yield Figure(
        0, f"`schedule` of {ROTATIONS} rotations for a year, the collector as Python has it", unit, None, found
    )
    as_it_was = gc.get_threshold()
    gc.set_threshold(_RARELY)
    found = ratio(in_process(ours), in_process(loop), bench.rounds)
    gc.set_threshold(*as_it_was)
    yield Figure(7, f"`schedule` of {ROTATIONS} rotations for a year", unit, 0.1, found)
