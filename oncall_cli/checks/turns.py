"""Rules E301, E302, E305 and W306: the turns keep what is promised, and everybody listed gets one."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.checks.grounds import why
from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.errors import Place
from oncall_cli.model.rotation import Layer
from oncall_cli.model.time import DAY, WEEK, Instant
from oncall_cli.schedule.said import more_of, said, said_span
from oncall_cli.schedule.shift import Gap, Keys, Shift, Source

_YEAR = 366 * DAY
_LONGEST_MONTH = 31 * DAY
_SECONDS = {"hour": 3600, "day": DAY, "week": WEEK, "month": _LONGEST_MONTH}


def gaps_ahead(records: TeamRecords) -> Iterator[Finding]:
    """E301: nobody is missing when somebody was promised; one finding a role, with the first gap."""
    for each in records.rotations:
        open_gaps = [gap for gap in each.schedule.gaps(*records.ahead) if not gap.intended]
        for role in dict.fromkeys(gap.role for gap in open_gaps):
            yield _gap_finding(each, [gap for gap in open_gaps if gap.role == role])


def _gap_finding(each: RotationRecords, found: list[Gap]) -> Finding:
    first, rotation = found[0], each.rotation
    when = said_span(each.schedule.clock, first.start, first.end)
    message = f"nobody is {first.role} of '{rotation.id}' from {when}{more_of(len(found), 'gap')}"
    hint = f"see all with 'oncall gaps {rotation.id}'; change 'coverage', the roster, or add an override"
    key = "coverage" if rotation.coverage else "layers" if rotation.layers else "roster"
    return Finding(rotation.place(key), message, hint)


def turns_never_dealt(records: TeamRecords) -> Iterator[Finding]:
    """E302: every roster version deals a turn, and every member of the last gets one."""
    for each in records.rotations:
        for start in each.schedule.roster_starts():
            # a version that was overtaken in the past harms nobody, and history is not rewritten
            if start.void and start.start > records.now:
                message = "this roster version never begins: a later one takes over before its first turn"
                hint = "remove it, or move one of their dates"
                yield Finding(each.rotation.place(*start.keys), message, hint)
        for layer, keys in _layers(each):
            if layer.hours and not layer.handoff.skip_empty:
                yield from _members_without_turn(records, each, layer, keys)


def _layers(each: RotationRecords) -> Iterator[tuple[Layer, Keys]]:
    """Yield the layers with the keys that lead to the last version of their rosters."""
    for number, layer in enumerate(each.rotation.all_layers()):
        keys: Keys = ("layers", number) if each.rotation.layers else ()
        yield layer, (*keys, "roster", len(layer.roster) - 1)


def _members_without_turn(records: TeamRecords, each: RotationRecords, layer: Layer, keys: Keys) -> Iterator[Finding]:
    """Look twice through the last version's list: where empty turns count, ``hours`` can pass by a member."""
    members = layer.roster[-1].members
    start = max(records.now, each.schedule.clock.instant(layer.roster[-1].from_.wall))
    period = layer.handoff.every.count * _SECONDS[layer.handoff.every.unit]
    end = Instant(start + max(_YEAR, 2 * len(members) * period))
    dealt = {
        person
        for shift in each.schedule.shifts(start, end, (layer.role,))
        if shift.source is Source.ROSTER and shift.layer == layer.name
        for person in shift.people
    }
    for number, member in enumerate(members):
        if not dealt.intersection(member):
            message = f"'{member[0]}' never gets a turn: all of theirs fall outside of 'hours'"
            hint = "remove 'skip_empty: false', or change the number of members"
            yield Finding(each.rotation.place(*keys, "members", number), message, hint)


def inactive_ahead(records: TeamRecords) -> Iterator[Finding]:
    """E305: nobody who has left (``active: false``) has a shift ahead."""
    for each in records.rotations:
        by_mention: dict[tuple[Place, str], list[Shift]] = {}
        for shift in each.schedule.shifts(*records.ahead, cut=False):
            for person in shift.people:
                if person in records.people and not records.people[person].active:
                    by_mention.setdefault((why(each, shift, person), person), []).append(shift)
        for (place, person), shifts in by_mention.items():
            first = shifts[0]
            when = said(each.schedule.clock, first.start)
            message = f"'{person}' has left, and is {first.role} from {when}"
            hint = "add a roster version without them, or remove 'active: false' from their file"
            yield Finding(place, f"{message}{more_of(len(shifts), 'shift')}", hint)


def uneven_versions(records: TeamRecords) -> Iterator[Finding]:
    """W306: a roster version begins at a handoff; otherwise the one before goes on until the next."""
    for each in records.rotations:
        for start in each.schedule.roster_starts():
            if start.start > records.now and not start.void and not (start.on_day and start.on_grid):
                place = each.rotation.place(*start.keys, "from")
                begins = said(each.schedule.clock, start.start)
                message = f"'from' is no handoff of the version before: this one begins on {begins}"
                yield Finding(place, message, "write the day of a handoff, if that is not meant")
