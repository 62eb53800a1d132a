"""Hours, layers, roles by name, and what of it must be covered."""

from __future__ import annotations

from typing import Any

from oncall_cli.model.time import parse_instant
from oncall_cli.schedule.schedule import Schedule
from tests.schedule.build import DAILY, WEEKLY, change, local, override, schedule, told, version


def gaps(made: Schedule, start: str, end: str) -> list[str]:
    """Return the gaps as lines such as ``primary 2026-03-02T09:00-06:00 2026-03-02T10:00-06:00 intended``."""
    return [
        f"{gap.role} {local(made, gap.start)} {local(made, gap.end)}{' intended' if gap.intended else ''}"
        for gap in made.gaps(parse_instant(start), parse_instant(end))
    ]


def sun(zone: str, opens: str, *members: str) -> dict[str, Any]:
    """Return a layer that has the days of one part of the world."""
    return {
        "name": zone.rpartition("/")[2].lower().replace("_", "-"),
        "timezone": zone,
        "handoff": WEEKLY,
        "hours": [f"monday-friday {opens}"],
        "roster": [version("2026-01-05", *members)],
    }


def test_hours_cut_a_turn_into_stretches() -> None:
    """A week of office hours is five stretches of one turn, which ``window`` tells apart."""
    made = schedule(hours=["monday-friday 09:00-17:00"])
    shifts = made.shifts(parse_instant("2026-03-02T00:00:00-06:00"), parse_instant("2026-03-09T00:00:00-05:00"))
    assert [local(made, shift.start) for shift in shifts] == [f"2026-03-0{day}T09:00-06:00" for day in range(2, 7)]
    assert len({shift.turn for shift in shifts}) == 1
    assert [shift.window for shift in shifts] == [shift.start for shift in shifts]


def test_a_night_window_belongs_to_the_day_it_starts_on() -> None:
    """Friday 22:00-06:00 ends on Saturday morning; there is none from Saturday to Sunday."""
    made = schedule(hours=["friday 22:00-06:00"], members=("ana",))
    assert told(made, "2026-03-05T00:00:00Z", "2026-03-12T00:00:00Z") == [
        "ana 2026-03-06T22:00-06:00 2026-03-07T06:00-06:00"
    ]


def test_a_window_over_several_days() -> None:
    """A weekend is one window: of 60 hours when Chicago's clocks go forward in it, 61 elsewhere."""
    made = schedule(hours=["friday 17:00 - monday 06:00"], members=("ana",))
    assert told(made, "2026-03-05T00:00:00Z", "2026-03-12T00:00:00Z") == [
        "ana 2026-03-06T17:00-06:00 2026-03-09T06:00-05:00"
    ]


def test_hours_end_at_the_last_of_two_times() -> None:
    """01:30 comes twice in Chicago on 1 November 2026: hours begin at the first and end at the last."""
    made = schedule(hours=["sunday 01:30-05:00", "saturday 22:00-01:30"], members=("ana",))
    assert told(made, "2026-10-31T00:00:00Z", "2026-11-02T00:00:00Z") == [
        "ana 2026-10-31T22:00-05:00 2026-11-01T05:00-06:00"
    ]
    late = schedule(hours=["saturday 22:00-01:30"], members=("ana",))
    assert told(late, "2026-10-31T00:00:00Z", "2026-11-02T00:00:00Z") == [
        "ana 2026-10-31T22:00-05:00 2026-11-01T01:30-06:00"
    ]


def test_an_empty_turn_takes_no_hours_away() -> None:
    """The handoff at the first 01:30 begins an empty turn; whoever has the night keeps it to the last 01:30."""
    made = schedule(
        handoff=DAILY | {"at": "01:30"}, hours=["saturday 22:00-01:30"], roster=[version("2026-10-01", "ana", "ben")]
    )
    [night] = told(made, "2026-10-31T12:00:00Z", "2026-11-02T00:00:00Z")
    assert night.endswith("2026-10-31T22:00-05:00 2026-11-01T01:30-06:00")
    assert gaps(made, "2026-10-31T00:00:00Z", "2026-11-02T00:00:00Z") == []


