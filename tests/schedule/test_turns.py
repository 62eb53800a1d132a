"""Whose turn it is: handoffs on the wall, the dealing of turns, versions of the roster, offsets."""

from __future__ import annotations

from oncall_cli.model.time import parse_instant
from tests.schedule.build import DAILY, WEEKLY, local, schedule, told, version


def test_the_smallest_rotation() -> None:
    """Members take turns from the first handoff on or after ``from``; before it nobody is on call."""
    made = schedule(members=("ana", "ben"))
    assert told(made, "2026-01-01T00:00:00Z", "2026-01-20T00:00:00-06:00") == [
        "ana 2026-01-05T09:00-06:00 2026-01-12T09:00-06:00",
        "ben 2026-01-12T09:00-06:00 2026-01-19T09:00-06:00",
        "ana 2026-01-19T09:00-06:00 2026-01-20T00:00-06:00",
    ]
    assert made.at("primary", parse_instant("2026-01-05T08:59:59-06:00")).people == ()


def test_a_week_is_an_hour_short_in_chicago_when_clocks_go_forward() -> None:
    """A Monday 09:00 handoff stays at 09:00: the week of 8 March 2026 has 167 hours."""
    made = schedule()
    [line] = told(made, "2026-03-02T09:00:00-06:00", "2026-03-09T09:00:00-05:00")
    assert line == "cy 2026-03-02T09:00-06:00 2026-03-09T09:00-05:00"
    [shift] = made.shifts(parse_instant("2026-03-08T00:00:00Z"), parse_instant("2026-03-08T01:00:00Z"), cut=False)
    assert shift.end - shift.start == 167 * 3600


def test_a_week_is_an_hour_long_in_berlin_when_clocks_go_back() -> None:
    """The week of 25 October 2026 has 169 hours."""
    made = schedule(timezone="Europe/Berlin")
    [shift] = made.shifts(parse_instant("2026-10-24T00:00:00Z"), parse_instant("2026-10-24T01:00:00Z"), cut=False)
    assert local(made, shift.start) == "2026-10-19T09:00+02:00"
    assert local(made, shift.end) == "2026-10-26T09:00+01:00"
    assert shift.end - shift.start == 169 * 3600


def test_a_handoff_in_the_missing_hour_is_the_jump() -> None:
    """02:30 does not exist in Chicago on 8 March 2026; the clocks go from 02:00-06:00 to 03:00-05:00."""
    made = schedule(handoff=DAILY | {"at": "02:30"}, roster=[version("2026-03-01", "ana", "ben")])
    assert told(made, "2026-03-07T12:00:00-06:00", "2026-03-10T00:00:00-05:00") == [
        "ana 2026-03-07T12:00-06:00 2026-03-08T03:00-05:00",
        "ben 2026-03-08T03:00-05:00 2026-03-09T02:30-05:00",
        "ana 2026-03-09T02:30-05:00 2026-03-10T00:00-05:00",
    ]


def test_a_handoff_in_the_repeated_hour_is_its_first_time() -> None:
    """02:30 comes twice in Berlin on 25 October 2026; the handoff is the one in summer time."""
    made = schedule(
        timezone="Europe/Berlin", handoff=DAILY | {"at": "02:30"}, roster=[version("2026-10-20", "ana", "ben")]
    )
    assert told(made, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z") == [
        "ana 2026-10-24T14:00+02:00 2026-10-25T02:30+02:00",
        "ben 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00",
        "ana 2026-10-26T02:30+01:00 2026-10-26T13:00+01:00",
    ]


def test_hours_are_counted_on_the_wall() -> None:
    """Every 8 hours at 06:00, 14:00 and 22:00: the night of 1 November 2026 has nine hours in Chicago."""
    made = schedule(
        handoff={"every": "8 hours", "at": "06:00"}, roster=[version("2026-10-31", "ana", "ben", "cy", "dee")]
    )
    assert told(made, "2026-10-31T22:00:00-05:00", "2026-11-01T22:00:00-06:00") == [
        "cy 2026-10-31T22:00-05:00 2026-11-01T06:00-06:00",
        "dee 2026-11-01T06:00-06:00 2026-11-01T14:00-06:00",
        "ana 2026-11-01T14:00-06:00 2026-11-01T22:00-06:00",
    ]


