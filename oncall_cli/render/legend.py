"""What the drawings of a schedule on a terminal share: the screen, their heads, and who is meant by which letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.practice.stretches import Kind, Stretch
from oncall_cli.render.days import AGAIN
from oncall_cli.render.marks import Marks
from oncall_cli.render.people import name_of
from oncall_cli.render.text import BOLD, RED, flowing, one_line, padded, styled, wrapped
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.render.schedule import Listing

UNDERLINED = "4"
GAP, NOBODY, BY_OVERRIDE = "!", "x", "~"

_SIGNS = {
    Kind.OVERRIDE: (BY_OVERRIDE, UNDERLINED, "by an override"),
    Kind.NOBODY: (NOBODY, "", "left to nobody"),
    Kind.GAP: (GAP, RED, "NOT COVERED"),
}


class Screen(NamedTuple):
    """Where something is drawn: the reader's times, the people and their marks, and what the terminal can do."""

    times: Times
    marks: Marks
    people: Mapping[str, Person]
    width: int = 80
    colour: bool = False


def heading(rotation: Rotation, what: str, days: list[date], screen: Screen) -> list[str]:
    """Return what is drawn, and in which zone the rotation hands over where that is not the reader's."""
    said = f"{one_line(rotation.name)}, {what}{_spelled(days[0])} to {_spelled(days[-1])} {days[-1].year}"
    first, *rest = wrapped(said, screen.width, indent="  ", first=f"{rotation.id}  ")
    lines = [styled(rotation.id, BOLD, screen.colour) + first[len(rotation.id) :], *rest]
    zones = sorted({str(zone) for zone in _zones(rotation) if zone != screen.times.zone})
    if zones:
        told = f"Drawn in {screen.times.zone}; it hands over by the clocks of {', '.join(zones)}."
        lines += wrapped(told, screen.width, indent="  ", first="  ")
    return lines


def picture_title(listings: Sequence[Listing], days: list[date], times: Times) -> str:
    """Return what stands above a picture of some days."""
    about = one_line(listings[0].rotation.name) if len(listings) == 1 else "On call"
    return f"{about}, {_spelled(days[0])} to {_spelled(days[-1])} {days[-1].year}, times in {times.zone}"


def _zones(rotation: Rotation) -> list[object]:
    layers = [layer.timezone for layer in rotation.layers or () if layer.timezone]
    return [*layers] or [rotation.timezone]


def legend(seen: Iterable[Stretch], text: str, screen: Screen, *, whole: bool) -> list[str]:
    """Return a legend of what was drawn.

    The ``whole`` one has the letters of the people and all signs, for a drawing that has no words for them.
    """
    found = list(seen)
    ids = sorted({person for each in found for person in each.people}) if whole else []
    entries = [(screen.marks[each].letters, screen.marks[each].style, name_of(each, screen.people)) for each in ids]
    kinds = {each.kind for each in found}
    entries += [sign for kind, sign in _SIGNS.items() if kind in kinds and (whole or kind is Kind.OVERRIDE)]
    if AGAIN in text:
        entries.append((AGAIN, "", "when the clock shows it again"))
    parts = [(f"{sign} {said}", f"{styled(sign, style, screen.colour)} {said}") for sign, style, said in entries]
    return flowing(parts, screen.width, "  ", "   ")


def role_label(role: str, width: int) -> str:
    """Return the name of a role as wide as the column of roles."""
    return padded(role[: width - 1], width)


def _spelled(day: date) -> str:
    return f"{day.day} {day:%B}"
