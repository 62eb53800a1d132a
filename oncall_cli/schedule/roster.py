"""From the roster versions of a file to those that deal turns; how each takes over from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import DAY, Wall
from oncall_cli.schedule.dealing import Dealing
from oncall_cli.schedule.handoffs import Handoffs, handoffs
from oncall_cli.schedule.hours import WeekHours
from oncall_cli.schedule.layer import Version
from oncall_cli.schedule.shift import Keys, RosterStart
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Layer, RosterVersion


class Written(NamedTuple):
    """A roster version with its handoffs; ``end`` is where the first of the later ones begins."""

    record: RosterVersion
    keys: Keys
    handoffs: Handoffs
    dealing: Dealing
    end: Wall | None

    @property
    def void(self) -> bool:
        """Whether it deals no turn."""
        return self.end is not None and self.dealing.until(self.end) == 0


def written_versions(layer: Layer, hours: WeekHours | None, keys: Keys) -> list[Written]:
    """Return the versions of a layer's roster, which stands under ``keys`` in the file, in its order.

    A version begins with the first turn that it deals, and ends where the next begins.
    """
    versions: list[Written] = []
    end: Wall | None = None
    for index in reversed(range(len(layer.roster))):
        record = layer.roster[index]
        row = handoffs(layer.handoff.every, layer.handoff.at, record.from_.wall)
        dealing = Dealing(row, hours if layer.handoff.skip_empty else None)
        versions.append(Written(record, (*keys, index), row, dealing, end))
        end = dealing.wall(0) if end is None else min(end, dealing.wall(0))
    return versions[::-1]


def dealt_versions(written: list[Written]) -> list[Version]:
    """Return the versions that deal turns; these are numbered through the layer."""
    versions: list[Version] = []
    number = 0
    for version in written:
        if not version.void:
            record = version.record
            versions.append(Version(number, version.dealing, record.members, record.from_.wall, version.keys))
            number += version.dealing.until(version.end) if version.end is not None else 0
    return versions


def roster_starts(layer: str, written: list[Written], clock: WallClock) -> list[RosterStart]:
    """Return how each version after the first takes over from the last before it that deals turns."""
    starts: list[RosterStart] = []
    before: Written | None = None
    for place, version in enumerate(written):
        if place:
            starts.append(_roster_start(layer, version, before, clock))
        before = before if version.void else version
    return starts


def _roster_start(layer: str, version: Written, before: Written | None, clock: WallClock) -> RosterStart:
    anchor, since = version.handoffs.wall(0), version.record.from_
    return RosterStart(
        layer=layer,
        keys=version.keys,
        start=clock.instant(version.dealing.wall(0)),
        void=version.void,
        on_day=anchor < since.wall + DAY if since.is_date else anchor == since.wall,
        on_grid=before is None or before.handoffs.wall(before.handoffs.before(anchor)) == anchor,
    )