def test_hourly_handoffs_begin_on_the_day_of_from() -> None:
    """Every 5 hours at 09:00 means 04:00, 09:00, 14:00 and 19:00 on that day; past them, the next day's 04:00."""
    every = {"every": "5 hours", "at": "09:00"}
    morning = schedule(handoff=every, roster=[version("2026-01-10 05:00", "ana", "ben")])
    assert told(morning, "2026-01-10T00:00:00-06:00", "2026-01-10T12:00:00-06:00") == [
        "ana 2026-01-10T09:00-06:00 2026-01-10T12:00-06:00"
    ]
    evening = schedule(handoff=every, roster=[version("2026-01-10 20:00", "ana", "ben")])
    assert told(evening, "2026-01-10T00:00:00-06:00", "2026-01-11T06:00:00-06:00") == [
        "ana 2026-01-11T04:00-06:00 2026-01-11T06:00-06:00"
    ]


def test_months_clamp_from_the_day_that_was_meant() -> None:
    """A handoff on the 31st falls on 31 January, 28 February, 31 March, 30 April."""
    made = schedule(handoff={"every": "1 month", "at": "31 09:00"}, roster=[version("2026-01-01", "ana", "ben")])
    assert told(made, "2026-01-01T00:00:00Z", "2026-04-30T09:00:00-05:00") == [
        "ana 2026-01-31T09:00-06:00 2026-02-28T09:00-06:00",
        "ben 2026-02-28T09:00-06:00 2026-03-31T09:00-05:00",
        "ana 2026-03-31T09:00-05:00 2026-04-30T09:00-05:00",
    ]


def test_a_leap_year_has_its_handoff_on_the_29th() -> None:
    """29 February 2028 exists; the year after, the handoff on the 30th is on the 28th."""
    made = schedule(handoff={"every": "1 month", "at": "30 09:00"}, roster=[version("2028-01-01", "ana")])
    for year, day in (("2028", "29"), ("2029", "28"), ("2030", "28")):
        handoff = made.next_handoff("main", parse_instant(f"{year}-02-01T00:00:00Z"))
        assert local(made, handoff) == f"{year}-02-{day}T09:00-06:00"


def test_friday_deals_monday() -> None:
    """The days that hours leave empty are nobody's turn and use up nobody's place."""
    made = schedule(
        handoff=DAILY,
        hours=["monday-friday 09:00-17:00"],
        roster=[version("2026-03-05", "ana", "ben", "cy")],  # a Thursday
    )
    assert told(made, "2026-03-05T00:00:00Z", "2026-03-11T00:00:00Z") == [
        "ana 2026-03-05T09:00-06:00 2026-03-05T17:00-06:00",
        "ben 2026-03-06T09:00-06:00 2026-03-06T17:00-06:00",
        "cy 2026-03-09T09:00-05:00 2026-03-09T17:00-05:00",
        "ana 2026-03-10T09:00-05:00 2026-03-10T17:00-05:00",
    ]


def test_skip_empty_can_be_turned_off() -> None:
    """With ``skip_empty: false`` Saturday and Sunday are dealt as well, and have no hours."""
    made = schedule(
        handoff=DAILY | {"skip_empty": "false"},
        hours=["monday-friday 09:00-17:00"],
        roster=[version("2026-03-06", "ana", "ben", "cy", "dee")],  # a Friday
    )
    assert told(made, "2026-03-06T00:00:00Z", "2026-03-10T00:00:00Z") == [
        "ana 2026-03-06T09:00-06:00 2026-03-06T17:00-06:00",
        "dee 2026-03-09T09:00-05:00 2026-03-09T17:00-05:00",
    ]


def test_an_empty_turn_counts_in_no_offset() -> None:
    """Friday's secondary is Monday's primary."""
    made = schedule(
        handoff=DAILY,
        hours=["monday-friday 09:00-17:00"],
        roster=[version("2026-03-05", "ana", "ben", "cy")],
        roles={"primary": {}, "secondary": {"offset": "1"}},
    )
    friday = parse_instant("2026-03-06T12:00:00-06:00")
    assert made.at("secondary", friday).people == ("cy",)
    assert made.at("primary", parse_instant("2026-03-09T12:00:00-05:00")).people == ("cy",)


def test_a_new_version_begins_with_its_first_member() -> None:
    """The version before stands until the first handoff of the new one, whose first turn is its first member's."""
    made = schedule(roster=[version("2026-01-05", "ana", "ben", "cy"), version("2026-01-14", "dee", "eve")])
    assert told(made, "2026-01-06T00:00:00Z", "2026-01-27T00:00:00-06:00") == [
        "ana 2026-01-05T18:00-06:00 2026-01-12T09:00-06:00",
        "ben 2026-01-12T09:00-06:00 2026-01-19T09:00-06:00",
        "dee 2026-01-19T09:00-06:00 2026-01-26T09:00-06:00",
        "eve 2026-01-26T09:00-06:00 2026-01-27T00:00-06:00",
    ]


