"""The weeks that a newcomer reads along before the first turn: a time by name in the role ``shadow``."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.rotation import Rotation, Stint
from oncall_cli.model.time import Duration, Instant, Wall
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.roster import Timing, layer_roster, moment_spelled, turn_wanted
from oncall_cli.schedule.roster_edit import When
from oncall_cli.schedule.walls import WallClock

SHADOW = "shadow"


class Shadowing(NamedTuple):
    """From when until when somebody shadows, and what that writes."""

    person: str
    start: Instant
    end: Instant
    edit: RecordEdit


def shadowing(rotation: Rotation, layer: str, person: str, length: Duration, timing: Timing, now: Instant) -> Shadowing:
    """Return the time as shadow from the next handoff on (or the first after the time given), by the wall."""
    assert rotation.timezone
    roster = layer_roster(rotation, layer)
    start = roster.turns.start(turn_wanted(roster, timing._replace(when=When.NEXT_HANDOFF), now))
    clock = WallClock(rotation.timezone)
    end = clock.instant(Wall(clock.wall(start) + length.seconds))
    entry = rotation.roles.get(SHADOW, ())
    if not isinstance(entry, tuple):
        raise Refused(
            f"'{SHADOW}' in '{rotation.id}' is a role of the turns, not of people by name",
            hint="give it another name in the file, or leave --shadow out",
            place=rotation.place("roles", SHADOW),
        )
    for place, stint in enumerate(entry):
        if stint.person == person and _touches(clock, stint, start, end):
            raise Refused(
                f"'{person}' shadows already, from {stint.from_} until {stint.until}",
                hint=f"leave --shadow out, and say --from {stint.until}",
                place=rotation.place("roles", SHADOW, place),
            )
    item = {"person": person, "from": str(moment_spelled(clock, start)), "until": str(moment_spelled(clock, end))}
    return Shadowing(person, start, end, RecordEdit(rotation.path, appends=[(("roles", SHADOW), item)]))


def _touches(clock: WallClock, stint: Stint, start: Instant, end: Instant) -> bool:
    return clock.instant(stint.from_.wall) < end and clock.instant(stint.until.wall) > start
