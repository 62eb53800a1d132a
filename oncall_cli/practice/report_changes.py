"""What changed the schedule in a period: the overrides declared in it, and the roster versions that began."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.override import Override
    from oncall_cli.model.rotation import RosterVersion
    from oncall_cli.model.time import Instant
    from oncall_cli.practice.report_facts import Facts, Window


class RosterChange(NamedTuple):
    """A roster version that began: in which layer, when, who is in it who was not before, and who left."""

    layer: str
    at: Instant
    joined: tuple[str, ...]
    left: tuple[str, ...]


class ChangePart(NamedTuple):
    """What was declared in a period, by time."""

    overrides: tuple[Override, ...]
    rosters: tuple[RosterChange, ...]


def change_part(facts: Facts, window: Window) -> ChangePart:
    """Return the changes of the window; an override whose file does not say when it was made has no place in it."""
    declared = [one for one in facts.files.overrides if window.has(one.created)]
    return ChangePart(
        tuple(sorted(declared, key=lambda one: (one.created or 0, one.id))), tuple(_rosters(facts, window))
    )


def _rosters(facts: Facts, window: Window) -> list[RosterChange]:
    found = []
    for layer in facts.rotation.rotation.all_layers():
        clock = WallClock(layer.timezone) if layer.timezone else facts.clock
        before: RosterVersion | None = None
        for version in layer.roster:
            at = clock.instant(version.from_.wall)
            if window.has(at):
                found.append(RosterChange(layer.name, at, _new(before, version), _new(version, before)))
            before = version
    return sorted(found, key=lambda change: (change.at, change.layer))


def _new(before: RosterVersion | None, after: RosterVersion | None) -> tuple[str, ...]:
    """Return who is in the later one and not in the earlier, in the order of the list."""
    known = _people(before)
    return tuple(person for person in _people(after) if person not in known)


def _people(version: RosterVersion | None) -> list[str]:
    members = [person for member in version.members for person in member] if version else []
    return list(dict.fromkeys(members))
