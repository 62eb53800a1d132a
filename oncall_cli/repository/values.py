"""The same edits on plain data: what a file must say after its text was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from oncall_cli.errors import Refused
from oncall_cli.repository.limits import control_character
from oncall_cli.repository.spelling import Value, as_text
from oncall_cli.repository.syntax import Data, Path, at

# a value in which parts may say nothing yet
Draft = str | int | bool | None | Mapping[str, "Draft"] | Sequence["Draft"]


def cleaned(value: Value) -> Value:
    """Return the value with the line endings of our files; refuse characters that no record may hold."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        if found := control_character(text):
            raise Refused(f"the text holds the control character U+{ord(found):04X}", "leave it out")
        return text
    if isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return {key: cleaned(one) for key, one in value.items()}
    return [cleaned(one) for one in value]


def without_empty(draft: Mapping[str, Draft]) -> dict[str, Value]:
    """Return a mapping without the keys and items that say nothing, at any depth."""
    said = _said(draft)
    return said if isinstance(said, dict) else {}


def _said(draft: Draft) -> Value | None:
    if isinstance(draft, str):
        return draft or None
    if isinstance(draft, Mapping):
        entries = {key: said for key, one in draft.items() if (said := _said(one)) is not None}
        return entries or None
    if isinstance(draft, Sequence):
        return [said for one in draft if (said := _said(one)) is not None] or None
    return draft


def as_data(value: Value) -> Data:
    """Return what our reader gets from a file that spells the value."""
    if isinstance(value, (str, int)):
        return as_text(value)
    if isinstance(value, Mapping):
        return {key: as_data(one) for key, one in value.items()}
    return [as_data(one) for one in value]


def assign(data: Data, keys: Path, value: Data) -> None:
    """Give the value at a path; mappings on the way that are missing or say nothing are made."""
    for key in keys[:-1]:
        if isinstance(data, dict):
            if data.get(str(key)) is None:
                data[str(key)] = {}
            data = data[str(key)]
        elif isinstance(data, list) and isinstance(key, int):
            if data[key] is None:
                data[key] = {}
            data = data[key]
    _put(data, keys, value)


def add(data: Data, keys: Path, value: Data) -> None:
    """Add an item to the list at a path."""
    found = at(data, keys)
    assert isinstance(found, list)
    found.append(value)


def insert(data: Data, keys: Path, index: int, value: Data) -> None:
    """Add an item to the list at a path, before the one with that index."""
    found = at(data, keys)
    assert isinstance(found, list)
    found.insert(index, value)


def delete(data: Data, keys: Path) -> None:
    """Take out what stands at a path."""
    found, key = at(data, keys[:-1]), keys[-1]
    if isinstance(found, dict):
        del found[str(key)]
    elif isinstance(found, list) and isinstance(key, int):
        del found[key]


def _put(data: Data, keys: Path, value: Data) -> None:
    key = keys[-1]
    if isinstance(data, dict):
        data[str(key)] = value
    elif isinstance(data, list) and isinstance(key, int):
        data[key] = value
