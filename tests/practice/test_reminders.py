"""Whom to remind: each shift once, and again when it is not what its person was told."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.model.override import Override
from oncall_cli.model.time import DAY, HOUR, Instant, parse_instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.reminders import Reminder, Told, Why, reminders, told_after
from oncall_cli.schedule.compile import compile_schedule
from tests.schedule.build import change, override, rotation

# Handoffs are on Mondays at nine in Chicago: ana has the week of 16 November, then ben, cy, ana.
SUNDAY = parse_instant("2026-11-22T12:00:00-06:00")
MONDAY = parse_instant("2026-11-23T09:00:00-06:00")


def state(*overrides: Override, **fields: object) -> RotationState:
    record = rotation(**{"members": ("ana", "ben", "cy")} | fields)
    return RotationState(record, compile_schedule(record, overrides), ())


def due(*overrides: Override, now: Instant = SUNDAY, told: list[Told] | None = None) -> list[Reminder]:
    return reminders([state(*overrides)], told or [], now, DAY)


def said(found: list[Reminder]) -> list[tuple[str, str]]:
    return [(str(one.why), one.person) for one in found]


def cover(start: str, end: str, by: str, instead_of: str) -> Override:
    return override("cover", change(start, end, by, instead_of=instead_of))


def test_a_shift_that_begins_soon_is_told_once() -> None:
    [first] = due()
    assert (first.why, first.person, first.about.start) == (Why.SOON, "ben", MONDAY)
    assert first.about.seconds == 7 * DAY
    told = told_after([], [first], SUNDAY)
    assert due(told=told) == []
    assert due(now=Instant(SUNDAY + HOUR), told=told) == []


def test_nobody_is_told_too_early_or_too_late() -> None:
    assert due(now=Instant(MONDAY - DAY - 1)) == []
    assert said(due(now=Instant(MONDAY - DAY))) == [("soon", "ben")]
    assert due(now=MONDAY) == []


def test_a_shift_that_somebody_takes_over_is_gone() -> None:
    told = told_after([], due(), SUNDAY)
    week = cover("2026-11-23T09:00:00-06:00", "2026-11-30T09:00:00-06:00", "cy", "ben")
    found = due(week, told=told)
    assert said(found) == [("gone", "ben"), ("soon", "cy")]
    assert found[0].instead == ("cy",)
    assert due(week, told=told_after(told, found, SUNDAY)) == []


def test_a_part_that_somebody_covers_changes_the_shift() -> None:
    """Also one in its midst, which leaves both edges where they were."""
    told = told_after([], due(), SUNDAY)
    day = cover("2026-11-25T09:00:00-06:00", "2026-11-26T09:00:00-06:00", "cy", "ben")
    [found] = due(day, told=told)
    assert (found.why, found.person) == (Why.CHANGED, "ben")
    assert found.now is not None
    assert (found.now.start, found.now.seconds) == (MONDAY, 6 * DAY)
    assert due(day, told=told_after(told, [found], SUNDAY)) == []


def test_a_cover_taken_back_is_told_again() -> None:
    told = told_after([], due(), SUNDAY)
    week = cover("2026-11-23T09:00:00-06:00", "2026-11-30T09:00:00-06:00", "cy", "ben")
    after = told_after(told, due(week, told=told), SUNDAY)
    assert sorted(said(due(told=after))) == [("gone", "cy"), ("soon", "ben")]


def test_what_is_over_is_forgotten() -> None:
    told = told_after([], due(), SUNDAY)
    assert told_after(told, [], Instant(MONDAY + 7 * DAY)) == []


def test_hours_are_one_shift() -> None:
    """A week of office hours is told before its first hour, not before each day."""
    weekdays = state(hours=["monday-friday 09:00-17:00"])
    [found] = reminders([weekdays], [], SUNDAY, DAY)
    assert found.about.seconds == 5 * 8 * HOUR
    told = told_after([], [found], SUNDAY)
    for day in range(1, 5):
        assert reminders([weekdays], told, Instant(SUNDAY + day * DAY), DAY) == []


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 10), st.sampled_from(["ana", "ben", "cy"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=4))
def test_everybody_knows_what_is_so_and_is_not_told_twice(
    before: list[tuple[int, int, str]], after: list[tuple[int, int, str]]
) -> None:
    """Whatever changes between two runs, a third run has nothing to tell."""
    states = [state(*_overrides(spans)) for spans in (before, after)]
    told: list[Told] = []
    for each in states:
        told = told_after(told, reminders([each], told, SUNDAY, 2 * DAY), SUNDAY)
    assert reminders([states[1]], told, SUNDAY, 2 * DAY) == []
    for one in told:
        stood = states[1].schedule.shifts(one.start, one.end, (one.role,))
        assert sum(shift.end - shift.start for shift in stood if one.person in shift.people) == one.seconds


def _overrides(spans: list[tuple[int, int, str]]) -> list[Override]:
    made = []
    for number, (begin, length, who) in enumerate(spans):
        start, end = (Instant(MONDAY - DAY + hours * 6 * HOUR) for hours in (begin, begin + length))
        made.append(override(f"cover-{number}", {"role": "primary", "start": start, "end": end, "person": who}))
    return made
