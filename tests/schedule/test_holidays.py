"""``on_holidays: closed``: hours stay shut on holidays, and nobody's turn moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from oncall_cli.model.hours import Hours
from oncall_cli.model.rotation import Layer, Rotation
from oncall_cli.model.time import Instant, instant_of, parse_instant
from oncall_cli.schedule.compile import compile_schedule
from tests.schedule.build import DAILY, change, override, rotation, schedule, told, version
from tests.schedule.oracle import instant
from tests.schedule.strategies import CHANGES, hours, layers

QUARTER = 900
SHUT = {"on_holidays": "closed"}


def open_spans(entry: Hours, zone: str, days: set[date], first: date, last: date) -> Iterator[tuple[int, int]]:
    """Walk the days: each window, without holidays, as instants."""
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - on the wall
        for window in (window for window in entry.windows if window.weekday == day.weekday()):
            opens, closes = (midnight + timedelta(minutes=minutes) for minutes in window[1:])
            if closes - opens <= timedelta(days=1):
                parts = [] if day in days else [(opens, closes)]
            else:
                parts = list(without(opens, closes, days))
            for begin, end in parts:
                yield instant_of(instant(begin, zone, last=False)), instant_of(instant(end, zone, last=True))


def without(opens: datetime, closes: datetime, days: set[date]) -> Iterator[tuple[datetime, datetime]]:
    """Cut a window at every midnight and leave the holidays out."""
    while opens < closes:
        midnight = datetime.combine(opens.date() + timedelta(1), datetime.min.time())
        if opens.date() not in days:
            yield opens, min(midnight, closes)
        opens = midnight


@st.composite
def closed(draw: st.DrawFn) -> tuple[Rotation, Rotation, set[date], date]:
    """The same rotation open and shut on a few days near a change of the clocks."""
    zone, middle = draw(st.sampled_from(CHANGES))
    days = {middle + timedelta(draw(st.integers(-3, 3))) for _ in range(draw(st.integers(1, 3)))}
    rule: dict[str, Any] = {**draw(layers(middle)), "hours": draw(hours), "timezone": zone}
    rule["holidays"] = sorted(day.isoformat() for day in days)
    return rotation(**rule), rotation(**rule, **SHUT), days, middle


@given(closed())
def test_who_is_on_call_is_who_would_be_while_anything_is_open(
    case: tuple[Rotation, Rotation, set[date], date],
) -> None:
    """Shut hours take people off call for that time, and change nothing else."""
    opened, shut, days, middle = case
    start = instant_of(datetime.fromisoformat(f"{middle}T00:00:00+00:00")) - 2 * 86400
    first, last = middle - timedelta(days=12), middle + timedelta(days=5)
    spans = [span for entry in shut.hours for span in open_spans(entry, str(shut.timezone), days, first, last)]
    end = start + 4 * 86400
    before, after = held(opened, start, end), held(shut, start, end)
    for quarter in range(start, end, QUARTER):
        is_open = any(begin <= quarter < until for begin, until in spans)
        assert after.get(quarter) == (before.get(quarter) if is_open else None)


def held(record: Rotation, start: int, end: int) -> dict[int, tuple[str, ...]]:
    shifts = compile_schedule(record).shifts(Instant(start), Instant(end), ["primary"])
    return {quarter: shift.people for shift in shifts for quarter in range(shift.start, shift.end, QUARTER)}


WEEKDAYS = {"handoff": DAILY, "hours": ["monday-friday 09:00-17:00"], "holidays": ["2026-03-04"]}
WEEK = ("2026-03-02T00:00:00-06:00", "2026-03-07T00:00:00-06:00")


def test_an_emptied_turn_uses_its_place() -> None:
    """Wednesday would have been cy's; Thursday is still ana's."""
    made = schedule(**WEEKDAYS, **SHUT, roster=[version("2026-03-02", "ana", "ben", "cy")])
    assert [line.split("-06:00")[0] for line in told(made, *WEEK)] == [
        "ana 2026-03-02T09:00",
        "ben 2026-03-03T09:00",
        "ana 2026-03-05T09:00",
        "ben 2026-03-06T09:00",
    ]


def test_nothing_is_promised_on_a_holiday() -> None:
    """Neither by the hours nor by a promise with hours of its own; an override can still put somebody on call."""
    for promise in ({}, {"coverage": {"hours": ["monday-friday 09:00-17:00"]}}):
        made = schedule(**WEEKDAYS, **SHUT, **promise, roster=[version("2026-03-02", "ana", "ben")])
        assert made.gaps(*map(parse_instant, WEEK)) == []
    cover = override("x", change("2026-03-04T10:00:00-06:00", "2026-03-04T11:00:00-06:00", "eve"))
    made = schedule(cover, **WEEKDAYS, **SHUT, roster=[version("2026-03-02", "ana")])
    assert "eve 2026-03-04T10:00-06:00 2026-03-04T11:00-06:00" in told(made, *WEEK)


def test_a_layer_that_stays_open_keeps_the_promise() -> None:
    """Where one of the primary's layers is open on holidays, what is promised then is a gap unless it is held."""
    shut = {"name": "shut", **{key: WEEKDAYS[key] for key in ("handoff", "hours")}, **SHUT}
    night = {"name": "night", "handoff": DAILY, "hours": ["daily 20:00-21:00"]}
    roster = [version("2026-03-02", "ana")]
    promise = {"coverage": {"hours": ["monday-friday 09:00-17:00"]}, "holidays": ["2026-03-04"]}
    made = schedule(layers=[{**shut, "roster": roster}, {**night, "roster": roster}], **promise)
    assert len(made.gaps(*map(parse_instant, WEEK))) == 1


