"""Rules E303 and W304: every change of an override does something, and no two want the same place."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.model.override import Override
from oncall_cli.schedule.said import said_span


def unmatched_changes(records: TeamRecords) -> Iterator[Finding]:
    """E303: whoever a change stands in for would have been on call."""
    for each in records.rotations:
        for name, number in each.schedule.unmatched():
            override = _override(each, name)
            change = override.changes[number]
            if change.end <= records.now:
                # what did nothing in the past is settled, and a roster whose history is rewritten must not bring it up
                continue
            when = said_span(each.schedule.clock, change.start, change.end)
            message = f"'{change.instead_of}' is not {change.role} from {when}, so this changes nothing"
            hint = f"see 'oncall schedule {each.rotation.id}'; correct the time or 'instead_of'"
            yield Finding(override.place("changes", number, "instead_of"), message, hint)


def overlapping_changes(records: TeamRecords) -> Iterator[Finding]:
    """W304: two changes that want the same place at once; the one declared last wins."""
    for each in records.rotations:
        for loser, winner, start, end in each.schedule.overlaps():
            # what overlapped in the past is settled, and a warning that never ends is not read
            if end > records.now:
                when = said_span(each.schedule.clock, start, end)
                message = f"overlaps '{loser[0]}' from {when}: this one wins, because it was declared later"
                place = _override(each, winner[0]).place("changes", winner[1])
                yield Finding(place, message, "shorten one of them, or remove it")


def _override(each: RotationRecords, name: str) -> Override:
    return next(override for override in each.overrides if override.id == name)
