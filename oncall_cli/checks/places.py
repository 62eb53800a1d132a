"""Rules W307 and W405: nobody is the primary and their own secondary."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.checks.grounds import why
from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.model.rotation import Layer, Role, RosterVersion
from oncall_cli.model.time import Instant
from oncall_cli.schedule.said import more_of, said_span
from oncall_cli.schedule.shift import Keys, Shift, Source


def offsets_to_oneself(records: TeamRecords) -> Iterator[Finding]:
    """W307: the member who is ``offset`` places after somebody is somebody else."""
    for each in records.rotations:
        for layer_number, layer in enumerate(each.rotation.all_layers()):
            keys: Keys = ("layers", layer_number, "roster") if each.rotation.layers else ("roster",)
            for number, version in enumerate(layer.roster):
                if not _is_over(records, each, layer, number):
                    yield from _own_seconds(each, (*keys, number, "members"), version)


def _is_over(records: TeamRecords, each: RotationRecords, layer: Layer, number: int) -> bool:
    later = layer.roster[number + 1 :]
    return bool(later) and each.schedule.clock.instant(later[0].from_.wall) <= records.now


def _own_seconds(each: RotationRecords, keys: Keys, version: RosterVersion) -> Iterator[Finding]:
    members = version.members
    for role, entry in each.rotation.roles.items():
        if not isinstance(entry, Role) or not entry.offset:
            continue
        for number, member in enumerate(members):
            twice = sorted({*member} & {*members[(number + entry.offset) % len(members)]})
            if twice:
                message = f"'{twice[0]}' is primary and {role} in the same turn: an offset of {entry.offset} leads back"
                hint = f"add members, or take '{role}' out of 'roles'; nobody can be their own {role}"
                yield Finding(each.rotation.place(*keys, number), message, hint)
                break


def two_places(records: TeamRecords) -> Iterator[Finding]:
    """W405: nobody holds two roles of a rotation at once."""
    for each in records.rotations:
        dealt = [role for role in each.schedule.roles if not isinstance(each.rotation.roles.get(role), tuple)]
        if len(dealt) > 1:
            yield from _twice(each, each.schedule.shifts(*records.ahead, dealt))


def _twice(each: RotationRecords, shifts: list[Shift]) -> Iterator[Finding]:
    found: dict[tuple[str, str, str], list[tuple[Shift, Shift]]] = {}
    held: list[Shift] = []
    for shift in shifts:
        held = [other for other in held if other.end > shift.start]
        for other in held:
            for person in set(shift.people) & set(other.people):
                if not _same_seat(shift, other):
                    found.setdefault((person, min(shift.role, other.role), max(shift.role, other.role)), []).append(
                        (other, shift)
                    )
        held.append(shift)
    for (person, *_), pairs in found.items():
        yield _in_two(each, person, pairs)


def _same_seat(one: Shift, other: Shift) -> bool:
    """Tell whether an offset alone leads to the same person; that is W307's."""
    return one.source == other.source == Source.ROSTER and (one.layer, one.turn) == (other.layer, other.turn)


def _in_two(each: RotationRecords, person: str, pairs: list[tuple[Shift, Shift]]) -> Finding:
    one, other = pairs[0]
    changed = other if other.source is Source.OVERRIDE else one
    kept = one if changed is other else other
    when = said_span(each.schedule.clock, Instant(max(one.start, other.start)), min(one.end, other.end))
    message = f"'{person}' is {one.role} and {other.role} of '{each.rotation.id}' at once, {when}"
    hint = f"let somebody else be {kept.role}: oncall cover --for {person} --role {kept.role}"
    return Finding(why(each, changed, person), f"{message}{more_of(len(pairs), 'time')}", hint)
