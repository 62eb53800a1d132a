"""Overrides: covers, swaps, intended gaps, and which of two wins."""

from __future__ import annotations

from oncall_cli.model.time import parse_instant
from oncall_cli.schedule.shift import Source
from tests.schedule.build import change, local, override, schedule, told

# cy has the week from Monday 2 March, ana the next.
NIGHT = ("2026-03-03T18:00:00-06:00", "2026-03-04T06:00:00-06:00")
WEEK = ("2026-03-02T09:00:00-06:00", "2026-03-09T09:00:00-05:00")
FORTNIGHT = ("2026-03-02T09:00:00-06:00", "2026-03-16T09:00:00-05:00")
EVENING = parse_instant("2026-03-03T20:00:00-06:00")


def test_a_cover_splits_the_shift() -> None:
    """A cover of one night leaves three shifts of one turn."""
    made = schedule(override("night", change(*NIGHT, "zoe")))
    assert told(made, *WEEK) == [
        "cy 2026-03-02T09:00-06:00 2026-03-03T18:00-06:00",
        "zoe 2026-03-03T18:00-06:00 2026-03-04T06:00-06:00",
        "cy 2026-03-04T06:00-06:00 2026-03-09T09:00-05:00",
    ]
    shifts = made.shifts(parse_instant(WEEK[0]), parse_instant(WEEK[1]))
    assert [(shift.source, shift.override) for shift in shifts] == [
        (Source.ROSTER, None),
        (Source.OVERRIDE, "night"),
        (Source.ROSTER, None),
    ]
    assert {(shift.layer, shift.turn, shift.window) for shift in shifts} == {
        ("main", parse_instant(WEEK[0]), parse_instant(WEEK[0]))
    }


def test_the_holder_during_a_cover() -> None:
    """``at`` tells the cover's own times, and who has it after."""
    holding = schedule(override("night", change(*NIGHT, "zoe"))).at("primary", EVENING)
    assert holding == (
        "primary",
        ("zoe",),
        parse_instant(NIGHT[0]),
        parse_instant(NIGHT[1]),
        Source.OVERRIDE,
        "night",
        ("cy",),
        parse_instant(NIGHT[1]),
    )


def test_a_cover_outside_hours_covers_all_of_its_time() -> None:
    """Pieces outside the hours have no turn; they stay apart from the hours between them."""
    made = schedule(
        override("long", change("2026-03-03T08:00:00-06:00", "2026-03-03T18:00:00-06:00", "zoe")),
        hours=["monday-friday 09:00-17:00"],
    )
    shifts = made.shifts(parse_instant("2026-03-03T00:00:00-06:00"), parse_instant("2026-03-04T00:00:00-06:00"))
    assert [(local(made, one.start)[11:16], one.people, one.turn is None, one.layer) for one in shifts] == [
        ("08:00", ("zoe",), True, None),
        ("09:00", ("zoe",), False, "main"),
        ("17:00", ("zoe",), True, None),
    ]


def test_instead_of_limits_a_cover_to_that_persons_time() -> None:
    """A cover of ana for a fortnight is her week of it."""
    made = schedule(override("leave", change(*FORTNIGHT, "zoe", instead_of="ana")))
    assert told(made, *FORTNIGHT) == [
        "cy 2026-03-02T09:00-06:00 2026-03-09T09:00-05:00",
        "zoe 2026-03-09T09:00-05:00 2026-03-16T09:00-05:00",
    ]
    assert made.unmatched() == []


def test_a_cover_for_somebody_who_is_not_on_call_is_unmatched() -> None:
    """``instead_of`` that matches no time is found, by its file and its place there."""
    made = schedule(override("wrong", change(*WEEK, "zoe", instead_of="cy"), change(*WEEK, "zoe", instead_of="ben")))
    assert made.unmatched() == [("wrong", 1)]


def test_a_swap_is_two_changes() -> None:
    """Both weeks change hands, each limited to the other's turn."""
    made = schedule(
        override("swap", change(*FORTNIGHT, "ana", instead_of="cy"), change(*FORTNIGHT, "cy", instead_of="ana"))
    )
    assert told(made, *FORTNIGHT) == [
        "ana 2026-03-02T09:00-06:00 2026-03-09T09:00-05:00",
        "cy 2026-03-09T09:00-05:00 2026-03-16T09:00-05:00",
    ]
    assert made.overlaps() == []


def test_the_last_declared_wins() -> None:
    """Where two overlap the later ``created`` wins, then the later id; the overlap is reported."""
    early = override("zz-early", change(*WEEK, "zoe"), created="2026-02-01T00:00:00Z")
    late = override("aa-late", change(*NIGHT, "yan"), created="2026-02-02T00:00:00Z")
    made = schedule(early, late)
    assert made.at("primary", EVENING).people == ("yan",)
    assert made.overlaps() == [(("zz-early", 0), ("aa-late", 0), parse_instant(NIGHT[0]), parse_instant(NIGHT[1]))]
    same = schedule(override("b", change(*NIGHT, "zoe")), override("a", change(*NIGHT, "yan")))
    assert same.at("primary", EVENING).people == ("zoe",)
    why = made.explain("primary", EVENING)
    assert why
    assert why.overrides == (("zz-early", 0, False), ("aa-late", 0, True))


