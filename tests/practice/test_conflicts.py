"""Shifts against the lives of people: time off, no rest, two places at once."""

from __future__ import annotations

from typing import Any

from oncall_cli.model.override import Override
from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.conflicts import Conflicts, conflicts, only_in
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.schedule.compile import compile_schedule
from tests.schedule.build import change, override, rotation, version

START, END = parse_instant("2026-03-02T09:00:00-06:00"), parse_instant("2026-03-30T09:00:00-05:00")


def state(*rotations: Rotation, overrides: tuple[Override, ...] = (), **people: dict[str, Any]) -> TeamState:
    """Return a team whose first rotation has the overrides."""
    files = {
        f"r{number}": RotationFiles(record, mine, compile_schedule(record, mine))
        for number, record in enumerate(rotations)
        for mine in (overrides if number == 0 else (),)
    }
    known = {name: Person.model_validate({"name": name.title(), **said}) for name, said in people.items()}
    return TeamState(files, known, Zone("America/Chicago"))


def found(team: TeamState) -> Conflicts:
    return conflicts(team, START, END)


def test_time_off_is_of_the_persons_own_days() -> None:
    """A day in Tokyo begins before it does in Chicago; only the time that meets a shift counts."""
    off = {"timezone": "Asia/Tokyo", "time_off": [{"from": "2026-03-04", "until": "2026-03-05"}]}
    made = found(state(rotation(members=("ana", "ben")), ana=off, ben=off)).collisions
    day = (parse_instant("2026-03-04T00:00:00+09:00"), parse_instant("2026-03-05T00:00:00+09:00"))
    assert [(one.person, one.role, one.start, one.end) for one in made] == [("ana", "primary", *day)]


def test_time_off_that_is_over_collides_with_nothing() -> None:
    """The past cannot be covered any more."""
    off = {"time_off": [{"from": "2026-02-20", "until": "2026-03-02"}]}
    assert found(state(rotation(members=("ana",)), ana=off)).collisions == ()


def test_shifts_in_a_row() -> None:
    """Two turns of one place that touch, or of two rotations; a part of one's own turn is no other shift."""
    weeks = rotation(members=("ana", "ben"))
    own = override("own", change("2026-03-04T09:00:00-06:00", "2026-03-05T09:00:00-06:00", "ana"))
    assert found(state(weeks, overrides=(own,))).in_a_row == ()
    cover = override("x", change("2026-03-09T09:00:00-05:00", "2026-03-10T09:00:00-05:00", "ana"))
    row = found(state(weeks, overrides=(cover,))).in_a_row
    assert [(one.person, one.number, one.start, one.end) for one in row] == [
        ("ana", 2, START, parse_instant("2026-03-10T09:00:00-05:00"))
    ]
    other = rotation(members=("ben", "ana"))
    places = [one.places for one in found(state(weeks, other)).in_a_row if one.person == "ana"]
    assert places == [(("r0", "primary"), ("r1", "primary"))]


def test_the_secondary_who_is_primary_next_has_no_row() -> None:
    """That is how the rotation is meant; nor does a shadow have two places."""
    roles = {
        "primary": {},
        "secondary": {"offset": "1"},
        "shadow": [{"person": "ana", "from": "2026-03-02", "until": "2026-03-30"}],
    }
    made = found(state(rotation(members=("ana", "ben", "cy"), roles=roles)))
    assert (made.in_a_row, made.two_places) == ((), ())


def test_two_places_at_once() -> None:
    """The time that both are held, whichever began first."""
    later = rotation(roster=[version("2026-03-16", "ana")])
    made = found(state(rotation(members=("ana", "ben")), later)).two_places
    assert [(one.places, one.start) for one in made] == [
        ((("r0", "primary"), ("r1", "primary")), parse_instant("2026-03-16T09:00:00-05:00"))
    ]


def test_only_what_is_new() -> None:
    """What another state has too is not told; of a time, only the part that it has not."""
    off = {"time_off": [{"from": "2026-03-04", "until": "2026-03-06"}]}
    longer = {"time_off": [{"from": "2026-03-03", "until": "2026-03-06"}]}
    weeks = rotation(members=("ana", "ben"))
    before, after = found(state(weeks, ana=off)), found(state(weeks, ana=longer))
    assert [(one.start, one.end) for one in only_in(after, before).collisions] == [
        (parse_instant("2026-03-03T00:00:00-06:00"), parse_instant("2026-03-04T00:00:00-06:00"))
    ]
    assert only_in(before, after) == only_in(before, before) == Conflicts((), (), ())
