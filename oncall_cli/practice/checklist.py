"""The checklists of a shift: their items by number, and which of them are ticked."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.shift import ShiftRecord, TickedItem

_TITLES = {"start": "at the start", "during": "during the shift", "end": "at the end", "idle": "when nothing is left"}


class Item(NamedTuple):
    """One thing to do, its number among all of the shift's, the text it has ready, and its tick."""

    number: int
    text: str
    ready: str | None
    ticked: TickedItem | None


class Phase(NamedTuple):
    """One list: when it is to be done, and its items."""

    name: str
    title: str
    items: tuple[Item, ...]


def phases_of(rotation: Rotation, shift: ShiftRecord | None) -> list[Phase]:
    """Return the lists that have items, numbered through, so that a number means one item."""
    ticked = {tick.text: tick for tick in (shift.checklist if shift else ()) if tick.done is not None}
    found, number = [], 0
    for name, title in _TITLES.items():
        items = []
        for each in getattr(rotation.checklists, name):
            number += 1
            items.append(Item(number, each.text, each.ready, ticked.get(each.text)))
        if items:
            found.append(Phase(name, title, tuple(items)))
    return found


def left_of(phases: list[Phase], *names: str) -> list[Item]:
    """Return the items of some lists that are not ticked."""
    return [item for phase in phases if phase.name in names for item in phase.items if item.ticked is None]


def chosen(phases: list[Phase], words: str) -> Item:
    """Return the item of that number, or the only one with these words in it; raise where it is not one."""
    items = [item for phase in phases for item in phase.items]
    if words.isdecimal():
        meant = [item for item in items if item.number == int(words)]
    else:
        exact = [item for item in items if item.text.casefold() == words.casefold()]
        meant = exact or [item for item in items if words.casefold() in item.text.casefold()]
    if len(meant) != 1:
        there = "; ".join(f"{item.number} {item.text}" for item in meant or items)
        what = f"'{words}' can mean several items" if meant else f"there is no item '{words}' on the checklists"
        raise WrongUsage(what, hint=f"there are: {there}" if there else "the rotation has no 'checklists'")
    if meant[0].ticked:
        raise Refused(f"'{meant[0].text}' is ticked already")
    return meant[0]
