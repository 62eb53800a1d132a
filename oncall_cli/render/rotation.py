"""A rotation for a person: one line in a list, or its whole rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from oncall_cli.model.roles import PRIMARY
from oncall_cli.render.people import names_of
from oncall_cli.render.text import BOLD, one_line, styled, wrapped
from oncall_cli.render.times import Times
from oncall_cli.render.who import who_text

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.rotation import Layer, Role, Rotation, Stint
    from oncall_cli.practice.answer import Answer


def rotation_row(now: Answer, people: Mapping[str, Person]) -> list[str]:
    """Return the cells of a rotation in a list: id, who is primary now, how it hands off, its zone."""
    primary = next((holding.people for holding in now.holdings if holding.role == PRIMARY), ())
    layers = now.rotation.all_layers()
    rule = _rule(layers[0]) if len(layers) == 1 else f"{len(layers)} layers"
    return [now.rotation.id, names_of(primary, people), rule, str(now.rotation.timezone)]


def _rule(layer: Layer) -> str:
    return f"every {layer.handoff.every} at {layer.handoff.at}"


def rotation_text(
    now: Answer, people: Mapping[str, Person], times: Times, width: int = 80, colour: bool = False
) -> str:
    """Return the whole rule of a rotation, and who answers for it now."""
    rotation = now.rotation
    lines = [f"{styled(rotation.id, BOLD, colour)}  {one_line(rotation.name)}  ({rotation.path})"]
    if rotation.description:
        lines += wrapped(one_line(rotation.description), width, indent="  ", first="  ")
    for layer in rotation.all_layers():
        lines += _layer(layer, rotation, people, width)
    lines += [line for role, entry in rotation.roles.items() for line in _role(role, entry, people)]
    if rotation.coverage:
        hours = _hours(rotation.coverage.hours) or "the rotation's own hours"
        lines.append(f"  promised: {', '.join(rotation.coverage.roles)} during {hours}")
    return "\n".join([*lines, "", who_text([now], people, times, width, colour)])


def _layer(layer: Layer, rotation: Rotation, people: Mapping[str, Person], width: int) -> list[str]:
    """Return the lines of one layer: its rule, and each version of its roster."""
    name = f"{layer.name} ({layer.role}): " if rotation.layers else ""
    hours = f", {_hours(layer.hours)}" if layer.hours else ""
    rule = f"{_rule(layer)}{hours}, {layer.timezone or rotation.timezone}"
    lines = wrapped(rule, width, indent="    ", first=f"  {name}")
    for version in layer.roster:
        members = ", ".join(names_of(member, people) for member in version.members)
        lines += wrapped(members, width, indent="      ", first=f"    from {version.from_}: ")
    return lines


def _hours(hours: Iterable[object]) -> str:
    return "; ".join(str(entry) for entry in hours)


def _role(role: str, entry: Role | tuple[Stint, ...], people: Mapping[str, Person]) -> list[str]:
    """Return the lines of a role that needs words."""
    if isinstance(entry, tuple):
        return [f"  {role}: {names_of((stint.person,), people)}, {stint.from_} to {stint.until}" for stint in entry]
    place = "place" if entry.offset == 1 else "places"
    return [f"  {role}: {entry.offset} {place} after the primary"] if entry.offset else []
