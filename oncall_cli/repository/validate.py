"""From a file's tree to a record of the model, or to everything that is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import ValidationError

from oncall_cli.errors import Place, Problem
from oncall_cli.model.record import Key, Record, Source
from oncall_cli.repository.limits import MOST_PROBLEMS, more_problems
from oncall_cli.repository.shape import fields_of, holds_mappings, part_at
from oncall_cli.repository.syntax import Data, Path, Tree, at

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

RecordT = TypeVar("RecordT", bound=Record)

_LONGEST_MESSAGE = 300
_MAPPING = "a mapping ('key: value')"
_SHAPES = {"tuple_type": "a list", "dict_type": _MAPPING, "model_type": _MAPPING}


def record_from(cls: type[RecordT], tree: Tree, path: str, record_id: str) -> RecordT | list[Problem]:
    """Return the record that the tree spells, or a problem for each thing in it that the model refuses."""
    source = Source(path, tree.positions)
    if not isinstance(tree.data, dict):
        hint = "write it as lines of 'key: value'"
        return [Problem("E112", source.place(), "the file needs to be a mapping", hint)]
    data = said_in(cls, tree)
    try:
        record = cls.model_validate(data)
    except ValidationError as wrong:
        details = [detail for detail in wrong.errors(include_url=False) if not _is_echo(detail)]
        return _problems([_Finding(cls, tree, source, each, _path_in(data, each["loc"])) for each in details])
    record.read_from(record_id, source)
    return record


def _problems(findings: list[_Finding]) -> list[Problem]:
    """Return the findings as problems, in the order of their lines; of very many, the first and their number."""
    findings.sort(key=lambda finding: finding.place())
    told = sorted((finding.problem() for finding in findings[:MOST_PROBLEMS]), key=lambda one: (one.place, one.code))
    untold = findings[MOST_PROBLEMS:]
    return [*told, more_problems(untold[0].place(), len(untold))] if untold else told


def said_in(cls: type[Record], tree: Tree) -> Data:
    """Return what a record says: the data without the keys that say nothing; a named mapping may be empty."""
    if not tree.empty:
        return tree.data
    data = deepcopy(tree.data)
    for path in reversed(tree.empty):
        parent = at(data, path[:-1])
        if not isinstance(parent, dict) or not isinstance(path[-1], str):
            continue
        if holds_mappings(cls, tree.data, path):
            parent[path[-1]] = {}
        else:
            del parent[path[-1]]
    return data


def _is_echo(detail: ErrorDetails) -> bool:
    """Tell whether the error only repeats that the entries of a list are wrong."""
    return detail["type"] == "too_short" and bool(detail["input"])


class _Finding(NamedTuple):
    """One error of pydantic, put into our words and placed in the file."""

    cls: type[Record]
    tree: Tree
    source: Source
    detail: ErrorDetails
    path: Path

    def place(self) -> Place:
        """Return where the file says what is wrong, or where it should."""
        if self.detail["type"] == "missing":
            return self.source.place(*self.path, str(self.detail["loc"][-1]))
        return self.source.place(*self.path)

    def problem(self) -> Problem:
        """Choose the sentence by the kind of error."""
        kind = self.detail["type"]
        if kind == "extra_forbidden":
            return self._unknown_key()
        if kind == "missing":
            return self._missing_key()
        if kind == "enum":
            return self._not_a_choice()
        if kind in _SHAPES:
            return self._at("E112", f"{self._subject()} needs {_SHAPES[kind]}")
        if kind == "too_short":
            return self._at("E113", f"{self._subject()} needs at least one entry")
        return self._our_own()

    def _unknown_key(self) -> Problem:
        key = str(self.path[-1]) if self.path else ""
        part = part_at(self.cls, self.tree.data, self.path[:-1])
        known = list(fields_of(part)) if part else []
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
        there_are = f"there are: {', '.join(sorted(known))}"
        hint = f"did you mean '{near[0]}'? ({there_are})" if near else there_are
        return self._at("E110", f"unknown key '{_short(key, 60)}'", hint if known else "remove it")

    def _missing_key(self) -> Problem:
        name = str(self.detail["loc"][-1])
        part = part_at(self.cls, self.tree.data, self.path)
        field = fields_of(part).get(name) if part else None
        told = [*(field.metadata if field else ()), field.annotation if field else None]
        example = next((text for one in told if (text := getattr(one, "example", ""))), "")
        hint = f"add it, such as '{name}: {example}'" if example else f"add '{name}:'"
        where = f" in {self._subject()}" if self.path else ""
        if (*self.path, name) in self.tree.positions:
            return self._at("E111", f"'{name}'{where} says nothing and must be given", hint)
        return self._at("E111", f"'{name}' is missing{where}", hint)

    def _not_a_choice(self) -> Problem:
        given = self.detail["input"]
        choices = str(self.detail.get("ctx", {}).get("expected", ""))
        words = [word.strip(" '") for word in choices.replace(" or ", ",").split(",")]
        listed = ", ".join(f"'{word}'" for word in words)
        if not isinstance(given, str):
            return self._at("E112", f"{self._subject()} needs one of {listed}")
        near = difflib.get_close_matches(given, words, n=1)
        hint = f"did you mean '{near[0]}'?" if near else ""
        name = next((key for key in reversed(self.path) if isinstance(key, str)), "value")
        return self._at("E114", f"'{_short(given, 40)}' is not a {name}: one of {listed}", hint)

    def _our_own(self) -> Problem:
        """Tell the sentence of one of our types; one that has no subject of its own gets one."""
        message = self.detail["msg"].removeprefix("Value error, ")
        misshapen = message.startswith("needs ") and not isinstance(self.detail["input"], str)
        if message.startswith(("needs ", "names ", "says ")):
            message = f"{self._subject()} {message}"
        return self._at("E112" if misshapen else "E113", message)

    def _subject(self) -> str:
        """Name the value: ``'members' (item 2)``."""
        names = [key for key in self.path if isinstance(key, str)]
        if not names:
            return "the file"
        number = self.path[-1]
        item = f" (item {number + 1})" if isinstance(number, int) else ""
        return f"'{_short(names[-1], 60)}'{item}"

    def _at(self, code: str, message: str, hint: str = "") -> Problem:
        return Problem(code, self.place(), _short(message, _LONGEST_MESSAGE), hint)


def _path_in(data: Data, loc: Sequence[Key]) -> Path:
    """Return the part of pydantic's path that the file has: names of alternatives are not in it."""
    path: list[Key] = []
    for key in loc:
        if isinstance(data, dict) and key in data:
            data = data[str(key)]
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            continue
        path.append(key)
    return tuple(path)


def _short(text: str, most: int) -> str:
    """Leave out the middle of a text that is too long to be told."""
    return text if len(text) <= most else f"{text[: most * 2 // 3]}...{text[-most // 4 :]}"
