"""A calendar on a terminal tells the truth: in every cell, on the days of the clocks, about gaps and overrides."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.model.time import HOUR, Instant, wall_of
from oncall_cli.model.zone import Zone
from oncall_cli.practice.stretches import Kind, Stretch
from oncall_cli.render.calendar import calendar_text
from oncall_cli.render.days import days_of, unusual_length
from oncall_cli.render.legend import Screen
from oncall_cli.render.marks import marks_of
from oncall_cli.render.strips import strips_text
from oncall_cli.render.times import Times
from tests.schedule.build import rotation

BERLIN = Zone.parse("Europe/Berlin")
PEOPLE = ("ana", "ben", "cleo", "carl")
ROTATION = rotation(timezone="Europe/Berlin")


def screen(width=80, colour=False, zone=BERLIN):
    return Screen(Times(zone, Instant(0)), marks_of(PEOPLE), {}, width, colour)


def drawn(lane, first, last=None, **how):
    days = days_of(first, last or first)
    lines = strips_text(ROTATION, {"primary": lane}, days, screen(**how)).splitlines()
    return [line for line in lines if line.startswith("primary")]


@st.composite
def lanes(draw):
    """A row of stretches of 15 minutes to days, with holes, around the week in which clocks change."""
    at = draw(st.integers(0, 400)) * 900 + 1792533600  # 2026-10-20 12:00Z
    found = []
    for _ in range(draw(st.integers(1, 12))):
        at += draw(st.sampled_from([0, 0, 0, 3600, 19800]))
        end = at + draw(st.sampled_from([900, 1800, 7200, 10800, 39600, 199800]))
        kind = draw(st.sampled_from(list(Kind)))
        people = () if kind in (Kind.GAP, Kind.NOBODY) else (draw(st.sampled_from(PEOPLE)),)
        found.append(Stretch(Instant(at), Instant(end), people, kind))
        at = end
    return found


@settings(deadline=None)
@given(lanes())
def test_each_cell_shows_somebody_who_is_there(lane):
    """Held against every quarter of an hour of the cell's time, on a wall that repeats an hour."""
    times = Times(BERLIN, Instant(0))
    (row,) = drawn(lane, date(2026, 10, 25))
    cells = row.partition("|")[2].split("|")[:7]
    for number, cell in enumerate(cells):
        wall = wall_of(date(2026, 10, 19) + timedelta(days=number))
        assert len(cell) == 8
        for place in range(8):
            start = times.clock.instant(wall + place * 3 * HOUR)
            end = times.clock.instant(wall + (place + 1) * 3 * HOUR)
            there = [each for at in range(start, end, 900) for each in lane if each.start <= at < each.end]
            assert (cell[place] == " ") == (not there)
            assert (cell[place] == "!") == any(each.kind is Kind.GAP for each in there)
            if cell[place] == "x":
                assert any(each.kind is Kind.NOBODY for each in there)


@settings(deadline=None, max_examples=25)
@given(lanes(), st.sampled_from([80, 100, 200]))
def test_it_fits_the_terminal(lane, width):
    """From the usual width on, with a role of the longest name; colours take no room."""
    days = days_of(date(2026, 10, 20), date(2026, 10, 27))
    for draw in (strips_text, calendar_text):
        plain = draw(ROTATION, {"primary": lane, "responder-of-the-nights": lane}, days, screen(width))
        colours = draw(ROTATION, {"primary": lane, "responder-of-the-nights": lane}, days, screen(width, True))
        assert all(len(line) <= width for line in plain.splitlines())
        assert re.sub(r"\x1b\[[\d;]*m", "", colours) == plain


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("Europe/Berlin", date(2026, 3, 29), "23h"),
        ("Europe/Berlin", date(2026, 10, 25), "25h"),
        ("America/New_York", date(2026, 11, 1), "25h"),
        ("Australia/Lord_Howe", date(2026, 4, 5), "24h30"),
        ("Europe/Berlin", date(2026, 10, 26), ""),
    ],
)
def test_a_day_of_another_length_says_so(zone, day, length):
    """The days on which the clocks change have their hours written beside them."""
    assert unusual_length(day, Times(Zone.parse(zone), Instant(0))) == length


def test_the_second_time_of_an_hour_is_marked():
    """02:30 comes twice in Berlin on 25 October 2026; the second time is 01:30Z."""
    second = Instant(1792891800)
    lane = [Stretch(Instant(second - 86400), second, ("ana",), Kind.ROSTER)]
    lane.append(Stretch(second, Instant(second + 86400), ("ben",), Kind.ROSTER))
    days = days_of(date(2026, 10, 25), date(2026, 10, 25))
    shown = strips_text(ROTATION, {"primary": lane}, days, screen())
    assert "Sun 02:30² B" in shown
    assert "² when the clock shows it again" in shown
    assert "02:30² ben" in calendar_text(ROTATION, {"primary": lane}, days, screen(120))


def test_whoever_does_not_fit_goes_by_letters():
    """A name too long for its cell would be cut, so that two might look the same."""
    long = "maximiliana-of-the-depot"
    lane = [Stretch(Instant(1792533600), Instant(1792533600 + 86400), (long,), Kind.OVERRIDE)]
    shown = calendar_text(
        ROTATION,
        {"primary": lane},
        days_of(date(2026, 10, 20), date(2026, 10, 20)),
        Screen(Times(BERLIN, Instant(0)), marks_of([long, "mei"]), {}),
    )
    assert "Ma~" in shown
    assert f"Ma {long}" in shown


def test_a_week_of_many_handoffs_says_where_they_are_listed():
    """168 times below a strip would tell nobody anything."""
    start = 1792360800
    hours = [Instant(start + number * HOUR) for number in range(170)]
    lane = [Stretch(one, two, (PEOPLE[one % 7 % 4],), Kind.ROSTER) for one, two in pairwise(hours)]
    shown = strips_text(ROTATION, {"primary": lane}, days_of(date(2026, 10, 20), date(2026, 10, 20)), screen())
    assert "handoffs, of which a cell shows one; 'oncall schedule platform' lists all" in " ".join(shown.split())
    assert len(shown.splitlines()) < 12
