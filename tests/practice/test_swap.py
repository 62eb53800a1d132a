"""Swaps, and taking overrides back. Alice, bob and carol take weeks from Tuesday 09:00; on the 18th it is carol's."""

from __future__ import annotations

from datetime import date

import pytest

from oncall_cli.errors import Refused
from oncall_cli.model.override import Override, OverrideKind
from oncall_cli.model.time import WEEK, Instant
from oncall_cli.practice.cover import Asked
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.removal import removal
from oncall_cli.practice.setting import Setting
from oncall_cli.practice.shift_asked import Named, Search
from oncall_cli.practice.swap import Pair, earlier_swap, pair, swap
from tests.practice.records import at, rotation
from tests.practice.settings import NEW_YORK, WITH_SECONDARY, setting, told, with_overrides

ALICE = Asked("alice", "A wedding")
ALICES = (at("24 09:00"), at("24 09:00") + WEEK)
BOBS = (ALICES[1], ALICES[1] + WEEK)
ALICES_DAY, BOBS_DAY = date(2026, 11, 24), date(2026, 12, 1)
FOUR = {"roster": [{"from": "2026-11-03", "members": ["dan", "alice", "carol", "bob"]}]}


def asked(
    team: Setting, one: str, other: str, first: Named = None, second: Named = None, rotation: str | None = None
) -> Pair:
    return pair(team, (one, other), (first, second), Search(rotation))


def swapped(team: Setting, one: str, other: str, first: Named = None, second: Named = None) -> Override:
    return swap(team, ALICE, asked(team, one, other, first, second))


def test_two_next_shifts_are_exchanged_in_one_file() -> None:
    made = swapped(setting(), "alice", "bob")
    assert told(made) == [("primary", *ALICES, "bob", "alice"), ("primary", *BOBS, "alice", "bob")]
    assert made.id == "2026-11-24-alice-swaps-with-bob"
    assert (made.kind, made.reason, made.agreed_by) == (OverrideKind.SWAP, "A wedding", ("alice",))


@pytest.mark.parametrize("days", [(ALICES_DAY, BOBS_DAY), (date(2026, 11, 28), date(2026, 12, 2))])
def test_dates_name_the_shifts(days: tuple[date, date]) -> None:
    assert {change[1] for change in told(swapped(setting(), "alice", "bob", *days))} == {ALICES[0], BOBS[0]}


def test_neighbours_change_places_in_the_second_role_too() -> None:
    """This week's secondary is next week's primary: bob would else be both in the week of alice."""
    made = swapped(setting(rotation(**FOUR, **WITH_SECONDARY)), "carol", "bob", date(2026, 11, 18), date(2026, 11, 24))
    assert told(made) == [
        ("primary", at("18 12:00"), at("24 09:00"), "bob", "carol"),
        ("secondary", at("18 12:00"), at("24 09:00"), "carol", "bob"),
        ("primary", *ALICES, "carol", "bob"),
    ]


def test_to_swap_the_same_shifts_again_takes_the_swap_back() -> None:
    team = setting()
    made = swapped(team, "alice", "bob")
    done = with_overrides(team, "platform", made)
    for again in (
        asked(done, "alice", "bob"),
        asked(done, "bob", "alice"),
        asked(done, "alice", "bob", ALICES_DAY, BOBS_DAY),
    ):
        earlier = earlier_swap(done, again)
        assert earlier == made
        assert removal(done, made, NEW_YORK).edit == RecordEdit(made.path, deleted=True)


def test_a_swap_of_other_shifts_is_not_the_one_before() -> None:
    team = with_overrides(setting(), "platform", swapped(setting(), "alice", "bob"))
    other = asked(team, "carol", "bob", date(2026, 12, 8), date(2026, 12, 22))
    assert earlier_swap(team, other) is None
    assert swap(team, ALICE, other)
    with pytest.raises(Refused, match="'2026-11-24-alice-swaps-with-bob' says already"):
        swapped(team, "carol", "bob", date(2026, 12, 8), ALICES_DAY)


