"""A new override: what its file is called, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from oncall_cli.model.override import NOBODY, Change, Override
from oncall_cli.model.record import Source
from oncall_cli.model.time import Instant, day_of
from oncall_cli.model.zone import Zone
from oncall_cli.practice.edits import RecordEdit, Value
from oncall_cli.practice.stamps import stamp
from oncall_cli.schedule.walls import WallClock

# An id has at most 64 characters, and a number may have to be added.
_LONGEST = 58


def cover_words(who: str, whom: str | None) -> str:
    """Return how the file of a cover is called, after its date."""
    return f"{who}-covers" + (f"-{whom}" if whom else "")


def gap_words(role: str) -> str:
    """Return how the file of an intended gap is called, after its date."""
    return f"{NOBODY}-{role}"


def override_id(words: str, start: Instant, zone: Zone, taken: Collection[str]) -> str:
    """Return a free name for an override: the day on the rotation's wall, what happens, a number if need be."""
    name = f"{day_of(WallClock(zone).wall(start)).isoformat()}-{words}"[:_LONGEST].rstrip("-")
    numbered = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in numbered if one not in taken)


def new_override(name: str, rotation: str, **said: object) -> Override:
    """Return an override of a rotation that has no file yet."""
    made = Override.model_validate(said)
    made.read_from(name, Source(f"rotations/{rotation}/overrides/{name}.yaml", {}))
    return made


def change(role: str, start: Instant, end: Instant, people: Sequence[str], instead_of: str | None = None) -> Change:
    """Return one change of an override; no people is an intended gap."""
    said = {"role": role, "start": start, "end": end, "person": tuple(people) or NOBODY, "instead_of": instead_of}
    return Change.model_validate(said)


def override_edit(made: Override, zone: Zone) -> RecordEdit:
    """Return what writes the file of a new override, its instants as the rotation's wall shows them."""
    new: dict[str, Value | None] = {
        "kind": str(made.kind),
        "changes": [_written(one, zone) for one in made.changes],
        "reason": made.reason,
        "requested_by": made.requested_by,
        "agreed_by": list(made.agreed_by),
        "created": None if made.created is None else stamp(made.created, zone),
    }
    return RecordEdit(made.path, new=new)


def _written(one: Change, zone: Zone) -> dict[str, Value]:
    people: Value = one.people[0] if len(one.people) == 1 else list(one.people) or NOBODY
    said: dict[str, Value] = {
        "role": one.role,
        "start": stamp(one.start, zone),
        "end": stamp(one.end, zone),
        "person": people,
    }
    return {**said, "instead_of": one.instead_of} if one.instead_of else said
