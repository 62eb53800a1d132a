"""Why a stretch changes hands: which of the pieces that differ between two states of the files brought it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from oncall_cli.model.override import Override
from oncall_cli.model.time import Instant
from oncall_cli.practice.alterations import WHOLE, About, Alteration, alterations, version_about
from oncall_cli.practice.team_state import RotationFiles
from oncall_cli.schedule.comparison import HandChange
from oncall_cli.schedule.shift import Ground, Keys


class Reasons:
    """Tells the reasons for the changes of one rotation."""

    def __init__(self, before: RotationFiles | None, after: RotationFiles | None) -> None:
        self._sides = (before, after)
        self._all = alterations(before, after)
        self._overrides = [each for each in self._all if each.about[0] == "override"]
        self._roster = [each for each in self._all if each.about[0] != "override"]

    def of(self, change: HandChange) -> tuple[Alteration, ...]:
        """Return what brought a change; at least something whenever the files differ at all."""
        if [each.about for each in self._all] == [WHOLE]:
            return tuple(self._all)
        found = [each for each in self._overrides if self._has_a_part(str(each.about[1]), change)]
        if self._roster:
            grounds = [self._ground(side, change) for side in self._sides]
            if not found or _dealt(grounds[0]) != _dealt(grounds[1]):
                found = [*self._of_roster(change.role, grounds), *found]
        return tuple(found or self._all)

    def _has_a_part(self, name: str, change: HandChange) -> bool:
        """Whether a change of the override, on either side, decides over a part of the stretch."""
        return any(
            side is not None and _decides(side, override, change)
            for side in self._sides
            for override in (side.overrides if side else ())
            if override.id == name
        )

    def _ground(self, side: RotationFiles | None, change: HandChange) -> Ground | None:
        explanation = side.schedule.explain(change.role, change.start) if side else None
        return explanation.ground if explanation else None

    def _of_roster(self, role: str, grounds: Iterable[Ground | None]) -> list[Alteration]:
        """Return the alterations that bear on the turns; all of them where none can be told apart."""
        abouts: set[About] = {("zone",), ("holidays",), ("role", role)}
        for side, ground in zip(self._sides, grounds, strict=True):
            if side and ground:
                abouts |= {("layer", ground.layer), *_versions(side, ground)}
        return [each for each in self._roster if each.about in abouts] or self._roster


def _dealt(ground: Ground | None) -> frozenset[str]:
    return frozenset(ground.people) if ground else frozenset()


def _decides(side: RotationFiles, override: Override, change: HandChange) -> bool:
    for place, one in enumerate(override.changes):
        start = Instant(max(one.start, change.start))
        if one.role != change.role or start >= min(one.end, change.end):
            continue
        explanation = side.schedule.explain(change.role, start)
        bearings = explanation.overrides if explanation else ()
        if any(each.applied and (each.override, each.change) == (override.id, place) for each in bearings):
            return True
    return False


def _versions(side: RotationFiles, ground: Ground) -> Iterator[About]:
    """Yield the roster versions that deal the turn, and that name its member."""
    if ground.layer is None:
        return
    layer = next(layer for layer in side.record.all_layers() if layer.name == ground.layer)
    for keys in (ground.keys, ground.member_keys):
        yield version_about(ground.layer, layer.roster[_index(keys)])


def _index(keys: Keys) -> int:
    last = keys[-1]
    assert isinstance(last, int)
    return last
