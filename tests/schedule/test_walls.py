"""Walls and instants: every change of every zone, both ways, against zoneinfo itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.time import Instant, LocalMoment, Wall, format_instant, instant_of, utc
from oncall_cli.model.zone import Zone, zone_names
from oncall_cli.schedule.walls import WallClock

ZONES = sorted(zone_names())
# From 1890, before most zones had agreed times, to the years that are only computed.
moments = st.integers(-2524608000, 7258118400).map(Instant)
walls = st.integers(-2524608000, 7258118400).map(Wall)


def of(text: str) -> Wall:
    return LocalMoment.parse(text).wall


@pytest.mark.parametrize(
    ("zone", "wall", "first", "last"),
    [
        ("America/Chicago", "2026-03-08 01:59", "2026-03-08T07:59:00Z", "2026-03-08T07:59:00Z"),
        ("America/Chicago", "2026-03-08 02:30", "2026-03-08T08:00:00Z", "2026-03-08T08:00:00Z"),
        ("America/Chicago", "2026-03-08 03:00", "2026-03-08T08:00:00Z", "2026-03-08T08:00:00Z"),
        ("America/Chicago", "2026-11-01 00:59", "2026-11-01T05:59:00Z", "2026-11-01T05:59:00Z"),
        ("America/Chicago", "2026-11-01 01:00", "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z"),
        ("America/Chicago", "2026-11-01 01:59", "2026-11-01T06:59:00Z", "2026-11-01T07:59:00Z"),
        ("America/Chicago", "2026-11-01 02:00", "2026-11-01T08:00:00Z", "2026-11-01T08:00:00Z"),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:30:00Z", "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"),
        ("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15T01:30:00Z", "2026-02-15T02:30:00Z"),
        ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22T02:00:00Z", "2026-03-22T02:00:00Z"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"),
    ],
)
def test_walls_that_come_never_and_twice(zone: str, wall: str, first: str, last: str) -> None:
    """A wall that never comes is the jump; of two times the first or the last can be asked for."""
    clock = WallClock(Zone(zone))
    assert format_instant(clock.instant(of(wall))) == first
    assert format_instant(clock.instant(of(wall), last=True)) == last


@given(st.sampled_from(ZONES), moments)
def test_the_wall_is_that_of_zoneinfo(zone: str, moment: Instant) -> None:
    """The offset at any instant is the one that the zone's own rules give."""
    offset = utc(moment).astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    assert WallClock(Zone(zone)).offset(moment) == offset.total_seconds()


@given(st.sampled_from(ZONES), walls)
def test_first_and_last_are_the_folds_of_zoneinfo(zone: str, wall: Wall) -> None:
    """A wall that comes is shown at both instants found, and at none outside them."""
    clock = WallClock(Zone(zone))
    first, last = clock.instant(wall), clock.instant(wall, last=True)
    local = datetime(1970, 1, 1) + timedelta(seconds=wall)  # noqa: DTZ001 - on the wall
    folds = sorted(instant_of(local.replace(tzinfo=ZoneInfo(zone), fold=fold)) for fold in (0, 1))
    if clock.wall(first) == wall:
        assert [first, last] == folds
    else:
        assert first == last
        assert folds[0] < first <= folds[1]
        assert clock.wall(Instant(first - 1)) < wall < clock.wall(first)


@given(st.sampled_from(ZONES), st.lists(walls, max_size=20), st.booleans())
def test_many_walls_are_each_of_them(zone: str, several: list[Wall], last: bool) -> None:
    """Walls far apart, converted at once, give what each gives alone."""
    clock = WallClock(Zone(zone))
    several.sort()
    assert clock.instants(several, last=last) == [clock.instant(wall, last=last) for wall in several]


@given(st.sampled_from(ZONES), walls, st.integers(1, 200), st.integers(600, 10**6), st.booleans())
def test_a_range_of_walls_is_each_of_them(zone: str, begin: Wall, count: int, step: int, last: bool) -> None:
    """So do walls that follow each other evenly, through any changes of the clock."""
    clock = WallClock(Zone(zone))
    even = [Wall(begin + turn * step) for turn in range(count)]
    in_range = range(begin, begin + count * step, step)
    assert clock.instants(in_range, last=last) == [clock.instant(wall, last=last) for wall in even]  # type: ignore[arg-type]


def test_the_ends_of_the_calendar() -> None:
    """Past the years 1 to 9999 the clock goes on with the last offset."""
    clock = WallClock(Zone("Europe/Berlin"))
    for year in (-100, 0, 10000, 10100):
        wall = Wall((year - 1970) * 31556952)
        assert clock.wall(clock.instant(wall)) == wall
