"""From the records of a rotation and its overrides to a schedule that answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.roles import PRIMARY
from oncall_cli.schedule.changes import Change
from oncall_cli.schedule.coverage import Coverage
from oncall_cli.schedule.holder import Holder, LayerRole, Stint, StintRole
from oncall_cli.schedule.hours import WeekHours, open_spans, week_hours
from oncall_cli.schedule.layer import Layer
from oncall_cli.schedule.role import RoleLine
from oncall_cli.schedule.roster import dealt_versions, roster_starts, written_versions
from oncall_cli.schedule.schedule import Schedule
from oncall_cli.schedule.shift import Keys
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model import rotation as record
    from oncall_cli.model.override import Override
    from oncall_cli.model.zone import Zone


class _Layer(NamedTuple):
    """A layer with the role that it fills."""

    role: str
    turns: Layer
    entries: tuple[str, ...]


def compile_schedule(rotation: record.Rotation, overrides: Iterable[Override] = ()) -> Schedule:
    """Return the schedule of a rotation whose time zone is known (the loader fills in the team's)."""
    zone = rotation.timezone
    if zone is None:
        raise ValueError(f"rotation '{rotation.id}' has no time zone")
    layers = [
        _layer(layer, zone, ("layers", place, "roster") if rotation.layers else ("roster",), rotation.holidays)
        for place, layer in enumerate(rotation.all_layers())
    ]
    changes = _changes(overrides)
    named = [*rotation.roles, *(layer.role for layer in layers), *changes]
    return Schedule(
        rotation.id,
        zone,
        lines=[
            RoleLine(role, _holders(role, rotation, layers, zone), changes.get(role, []))
            for role in dict.fromkeys((PRIMARY, *named))
        ],
        layers=[layer.turns for layer in layers],
        coverage=_coverage(rotation, _primary_hours(layers), zone),
    )


def compile_layer(layer: record.Layer, zone: Zone, keys: Keys, holidays: Collection[date] = ()) -> Layer:
    """Return the turns of a layer whose roster stands under ``keys``; the rest is its rotation's.

    Holidays close hours and change nothing else: whose turn it is never depends on them.
    """
    clock = WallClock(layer.timezone or zone)
    hours = week_hours(layer.hours, clock, _closed(layer, holidays))
    written = written_versions(layer, hours, keys)
    starts = roster_starts(layer.name, written, clock)
    return Layer(layer.name, clock, hours, dealt_versions(written), starts)


def _layer(layer: record.Layer, zone: Zone, keys: Keys, holidays: Collection[date]) -> _Layer:
    turns = compile_layer(layer, zone, keys, holidays)
    return _Layer(layer.role, turns, tuple(str(entry) for entry in layer.hours))


def _closed(layer: record.Layer, holidays: Collection[date]) -> Collection[date]:
    return holidays if layer.on_holidays == "closed" else ()


def _holders(role: str, rotation: record.Rotation, layers: list[_Layer], zone: Zone) -> list[Holder]:
    """Return what puts people on call for a role: stints first, as any layer wins over them."""
    entry = rotation.roles.get(role)
    holders: list[Holder] = []
    offset = None
    if isinstance(entry, tuple):
        holders += _stints(role, entry, layers, zone)
    elif entry is not None:
        offset = _offset(role, entry, layers)
    for layer in layers:
        if layer.role == role:
            holders.append(LayerRole(layer.turns, role, 0, layer.entries))
        elif layer.role == PRIMARY and offset is not None:
            holders.append(LayerRole(layer.turns, role, offset, layer.entries))
    return holders


def _offset(role: str, entry: record.Role, layers: list[_Layer]) -> int | None:
    """Return how many turns later the role's members come in the primary's layers; None when they do not.

    An entry that says no offset may be there for its other fields only, when a layer fills the role.
    """
    if entry.offset == 0 and any(layer.role == role for layer in layers):
        return None
    return entry.offset


def _stints(role: str, stints: tuple[record.Stint, ...], layers: list[_Layer], zone: Zone) -> list[Holder]:
    clock = WallClock(zone)
    written = [
        Stint(
            clock.instant(stint.from_.wall),
            clock.instant(stint.until.wall),
            stint.person,
            stint.from_.wall,
            ("roles", role, place),
        )
        for place, stint in enumerate(stints)
    ]
    opened = partial(open_spans, _primary_hours(layers) or (None,))
    return [StintRole(role, written, opened)] if written else []


def _primary_hours(layers: list[_Layer]) -> tuple[WeekHours | None, ...]:
    return tuple(layer.turns.hours for layer in layers if layer.role == PRIMARY)


def _coverage(rotation: record.Rotation, own: tuple[WeekHours | None, ...], zone: Zone) -> Coverage:
    """Return the promise; without hours of its own it has those of the layers for primary."""
    promise = rotation.coverage
    if promise is None:
        return Coverage((PRIMARY,), own or (None,))
    if not promise.hours:
        return Coverage(promise.roles, own or (None,))
    # What the primary's hours leave to a holiday is promised by nobody.
    closed = [_closed(layer, rotation.holidays) for layer in rotation.all_layers() if layer.role == PRIMARY]
    holidays = min(closed, key=len, default=())
    return Coverage(promise.roles, (week_hours(promise.hours, WallClock(zone), holidays),))


def _changes(overrides: Iterable[Override]) -> dict[str, list[Change]]:
    """Return the changes of each role."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for override in overrides:
        for index, change in enumerate(override.changes):
            changes[change.role].append(
                Change(
                    override.created or 0,
                    override.id,
                    index,
                    change.start,
                    change.end,
                    change.people,
                    change.instead_of,
                )
            )
    return changes
