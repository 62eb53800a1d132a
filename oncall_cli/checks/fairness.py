"""Rules W403 and W404: the load is shared as evenly as the team's lives allow, and nobody goes without rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from oncall_cli.checks.mentions import in_rotation
from oncall_cli.checks.records import HORIZON, RotationRecords, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.rotation import Layer
from oncall_cli.model.time import DAY, HOUR, WEEK, Instant
from oncall_cli.schedule.said import said_span
from oncall_cli.schedule.shift import Shift
from oncall_cli.schedule.spans import Span, difference, union
from oncall_cli.schedule.walls import WallClock

# Turns do not divide evenly: who has one turn more than their share is no finding.
_MOST_TIMES = 1.5
_MOST_TURNS = 1.5
_REST = 11 * HOUR
_LONGEST = 2 * WEEK
_MOST_SHIFTS = 2


class Share(NamedTuple):
    """What one person bears in a role of a layer, and what would be fair; in seconds."""

    person: str
    borne: int
    fair: float


def unequal_load(records: TeamRecords) -> Iterator[Finding]:
    """W403: nobody bears much more than their fair share of a layer in the weeks to come."""
    for each in records.rotations:
        shifts = each.schedule.shifts(*records.ahead)
        for layer in each.rotation.all_layers():
            roles = dict.fromkeys(shift.role for shift in shifts if shift.layer == layer.name)
            for role in roles:
                here = [shift for shift in shifts if (shift.layer, shift.role) == (layer.name, role)]
                longest = max(shift.end - shift.start for shift in here)
                for share in _shares(records, each, layer, here):
                    more = share.borne - share.fair
                    if share.borne > _MOST_TIMES * share.fair and more > _MOST_TURNS * longest:
                        yield _unequal(each, role, share)


def _unequal(each: RotationRecords, role: str, share: Share) -> Finding:
    mentioned = [mention for mention in in_rotation(each.rotation) if mention.person == share.person]
    message = (
        f"'{share.person}' is {role} of '{each.rotation.id}' for {share.borne // HOUR} hours of the next "
        f"{HORIZON // WEEK} weeks; their fair share is {share.fair / HOUR:.0f}"
    )
    hint = f"see 'oncall load {each.rotation.id}'; change the order of the members, or let somebody cover"
    return Finding(mentioned[-1].place, message, hint)


def _shares(records: TeamRecords, each: RotationRecords, layer: Layer, shifts: list[Shift]) -> Iterator[Share]:
    """Yield each member's share of the shifts: by how long they are in the roster and not away."""
    here = _available(records, each, layer)
    total = sum(here.values())
    if len(here) < 2 or not total:
        return
    # what falls into somebody's time off is another rule's, and somebody else will bear it
    borne = {person: _seconds(_held(shifts, person), _away(records, each, person)) for person in here}
    whole = sum(borne.values())
    for person, seconds in borne.items():
        yield Share(person, seconds, whole * here[person] / total)


def _held(shifts: list[Shift], person: str) -> list[Span]:
    return union((shift.start, shift.end) for shift in shifts if person in shift.people)


def _seconds(spans: list[Span], without: list[Span]) -> int:
    return sum(end - start for start, end in difference(spans, without))


def _available(records: TeamRecords, each: RotationRecords, layer: Layer) -> dict[str, int]:
    """Return for how many seconds each member could stand turns: those of their versions without their time off."""
    clock = WallClock(layer.timezone or each.schedule.zone)
    begins = [clock.instant(version.from_.wall) for version in layer.roster]
    now, horizon = records.ahead
    listed: dict[str, list[Span]] = {}
    for version, begin, end in zip(layer.roster, begins, [*begins[1:], horizon], strict=True):
        span = (max(begin, now), min(end, horizon))
        for person in {person for member in version.members for person in member} if span[0] < span[1] else ():
            listed.setdefault(person, []).append(span)
    return {person: _seconds(union(spans), _away(records, each, person)) for person, spans in sorted(listed.items())}


def _away(records: TeamRecords, each: RotationRecords, person: str) -> list[Span]:
    record = records.people.get(person)
    if record is None:
        return []
    clock = WallClock(record.timezone or each.schedule.zone)
    return union((clock.instant(off.from_.wall), clock.instant(off.until.wall)) for off in record.time_off)


def no_rest(records: TeamRecords) -> Iterator[Finding]:
    """W404: nobody is primary for more than two shifts and two weeks on end."""
    for each in records.rotations:
        if all(len(layer.roster[-1].members) == 1 for layer in each.rotation.all_layers()):
            # who is alone has nobody to rest for them, and knows
            continue
        by_person: dict[str, list[Shift]] = {}
        since = Instant(records.now - 2 * _LONGEST)
        for shift in each.schedule.shifts(since, records.ahead[1], (PRIMARY,), cut=False):
            for person in shift.people:
                by_person.setdefault(person, []).append(shift)
        for person, shifts in sorted(by_person.items()):
            for stretch in _stretches(shifts):
                start, end = stretch[0].start, stretch[-1].end
                if len(stretch) > _MOST_SHIFTS and end - start > _LONGEST and end > records.now:
                    yield _restless(each, person, stretch)
                    break


def _stretches(shifts: list[Shift]) -> Iterator[list[Shift]]:
    """Yield the runs of shifts between which there is no night's rest; parts of one turn count once."""
    run: list[Shift] = []
    for shift in shifts:
        if run and shift.start - run[-1].end >= _REST:
            yield run
            run = []
        if run and shift.turn is not None and shift.turn == run[-1].turn:
            run[-1] = shift._replace(start=run[-1].start)
        else:
            run.append(shift)
    if run:
        yield run


def _restless(each: RotationRecords, person: str, stretch: list[Shift]) -> Finding:
    start, end = stretch[0].start, stretch[-1].end
    when = said_span(each.schedule.clock, start, end)
    days, rest = (end - start) // DAY, _REST // HOUR
    message = f"'{person}' is primary of '{each.rotation.id}' for {days} days without {rest} hours of rest, from {when}"
    place = next(
        (over.place() for shift in stretch for over in each.overrides if over.id == shift.override),
        each.rotation.place("layers" if each.rotation.layers else "roster"),
    )
    hint = f"let somebody else have one of the {len(stretch)} shifts: oncall swap, or oncall cover --for {person}"
    return Finding(place, message, hint)