def test_hours_that_the_clock_skips_are_none() -> None:
    """02:00 to 03:00 does not exist in Chicago on 8 March 2026; the week after it does."""
    made = schedule(hours=["sunday 02:00-03:00"], members=("ana",))
    assert told(made, "2026-03-07T00:00:00Z", "2026-03-16T00:00:00Z") == [
        "ana 2026-03-15T02:00-05:00 2026-03-15T03:00-05:00"
    ]


def test_always_is_around_the_clock() -> None:
    """``always`` cuts a turn nowhere."""
    made = schedule(hours=["always"])
    assert len(made.shifts(parse_instant("2026-03-03T00:00:00Z"), parse_instant("2026-03-09T00:00:00Z"))) == 1


def test_layers_follow_the_sun() -> None:
    """Each layer has its own zone; where two have somebody, the later wins."""
    made = schedule(
        layers=[sun("Europe/Berlin", "09:00-17:00", "eva"), sun("America/New_York", "09:00-17:00", "nick")],
        timezone="UTC",
    )
    # The two weeks between the changes of clocks, Berlin's and New York's office hours overlap by three hours.
    assert told(made, "2026-03-10T00:00:00Z", "2026-03-11T00:00:00Z") == [
        "eva 2026-03-10T08:00+00:00 2026-03-10T13:00+00:00",
        "nick 2026-03-10T13:00+00:00 2026-03-10T21:00+00:00",
    ]
    assert told(made, "2026-04-07T00:00:00Z", "2026-04-08T00:00:00Z") == [
        "eva 2026-04-07T07:00+00:00 2026-04-07T13:00+00:00",
        "nick 2026-04-07T13:00+00:00 2026-04-07T21:00+00:00",
    ]


def test_a_later_layer_cuts_the_one_below() -> None:
    """A week's turn goes on after the day that another layer took from it, and is still the same turn."""
    made = schedule(
        layers=[
            {"name": "week", "handoff": WEEKLY, "roster": [version("2026-01-05", "ana")]},
            {"name": "day", "handoff": DAILY, "hours": ["wed 09:00-17:00"], "roster": [version("2026-01-05", "ben")]},
        ]
    )
    start, end = parse_instant("2026-03-02T15:00:00Z"), parse_instant("2026-03-09T14:00:00Z")
    shifts = made.shifts(start, end)
    assert [shift.people[0] for shift in shifts] == ["ana", "ben", "ana"]
    assert shifts[0].turn == shifts[2].turn == shifts[2].window == start
    assert made.at("primary", parse_instant("2026-03-06T00:00:00Z")).start == parse_instant("2026-03-04T17:00:00-06:00")


def test_a_layer_with_a_role_of_its_own_and_an_offset() -> None:
    """The secondary comes from the primary's list, but for the hours of a layer that names the role."""
    made = schedule(
        layers=[
            {"name": "main", "handoff": WEEKLY, "roster": [version("2026-01-05", "ana", "ben")]},
            {
                "name": "backup",
                "role": "secondary",
                "handoff": WEEKLY,
                "hours": ["sat,sun 00:00-24:00"],
                "roster": [version("2026-01-05", "zoe")],
            },
        ],
        roles={"primary": {}, "secondary": {"offset": "1"}},
    )
    assert made.roles == ("primary", "secondary")
    assert told(made, "2026-01-09T12:00:00-06:00", "2026-01-13T00:00:00-06:00", "secondary") == [
        "ben 2026-01-09T12:00-06:00 2026-01-10T00:00-06:00",
        "zoe 2026-01-10T00:00-06:00 2026-01-12T00:00-06:00",
        "ben 2026-01-12T00:00-06:00 2026-01-12T09:00-06:00",
        "ana 2026-01-12T09:00-06:00 2026-01-13T00:00-06:00",
    ]


def test_a_described_role_that_a_layer_fills_has_no_offset() -> None:
    """``secondary: {}`` beside a layer for secondary says nothing about whose turn it is."""
    made = schedule(
        layers=[
            {"name": "main", "handoff": WEEKLY, "roster": [version("2026-01-05", "ana")]},
            {
                "name": "backup",
                "role": "secondary",
                "handoff": WEEKLY,
                "hours": ["monday 10:00-11:00"],
                "roster": [version("2026-01-05", "zoe")],
            },
        ],
        roles={"primary": {}, "secondary": {"responsibilities": "Helps."}},
    )
    assert told(made, "2026-01-05T00:00:00-06:00", "2026-01-06T00:00:00-06:00", "secondary") == [
        "zoe 2026-01-05T10:00-06:00 2026-01-05T11:00-06:00"
    ]


