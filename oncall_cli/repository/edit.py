"""A file that is changed in place: the edited value changes, every other line stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy

from oncall_cli.errors import Place, Refused, Unreadable
from oncall_cli.model.record import Key
from oncall_cli.repository import values
from oncall_cli.repository.frontmatter import split_head
from oncall_cli.repository.limits import Malformed, decoded
from oncall_cli.repository.parse import problems_in
from oncall_cli.repository.spans import ListSpan, MappingSpan, Member, Span, spans_of
from oncall_cli.repository.spelling import Value
from oncall_cli.repository.splice import Splice
from oncall_cli.repository.syntax import Data, Path, Tree, read_text


class Document:
    """A record's file, edited one value at a time; ``to_bytes`` gives the new file if the model takes it."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        try:
            whole = decoded(data, path)
            before, text, after = split_head(whole, path) if path.endswith(".md") else ("", whole, "")
        except Malformed as wrong:
            raise Unreadable.of(wrong.problem) from None
        tree = read_text(text, path)
        if not isinstance(tree, Tree):
            raise Unreadable.of(tree[0])
        self._around = (before, after)
        self._text = text
        self._data = tree.data
        self._spans: Span | None = None

    @property
    def _root(self) -> Span:
        """Where everything stands in the text; found when it is first needed, for it is slow to find."""
        if self._spans is None:
            self._spans = spans_of(self._text)
        return self._spans

    @property
    def data(self) -> Data:
        """What the file says now, every scalar as text."""
        return deepcopy(self._data)

    def set(self, keys: Path, value: Value, after: Sequence[str] = ()) -> None:
        """Give the value at a path; a new key stands behind the last of the keys ``after``, or at the end."""
        new = values.cleaned(value)
        text = self._with(keys, new, after)
        self._take(keys, text, lambda data: values.assign(data, keys, values.as_data(new)))

    def append(self, keys: Path, item: Value, after: Sequence[str] = ()) -> None:
        """Add an item to the end of a list, which is made where the file has none yet."""
        new = values.cleaned(item)
        trail = self._trail(keys)
        found = trail[-1]
        if len(trail) <= len(keys) or found.empty or (isinstance(found, ListSpan) and not found.members):
            self.set(keys, [new], after)
            return
        if not isinstance(found, ListSpan):
            raise self._refusal(keys, "is not a list")
        text = Splice(self._text).add_item(found, new, _in_brackets(trail))
        self._take(keys, text, lambda data: values.add(data, keys, values.as_data(new)))

    def insert(self, keys: Path, index: int, item: Value) -> None:
        """Add an item to a list before the one with that index; behind the last one it is ``append``."""
        trail = self._trail(keys)
        found = trail[-1]
        if len(trail) <= len(keys) or not isinstance(found, ListSpan) or index >= len(found.members):
            self.append(keys, item)
            return
        new = values.cleaned(item)
        text = Splice(self._text).insert_item(found, index, new, _in_brackets(trail))
        self._take(keys, text, lambda data: values.insert(data, keys, index, values.as_data(new)))

    def remove(self, keys: Path) -> None:
        """Take an entry or an item out, with the lines that it stands on."""
        trail = self._trail(keys)
        if len(trail) <= len(keys):
            raise self._refusal(keys, "does not exist")
        container = trail[-2]
        assert isinstance(container, (MappingSpan, ListSpan))
        text = Splice(self._text).remove(container, _member(container, keys[-1]))
        self._take(keys, text, lambda data: values.delete(data, keys))

    def to_bytes(self) -> bytes:
        """Return the new file; refuse what the model does not accept."""
        data = self._text.join(self._around).encode()
        if problems := problems_in(self.path, data):
            first = problems[0]
            raise Refused(f"'{self.path}' would become invalid: {first.message}", first.hint, first.place)
        return data

    def _with(self, keys: Path, value: Value, after: Sequence[str]) -> str:
        """Return the text with a value at a path of which the file may have only the beginning."""
        trail = self._trail(keys)
        depth = len(trail) - 1
        found = trail[-1]
        if depth == len(keys):
            return self._replaced(trail, keys, value)
        if any(isinstance(key, int) for key in keys[depth:]):
            raise self._refusal(keys, "does not exist")
        nested = _nested(keys[depth + 1 :], value)
        if isinstance(found, MappingSpan):
            one_line = isinstance(nested, (str, int)) and "\n" not in str(nested)
            fits = bool(found.members) or depth == 0 or one_line
            if fits or _in_brackets(trail[:-1]):
                in_flow = _in_brackets(trail)
                return Splice(self._text).add_entry(found, str(keys[depth]), nested, after, in_flow)
        elif not found.empty:
            raise self._refusal(keys[: depth + 1], "does not exist and cannot be added")
        return self._replaced(trail, keys[:depth], {str(keys[depth]): nested})

    def _replaced(self, trail: Sequence[Span], keys: Path, value: Value) -> str:
        """Return the text with another value for the last span of the trail."""
        container = trail[-2]
        assert isinstance(container, (MappingSpan, ListSpan))
        key = keys[-1] if isinstance(keys[-1], str) else None
        member = _member(container, keys[-1])
        return Splice(self._text).replace(key, member, value, _in_brackets(trail[:-1]))

    def _trail(self, keys: Path) -> list[Span]:
        """Return the spans along a path, from the root as far as the file goes."""
        trail = [self._root]
        for key in keys:
            container = trail[-1]
            if not isinstance(container, (MappingSpan, ListSpan)) or not _has(container, key):
                break
            trail.append(_member(container, key).value)
        return trail

    def _take(self, keys: Path, text: str, edit: Callable[[Data], None]) -> None:
        """Accept the new text if it says exactly what the edit means, and nothing else."""
        expected = self.data
        edit(expected)
        tree = read_text(text, self.path)
        if not isinstance(tree, Tree) or tree.data != expected:
            raise self._refusal(keys, "cannot be changed without touching other lines")
        self._text, self._data, self._spans = text, tree.data, None

    def _refusal(self, keys: Path, fault: str) -> Refused:
        named = ".".join(str(key) for key in keys)
        hint = f"edit the file by hand, then 'oncall commit {self.path}'"
        return Refused(f"'{named}' in '{self.path}' {fault}", hint, Place(self.path))


def _nested(keys: Path, value: Value) -> Value:
    for key in reversed(keys):
        value = {str(key): value}
    return value


def _in_brackets(trail: Sequence[Span]) -> bool:
    return any(span.flow for span in trail)


def _has(container: MappingSpan | ListSpan, key: Key) -> bool:
    if isinstance(container, MappingSpan):
        return key in container.members
    return isinstance(key, int) and 0 <= key < len(container.members)


def _member(container: MappingSpan | ListSpan, key: Key) -> Member:
    if isinstance(container, MappingSpan):
        return container.members[str(key)]
    return container.members[int(key)]
