"""A file made to say something else by as few edits as there are differences, so that its comments survive."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import cast

from oncall_cli.repository.edit import Document
from oncall_cli.repository.layout import key_order
from oncall_cli.repository.spelling import Value
from oncall_cli.repository.syntax import Data, Path


def rewrite(document: Document, before: Data, after: Data) -> None:
    """Edit a document that says ``before`` until it says ``after``; keys that say nothing are in neither."""
    _Rewriting(document, key_order(document.path)).value((), before, after)


def differences(before: Data, after: Data) -> int:
    """Return about how many edits it takes to make a file that says ``before`` say ``after``."""
    if before == after:
        return 0
    if isinstance(before, dict) and isinstance(after, dict):
        return sum(differences(before.get(name), after.get(name)) for name in {**before, **after})
    if isinstance(before, list) and isinstance(after, list):
        names = [Counter(json.dumps(item, sort_keys=True) for item in one) for one in (before, after)]
        return ((names[0] - names[1]) | (names[1] - names[0])).total() or 1
    return 1


class _Rewriting:
    def __init__(self, document: Document, order: Sequence[str]) -> None:
        self.document = document
        self.order = order

    def value(self, keys: Path, before: Data, after: Data) -> None:
        if before == after:
            return
        if isinstance(before, dict) and isinstance(after, dict):
            self._mapping(keys, before, after)
        elif isinstance(before, list) and isinstance(after, list) and before and after:
            self._list(keys, before, after)
        else:
            self.document.set(keys, _value(after))

    def _mapping(self, keys: Path, before: Mapping[str, Data], after: Mapping[str, Data]) -> None:
        for name in [*before]:
            if name not in after:
                self.document.remove((*keys, name))
        for name, said in after.items():
            if name in before:
                self.value((*keys, name), before[name], said)
            else:
                known = self.order.index(name) if not keys and name in self.order else 0
                self.document.set((*keys, name), _value(said), after=self.order[:known])

    def _list(self, keys: Path, before: list[Data], after: list[Data]) -> None:
        """Change a list from its end, so that every index still means the item that it meant."""
        old_names, new_names = ([json.dumps(item, sort_keys=True) for item in one] for one in (before, after))
        steps = SequenceMatcher(None, old_names, new_names, autojunk=False).get_opcodes()
        for what, old, old_end, new, new_end in reversed(steps):
            if what == "equal":
                continue
            same = min(old_end - old, new_end - new)
            for item in reversed(after[new + same : new_end]):
                self.document.insert(keys, old + same, _value(item))
            for at in range(old_end - 1, old + same - 1, -1):
                self.document.remove((*keys, at))
            for at in range(same):
                self.value((*keys, old + at), before[old + at], after[new + at])


def _value(said: Data) -> Value:
    """Return what a record says as something to write; a record that is valid has no empty items."""
    return cast("Value", said)
