"""What the files of one rotation say differently in two states, piece by piece, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oncall_cli.errors import Place
from oncall_cli.model.override import Change, Override
from oncall_cli.model.rotation import Layer, RosterVersion, Rotation, Stint
from oncall_cli.practice.team_state import RotationFiles
from oncall_cli.schedule.shift import Keys

# What an alteration is about: its kind, then the names that tell it from others of that kind.
About = tuple[object, ...]
WHOLE: About = ("rotation",)


class Alteration(NamedTuple):
    """One piece that is new, gone or different; ``lined`` where its line says more than its file does."""

    about: About
    text: str
    place: Place
    lined: bool = True

    def __str__(self) -> str:
        where = f"{self.place.path}:{self.place.line}" if self.lined else self.place.path
        return f"{self.text} ({where})"


def version_about(layer: str, version: RosterVersion) -> About:
    """Return what an alteration of one roster version is about."""
    return ("version", layer, version.from_.wall)


def alterations(before: RotationFiles | None, after: RotationFiles | None) -> list[Alteration]:
    """Return all the differences that can move a shift, the overrides last."""
    if before is None or after is None:
        known = after or before
        if known is None:
            return []
        said = f"the rotation '{known.record.id}' is {'new' if after else 'deleted'}"
        return [Alteration(WHOLE, said, Place(known.record.path), lined=False)]
    return [*_in_rotation(before.record, after.record), *_overrides(before.overrides, after.overrides)]


def override_words(override: Override) -> str:
    """Return who stands in for whom, as ``bob for alice``, each once, and the reason that it gives."""
    said = ", ".join(dict.fromkeys(_stands_in(change) for change in override.changes))
    return f"{said}, “{' '.join(override.reason.split())}”" if override.reason else said


def _stands_in(change: Change) -> str:
    people = " and ".join(change.people) or "nobody"
    return f"{people} for {change.instead_of}" if change.instead_of else f"{people} as {change.role}"


def _overrides(before: Iterable[Override], after: Iterable[Override]) -> Iterator[Alteration]:
    was, will = ({override.id: override for override in side} for side in (before, after))
    for name in sorted({*was, *will}):
        old, new = was.get(name), will.get(name)
        known = new or old
        if known is None or _same_override(old, new):
            continue
        state = "changed" if old and new else "is new" if new else "is removed"
        said = f"the {known.kind if known.changes[0].people else 'override'} '{name}' {state}: {override_words(known)}"
        yield Alteration(("override", name), said, Place(known.path), lined=False)


def _same_override(old: Override | None, new: Override | None) -> bool:
    return bool(old and new and (old.changes, old.created) == (new.changes, new.created))


def _in_rotation(was: Rotation, will: Rotation) -> Iterator[Alteration]:
    if was.timezone != will.timezone:
        yield Alteration(("zone",), f"the time zone is {will.timezone}, not {was.timezone}", will.place("timezone"))
    if set(was.holidays) != set(will.holidays):
        yield Alteration(("holidays",), _holidays(was, will), will.place("holidays"))
    old, new = _layers(was), _layers(will)
    for name in dict.fromkeys((*old, *new)):
        yield from _layer(name, old.get(name), new.get(name), will)
    yield from _roles(was, will)


def _holidays(was: Rotation, will: Rotation) -> str:
    come, gone = sorted({*will.holidays} - {*was.holidays}), sorted({*was.holidays} - {*will.holidays})
    said = [f"{', '.join(map(str, days))} {verb}" for days, verb in ((come, "added"), (gone, "taken out")) if days]
    return f"the holidays changed: {', '.join(said)}"


def _layers(rotation: Rotation) -> dict[str, tuple[Layer, Keys]]:
    return {
        layer.name: (layer, ("layers", place) if rotation.layers else ())
        for place, layer in enumerate(rotation.all_layers())
    }


def _layer(
    name: str, old: tuple[Layer, Keys] | None, new: tuple[Layer, Keys] | None, will: Rotation
) -> Iterator[Alteration]:
    of = f" of layer '{name}'" if will.layers else ""
    if old is None or new is None:
        said = f"the layer '{name}' is {'new' if new else 'removed'}"
        yield Alteration(("layer", name), said, will.place(*(new[1] if new else ("layers",))))
        return
    (was, _), (layer, keys) = old, new
    for key, one, other in (
        ("handoff", _handoff(was), _handoff(layer)),
        ("hours", _hours(was), _hours(layer)),
        ("timezone", str(was.timezone), str(layer.timezone)),
        ("role", was.role, layer.role),
        ("on_holidays", str(was.on_holidays), str(layer.on_holidays)),
    ):
        if one != other:
            named = {"timezone": "time zone", "on_holidays": "rule for holidays"}.get(key, key)
            verb = "are" if key == "hours" else "is"
            said = f"the {named}{of} {verb} {other}, not {one}"
            yield Alteration(("layer", name), said, will.place(*keys, key))
    yield from _versions(name, was.roster, layer.roster, (will, (*keys, "roster")), of)


def _handoff(layer: Layer) -> str:
    handoff = layer.handoff
    return f"every {handoff.every} at {handoff.at}{'' if handoff.skip_empty else ', empty turns counted'}"


def _hours(layer: Layer) -> str:
    return "; ".join(map(str, layer.hours)) or "around the clock"


def _versions(
    layer: str, was: tuple[RosterVersion, ...], will: tuple[RosterVersion, ...], at: tuple[Rotation, Keys], of: str
) -> Iterator[Alteration]:
    rotation, keys = at
    old = {version.from_.wall: version for version in was}
    new = {version.from_.wall: version for version in will}
    for place, version in enumerate(will):
        known = old.get(version.from_.wall)
        if known and known.members == version.members:
            continue
        earlier = known or (will[place - 1] if place else None)
        words = _members(earlier.members if earlier else (), version.members)
        state = "changed" if known else "is new"
        said = f"the roster version from {version.from_}{of} {state}: {words}"
        yield Alteration(version_about(layer, version), said, rotation.place(*keys, place))
    for version in was:
        if version.from_.wall not in new:
            said = f"the roster version from {version.from_}{of} is removed"
            yield Alteration(version_about(layer, version), said, rotation.place(*keys), lined=False)


def _members(before: tuple[tuple[str, ...], ...], after: tuple[tuple[str, ...], ...]) -> str:
    """Say who joins and leaves a list of members, or that it is only another order."""
    was, will = ([person for member in members for person in member] for members in (before, after))
    come = [person for person in dict.fromkeys(will) if person not in was]
    gone = [person for person in dict.fromkeys(was) if person not in will]
    if len(come) == len(gone) == 1:
        return f"{come[0]} replaces {gone[0]}"
    said = [f"{' and '.join(people)} {verb}" for people, verb in _verbs(come, gone) if people]
    return ", ".join(said) or f"another order, {' '.join('+'.join(member) for member in after)}"


def _verbs(come: list[str], gone: list[str]) -> list[tuple[list[str], str]]:
    return [(come, "joins" if len(come) == 1 else "join"), (gone, "leaves" if len(gone) == 1 else "leave")]


def _roles(was: Rotation, will: Rotation) -> Iterator[Alteration]:
    for role in dict.fromkeys((*was.roles, *will.roles)):
        old, new = was.roles.get(role), will.roles.get(role)
        if old == new:
            continue
        if isinstance(old, tuple) or isinstance(new, tuple):
            yield from _stints(role, old if isinstance(old, tuple) else (), new if isinstance(new, tuple) else (), will)
            continue
        if old and new and old.offset == new.offset:
            continue
        said = f"the role '{role}' is {'new' if new else 'removed'}"
        if old and new:
            said = f"the role '{role}' is {new.offset} places after the primary, not {old.offset}"
        yield Alteration(("role", role), said, will.place("roles", role))


def _stints(role: str, was: tuple[Stint, ...], will: tuple[Stint, ...], rotation: Rotation) -> Iterator[Alteration]:
    for place, stint in enumerate(will):
        if stint not in was:
            yield Alteration(("role", role), f"{_stint(role, stint)} is new", rotation.place("roles", role, place))
    for stint in was:
        if stint not in will:
            yield Alteration(("role", role), f"{_stint(role, stint)} is removed", rotation.place("roles", role))


def _stint(role: str, stint: Stint) -> str:
    return f"{stint.person} as {role} from {stint.from_} until {stint.until}"