def test_roles_are_in_the_files_order_after_the_primary() -> None:
    """Roles that only a layer or an override names come last."""
    made = schedule(
        override("extra", change("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "ana", role="helper")),
        roles={
            "shadow": [{"person": "eve", "from": "2026-03-02", "until": "2026-03-03"}],
            "secondary": {"offset": "1"},
        },
    )
    assert made.roles == ("primary", "shadow", "secondary", "helper")


def test_stints_have_the_hours_of_the_primary() -> None:
    """Newcomers shadow by name, in the hours of the rotation; two at once stand together."""
    made = schedule(
        hours=["monday-friday 09:00-17:00"],
        roles={
            "primary": {},
            "shadow": [
                {"person": "eve", "from": "2026-03-02", "until": "2026-03-04"},
                {"person": "fay", "from": "2026-03-03", "until": "2026-03-05 12:00"},
            ],
        },
    )
    assert told(made, "2026-03-01T00:00:00Z", "2026-03-10T00:00:00Z", "shadow") == [
        "eve 2026-03-02T09:00-06:00 2026-03-02T17:00-06:00",
        "eve+fay 2026-03-03T09:00-06:00 2026-03-03T17:00-06:00",
        "fay 2026-03-04T09:00-06:00 2026-03-04T17:00-06:00",
        "fay 2026-03-05T09:00-06:00 2026-03-05T12:00-06:00",
    ]
    why = made.explain("shadow", parse_instant("2026-03-04T12:00:00-06:00"))
    assert why
    assert why.ground
    assert (why.ground.layer, why.ground.keys) == (None, ("roles", "shadow", 1))


def test_the_rotations_own_hours_are_covered() -> None:
    """Without ``coverage`` the primary is promised in its own hours: nights are no gap."""
    made = schedule(hours=["monday-friday 09:00-17:00"])
    assert gaps(made, "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z") == []


def test_a_promise_beyond_the_hours_has_gaps() -> None:
    """What is promised and nobody's is a gap, from the first turn on."""
    made = schedule(
        hours=["monday-friday 09:00-17:00"], coverage={"hours": ["monday 08:00-18:00"], "roles": ["primary"]}
    )
    assert gaps(made, "2025-12-29T00:00:00Z", "2026-01-13T00:00:00Z") == [
        "primary 2026-01-05T17:00-06:00 2026-01-05T18:00-06:00",
        "primary 2026-01-12T08:00-06:00 2026-01-12T09:00-06:00",
        "primary 2026-01-12T17:00-06:00 2026-01-12T18:00-06:00",
    ]


def test_a_promised_role_that_nobody_has_is_a_gap() -> None:
    """A role that only ``coverage`` names is never held."""
    made = schedule(coverage={"roles": ["primary", "secondary"]})
    assert gaps(made, "2026-03-02T00:00:00Z", "2026-03-02T06:00:00Z") == [
        "secondary 2026-03-01T18:00-06:00 2026-03-02T00:00-06:00"
    ]


def test_an_intended_gap_is_shown_as_one() -> None:
    """``person: nobody`` leaves a gap on purpose, in every role."""
    made = schedule(
        override("holiday", change("2026-03-03T00:00:00-06:00", "2026-03-04T00:00:00-06:00", "nobody")),
        override("rest", change("2026-03-03T00:00:00-06:00", "2026-03-03T06:00:00-06:00", "nobody", role="secondary")),
        roles={"primary": {}, "secondary": {"offset": "1"}},
    )
    assert gaps(made, "2026-03-02T00:00:00Z", "2026-03-10T00:00:00Z") == [
        "primary 2026-03-03T00:00-06:00 2026-03-04T00:00-06:00 intended",
        "secondary 2026-03-03T00:00-06:00 2026-03-03T06:00-06:00 intended",
    ]
