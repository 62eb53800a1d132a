"""Duties fall due on the days that their rule names, in the order of the file."""

from __future__ import annotations

from datetime import date

import pytest

from oncall_cli.model.time import wall_of
from oncall_cli.practice.duties import duties_on, read_rule
from tests.practice.records import rotation

WEDNESDAY = date(2026, 11, 18)
DUTIES = [
    {"id": "pages", "title": "Answer pages"},
    {"id": "audit", "title": "IAM audit", "rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "at": "11:00"},
    {"id": "fridays", "title": "On Fridays", "rrule": "FREQ=WEEKLY;BYDAY=FR"},
    {"id": "certificates", "title": "Certificates", "rrule": "FREQ=WEEKLY;BYDAY=WE", "role": "secondary"},
]


def names(day: date, *roles: str, **keys: object) -> list[str]:
    return [due.duty.id for due in duties_on(day, rotation(**{"duties": DUTIES, **keys}), roles)]


def test_the_duties_of_a_role_come_in_the_order_of_the_file() -> None:
    assert names(WEDNESDAY, "primary") == ["pages", "audit"]
    assert names(WEDNESDAY, "secondary") == ["certificates"]
    assert names(date(2026, 11, 20), "primary") == ["pages", "audit", "fridays"]
    assert names(date(2026, 11, 21), "primary") == ["pages"]


def test_a_duty_is_due_by_the_wall_of_the_rotation() -> None:
    assert duties_on(WEDNESDAY, rotation(duties=DUTIES), ["primary"])[1].due == wall_of(WEDNESDAY, 11 * 60)


def test_on_a_holiday_nothing_falls_due_and_standing_duties_stand() -> None:
    assert names(WEDNESDAY, "primary", holidays=["2026-11-18"]) == ["pages"]


def test_intervals_count_from_the_first_day_of_the_rotation() -> None:
    every_second = [{"id": "x", "title": "X", "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}]
    due = [day for day in (3, 10, 17, 24) if names(date(2026, 11, day), "primary", duties=every_second)]
    assert due == [3, 17]


@pytest.mark.parametrize(
    "rule",
    [
        "every day", "BYDAY=MO", "FREQ=DAILY;INTERVAL=0", "FREQ=SECONDLY", "FREQ=DAILY;BYSECOND=1,2,3",
        "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;COUNT=x", "", "FREQ=DAILY\nRRULE:FREQ=DAILY",
    ],
)  # fmt: skip
def test_a_rule_that_is_none_is_shown_with_what_is_wrong_and_hides_no_other(rule: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the sentences differ, and some are dateutil's
        read_rule(rule, WEDNESDAY)
    duties = [{"id": "bad", "title": "Bad", "rrule": rule or " x"}, DUTIES[0]]
    found = duties_on(WEDNESDAY, rotation(duties=duties), ["primary"])
    assert [(due.duty.id, bool(due.wrong)) for due in found] == [("bad", True), ("pages", False)]


@pytest.mark.parametrize("rule", ["RRULE:FREQ=DAILY", "freq=daily", "FREQ=DAILY;UNTIL=20270101T000000Z"])
def test_a_rule_may_be_written_in_the_ways_that_calendars_write_it(rule: str) -> None:
    assert names(WEDNESDAY, "primary", duties=[{"id": "x", "title": "X", "rrule": rule}]) == ["x"]


def test_members_take_turns_at_a_duty_of_their_own() -> None:
    turns = [{"id": "x", "title": "X", "rrule": "FREQ=WEEKLY;BYDAY=FR", "members": ["alice", "bob"]}]
    whose = {}
    for day in (6, 13, 20, 27):
        for person in ("alice", "bob", "carol"):
            if duties_on(date(2026, 11, day), rotation(duties=turns), ["primary"], person):
                whose[day] = person
    assert whose == {6: "alice", 13: "bob", 20: "alice", 27: "bob"}


def test_a_duty_may_move_to_the_next_business_day() -> None:
    """Friday is a holiday: Saturday and Sunday are no business days, Monday is one again."""
    moves = [{"id": "x", "title": "X", "rrule": "FREQ=WEEKLY;BYDAY=FR", "on_holiday": "move"}]
    holidays = ["2026-11-20"]
    due = [day for day in range(18, 26) if names(date(2026, 11, day), "primary", duties=moves, holidays=holidays)]
    assert due == [23]
