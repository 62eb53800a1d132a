"""Whether taking a change back, in a record that others have edited since, takes back that change and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from oncall_cli.model.record import Key
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.field_changes import Data, FieldChange, field_changes


class _Difference(NamedTuple):
    """A field without the places in lists, which later edits move, and what it lost and gained."""

    keys: tuple[Key, ...]
    lost: str
    gained: str


def takes_back(old: Data, new: Data, now: Data, then: Data) -> bool:
    """Tell whether what becomes of ``now`` is the opposite of what once made ``new`` of ``old``."""
    return Counter(_differences(field_changes(new, old))) == Counter(_differences(field_changes(now, then)))


def edit_back(path: str, old: Data, new: Data, now: Data) -> RecordEdit | None:
    """Return what takes a change out of a record by its meaning, where its lines are next to others'.

    That is possible for fields that say what the change made them say, and for items that it put into a list and
    that are still there, wherever they stand by now. None for everything else.
    """
    sets: list[tuple[Keys, Value]] = []
    removes: list[Keys] = []
    for change in field_changes(old, new):
        *head, last = change.keys or (0, 0)
        if any(isinstance(key, int) for key in head):
            return None
        if isinstance(last, int):
            found = _items(_at(now, tuple(head)), [change.after]) if change.before is None else None
            keys = tuple(head)
        elif change.before is None and isinstance(change.after, list) and _at(now, change.keys) != change.after:
            found, keys = _items(_at(now, change.keys), change.after), change.keys
        elif _at(now, change.keys) == change.after and change.before is None:
            found, keys = [None], change.keys
        elif _at(now, change.keys) == change.after and isinstance(change.before, str) and change.after is not None:
            sets.append((change.keys, change.before))
            continue
        else:
            return None
        if found is None:
            return None
        removes += [keys if index is None else (*keys, index) for index in found]
    return RecordEdit(path, sets=sets, removes=removes)


def _at(data: Data, keys: Keys) -> Data:
    """Return what stands at keys that lead through mappings alone; None where they lead nowhere."""
    for key in keys:
        data = data.get(str(key)) if isinstance(data, dict) else None
    return data


def _items(now: Data, wanted: Sequence[Data]) -> list[int | None] | None:
    """Return where each of the items stands in a list; None unless each stands there exactly once."""
    if not isinstance(now, list) or any(now.count(item) != 1 or wanted.count(item) != 1 for item in wanted):
        return None
    return [now.index(item) for item in wanted]


def _differences(changes: Iterable[FieldChange]) -> Iterator[_Difference]:
    for change in changes:
        keys = tuple(key for key in change.keys if isinstance(key, str))
        before, after = change.before, change.after
        was, will = (Counter(map(repr, each)) if isinstance(each, list) else None for each in (before, after))
        # of a list that comes, goes, or that others have edited too, what counts is which items come and go
        lost = (was or Counter()) - (will or Counter())
        gained = (will or Counter()) - (was or Counter())
        if (lost or gained) and (was is not None or before is None) and (will is not None or after is None):
            yield from (_Difference(keys, item, repr(None)) for item in lost.elements())
            yield from (_Difference(keys, repr(None), item) for item in gained.elements())
        else:
            yield _Difference(keys, repr(before), repr(after))