@pytest.mark.parametrize(
    ("one", "other", "first", "message"),
    [
        ("alice", "alice", None, "'alice' cannot swap with 'alice'"),
        ("alice", "dan", None, "'dan' has no shift ahead"),
        ("alice", "bob", date(2026, 12, 8), "'alice' has no shift around 2026-12-08"),
        ("bob", "alice", date(2026, 11, 12), "'bob' has no shift that is still ahead around 2026-11-12"),
    ],
)
def test_a_swap_of_shifts_that_do_not_exist_is_refused(one: str, other: str, first: Named, message: str) -> None:
    with pytest.raises(Refused, match=message):
        swapped(setting(), one, other, first)


def test_both_must_be_able_to() -> None:
    away = {"time_off": [{"from": "2026-12-05", "until": "2026-12-06"}]}
    with pytest.raises(Refused, match="'alice' is away from 2026-12-05"):
        swapped(setting(alice=away), "alice", "bob")


def test_in_several_rotations_it_must_be_said_which() -> None:
    other = rotation("support", roster=[{"from": "2026-11-03", "members": ["bob", "jo", "alice"]}])
    with pytest.raises(Refused, match="alice and bob take turns in platform and support"):
        swapped(setting(rotation(), other), "alice", "bob")
    found = asked(setting(rotation(), other), "alice", "bob", rotation="platform")
    assert (found.one.rotation, found.one.start) == ("platform", at("24 09:00"))


def test_a_swap_outlives_a_handoff_that_moves_by_an_hour() -> None:
    """Without the hour at the start nobody else loses time, and the hour at the end stays whose it was."""
    made = swapped(setting(), "alice", "bob")
    moved = rotation(handoff={"every": "1 week", "at": "tuesday 10:00"})
    schedule = setting(moved, overrides={"platform": [made]}).files("platform").schedule
    assert schedule.unmatched() == []
    shifts = schedule.shifts(at("24 08:00"), Instant(BOBS[1] + 7200), ["primary"])
    hour = 3600
    assert [(shift.people[0], shift.start, shift.end) for shift in shifts] == [
        ("carol", at("24 08:00"), at("24 10:00")),
        ("bob", at("24 10:00"), ALICES[1]),
        ("alice", BOBS[0], BOBS[0] + hour),
        ("alice", BOBS[0] + hour, BOBS[1]),
        ("bob", BOBS[1], BOBS[1] + hour),
        ("carol", BOBS[1] + hour, BOBS[1] + 2 * hour),
    ]


def test_a_swap_whose_weeks_become_others_is_reported() -> None:
    made = swapped(setting(), "alice", "bob")
    turned = rotation(roster=[{"from": "2026-11-03", "members": ["alice", "bob", "carol", "dan"]}])
    schedule = setting(turned, overrides={"platform": [made]}).files("platform").schedule
    assert schedule.unmatched() == [(made.id, 0), (made.id, 1)]


def test_what_is_to_come_goes_what_is_under_way_ends_and_what_is_over_stays() -> None:
    made = swapped(setting(), "alice", "bob")
    assert removal(setting(now=ALICES[0]), made, NEW_YORK).edit.deleted
    half = removal(setting(now=Instant(ALICES[0] + 3600)), made, NEW_YORK)
    assert half.begun
    assert half.edit.sets == [(("changes", 0, "end"), "2026-11-24T10:00:00-05:00")]
    assert half.edit.removes == [("changes", 1)]
    last = removal(setting(now=Instant(BOBS[1] - 3600)), made, NEW_YORK).edit
    assert (last.sets, last.removes) == ([(("changes", 1, "end"), "2026-12-08T08:00:00-05:00")], [])
    with pytest.raises(Refused, match="is over since Tue 2026-12-08 09:00: it is history"):
        removal(setting(now=BOBS[1]), made, NEW_YORK)