def test_the_last_secondary_before_a_new_version_is_its_first_primary() -> None:
    """ "This week's secondary is next week's primary" stays true through a change of roster."""
    made = schedule(
        roster=[version("2026-01-05", "ana", "ben", "cy"), version("2026-01-19", "dee", "eve")],
        roles={"primary": {}, "secondary": {"offset": "1"}},
    )
    assert told(made, "2026-01-05T15:00:00Z", "2026-02-02T15:00:00Z", "secondary") == [
        "ben 2026-01-05T09:00-06:00 2026-01-12T09:00-06:00",
        "dee 2026-01-12T09:00-06:00 2026-01-19T09:00-06:00",
        "eve 2026-01-19T09:00-06:00 2026-01-26T09:00-06:00",
        "dee 2026-01-26T09:00-06:00 2026-02-02T09:00-06:00",
    ]


def test_an_offset_goes_on_through_a_short_version() -> None:
    """A version of one turn takes one place: two places after cy comes the second turn of the third version."""
    made = schedule(
        roster=[version("2026-01-05", "ana", "ben"), version("2026-01-12", "cy"), version("2026-01-19", "dee", "eve")],
        roles={"primary": {}, "secondary": {"offset": "2"}},
    )
    assert [line.split()[0] for line in told(made, "2026-01-05T15:00:00Z", "2026-01-26T15:00:00Z", "secondary")] == [
        "dee",
        "eve",
        "dee",
    ]


def test_a_version_that_never_comes_to_a_turn_changes_nothing() -> None:
    """Two versions between the same two handoffs: the first of them deals nothing."""
    made = schedule(
        roster=[version("2026-01-05", "ana"), version("2026-01-13", "ben"), version("2026-01-14", "cy")],
        roles={"primary": {}, "secondary": {"offset": "1"}},
    )
    assert told(made, "2026-01-12T15:00:00Z", "2026-01-26T15:00:00Z") == [
        "ana 2026-01-12T09:00-06:00 2026-01-19T09:00-06:00",
        "cy 2026-01-19T09:00-06:00 2026-01-26T09:00-06:00",
    ]
    assert made.at("secondary", parse_instant("2026-01-12T15:00:00Z")).people == ("cy",)
    assert [start.void for start in made.roster_starts()] == [True, False]


def test_a_turn_that_is_cut_before_its_hours_is_not_dealt() -> None:
    """A new version at 06:00 leaves of the turn from 02:00 to 12:00 no hours: it uses up nobody's place."""
    made = schedule(
        handoff={"every": "10 hours", "at": "06:00"},
        hours=["daily 09:00-17:00"],
        roster=[version("2026-03-03", "ana", "ben", "cy"), version("2026-03-04", "dee", "eve")],
        roles={"primary": {}, "secondary": {"offset": "1"}},
    )
    assert told(made, "2026-03-03T00:00:00-06:00", "2026-03-05T00:00:00-06:00") == [
        "ana 2026-03-03T09:00-06:00 2026-03-03T16:00-06:00",
        "ben 2026-03-03T16:00-06:00 2026-03-03T17:00-06:00",
        "dee 2026-03-04T09:00-06:00 2026-03-04T16:00-06:00",
        "eve 2026-03-04T16:00-06:00 2026-03-04T17:00-06:00",
    ]
    assert made.at("secondary", parse_instant("2026-03-03T16:30:00-06:00")).people == ("dee",)


def test_a_group_stands_its_turn_together() -> None:
    """A member may be a list of people."""
    made = schedule(members=("ana", ["ben", "cy"]))
    assert made.at("primary", parse_instant("2026-01-13T00:00:00Z")).people == ("ben", "cy")


def test_a_day_that_a_zone_skips_has_its_handoff_at_the_jump() -> None:
    """Samoa had no 30 December 2011: ben's turn of that day has the nine hours from midnight of the 31st."""
    made = schedule(timezone="Pacific/Apia", handoff=DAILY, roster=[version("2011-12-29", "ana", "ben", "cy")])
    assert told(made, "2011-12-29T19:00:00Z", "2011-12-31T19:00:00Z") == [
        "ana 2011-12-29T09:00-10:00 2011-12-31T00:00+14:00",
        "ben 2011-12-31T00:00+14:00 2011-12-31T09:00+14:00",
        "cy 2011-12-31T09:00+14:00 2012-01-01T09:00+14:00",
    ]


