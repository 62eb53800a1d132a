"""Which fields two versions of a record say differently, by their data alone."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from oncall_cli.model.record import Key

Data = dict[str, "Data"] | list["Data"] | str | None

# Above it, the items of two long lists are not matched with each other: the list as a whole has changed.
_MOST_PAIRS = 1_000_000


class FieldChange(NamedTuple):
    """What a field said before and what it says after; None for one that said, or says, nothing."""

    keys: tuple[Key, ...]
    before: Data
    after: Data


def field_changes(before: Data, after: Data, keys: tuple[Key, ...] = ()) -> Iterator[FieldChange]:
    """Yield the innermost fields that differ, in the order of the file."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from field_changes(before.get(key), after.get(key), (*keys, key))
    elif isinstance(before, list) and isinstance(after, list) and _has_records(before, after):
        yield from _of_lists(before, after, keys)
    elif before != after:
        yield FieldChange(keys, before, after)


def _has_records(*lists: list[Data]) -> bool:
    """Tell whether lists hold more than texts; a list of names is read as one field."""
    return any(isinstance(item, dict | list) for each in lists for item in each)


def _of_lists(before: list[Data], after: list[Data], keys: tuple[Key, ...]) -> Iterator[FieldChange]:
    """Yield what became of the items, those that stayed as they were matched first."""
    if before == after:
        return
    if len(before) * len(after) > _MOST_PAIRS:
        yield FieldChange(keys, before, after)
        return
    matched = SequenceMatcher(None, [repr(item) for item in before], [repr(item) for item in after], autojunk=False)
    for tag, first, last, other, other_last in matched.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(last - first, other_last - other)
        for step in range(pairs):
            yield from field_changes(before[first + step], after[other + step], (*keys, other + step))
        for index in range(first + pairs, last):
            yield FieldChange((*keys, index), before[index], None)
        for index in range(other + pairs, other_last):
            yield FieldChange((*keys, index), None, after[index])
