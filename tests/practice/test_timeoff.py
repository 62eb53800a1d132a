"""Time off, and who could cover what collides: free, rested, fewest hours, then the order of the roster."""

from __future__ import annotations

from typing import Any

import pytest

from oncall_cli.errors import Refused
from oncall_cli.model.time import HOUR, LocalMoment
from oncall_cli.practice.candidates import Candidate, best, pool
from oncall_cli.practice.cover import Asked, cover, time_asked
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.handing import Target
from oncall_cli.practice.setting import Post, Setting
from oncall_cli.practice.shift_asked import Search
from oncall_cli.practice.timeoff import adding, collisions, off_that_begins, removing, time_off, upcoming
from tests.practice.records import at, rotation
from tests.practice.settings import person, setting, with_overrides

PRIMARY = Post("platform", "primary")
FRIDAY = Target(PRIMARY, "dan", at("20 09:00"), at("20 17:00"))
DAILY = {
    "handoff": {"every": "1 day", "at": "09:00"},
    "hours": ["monday-friday 09:00-17:00"],
    "roster": [{"from": "2026-11-16", "members": ["alice", "bob", "carol", "jo", "dan"]}],
}
OFF = {"time_off": [{"from": "2026-11-20", "until": "2026-11-21"}]}


def moment(text: str) -> LocalMoment:
    return LocalMoment.parse(text)


def daily(**people: dict[str, Any]) -> Setting:
    """Return weekdays from 9 to 5, Monday alice to Friday dan; it is Thursday, noon."""
    return setting(rotation(**DAILY), now=at("19 12:00"), **people)


def test_the_best_is_free_then_rested_then_has_the_fewest_hours_then_stands_first() -> None:
    """Friday is dan's. Jo stands Thursday, which is 16 hours before; all the others stood eight hours."""
    found = pool(daily(), FRIDAY)
    assert [(one.person, one.rested, one.seconds // HOUR) for one in found.candidates] == [
        ("jo", True, 3),
        ("alice", True, 8),
        ("bob", True, 8),
        ("carol", True, 8),
    ]


def test_who_has_a_shift_within_twelve_hours_comes_last() -> None:
    nightly = rotation("nights", hours=["thursday 20:00-23:00"], roster=[{"from": "2026-11-17", "members": ["jo"]}])
    team = setting(rotation(**DAILY), nightly, now=at("19 12:00"))
    assert [(one.person, one.rested) for one in pool(team, FRIDAY).candidates][-1] == ("jo", False)
    assert best(team, FRIDAY).person == "alice"


def test_who_is_not_free_is_told_with_the_reason() -> None:
    found = pool(daily(alice={"active": "false"}, bob=OFF, carol={"availability": ["monday 09:00-17:00"]}), FRIDAY)
    assert [one.person for one in found.candidates] == ["jo"]
    assert [one.reason for one in found.others] == [
        "has left: they are not active",
        "is away from 2026-11-20 until 2026-11-21",
        "is not available then",
    ]


def test_who_is_on_duty_is_not_free() -> None:
    both = setting(rotation(roles={"primary": {}, "secondary": {"offset": "1"}}))
    found = pool(both, Target(PRIMARY, "carol", at("19 09:00"), at("20 09:00")))
    assert [(one.person, one.reason) for one in found.others] == [("alice", "is secondary of 'platform' then")]


def test_when_nobody_is_free_one_learns_why() -> None:
    with pytest.raises(Refused, match="alice is away from 2026-11-20 until 2026-11-21; bob is away"):
        best(daily(alice=OFF, bob=OFF, carol=OFF, jo=OFF), FRIDAY)


def test_the_best_can_really_cover() -> None:
    team = daily()
    asked = time_asked(team, "dan", FRIDAY.start, FRIDAY.end, Search())
    assert best(team, asked) == Candidate("jo", True, 3 * HOUR)
    assert cover(team, Asked("dan"), "jo", asked)


def test_each_shift_that_collides_is_cut_to_the_days_off() -> None:
    off = time_off(moment("2026-11-20"), moment("2026-11-22 12:00"), None)
    [found] = collisions(setting(), "carol", off)
    assert (found.wanted.start, found.wanted.end, found.whole) == (at("20 00:00"), at("22 12:00"), False)
    [whole] = collisions(setting(), "alice", time_off(moment("2026-11-20"), moment("2026-12-01 09:00"), None))
    assert (whole.wanted.start, whole.whole) == (at("24 09:00"), True)


def test_the_days_that_are_past_collide_with_nothing() -> None:
    assert collisions(setting(), "bob", time_off(moment("2026-11-10"), moment("2026-11-19"), None)) == []
    [found] = collisions(setting(), "carol", time_off(moment("2026-11-17"), moment("2026-11-19"), None))
    assert found.wanted.start == at("18 12:00")


def test_a_shift_that_somebody_covers_is_given_back_by_removing_the_cover() -> None:
    team = setting()
    made = cover(team, Asked("bob"), "bob", Target(PRIMARY, "carol", at("20 09:00"), at("21 09:00")))
    off = time_off(moment("2026-11-20"), moment("2026-11-21"), None)
    [found] = collisions(with_overrides(team, "platform", made), "bob", off)
    assert found.override == made.id


def test_it_is_written_into_the_file_of_the_person() -> None:
    off = time_off(moment("2026-12-20"), moment("2026-12-27"), "Skiing")
    edit = adding(person("alice"), off)
    written = {"from": "2026-12-20", "until": "2026-12-27", "note": "Skiing"}
    assert edit == RecordEdit("rotations/people/alice.yaml", appends=[(("time_off",), written)])


def test_the_first_day_back_is_after_the_first_day_off() -> None:
    with pytest.raises(Refused, match="is not after --from 2026-12-20: it is the first day back"):
        time_off(moment("2026-12-20"), moment("2026-12-20"), None)


def test_nobody_is_away_twice() -> None:
    alice = person("alice", time_off=[{"from": "2026-12-20", "until": "2026-12-27"}])
    assert adding(alice, time_off(moment("2026-12-27"), moment("2026-12-28"), None))
    with pytest.raises(Refused, match="is away from 2026-12-20 until 2026-12-27 already") as caught:
        adding(alice, time_off(moment("2026-12-26"), moment("2026-12-28"), None))
    assert "oncall timeoff remove alice 2026-12-20" in caught.value.hint


def test_it_is_taken_back_by_its_first_day() -> None:
    one = {"from": "2026-12-20", "until": "2026-12-27"}
    alice = person("alice", time_off=[one])
    assert removing(alice, off_that_begins(alice, moment("2026-12-20"))).removes == [("time_off",)]
    twice = person("alice", time_off=[one, {"from": "2027-01-20", "until": "2027-01-27"}])
    assert removing(twice, off_that_begins(twice, moment("2027-01-20"))).removes == [("time_off", 1)]
    with pytest.raises(Refused, match="no time off that begins on 2026-12-21") as caught:
        off_that_begins(twice, moment("2026-12-21"))
    assert "2026-12-20, 2027-01-20" in caught.value.hint


def test_what_is_over_is_not_listed() -> None:
    alice = person(
        "alice", time_off=[{"from": "2026-12-20", "until": "2026-12-27"}, {"from": "2026-11-01", "until": "2026-11-18"}]
    )
    team = setting(alice={"time_off": [{"from": "2026-11-01", "until": "2026-11-18"}]})
    assert [str(off.from_) for _, off in upcoming(team, alice, everything=False)] == ["2026-12-20"]
    assert [str(off.from_) for _, off in upcoming(team, alice, everything=True)] == ["2026-11-01", "2026-12-20"]