def test_turns_of_no_time_still_count() -> None:
    """Of the turns every six hours on the day that Samoa skipped, three pass in no time."""
    made = schedule(
        timezone="Pacific/Apia",
        handoff={"every": "6 hours", "at": "06:00"},
        roster=[version("2011-12-29 18:00", "ana", "ben", "cy", "dee", "eve", "fay")],
    )
    assert told(made, "2011-12-30T04:00:00Z", "2011-12-30T22:00:00Z") == [
        "ana 2011-12-29T18:00-10:00 2011-12-31T00:00+14:00",
        "fay 2011-12-31T00:00+14:00 2011-12-31T06:00+14:00",
        "ana 2011-12-31T06:00+14:00 2011-12-31T12:00+14:00",
    ]


def test_a_rotation_may_begin_on_a_day_that_is_skipped() -> None:
    """Four turns of no time come before the first shift, which begins at the jump."""
    made = schedule(
        timezone="Pacific/Apia",
        handoff={"every": "6 hours", "at": "00:00"},
        roster=[version("2011-12-30", "ana", "ben", "cy", "dee", "eve", "fay")],
    )
    assert told(made, "2011-12-29T00:00:00Z", "2011-12-30T20:00:00Z") == [
        "eve 2011-12-31T00:00+14:00 2011-12-31T06:00+14:00",
        "fay 2011-12-31T06:00+14:00 2011-12-31T10:00+14:00",
    ]


def test_half_an_hour_of_daylight_saving() -> None:
    """Lord Howe's clocks go back by half an hour at 02:00 on 5 April 2026: 01:45 comes twice."""
    made = schedule(
        timezone="Australia/Lord_Howe", handoff=DAILY | {"at": "01:45"}, roster=[version("2026-04-01", "ana", "ben")]
    )
    [shift] = made.shifts(parse_instant("2026-04-04T16:00:00Z"), parse_instant("2026-04-04T16:01:00Z"), cut=False)
    assert (local(made, shift.start), local(made, shift.end)) == (
        "2026-04-05T01:45+11:00",
        "2026-04-06T01:45+10:30",
    )


def test_turns_are_numbered_within_their_version() -> None:
    """``turns`` tells each turn's place in its version, and which version of the file that is."""
    made = schedule(roster=[version("2026-01-05", "ana", "ben"), version("2026-01-19", "cy")])
    turns = made.turns("main", parse_instant("2026-01-06T00:00:00Z"), parse_instant("2026-01-27T00:00:00Z"))
    assert [(turn.keys[-1], turn.number, turn.people) for turn in turns] == [
        (0, 0, ("ana",)),
        (0, 1, ("ben",)),
        (1, 0, ("cy",)),
        (1, 1, ("cy",)),
    ]


def test_how_a_version_takes_over() -> None:
    """A ``from`` that is no handoff is told; so is a first handoff that cuts a turn of the version before."""
    weeks = schedule(roster=[version("2026-01-05", "ana"), version("2026-01-14", "ben"), version("2026-01-26", "cy")])
    assert [(start.on_day, start.on_grid) for start in weeks.roster_starts()] == [(False, True), (True, True)]
    fortnight = WEEKLY | {"every": "2 weeks"}
    pairs = schedule(handoff=fortnight, roster=[version("2026-01-05", "ana"), version("2026-01-12", "ben")])
    [start] = pairs.roster_starts()
    assert (start.on_day, start.on_grid, start.keys) == (True, False, ("roster", 1))
    assert local(pairs, start.start) == "2026-01-12T09:00-06:00"


def test_the_first_turn_of_any_layer() -> None:
    """``first_turn`` is when the rotation begins."""
    made = schedule(
        layers=[
            {"name": "one", "handoff": WEEKLY, "roster": [version("2026-02-01", "ana")]},
            {"name": "two", "role": "secondary", "handoff": WEEKLY, "roster": [version("2026-01-05", "ben")]},
        ]
    )
    assert made.first_turn() == parse_instant("2026-01-05T09:00:00-06:00")
    assert made.layers() == ("one", "two")


def test_turns_are_counted_from_the_first_however_long_ago() -> None:
    """A roster of the year 1 deals each hour of 2026 by division, not by walking there."""
    made = schedule(
        timezone="UTC", handoff={"every": "1 hour", "at": "00:00"}, roster=[version("0001-01-01", "ana", "ben", "cy")]
    )
    why = made.explain("primary", parse_instant("2026-01-01T00:30:00Z"))
    assert why
    assert why.ground
    assert why.ground.number == 739616 * 24  # days since the first of the year 1
    assert why.people == ("ana",)
    assert made.first_turn() == parse_instant("0001-01-01T00:00:00Z")
