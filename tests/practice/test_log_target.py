"""A line goes into one's own shift, else into that of whoever is on duty, else into the next one's."""

from __future__ import annotations

import pytest

from oncall_cli.errors import Refused
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.log_target import log_target
from oncall_cli.schedule.compile import compile_schedule
from tests.practice.records import at, rotation, shift
from tests.practice.test_start import WEEKDAYS, state

NOON = at("18 12:00")
CAROL = shift("carol", "primary", ("17 09:00", "24 09:00"), "17 09:01")
ALICE = shift("alice", "secondary", ("17 09:00", "24 09:00"), "17 09:01")


def other(name: str) -> RotationState:
    made = rotation(name)
    return RotationState(made, compile_schedule(made), ())


def test_ones_own_running_shift_comes_first() -> None:
    target = log_target([state(CAROL, ALICE), other("support")], "alice", NOON)
    assert (target.state.id, target.record) == ("platform", ALICE)


def test_anybody_writes_to_the_running_primary() -> None:
    assert log_target([state(CAROL, ALICE)], "jo", NOON).record == CAROL


def test_with_several_rotations_one_must_say_which() -> None:
    with pytest.raises(Refused, match="there are several rotations: platform, support") as refusal:
        log_target([state(CAROL), other("support")], "jo", NOON)
    assert "--rotation" in refusal.value.hint


def test_when_nobody_has_begun_it_is_the_shift_that_the_schedule_names() -> None:
    target = log_target([state()], "jo", NOON)
    assert target.record is None
    assert target.shift is not None
    assert target.shift.id == "2026-11-17-carol-primary"


def test_when_nobody_is_on_call_it_is_the_next_shift() -> None:
    daily = state(handoff={"every": "1 day", "at": "09:00"}, **WEEKDAYS)
    target = log_target([daily], "jo", at("18 20:00"))
    assert target.shift is not None
    assert target.shift.id == "2026-11-19-alice-primary"


def test_an_announcement_joins_the_ones_before_it() -> None:
    announced = shift("carol", "primary", ("17 09:00", "24 09:00"))
    assert log_target([state(announced)], "jo", NOON).record == announced


def test_a_watch_that_was_forgotten_open_is_over_and_one_that_ended_early_too() -> None:
    forgotten = shift("bob", "primary", ("10 09:00", "17 09:00"), "10 09:00")
    target = log_target([state(forgotten)], "jo", NOON)
    assert target.shift is not None
    assert target.shift.id == "2026-11-17-carol-primary"
    ended = CAROL.model_copy(update={"ended": at("18 11:00")})
    target = log_target([state(ended)], "jo", NOON)
    assert target.shift is not None
    assert target.shift.id == "2026-11-24-alice-primary"


def test_after_a_shift_of_weekdays_that_ended_early_comes_the_next_persons() -> None:
    ended = shift("carol", "primary", ("17 09:00", "23 17:00"), "17 09:01", "18 12:00")
    target = log_target([state(ended, **WEEKDAYS)], "jo", at("18 20:00"))
    assert target.shift is not None
    assert target.shift.id == "2026-11-24-alice-primary"


def test_no_rotation_and_nobody_ever_are_refused() -> None:
    with pytest.raises(Refused, match="no rotation"):
        log_target([], "jo", NOON)
    with pytest.raises(Refused, match="nobody is on call in 'platform'"):
        log_target([state(roster=[{"from": "2036-11-03", "members": ["alice"]}])], "jo", NOON)
