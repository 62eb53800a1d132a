"""Rules W401 and W402: shifts against the lives of the people who stand them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.model.person import Person
from oncall_cli.model.time import LocalMoment
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.hours import open_spans, week_hours
from oncall_cli.schedule.said import more_of, said_span
from oncall_cli.schedule.shift import Shift
from oncall_cli.schedule.spans import Span, difference, intersection
from oncall_cli.schedule.walls import WallClock


class Standing(NamedTuple):
    """The shifts that one person has ahead in one role of a rotation."""

    person: Person
    clock: WallClock
    each: RotationRecords
    shifts: list[Shift]


def time_off(records: TeamRecords) -> Iterator[Finding]:
    """W401: nobody has a shift while they are away."""
    for standing in _standings(records):
        for number, off in enumerate(standing.person.time_off):
            away = (standing.clock.instant(off.from_.wall), standing.clock.instant(off.until.wall))
            hit = [shift for shift in standing.shifts if intersection([(shift.start, shift.end)], [away])]
            if hit:
                person = standing.person.id
                message = f"'{person}' is away until {off.until} and is {_first(standing, hit)}"
                place = standing.person.place("time_off", number)
                ahead = (max(away[0], records.now), away[1])
                yield Finding(place, message, _cover(standing, hit[0], ahead))


def availability(records: TeamRecords) -> Iterator[Finding]:
    """W402: nobody has a shift outside of the hours that they said they can."""
    for standing in _standings(records):
        hours = week_hours(standing.person.availability, standing.clock)
        hit = []
        for shift in standing.shifts:
            whole = [(shift.start, shift.end)]
            if difference(whole, open_spans([hours], shift.start, shift.end)):
                hit.append(shift)
        if hit:
            message = f"'{standing.person.id}' is {_first(standing, hit)}, outside of their 'availability'"
            hint = "change the order of the members, the handoff, or what they said"
            yield Finding(standing.person.place("availability"), message, hint)


def _standings(records: TeamRecords) -> Iterator[Standing]:
    """Yield who has which shifts in the coming weeks; those who have left are another rule's."""
    for each in records.rotations:
        by_role: dict[tuple[str, str], list[Shift]] = {}
        for shift in each.schedule.shifts(*records.ahead, cut=False):
            for person in shift.people:
                by_role.setdefault((person, shift.role), []).append(shift)
        for (person, _), shifts in sorted(by_role.items()):
            record = records.people.get(person)
            if record and record.active:
                yield Standing(record, WallClock(_zone(record, each, records)), each, shifts)


def _zone(person: Person, each: RotationRecords, records: TeamRecords) -> Zone:
    return person.timezone or (records.team.timezone if records.team else each.schedule.zone)


def _first(standing: Standing, hit: list[Shift]) -> str:
    """Say the first of the shifts, in the zone of the rotation, and how many more there are."""
    first, rotation = hit[0], standing.each.rotation
    when = said_span(standing.each.schedule.clock, first.start, first.end)
    return f"{first.role} of '{rotation.id}' from {when}{more_of(len(hit), 'shift')}"


def _cover(standing: Standing, shift: Shift, away: Span) -> str:
    """Say which command solves it; its times are the rotation's."""
    schedule = standing.each.schedule
    start, end = (
        f'"{LocalMoment(schedule.clock.wall(edge), is_date=False)} {schedule.zone}"'
        for edge in (max(shift.start, away[0]), min(shift.end, away[1]))
    )
    post = f"--rotation {standing.each.rotation.id} --role {shift.role}"
    return f"find a cover: oncall cover --auto --for {standing.person.id} {post} --from {start} --to {end}"