def test_overrides_are_not_transitive() -> None:
    """zoe covers cy; a cover of zoe does nothing, for by the layers she is not on call."""
    made = schedule(
        override("one", change(*WEEK, "zoe", instead_of="cy"), created="2026-02-01T00:00:00Z"),
        override("two", change(*WEEK, "yan", instead_of="zoe"), created="2026-02-02T00:00:00Z"),
    )
    assert made.at("primary", EVENING).people == ("zoe",)
    assert made.unmatched() == [("two", 0)]


def test_nobody_is_an_intended_gap() -> None:
    """Nobody is on call, because an override says so; somebody is next."""
    holding = schedule(override("free", change(*NIGHT, "nobody"))).at("primary", EVENING)
    assert (holding.people, holding.source, holding.override) == ((), Source.OVERRIDE, "free")
    assert (holding.start, holding.end) == (parse_instant(NIGHT[0]), parse_instant(NIGHT[1]))
    assert (holding.next_people, holding.next_start) == (("cy",), parse_instant(NIGHT[1]))


def test_in_a_group_only_the_named_person_is_replaced() -> None:
    """The others of the group stay, in their places; two covers in one group are both kept."""
    group = {"members": (["ana", "ben", "cy"],)}
    one = override("one", change(*NIGHT, ["yan", "zoe"], instead_of="ben"))
    assert schedule(one, **group).at("primary", EVENING).people == ("ana", "yan", "zoe", "cy")
    two = override("two", change(*NIGHT, "xia", instead_of="ana"))
    both = schedule(one, two, **group)
    assert both.at("primary", EVENING).people == ("xia", "yan", "zoe", "cy")
    assert both.overlaps() == []
    gone = override("gone", change(*NIGHT, "nobody", instead_of="ben"))
    assert schedule(gone, **group).at("primary", EVENING).people == ("ana", "cy")


def test_a_cover_by_somebody_of_the_group_leaves_them_once() -> None:
    """Nobody stands a shift twice."""
    made = schedule(override("one", change(*NIGHT, "cy", instead_of="ana")), members=(["ana", "cy"],))
    assert made.at("primary", EVENING).people == ("cy",)


def test_a_later_cover_of_everybody_wins_over_one_of_a_person() -> None:
    """Without ``instead_of`` a change takes every place, whoever had it."""
    made = schedule(
        override("a", change(*NIGHT, "xia", instead_of="ana")),
        override("b", change(*NIGHT, "zoe")),
        members=(["ana", "cy"],),
    )
    assert made.at("primary", EVENING).people == ("zoe",)


def test_adjacent_changes_of_one_override_are_one_shift() -> None:
    """What a file says in two pieces is stood in one."""
    made = schedule(
        override(
            "two",
            change("2026-03-03T18:00:00-06:00", "2026-03-04T00:00:00-06:00", "zoe"),
            change("2026-03-04T00:00:00-06:00", "2026-03-04T06:00:00-06:00", "zoe"),
        )
    )
    assert told(made, *WEEK)[1] == "zoe 2026-03-03T18:00-06:00 2026-03-04T06:00-06:00"


def test_changes_of_one_override_are_one_shift_only_where_they_meet() -> None:
    """Where nobody has a turn, an evening in two pieces is one shift, and the next evening another."""
    made = schedule(
        override(
            "evenings",
            change("2026-03-03T18:00:00-06:00", "2026-03-03T20:00:00-06:00", "zoe", role="helper"),
            change("2026-03-03T20:00:00-06:00", "2026-03-03T22:00:00-06:00", "zoe", role="helper"),
            change("2026-03-04T18:00:00-06:00", "2026-03-04T22:00:00-06:00", "zoe", role="helper"),
        )
    )
    assert told(made, *WEEK, role="helper") == [
        "zoe 2026-03-03T18:00-06:00 2026-03-03T22:00-06:00",
        "zoe 2026-03-04T18:00-06:00 2026-03-04T22:00-06:00",
    ]
    for moment in ("2026-03-03T19:00:00-06:00", "2026-03-03T21:00:00-06:00"):
        holding = made.at("helper", parse_instant(moment))
        assert holding.end == parse_instant("2026-03-03T22:00:00-06:00")


def test_a_role_that_only_an_override_fills() -> None:
    """Before and after it nobody has the role, and nobody is next."""
    made = schedule(override("extra", change(*NIGHT, "zoe", role="helper")))
    assert told(made, *WEEK, role="helper") == ["zoe 2026-03-03T18:00-06:00 2026-03-04T06:00-06:00"]
    after = made.at("helper", parse_instant(WEEK[1]))
    assert (after.people, after.start, after.end, after.next_start) == ((), parse_instant(NIGHT[1]), None, None)
    assert made.at("nothing", EVENING).people == ()


def test_why_somebody_is_on_call() -> None:
    """``explain`` names the version, the turn and the member; for an offset, of the later turn."""
    made = schedule(
        override("night", change(*NIGHT, "zoe")),
        roles={"primary": {}, "secondary": {"offset": "1"}},
        hours=["daily 00:00-24:00"],
    )
    why = made.explain("primary", EVENING)
    assert why
    assert why.ground
    assert why.people == ("zoe",)
    ground = why.ground
    assert (ground.layer, ground.keys, ground.number, ground.position) == ("main", ("roster", 0), 8, 2)
    assert (ground.people, ground.hours) == (("cy",), ("daily 00:00-24:00",))
    second = made.explain("secondary", EVENING)
    assert second
    assert second.ground
    assert (second.ground.number, second.ground.position, second.people) == (8, 0, ("ana",))
    assert made.explain("primary", parse_instant("2020-01-01T00:00:00Z")) is None