def test_around_the_clock_on_all_other_days() -> None:
    """``always`` is hours too: shut from midnight to midnight."""
    made = schedule(members=("ana",), hours=["always"], holidays=["2026-03-04"], **SHUT)
    assert told(made, "2026-03-03T12:00:00-06:00", "2026-03-05T12:00:00-06:00") == [
        "ana 2026-03-03T12:00-06:00 2026-03-04T00:00-06:00",
        "ana 2026-03-05T00:00-06:00 2026-03-05T12:00-06:00",
    ]


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    """The night into the holiday is stood, the night out of it is not."""
    made = schedule(members=("ana",), hours=["daily 22:00-06:00"], holidays=["2026-03-04"], **SHUT)
    assert told(made, "2026-03-03T12:00:00-06:00", "2026-03-06T12:00:00-06:00") == [
        "ana 2026-03-03T22:00-06:00 2026-03-04T06:00-06:00",
        "ana 2026-03-05T22:00-06:00 2026-03-06T06:00-06:00",
    ]


def test_a_long_window_loses_the_day() -> None:
    """A weekend from Friday to Monday without its Saturday."""
    made = schedule(members=("ana",), hours=["friday 17:00 - monday 09:00"], holidays=["2026-03-07"], **SHUT)
    assert told(made, "2026-03-06T12:00:00-06:00", "2026-03-08T12:00:00-05:00") == [
        "ana 2026-03-06T17:00-06:00 2026-03-07T00:00-06:00",
        "ana 2026-03-08T00:00-06:00 2026-03-08T12:00-05:00",
    ]


def test_shut_without_hours_is_refused() -> None:
    """It would close nothing; and with layers it stands in the layer."""
    with pytest.raises(ValidationError, match="closes nothing without 'hours'"):
        rotation(**SHUT)
    with pytest.raises(ValidationError, match="closes nothing without 'hours'"):
        Layer.model_validate({"handoff": DAILY, "roster": [version("2026-03-02", "ana")], **SHUT})
    with pytest.raises(ValidationError, match="move these into a layer"):
        rotation(layers=[{"handoff": DAILY, "roster": [version("2026-03-02", "ana")]}], **SHUT)
