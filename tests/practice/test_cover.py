"""Covers, gaps and taking over: what is asked becomes an override, or a refusal that says why.

Unless a test says otherwise alice, bob and carol take weeks from Tuesday 3 November 09:00 in New York, and it
is Wednesday the 18th, noon: carol is on call.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from oncall_cli.errors import OncallError, Refused, WrongUsage
from oncall_cli.model.override import Override
from oncall_cli.practice.cover import Asked, cover, leave_open, shift_asked, time_asked
from oncall_cli.practice.handing import Target
from oncall_cli.practice.new_override import change, new_override, override_edit, override_id
from oncall_cli.practice.setting import Post, Setting
from oncall_cli.practice.shift_asked import Search
from oncall_cli.practice.take import take
from tests.practice.records import at, rotation
from tests.practice.settings import NEW_YORK, WITH_SECONDARY, setting, told, with_overrides

ALICE = Asked("alice")
ANYWHERE = Search()
PRIMARY = Post("platform", "primary")
SECONDARY = Post("platform", "secondary")
WEEKDAYS = {"hours": ["monday-friday 09:00-17:00"]}


def spans(team: Setting, whom: str | None, start: str, end: str, who: str, **search: str) -> Override:
    wanted = time_asked(team, whom, at(start), at(end), Search(**search))
    return cover(team, ALICE, who, wanted)


def refused(call: Any, *arguments: Any, **more: Any) -> tuple[str, str]:
    with pytest.raises(OncallError) as caught:
        call(*arguments, **more)
    return caught.value.message, caught.value.hint


def test_a_part_of_a_shift() -> None:
    made = spans(setting(), "carol", "19 18:00", "20 08:00", "bob")
    assert told(made) == [("primary", at("19 18:00"), at("20 08:00"), "bob", "carol")]
    assert made.path == "rotations/platform/overrides/2026-11-19-bob-covers-carol.yaml"
    assert (made.requested_by, made.agreed_by, made.created) == ("alice", (), at("18 12:00"))


def test_who_covers_and_says_so_themself_has_agreed() -> None:
    assert spans(setting(), "carol", "19 18:00", "20 08:00", "alice").agreed_by == ("alice",)


def test_it_is_cut_to_the_time_that_the_person_has() -> None:
    [only] = told(spans(setting(), "carol", "23 09:00", "25 09:00", "bob"))
    assert only == ("primary", at("23 09:00"), at("24 09:00"), "bob", "carol")


def test_the_nights_between_the_hours_are_nobodys_and_one_change_spans_them() -> None:
    [only] = told(spans(setting(rotation(**WEEKDAYS)), "carol", "19 00:00", "21 00:00", "bob"))
    assert only == ("primary", at("19 09:00"), at("20 17:00"), "bob", "carol")


@pytest.mark.parametrize("whom", ["carol", None])
def test_a_shift_by_a_day_of_it_is_what_lies_ahead_of_it(whom: str | None) -> None:
    asked = shift_asked(setting(), whom, date(2026, 11, 18), ANYWHERE)
    assert asked == Target(PRIMARY, "carol", at("18 12:00"), at("24 09:00"))


def test_on_the_day_of_a_handoff_the_shift_that_begins_is_meant() -> None:
    assert shift_asked(setting(), None, date(2026, 11, 24), ANYWHERE).whom == "alice"
    assert shift_asked(setting(), "carol", date(2026, 11, 24), ANYWHERE).end == at("24 09:00")


def test_the_next_shift_begins_later_also_where_hours_cut_the_present_one() -> None:
    team = setting(rotation(**WEEKDAYS))
    asked = shift_asked(team, "carol", None, ANYWHERE)
    assert asked.start == at("24 09:00") + 2 * 7 * 86400
    assert shift_asked(team, "alice", None, ANYWHERE) == Target(PRIMARY, "alice", at("24 09:00"), at("30 17:00"))


def test_a_role_that_is_not_named_is_the_primary_if_they_have_it() -> None:
    team = setting(rotation(**WITH_SECONDARY))
    assert shift_asked(team, "alice", None, ANYWHERE).post == PRIMARY
    assert time_asked(team, "alice", at("19 09:00"), at("20 09:00"), ANYWHERE).post == SECONDARY
    assert spans(team, "alice", "19 09:00", "20 09:00", "bob", role="secondary").changes[0].role == "secondary"


def test_what_is_left_open_on_purpose_stays_open() -> None:
    team = setting()
    closed = leave_open(team, ALICE, PRIMARY, at("20 09:00"), at("21 09:00"))
    made = spans(with_overrides(team, "platform", closed), "carol", "19 09:00", "23 09:00", "bob")
    assert [change[1:3] for change in told(made)] == [
        (at("19 09:00"), at("20 09:00")),
        (at("21 09:00"), at("23 09:00")),
    ]


def test_a_place_that_another_of_the_group_leaves_open_is_not_theirs() -> None:
    team = setting(rotation(roster=[{"from": "2026-11-03", "members": [["alice", "carol"]]}]))
    gap = change("primary", at("19 09:00"), at("21 09:00"), (), "alice")
    closed = new_override("gap", "platform", kind="nobody", changes=(gap,))
    made = spans(with_overrides(team, "platform", closed), "carol", "19 09:00", "20 09:00", "bob")
    assert told(made)[0][1:3] == (at("19 09:00"), at("20 09:00"))


def test_a_gap_may_be_covered() -> None:
    [only] = told(spans(setting(rotation(**WEEKDAYS)), None, "18 18:00", "18 22:00", "bob"))
    assert only == ("primary", at("18 18:00"), at("18 22:00"), "bob", None)


def test_one_of_a_group_is_covered_and_must_be_named() -> None:
    team = setting(rotation(roster=[{"from": "2026-11-03", "members": [["alice", "carol"], "bob"]}]))
    assert "alice and carol are primary" in refused(spans, team, None, "19 09:00", "20 09:00", "dan")[0]
    assert told(spans(team, "carol", "19 09:00", "20 09:00", "dan"))[0][4] == "carol"
    assert "'alice' is primary of 'platform'" in refused(spans, team, "carol", "19 09:00", "20 09:00", "alice")[0]


REFUSALS: list[tuple[tuple[str | None, str, str, str], str, str]] = [
    (("carol", "18 11:00", "19 09:00", "bob"), "Wed 2026-11-18 11:00 is in the past", "--from now"),
    (("carol", "19 09:00", "19 09:00", "bob"), "is not after the start", "later --to"),
    (("carol", "25 09:00", "26 09:00", "bob"), "'carol' is not on call from", "oncall schedule --person carol"),
    (("carol", "19 09:00", "20 09:00", "carol"), "it is 'carol' who has this time", "somebody else"),
    (("carol", "19 09:00", "20 09:00", "gone"), "'gone' has left", "active: false"),
    (("carol", "19 09:00", "20 09:00", "off"), "'off' is away from 2026-11-19 until 2026-11-21 (Fishing)", "timeoff"),
]


@pytest.mark.parametrize(("asked", "message", "hint"), REFUSALS)
def test_what_cannot_be_is_refused(asked: tuple[str | None, str, str, str], message: str, hint: str) -> None:
    away = {"time_off": [{"from": "2026-11-19", "until": "2026-11-21", "note": "Fishing"}]}
    team = setting(gone={"active": "false"}, off=away)
    said = refused(spans, team, *asked)
    assert message in said[0]
    assert hint in said[1]


def test_minutes_of_typing_are_no_past() -> None:
    assert spans(setting(), "carol", "18 11:57", "19 09:00", "bob").changes[0].start == at("18 11:57")


def test_time_off_is_days_of_their_own_zone() -> None:
    """In Auckland the 20th ends on the 20th at 06:00 of New York."""
    off = {"timezone": "Pacific/Auckland", "time_off": [{"from": "2026-11-20", "until": "2026-11-21"}]}
    assert "is away" in refused(spans, setting(dan=off), "carol", "20 05:00", "20 07:00", "dan")[0]
    assert spans(setting(dan=off), "carol", "20 06:00", "20 07:00", "dan")


def test_nobody_is_in_two_places_not_in_another_rotation_either() -> None:
    other = rotation("support", roster=[{"from": "2026-11-03", "members": ["jo", "dan", "jo"]}])
    message, hint = refused(spans, setting(rotation(), other), "carol", "19 09:00", "20 09:00", "jo")
    assert message == (
        "'jo' is primary of 'support' from Thu 2026-11-19 09:00 to Fri 2026-11-20 09:00, and cannot be primary of "
        "'platform' at the same time"
    )
    assert 'oncall cover PERSON --for jo --rotation support --role primary --from "2026-11-19 09:00"' in hint


def test_the_backup_first_finds_somebody_for_their_own_place() -> None:
    """R2: support takes over when the primary is away, in two steps."""
    team = setting(rotation(**WITH_SECONDARY))
    assert "cannot be primary" in refused(spans, team, "carol", "19 09:00", "20 09:00", "alice")[0]
    first = spans(team, "alice", "19 09:00", "20 09:00", "dan", role="secondary")
    second = spans(with_overrides(team, "platform", first), "carol", "19 09:00", "20 09:00", "alice")
    assert told(second)[0][3:] == ("alice", "carol")


def test_somebody_who_shadows_may_cover() -> None:
    shadow = {"primary": {}, "shadow": [{"person": "jo", "from": "2026-11-17", "until": "2026-11-24"}]}
    assert spans(setting(rotation(roles=shadow)), "carol", "19 09:00", "20 09:00", "jo")


def test_an_override_is_not_put_over_another_which_is_named() -> None:
    team = setting()
    first = spans(team, "carol", "19 09:00", "20 09:00", "bob")
    both = with_overrides(team, "platform", first)
    for whom in ("carol", "bob"):
        message, hint = refused(spans, both, whom, "19 12:00", "21 09:00", "dan")
        assert message == (
            f"'{first.id}' says already who is primary of 'platform' from Thu 2026-11-19 12:00 to "
            "Fri 2026-11-20 09:00: bob instead of 'carol'"
        )
        assert hint.endswith(f"oncall override remove {first.id}")
    assert spans(both, "carol", "20 09:00", "21 09:00", "dan")


def test_who_is_on_call_in_several_rotations_says_in_which() -> None:
    other = rotation("support", roster=[{"from": "2026-11-03", "members": ["bob", "jo", "carol"]}])
    team = setting(rotation(), other)
    assert refused(spans, team, "carol", "19 09:00", "20 09:00", "dan")[0] == (
        "'carol' is on call in platform and support then"
    )
    assert "--rotation" in refused(shift_asked, team, "carol", date(2026, 11, 19), ANYWHERE)[1]
    assert shift_asked(team, "carol", date(2026, 11, 19), Search("support")).post == Post("support", "primary")
    with pytest.raises(WrongUsage, match="there are platform, support"):
        spans(team, None, "19 09:00", "20 09:00", "dan")


@pytest.mark.parametrize(("whom", "day"), [("dan", None), ("dan", date(2026, 12, 1)), ("carol", date(2026, 11, 5))])
def test_a_shift_that_does_not_exist_is_refused(whom: str, day: date | None) -> None:
    assert f"'{whom}' has no shift" in refused(shift_asked, setting(), whom, day, ANYWHERE)[0]


def test_the_file_as_it_is_written() -> None:
    edit = override_edit(spans(setting(), "carol", "19 18:00", "20 08:00", "alice"), NEW_YORK)
    assert edit.new == {
        "kind": "cover",
        "changes": [
            {
                "role": "primary",
                "start": "2026-11-19T18:00:00-05:00",
                "end": "2026-11-20T08:00:00-05:00",
                "person": "alice",
                "instead_of": "carol",
            }
        ],
        "reason": None,
        "requested_by": "alice",
        "agreed_by": ["alice"],
        "created": "2026-11-18T12:00:00-05:00",
    }


def test_a_name_that_is_taken_gets_a_number_and_none_gets_too_long() -> None:
    start = at("19 18:00")
    assert override_id("bob-covers-jo", start, NEW_YORK, ["2026-11-19-bob-covers-jo"]) == "2026-11-19-bob-covers-jo-2"
    assert len(override_id("a" * 60, start, NEW_YORK, ())) < 64


def test_an_intended_gap_needs_somebody_who_would_be_there() -> None:
    weekdays = setting(rotation(**WEEKDAYS))
    made = leave_open(weekdays, ALICE, PRIMARY, at("20 09:00"), at("20 17:00"))
    assert (made.id, told(made)[0][3]) == ("2026-11-20-nobody-primary", "nobody")
    message, _ = refused(leave_open, weekdays, ALICE, PRIMARY, at("21 09:00"), at("22 17:00"))
    assert message.startswith("nobody is primary of 'platform' from Sat 2026-11-21 09:00")
    again, hint = refused(
        leave_open, with_overrides(weekdays, "platform", made), ALICE, PRIMARY, at("19 09:00"), at("24 09:00")
    )
    assert made.id in again
    assert made.id in hint


def test_to_take_over_lasts_until_the_end_of_the_present_stretch() -> None:
    [made] = take(setting(rotation(**WEEKDAYS)), ALICE, PRIMARY)
    assert told(made) == [("primary", at("18 12:00"), at("18 17:00"), "alice", "carol")]
    [whole] = take(setting(), ALICE, PRIMARY)
    assert told(whole)[0][1:3] == (at("18 12:00"), at("24 09:00"))


def test_to_take_over_leaves_the_own_place_to_nobody() -> None:
    made, left = take(setting(rotation(**WITH_SECONDARY)), ALICE, PRIMARY)
    assert told(made) == [("primary", at("18 12:00"), at("24 09:00"), "alice", "carol")]
    assert told(left) == [("secondary", at("18 12:00"), at("24 09:00"), "nobody", "alice")]
    assert left.id == "2026-11-18-nobody-secondary"


def test_to_take_over_wins_over_the_override_that_put_somebody_there() -> None:
    team = setting()
    covered = with_overrides(team, "platform", spans(team, "carol", "18 12:00", "20 09:00", "bob"))
    later = covered._replace(now=at("18 13:00"))
    [made] = take(later, Asked("dan"), PRIMARY)
    assert told(made) == [("primary", at("18 13:00"), at("20 09:00"), "dan", "carol")]
    schedule = later.with_override("platform", made).files("platform").schedule
    assert [schedule.at("primary", at(when)).people for when in ("18 12:30", "19 12:00", "21 12:00")] == [
        ("bob",),
        ("dan",),
        ("carol",),
    ]


def test_what_is_ones_own_or_a_groups_is_not_taken() -> None:
    assert "'carol' is primary of 'platform' already" in refused(take, setting(), Asked("carol"), PRIMARY)[0]
    group = setting(rotation(roster=[{"from": "2026-11-03", "members": [["bob", "carol"]]}]))
    assert "bob and carol are primary" in refused(take, group, ALICE, PRIMARY)[0]
    with pytest.raises(Refused, match="is away"):
        take(setting(dan={"time_off": [{"from": "2026-11-18", "until": "2026-11-19"}]}), Asked("dan"), PRIMARY)
