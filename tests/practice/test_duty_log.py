"""What fell due, held against the logs: done, due, or missed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.time import DAY, HOUR, Instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.duty_log import done_on, missed, occurrences
from oncall_cli.schedule.compile import compile_schedule
from tests.practice.records import at, entry, rotation, shift

AUDIT = {"id": "audit", "title": "IAM audit", "rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "at": "11:00"}
WEEKLY = {"id": "certificates", "title": "Certificates", "rrule": "FREQ=WEEKLY;BYDAY=WE"}


def state(*shifts: ShiftRecord, **keys: Any) -> RotationState:
    record = rotation(**{"duties": [AUDIT, WEEKLY], **keys})
    return RotationState(record, compile_schedule(record, []), shifts)


def told(found: list[Any]) -> list[tuple[str, int, tuple[str, ...], bool]]:
    return [(one.duty.id, one.day.day, one.people, one.done is not None) for one in found]


# Handoffs are on Tuesdays at nine in New York: alice has 3 November, bob the 10th, carol the 17th.
def test_each_occurrence_is_its_holders_and_done_when_the_log_says_so() -> None:
    carol = shift("carol", "primary", ("17 09:00", "24 09:00"), "17 09:00", log=(
        entry("18 10:50", "carol", "Nothing new", "duty", "audit"),
        entry("20 08:00", "dan", "Two expire in May", "duty", "certificates"),
        entry("19 10:50", "carol", "About something else", "note", "audit"),
    ))  # fmt: skip
    found = occurrences(state(carol), at("17 00:00"), at("20 00:00"))
    assert told(found) == [
        ("audit", 17, ("carol",), False),
        ("audit", 18, ("carol",), True),
        ("certificates", 18, ("carol",), True),
        ("audit", 19, ("carol",), False),
    ]
    assert found[2].due == at("19 00:00"), "without a time it is due at the end of its day"
    late = missed(state(carol), at("17 00:00"), at("20 00:00"), at("19 10:00"))
    assert [(one.duty.id, one.day.day) for one in late] == [("audit", 17)]


def test_what_is_nobodys_is_not_missed() -> None:
    office = state(hours=["monday 09:00-10:00"])
    assert [one.day.day for one in missed(office, at("16 00:00"), at("21 00:00"), at("21 00:00"))] == [16]


def test_a_rule_that_cannot_be_read_hides_no_other() -> None:
    odd = {"id": "odd", "title": "Odd", "rrule": "every day"}
    assert {one.duty.id for one in occurrences(state(duties=[odd, AUDIT]), at("16 00:00"), at("18 00:00"))} == {"audit"}


DAYS = st.lists(st.integers(0, 27), max_size=12)


@settings(deadline=None, max_examples=60)
@given(DAYS, st.integers(0, 27), st.integers(1, 10))
def test_it_is_what_looking_at_each_day_finds(done: list[int], begin: int, length: int) -> None:
    """Day by day: a weekday's audit is done if a line of that day, or of the days until the next one, says so."""
    log = tuple(entry(f"{day + 2:02d} 16:00", "alice", "x", "duty", "audit") for day in sorted(set(done)))
    known = state(shift("alice", "primary", ("03 09:00", "10 09:00"), "03 09:00", log=log), duties=[AUDIT])
    start = Instant(at("02 00:00") + begin * DAY)
    got = {one.day: one.done is not None for one in occurrences(known, start, Instant(start + length * DAY))}
    weekdays = [date(2026, 11, 2) + timedelta(days=day) for day in range(-7, 60)]
    weekdays = [day for day in weekdays if day.weekday() < 5 and day >= date(2026, 11, 3)]
    expected = {}
    for day, following in zip(weekdays, weekdays[1:], strict=False):
        due = at("02 11:00") + (day - date(2026, 11, 2)).days * DAY
        if start <= due < start + length * DAY:
            lines = [date(2026, 11, 2) + timedelta(days=each) for each in done]
            expected[day] = any(day <= line < following for line in lines)
    assert got == expected
    assert all(one.due - at("02 11:00") in range(0, 60 * DAY, HOUR) for one in occurrences(known, start, start))


def test_what_is_done_already_is_not_asked_of_whoever_comes_next() -> None:
    """On the day itself, by anybody; what the log said a day before is about another occurrence."""
    carol = shift("carol", "primary", ("17 09:00", "24 09:00"), "17 09:00", log=(
        entry("17 10:50", "carol", "Nothing new", "duty", "audit"),
        entry("18 08:00", "dan", "Two expire in May", "duty", "certificates"),
    ))  # fmt: skip
    assert {name: done.by for name, done in done_on(state(carol), date(2026, 11, 18)).items()} == {
        "certificates": "dan"
    }
    assert list(done_on(state(carol), date(2026, 11, 17))) == ["audit"]
    assert done_on(state(carol), date(2026, 11, 19)) == {}
