"""Lays a YAML text out anew, line by line: nothing moves to another line, so no comment to another key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from oncall_cli.repository.brackets import spaced
from oncall_cli.repository.lines import Edit, Lines, indentation
from oncall_cli.repository.syntax import NOTHING, ONLY_FOR_PYTHON

_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?", re.ASCII)
_HEADER = re.compile(r"(?P<style>[|>])(?P<signs>[-+0-9]*)")
_STEP = 2


class Unusual(Exception):
    """The text is laid out in a way that only a person can put right."""


def arranged(text: str) -> str:
    """Return the text in canonical form; it has been read by ``read_text`` without a problem."""
    layout = _Layout(text)
    layout.document()
    return layout.lines.text()


def _events(text: str) -> list[Event]:
    """Return the parser's events, from the fast parser where it judges as the other one does."""
    if not ONLY_FOR_PYTHON.search(text):
        try:
            return list(YAML(typ="safe", pure=False).parse(text))
        except YAMLError:
            pass
    return list(YAML(typ="safe", pure=True).parse(text))


class _Layout:
    """Follows the events; ``wanted`` is the column in which the mapping or list around should begin."""

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        self.events: Iterator[Event] = iter(_events(text))

    def document(self) -> None:
        next(self.events)
        next(self.events)
        self._value(next(self.events), -_STEP, -1)

    def _value(self, event: Event, wanted: int, column: int) -> None:
        """Lay out a value inside a mapping or list that begins in ``column`` and should in ``wanted``."""
        if isinstance(event, ScalarEvent):
            self._scalar(event, wanted, column)
        elif isinstance(event, CollectionStartEvent) and event.flow_style:
            self._in_brackets(event, wanted)
        elif isinstance(event, MappingStartEvent):
            self._mapping(event, wanted + _STEP)
        else:
            self._list(event, wanted + _STEP)

    def _mapping(self, event: Event, wanted: int) -> None:
        column = event.start_mark.column
        while not isinstance(key := next(self.events), MappingEndEvent):
            before = self.lines.old[key.start_mark.line][: key.start_mark.column]
            if not before.strip(" "):
                self.lines.begin(key.start_mark.line, wanted)
            elif before.strip("- "):
                raise Unusual
            self._value(next(self.events), wanted, column)

    def _list(self, event: Event, wanted: int) -> None:
        column = event.start_mark.column
        while not isinstance(item := next(self.events), SequenceEndEvent):
            if isinstance(item, ScalarEvent) and item.implicit[0] and not item.value:
                raise Unusual
            line, dash = self._dash(item, column)
            if not self.lines.old[line][:dash].strip(" "):
                self.lines.begin(line, wanted)
            if line == item.start_mark.line:
                self.lines.edit(line, Edit(dash + 1, item.start_mark.column, " "))
            self._value(item, wanted, column)

    def _dash(self, item: Event, column: int) -> tuple[int, int]:
        """Return where the dash of an item stands: before it, or on a line above."""
        line: int = item.start_mark.line
        before = self.lines.old[line][: item.start_mark.column].rstrip(" ")
        if before.endswith("-"):
            return line, len(before) - 1
        line -= 1
        while self._says_nothing(line):
            line -= 1
        if self.lines.old[line][column : column + 1] != "-":
            raise Unusual
        return line, column

    def _says_nothing(self, line: int) -> bool:
        words = self.lines.old[line].lstrip(" ")
        return not words or words.startswith("#")

    def _scalar(self, event: ScalarEvent, wanted: int, column: int) -> None:
        first, last = event.start_mark.line, event.end_mark.line
        if event.style in ("|", ">"):
            self._block(event, wanted, column)
        elif event.value or not event.implicit[0]:
            self._own_line(event, wanted)
            self.lines.follow(first, last, trim=event.style != '"')
            if event.implicit[0] and first == last:
                self._plain(event, first)

    def _own_line(self, event: Event, wanted: int) -> None:
        """Indent the line that a value has for itself."""
        if not self.lines.old[event.start_mark.line][: event.start_mark.column].strip(" "):
            self.lines.begin(event.start_mark.line, wanted + _STEP)

    def _plain(self, event: ScalarEvent, line: int) -> None:
        """Quote a time of day, and spell nothing as nothing."""
        start, end = event.start_mark.column, event.end_mark.column
        before = self.lines.old[line][:start].rstrip(" ")
        if _CLOCK.fullmatch(event.value):
            self.lines.edit(line, Edit(start, end, f'"{event.value}"'))
        elif event.value in NOTHING and before.endswith(":"):
            self.lines.edit(line, Edit(len(before), end, ""))

    def _in_brackets(self, event: Event, wanted: int) -> None:
        words, end = self._words()
        first, last = event.start_mark.line, end.end_mark.line
        self._own_line(event, wanted)
        if first != last:
            self.lines.follow(first, last, trim=False)
        elif edit := spaced(self.lines.old[first], event.start_mark.column, end.end_mark.column, words):
            self.lines.edit(first, edit)

    def _words(self) -> tuple[list[Edit], Event]:
        """Return the words in the brackets that are open, as they should be, and the event that closes them."""
        found: list[Edit] = []
        open_brackets = 1
        while True:
            event = next(self.events)
            if isinstance(event, CollectionStartEvent):
                open_brackets += 1
            elif isinstance(event, CollectionEndEvent):
                open_brackets -= 1
                if not open_brackets:
                    return found, event
            elif isinstance(event, ScalarEvent) and (event.value or not event.implicit[0]):
                line = self.lines.old[event.start_mark.line]
                start, end = event.start_mark.column, event.end_mark.column
                is_key = line[end:].lstrip(" ").startswith(":")
                found.append(Edit(start, end, _word(event, line[start:end], is_key)))

    def _block(self, event: ScalarEvent, wanted: int, column: int) -> None:
        """Indent a block of text under what it belongs to."""
        header, old = event.start_mark.line, self.lines.old
        self._own_line(event, wanted)
        found = _HEADER.match(old[header], event.start_mark.column)
        if found is None:
            raise Unusual
        digit = found["signs"].strip("-+")
        content = max(column, 0) + int(digit) if digit else _first_indentation(old[header + 1 :], column)
        target = content + wanted - max(column, 0) if digit else wanted + _STEP
        last = header
        for line in range(header + 1, len(old)):
            if old[line].strip(" ") and indentation(old[line]) < content:
                break
            rest = old[line][content:]
            self.lines.replace(line, " " * target + rest if rest else "")
            last = line if old[line].strip(" ") else last
        self.lines.limit(last, wanted)
        self._end_of_block(header, found, last)

    def _end_of_block(self, header: int, found: re.Match[str], last: int) -> None:
        """Keep what a block at the end of the file says: its blank lines, or that no line ends it."""
        at_end = not any(line.strip(" ") for line in self.lines.old[last + 1 :])
        self.lines.keeps_end = at_end and "+" in found["signs"]
        if at_end and not self.lines.ends and "-" not in found["signs"]:
            signs = found["signs"].replace("+", "") + "-"
            self.lines.edit(header, Edit(found.start("signs"), found.end(), signs))


def _word(event: ScalarEvent, words: str, is_key: bool) -> str:
    """Return a word in brackets as it should be."""
    if event.implicit[0] and not is_key:
        if _CLOCK.fullmatch(event.value):
            return f'"{event.value}"'
        if event.value in NOTHING:
            return "null"
    return words


def _first_indentation(lines: list[str], column: int) -> int:
    """Return how far a block of text is indented: as its first line is that says something."""
    first = next((indentation(line) for line in lines if line.strip(" ")), 0)
    return first if first > column else max(map(len, lines), default=0) + 1
