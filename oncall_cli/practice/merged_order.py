"""In which order the items of two edited lists stand once the two are one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, NamedTuple, TypeVar

ItemT = TypeVar("ItemT", bound=Hashable)


class Order(NamedTuple):
    """The names of the items in order, and whether both sides had moved the same ones to different places."""

    items: list[Any]
    disputed: bool


def merged_order(
    base: Sequence[ItemT],
    sides: tuple[Sequence[ItemT], Sequence[ItemT]],
    kept: Collection[ItemT],
    rank: Callable[[ItemT], Any] | None = None,
) -> Order:
    """Return the items that are kept, each named once: in the order of the side that changed it, new ones placed.

    A new item stands by its rank; without ranks it stands behind the one that it follows on its own side.
    """
    ours, theirs = sides
    core = [set(one) for one in (base, ours, theirs)]
    common = [item for item in base if item in kept and all(item in one for one in core)]
    mine, yours = ([item for item in side if item in set(common)] for side in sides)
    disputed = common not in (mine, yours) and mine != yours
    items = common if disputed else yours if mine == common else mine
    # whichever side comes first, the outcome is the same, and it is its own merge with either of them
    for side in sorted(sides, key=lambda each: _precedence(each, sides, common), reverse=True):
        for at, item in enumerate(side):
            if item in kept and item not in items:
                before = side[:at]
                items = _placed(items, item, before) if rank is None else _ranked(items, item, rank)
    return Order(items, disputed)


def _precedence(
    side: Sequence[ItemT], sides: tuple[Sequence[ItemT], Sequence[ItemT]], common: Collection[ItemT]
) -> tuple[str, str]:
    """Return by what a side goes first: the order of the new items that both have, then all that is new on it."""
    new = [item for item in side if item not in common]
    return repr([item for item in new if all(item in one for one in sides)]), repr(new)


def _placed(items: list[ItemT], item: ItemT, before: Sequence[ItemT]) -> list[ItemT]:
    at = next((items.index(one) + 1 for one in reversed(before) if one in items), 0)
    return [*items[:at], item, *items[at:]]


def _ranked(items: list[ItemT], item: ItemT, rank: Callable[[ItemT], Any]) -> list[ItemT]:
    """Put an item behind the last one that is not later, so that a list in order stays in order."""
    mine = rank(item)
    at = next((place for place in range(len(items), 0, -1) if rank(items[place - 1]) <= mine), 0)
    return [*items[:at], item, *items[at:]]
