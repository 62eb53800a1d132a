"""What two edited versions of one record mean together: fields, entries and members, never lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias

from oncall_cli.model.record import Key
from oncall_cli.model.time import parse_instant
from oncall_cli.practice.merged_order import merged_order

Said: TypeAlias = "dict[str, Said] | list[Said] | str | None"


class Absent(Enum):
    """What a record says where it says nothing."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
Maybe: TypeAlias = "Said | Absent"


@dataclass(frozen=True)
class Clash:
    """One field that both sides changed, each in another way: what it said, and what each side says now."""

    keys: tuple[Key, ...]
    base: Maybe
    ours: Maybe
    theirs: Maybe


# What a list means, by its key; those that are not named hold texts that are there or not, or are one value.
ENTRIES_OF = ("log", "timeline", "messages", "spent", "notes")
WHOLE = ("members", "person", "escalation", "changes", "hours", "availability")
NAMED_BY: dict[str, tuple[str, ...]] = {
    "roster": ("from",),
    "time_off": ("from",),
    "duties": ("id",),
    "contacts": ("id",),
    "layers": ("name",),
    "channels": ("name",),
    "links": ("url",),
    "actions": ("title",),
    "checklist": ("text",),
    **dict.fromkeys(("start", "during", "end", "idle"), ("text",)),
    "roles": ("person", "from"),
}
_DATED = ("roster", "time_off")


def merged(base: Maybe, ours: Maybe, theirs: Maybe, *, prefer_theirs: bool = False) -> tuple[Maybe, list[Clash]]:
    """Return what both sides say together, and each field about which they disagree.

    Such a field says what our side says, unless theirs is preferred.
    """
    merger = _Merger(prefer_theirs)
    return merger.value((), base, ours, theirs), merger.clashes


@dataclass
class _Merger:
    prefer_theirs: bool
    clashes: list[Clash] = field(default_factory=list)

    def value(self, keys: tuple[Key, ...], base: Maybe, ours: Maybe, theirs: Maybe) -> Maybe:
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        if isinstance(ours, dict) and isinstance(theirs, dict):
            return self._mapping(keys, base if isinstance(base, dict) else {}, ours, theirs)
        lists = [_as_list(one) for one in (base, ours, theirs)]
        if all(one is not None for one in lists) and list in (type(ours), type(theirs)):
            found = self._list(keys, *(one or [] for one in lists))
            if found is not None:
                return found or (ABSENT if ABSENT in (ours, theirs) else found)
        return self._clash(keys, base, ours, theirs)

    def _mapping(
        self, keys: tuple[Key, ...], base: dict[str, Said], ours: dict[str, Said], theirs: dict[str, Said]
    ) -> Said:
        names = merged_order([*base], ([*ours], [*theirs]), {*base, *ours, *theirs}).items
        said = {
            name: self.value((*keys, name), base.get(name, ABSENT), ours.get(name, ABSENT), theirs.get(name, ABSENT))
            for name in names
        }
        return {name: one for name, one in said.items() if not isinstance(one, Absent)}

    def _list(self, keys: tuple[Key, ...], base: list[Said], ours: list[Said], theirs: list[Said]) -> list[Said] | None:
        """Return the items together; None where the list is one value, or its items cannot be told apart."""
        name = next((str(key) for key in reversed(keys) if isinstance(key, str)), "")
        lists = [base, ours, theirs]
        everything = [item for one in lists for item in one]
        if name in WHOLE:
            return None
        if name in ENTRIES_OF or all(isinstance(item, str) for item in everything):
            return _union(lists, by_time=name in ENTRIES_OF)
        named_by = NAMED_BY.get(name) or NAMED_BY.get(str(keys[-2]) if len(keys) > 1 else "")
        named = [_named(one, named_by) for one in lists] if named_by else []
        if not named or any(one is None for one in named):
            return None
        return self._named_list(keys, [one or {} for one in named], dated=name in _DATED)

    def _named_list(self, keys: tuple[Key, ...], named: list[dict[str, Said]], *, dated: bool) -> list[Said]:
        base, ours, theirs = named
        items = {
            name: self.value((*keys, name), base.get(name, ABSENT), ours.get(name, ABSENT), theirs.get(name, ABSENT))
            for name in {**base, **ours, **theirs}
        }
        kept: dict[str, Said] = {name: one for name, one in items.items() if not isinstance(one, Absent)}
        order = merged_order([*base], ([*ours], [*theirs]), kept, (lambda name: name) if dated else None)
        if order.disputed:
            self._clash(keys, [*base], [*ours], [*theirs])
        if order.disputed:
            preferred = theirs if self.prefer_theirs else ours
            order = merged_order([*preferred], ([*preferred], [*preferred, *kept]), kept)
        return [kept[name] for name in order.items]

    def _clash(self, keys: tuple[Key, ...], base: Maybe, ours: Maybe, theirs: Maybe) -> Maybe:
        self.clashes.append(Clash(keys, base, ours, theirs))
        return theirs if self.prefer_theirs else ours


def _as_list(said: Maybe) -> list[Said] | None:
    """Return a list; one that is not there is empty."""
    if isinstance(said, list):
        return said
    return [] if said is ABSENT or said is None else None


def _union(lists: Sequence[list[Said]], *, by_time: bool) -> list[Said]:
    """Return the items that are on a side and that the other has not taken away; what both added stands once."""
    base, ours, theirs = (_counted(one) for one in lists)
    added = {*ours, *theirs} - {*base}
    kept = added | ({*base} & {*ours} & {*theirs})
    items = {**base, **ours, **theirs}
    rank = (lambda name: (*_time_and_text(items[name]), name)) if by_time else None
    return [items[name] for name in merged_order([*base], ([*ours], [*theirs]), kept, rank).items]


def _counted(items: list[Said]) -> dict[tuple[str, int], Said]:
    """Return the items by what they say, and which one they are of several that say the same."""
    found: dict[tuple[str, int], Said] = {}
    seen: dict[str, int] = {}
    for item in items:
        text = json.dumps(item, sort_keys=True)
        seen[text] = seen.get(text, 0) + 1
        found[text, seen[text]] = item
    return found


def _named(items: list[Said], named_by: Sequence[str]) -> dict[str, Said] | None:
    """Return the items by their names; None where one has none, or two have the same."""
    found: dict[str, Said] = {}
    for item in items:
        parts = [item.get(key) for key in named_by] if isinstance(item, dict) else [item]
        name = " ".join(part for part in parts if isinstance(part, str))
        if name in found or not all(isinstance(part, str) for part in parts):
            return None
        found[name] = item
    return found


def _time_and_text(item: Said) -> tuple[int, str]:
    said = item if isinstance(item, dict) else {}
    at, text = said.get("at"), said.get("text")
    try:
        moment = parse_instant(at) if isinstance(at, str) else 0
    except ValueError:
        moment = 0
    return moment, text if isinstance(text, str) else ""
