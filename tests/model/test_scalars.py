"""What the scalars of a file may look like, and what the program says to those that may not."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.hours import Hours, WeekWindow
from oncall_cli.model.scalar import parse_count, parse_flag, parse_id, parse_text
from oncall_cli.model.time import (
    ClockTime,
    Duration,
    HandoffTime,
    Instant,
    LocalMoment,
    Period,
    Unit,
    day_of,
    format_instant,
    parse_date,
    parse_instant,
    wall_of,
)
from oncall_cli.model.zone import Zone, zone_names

ACCEPTED = [
    (parse_instant, "2026-11-24T09:00:00-05:00", 1795528800),
    (parse_instant, "2026-11-24 14:00Z", 1795528800),
    (parse_instant, "1970-01-01T00:00:00Z", 0),
    (parse_date, "2028-02-29", date(2028, 2, 29)),
    (ClockTime.parse, "00:00", ClockTime(0)),
    (ClockTime.parse, "23:59", ClockTime(1439)),
    (Duration.parse, "5 minutes", Duration(5, Unit.MINUTE)),
    (Duration.parse, "1 hour", Duration(1, Unit.HOUR)),
    (Duration.parse, "90m", Duration(90, Unit.MINUTE)),
    (Period.parse, "2 weeks", Period(2, Unit.WEEK)),
    (Period.parse, "1 month", Period(1, Unit.MONTH)),
    (HandoffTime.parse, "09:00", HandoffTime(ClockTime(540))),
    (HandoffTime.parse, "tuesday 09:00", HandoffTime(ClockTime(540), weekday=1)),
    (HandoffTime.parse, "tue 09:00", HandoffTime(ClockTime(540), weekday=1)),
    (HandoffTime.parse, "31 08:30", HandoffTime(ClockTime(510), month_day=31)),
    (LocalMoment.parse, "2026-01-06", LocalMoment(wall_of(date(2026, 1, 6)), is_date=True)),
    (LocalMoment.parse, "2026-01-06 09:00", LocalMoment(wall_of(date(2026, 1, 6), 540), is_date=False)),
    (Zone.parse, "Australia/Lord_Howe", Zone("Australia/Lord_Howe")),
    (parse_id, "ana-b2", "ana-b2"),
    (parse_count, "007", 7),
    (parse_flag, "false", False),
    (parse_text, "NO", "NO"),
]


@pytest.mark.parametrize(("parse", "text", "value"), ACCEPTED)
def test_accepts(parse, text, value):
    """Each spelling has one meaning, and it is not guessed from the look of the text."""
    assert parse(text) == value


REFUSED = [
    (parse_instant, "2026-11-24T09:00:00", "write date, time and offset"),
    (parse_instant, "2026-02-30T09:00:00Z", "is not an instant"),
    (parse_instant, "٢026-02-03T09:00:00Z", "is not an instant"),
    (parse_date, "24.11.2026", "write it as '2026-11-24'"),
    (parse_date, "2026-02-30", "is not a date"),
    (ClockTime.parse, "9:00", "write it as '09:00'"),
    (ClockTime.parse, "24:00", "00:00 to 23:59"),
    (Duration.parse, "5", "write a number and minutes, hours, days or weeks"),
    (Duration.parse, "1 month", "write a number and minutes, hours, days or weeks"),
    (Duration.parse, "five minutes", "is not a duration"),
    (Period.parse, "30 minutes", "write a number and hours, days, weeks or months"),
    (Period.parse, "0 days", "a handoff that never comes"),
    (Period.parse, "999999 months", "a handoff that nobody lives to see"),
    (parse_id, "nobody", "the word for an intended gap"),
    (HandoffTime.parse, "someday 09:00", "'someday' is not a weekday"),
    (HandoffTime.parse, "32 09:00", "no month has a day 32"),
    (HandoffTime.parse, "tuesday", "is not a time of day"),
    (LocalMoment.parse, "next week", "neither a date"),
    (Zone.parse, "America/NewYork", "did you mean 'America/New_York'?"),
    (Zone.parse, "america/new_york", "is not a time zone"),
    (Zone.parse, "localtime", "is not a time zone"),
    (Zone.parse, "../../etc/passwd", "is not a time zone"),
    (Hours.parse, "weekdays 9-5", "does not say hours of the week"),
    (Hours.parse, "mon-xyz 09:00-17:00", "'xyz' is not a weekday"),
    (Hours.parse, "monday 25:00-26:00", "is not a time of day"),
    (parse_id, "Alice", "lower-case letters, digits and hyphens"),
    (parse_id, "a--b", "is not an id"),
    (parse_id, "x" * 65, "too long"),
    (parse_count, "-1", "is not a whole number"),
    (parse_flag, "yes", "neither 'true' nor 'false'"),
    (parse_text, "  ", "needs some text"),
]


@pytest.mark.parametrize(("parse", "text", "says"), REFUSED)
def test_refuses_with_a_sentence(parse, text, says):
    """A refusal quotes what was written and says how to write it."""
    with pytest.raises(ValueError, match=r".") as refused:
        parse(text)
    assert says in str(refused.value)


HOURS = [
    ("monday-friday 09:00-17:00", [(day, 540, 1020) for day in range(5)]),
    ("mon,wed,fri 09:00-17:00", [(day, 540, 1020) for day in (0, 2, 4)]),
    ("fri-mon 09:00-10:00", [(day, 540, 600) for day in (0, 4, 5, 6)]),
    ("daily 22:00-06:00", [(day, 1320, 1800) for day in range(7)]),
    ("sunday 08:00-08:00", [(6, 480, 1920)]),
    ("monday 18:00-24:00", [(0, 1080, 1440)]),
    ("friday 17:00 - monday 09:00", [(4, 1020, 4 * 1440 - 900)]),
    ("monday 09:00 - monday 09:00", [(0, 540, 540 + 7 * 1440)]),
    ("always", [(day, 0, 1440) for day in range(7)]),
]


@pytest.mark.parametrize(("text", "windows"), HOURS)
def test_hours_open_these_windows(text, windows):
    """A window belongs to the day it starts on; an end at or before the start is a later day's."""
    assert Hours.parse(text).windows == tuple(WeekWindow(*window) for window in windows)


@given(st.integers(min_value=-(10**10), max_value=2 * 10**11))
def test_an_instant_survives_being_written(seconds):
    """What JSON output says reads back as the same instant."""
    assert parse_instant(format_instant(Instant(seconds))) == seconds


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 1439))
def test_a_wall_time_knows_its_day(day, minutes):
    """Days and minutes on the wall are whole, with no zone in sight."""
    assert day_of(wall_of(day, minutes)) == day
    assert wall_of(day, minutes) - wall_of(day) == minutes * 60


@pytest.mark.parametrize("text", ["5 minutes", "1 hour", "3 days", "1 week"])
def test_durations_are_spelled_as_they_are_read(text):
    """``str`` gives the canonical spelling."""
    assert str(Duration.parse(text)) == text


def test_zones_are_those_of_the_list():
    """Hundreds of names, in no order that matters, without the folders' other files."""
    assert len(zone_names()) > 400
    assert {"UTC", "Pacific/Apia", "Africa/Casablanca"} <= zone_names()
    assert all(name.strip() and ".." not in name for name in zone_names())
    assert all(first != second for first, second in pairwise(sorted(zone_names())))
