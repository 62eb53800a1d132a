"""YAML as we allow it: mappings, lists and texts, each with its place; nothing is guessed from its look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from oncall_cli.errors import Place, Problem
from oncall_cli.model.record import Key
from oncall_cli.repository.limits import (
    DEEPEST,
    MOST_PROBLEMS,
    MOST_VALUES,
    Malformed,
    control_character,
    decoded,
    more_problems,
    place_after,
)
from oncall_cli.repository.usual import usual_data
from oncall_cli.repository.yaml_complaint import complaint

Path = tuple[Key, ...]
Data = dict[str, "Data"] | list["Data"] | str | None

_REMEMBERED = 64
NOTHING = ("", "~", "null", "Null", "NULL")
# The C parser takes tabs within a line, and a comment that touches the sign of a block of text.
ONLY_FOR_PYTHON = re.compile(r"\t|[|>][-+0-9]*#")
# Both parsers say this of a quotation mark that is not closed, and both look for it to the end of the file.
_OPEN_TO_THE_END = "found unexpected end of stream"
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)[0-9a-fA-F]{8}")
_DIRECTIVE = re.compile(r"%|\s*(?:#.*)?\n", re.ASCII)
_HASH = re.compile(r"\s*#[^\s#]")
_HASH_FOR_VALUE = re.compile(r"[:-]\s+#[^\s#]")


class Tree(NamedTuple):
    """What a file says: its data, where each key and list item stands, and which of them say nothing."""

    data: Data
    positions: Mapping[Path, tuple[int, int]]
    empty: tuple[Path, ...] = ()
    canonical: bool = False
    """Whether it was seen on the way that the text is in the canonical form."""


class _Places(Mapping[Path, tuple[int, int]]):
    """Where everything stands in a text that needed no parser so far; few ask, and then the parser tells."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path

    @cached_property
    def _all(self) -> Mapping[Path, tuple[int, int]]:
        parsed = parsed_text(self._text, self._path)
        assert isinstance(parsed, Tree), self._path
        return parsed.positions

    def __getitem__(self, keys: Path) -> tuple[int, int]:
        return self._all[keys]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def read_yaml(data: bytes, path: str) -> Tree | list[Problem]:
    """Return the tree of a YAML file, or what keeps it from being one."""
    try:
        return read_text(decoded(data, path), path)
    except Malformed as wrong:
        return [wrong.problem]


@lru_cache(maxsize=_REMEMBERED)
def read_text(text: str, path: str) -> Tree | list[Problem]:
    """Return the tree of a text whose characters have been checked already; nobody may change it.

    A command asks several times for what a file says before and after its edit.
    """
    data = usual_data(text)
    return parsed_text(text, path) if data is None else Tree(data, _Places(text, path), canonical=True)


def parsed_text(text: str, path: str) -> Tree | list[Problem]:
    """Return what the parser of YAML makes of a text, whatever its layout.

    The C parser is ten times as fast, where it is installed. Whatever it refuses, and the few things that it
    takes and should not, are for the Python one to judge, so that every machine gives the same answer.
    """
    if not ONLY_FOR_PYTHON.search(text):
        found = _judged(text, path, pure=False)
        if found.certain:
            return found.said
    return _judged(text, path, pure=True).said


class _Judged(NamedTuple):
    """What a parser made of a text, and whether the other one would certainly make the same of it."""

    said: Tree | list[Problem]
    certain: bool = False


def _judged(text: str, path: str, *, pure: bool) -> _Judged:
    builder = _Builder(text, path, pure=pure)
    try:
        tree = builder.document()
    except Malformed as wrong:
        return _Judged([*builder.told(), wrong.problem], builder.exhausted)
    except MarkedYAMLError as wrong:
        return _Judged([*builder.told(), complaint(wrong, path)], certain=wrong.problem == _OPEN_TO_THE_END)
    except YAMLError as wrong:
        return _Judged([*builder.told(), Problem("E102", Place(path), f"this is not YAML: {wrong}")])
    except (ValueError, OverflowError):
        # the Python parser makes the character of an escape without asking whether there is one
        return _Judged([*builder.told(), _no_character(text, path)])
    return _Judged(builder.told() or tree, certain=True)


def _no_character(text: str, path: str) -> Problem:
    found = _NO_CHARACTER.search(text)
    place = place_after(path, text[: found.start()]) if found else Place(path)
    message = "this is not YAML: a '\\U' in double quotes names a character that does not exist"
    return Problem("E102", place, message, "use single quotes")


def at(data: Data, keys: Path) -> Data:
    """Return what stands at a path, None for nothing."""
    for key in keys:
        if isinstance(data, dict):
            data = data.get(str(key))
        elif isinstance(data, list) and isinstance(key, int):
            data = data[key]
        else:
            return None
    return data


