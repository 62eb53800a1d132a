"""Whether taking a change back, in a record that others have edited since, takes back that change and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oncall_cli.model.record import Key
from oncall_cli.practice.field_changes import Data, FieldChange, field_changes


class _Difference(NamedTuple):
    """A field without the places in lists, which later edits move, and what it lost and gained."""

    keys: tuple[Key, ...]
    lost: str
    gained: str


def takes_back(old: Data, new: Data, now: Data, then: Data) -> bool:
    """Tell whether what becomes of ``now`` is the opposite of what once made ``new`` of ``old``."""
    return Counter(_differences(field_changes(new, old))) == Counter(_differences(field_changes(now, then)))


def _differences(changes: Iterable[FieldChange]) -> Iterator[_Difference]:
    for change in changes:
        keys = tuple(key for key in change.keys if isinstance(key, str))
        before, after = change.before, change.after
        if isinstance(before, list) and isinstance(after, list):
            # a list of names that others have edited too: what counts is who goes and who comes
            was, will = (Counter(map(repr, each)) for each in (before, after))
            if was != will:
                yield _Difference(keys, repr(sorted((was - will).items())), repr(sorted((will - was).items())))
                continue
        yield _Difference(keys, repr(before), repr(after))
