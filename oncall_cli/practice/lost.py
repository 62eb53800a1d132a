"""Overrides that a change leaves without effect: two people have agreed on something that is no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.time import Instant
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.schedule.schedule import ChangeId


class LostOverride(NamedTuple):
    """A change of an override that stands in for somebody who no longer has any of its time."""

    rotation: str
    override: str
    change: int


def lost(before: TeamState, after: TeamState, now: Instant) -> tuple[LostOverride, ...]:
    """Return the changes to come that stand in, since files have changed, for somebody who has none of their time."""
    return tuple(
        LostOverride(name, *change)
        for name, files in sorted(after.rotations.items())
        if name in before.rotations
        for change in lost_by(before.rotations[name], files, now)
    )


def lost_by(before: RotationFiles, after: RotationFiles, now: Instant) -> list[ChangeId]:
    """Return those of one rotation."""
    if before.schedule is after.schedule:
        return []
    ends = {(each.id, place): change.end for each in after.overrides for place, change in enumerate(each.changes)}
    were = before.schedule.unmatched()
    return [one for one in after.schedule.unmatched() if one not in were and ends[one] > now]


def refuse_lost(found: Sequence[LostOverride], hint: str) -> None:
    """Raise ``Refused`` when overrides are lost, naming them."""
    names = list(dict.fromkeys(f"'{each.override}' of '{each.rotation}'" for each in found))
    if names:
        what = "an override" if len(names) == 1 else f"{len(names)} overrides"
        raise Refused(
            f"nothing is changed: {what} would stand in, or a part of it, for somebody who has none of its time then: "
            f"{', '.join(names)}",
            hint,
        )