class _Builder:
    """Builds the tree from the parser's events, so that nothing we do not allow is ever constructed."""

    def __init__(self, text: str, path: str, *, pure: bool) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.text = text
        self.has_hash = "#" in text
        self.events = events(text, pure=pure)
        self.positions: dict[Path, tuple[int, int]] = {(): (1, 1)}
        self.empty: list[Path] = []
        self.problems: list[Problem] = []
        self.values = 0
        self.exhausted = False
        """Whether the refusal came at the end of a file, or of all that we are ready to read."""

    def document(self) -> Tree:
        """Read the one document of the file."""
        self._refuse_directives()
        next(self.events)
        start = next(self.events)
        if isinstance(start, StreamEndEvent):
            raise self._nothing("is empty")
        data = self._value(next(self.events), ())
        if data is None:
            raise self._nothing("says nothing")
        next(self.events)
        if isinstance(more := next(self.events), DocumentStartEvent):
            raise self._refusal(more, "a second document begins here", "one file is one record")
        return Tree(data, self.positions, tuple(self.empty))

    def told(self) -> list[Problem]:
        """Return the problems that did not end the reading; of very many, the first and their number."""
        untold = self.problems[MOST_PROBLEMS:]
        more = [more_problems(untold[0].place, len(untold))] if untold else []
        return [*self.problems[:MOST_PROBLEMS], *more]

    def _value(self, event: Event, at: Path) -> Data:
        self._admit(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, at)
        if len(at) >= DEEPEST:
            raise self._refusal(event, f"this is nested more than {DEEPEST} levels deep", "records are flat")
        return self._mapping(at) if isinstance(event, MappingStartEvent) else self._list(at)

    def _mapping(self, at: Path) -> Data:
        found: dict[str, Data] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self._key(event)
            where = (*at, key)
            again = key in found
            if again:
                self._duplicate(event, where)
            else:
                self.positions[where] = _spot(event)
            value = self._value(next(self.events), where)
            if not again:
                found[key] = value
        return found

    def _list(self, at: Path) -> Data:
        found: list[Data] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            where = (*at, len(found))
            self.positions[where] = _spot(event)
            found.append(self._value(event, where))
        return found

    def _key(self, event: Event) -> str:
        self._admit(event)
        if not isinstance(event, ScalarEvent) or not event.value:
            raise self._refusal(event, "a key must be a word", "write 'key: value'")
        self._refuse_controls(event)
        return str(event.value)

    def _scalar(self, event: ScalarEvent, at: Path) -> str | None:
        plain = event.implicit[0]
        if not plain:
            self._refuse_controls(event)
        elif self.has_hash:
            self._refuse_lost_text(event, at)
        if plain and event.value in NOTHING:
            self.empty.append(at)
            return None
        return str(event.value)

    def _admit(self, event: Event) -> None:
        """Refuse one node too many, and what makes a text mean something else elsewhere."""
        self.values += 1
        if self.values > MOST_VALUES:
            self.exhausted = True
            raise self._refusal(event, f"the file holds more than {MOST_VALUES} keys and values", "split it")
        if isinstance(event, (ScalarEvent, CollectionStartEvent)):
            if event.anchor is not None:
                raise self._refusal(event, "a text cannot begin with '&' (an anchor of YAML)")
            if event.ctag is not None:
                raise self._refusal(event, "a text cannot begin with '!' (a tag of YAML)")
        elif isinstance(event, AliasEvent):
            raise self._refusal(event, "a text cannot begin with '*' (an alias of YAML)")

    def _duplicate(self, event: Event, where: Path) -> None:
        first = self.positions[where][0]
        message = f"the key '{where[-1]}' stands here a second time; the first is in line {first}"
        self.problems.append(Problem("E104", self._at(event), message, "keep one of them"))

    def _refuse_lost_text(self, event: ScalarEvent, at: Path) -> None:
        """Refuse ``topic: #oncall`` and ``text: see #12``: YAML takes what follows '#' for a comment."""
        line, column = event.end_mark.line, event.end_mark.column
        found = _HASH.match(self.lines[line], column) if line < len(self.lines) else None
        if not event.value:
            # the mark of an empty value is where the next one begins, so its key's is used
            line, column = self.positions[at][0] - 1, max(self.positions[at][1] - 2, 0)
            found = _HASH_FOR_VALUE.search(self.lines[line], column)
        if found:
            place = Place(self.path, line + 1, found.end() - 1)
            hint = "quote the text that holds '#', or put a space after the '#' of a comment"
            raise Malformed(Problem("E103", place, "what follows '#' would be lost as a comment", hint))

    def _refuse_controls(self, event: ScalarEvent) -> None:
        if found := control_character(event.value):
            named = f"the text holds the control character U+{ord(found):04X}, written as an escape"
            raise self._refusal(event, named, "remove it")

    def _refuse_directives(self) -> None:
        at = 0
        while found := _DIRECTIVE.match(self.text, at):
            if found[0] == "%":
                place = Place(self.path, self.text.count("\n", 0, at) + 1)
                message = "directives of YAML ('%...') are not allowed"
                raise Malformed(Problem("E103", place, message, "remove the line"))
            at = found.end()

    def _nothing(self, fault: str) -> Malformed:
        self.exhausted = True
        hint = "write the record, or remove the file"
        return Malformed(Problem("E105", Place(self.path), f"the file {fault}", hint))

    def _refusal(self, event: Event, message: str, hint: str = "put the text in quotes") -> Malformed:
        return Malformed(Problem("E103", self._at(event), message, hint))

    def _at(self, event: Event) -> Place:
        return Place(self.path, *_spot(event))


def events(text: str, *, pure: bool) -> Iterator[Event]:
    """Return what a parser says of a text, piece by piece."""
    yaml = YAML(typ="safe", pure=pure)
    if yaml.Parser.__name__ != "CParser":
        return yaml.parse(text)  # type: ignore[no-any-return]
    # asked directly: a generator around the C parser takes a third of its time
    _, parser = yaml.get_constructor_parser(text)
    return iter(parser.get_event, None)


def _spot(event: Event) -> tuple[int, int]:
    """Return line and column of an event, counted from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1
