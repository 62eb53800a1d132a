"""The layout in which nearly every record is written, read a line at a time.

It knows mappings and lists in the canonical form, texts on one line, plain or quoted without escapes, brackets on one
line without others inside, blocks of text, and comments that stand where they should. Of anything else, right or
wrong, it says nothing at all: that is for the parser of YAML, which gives the same data and takes twenty times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncall_cli.repository.syntax import Data

_STEP = 2
_WIDEST_INDENTATION = 16
# Neither so many values that the parser would refuse them: a line has at most four, and each comma adds two.
_MOST_SIGNS = 12_000

# Every repetition is possessive or cannot match in two ways, so that a text costs no more than its length.
# What YAML takes for nothing, and a time of day, which the canonical form has in quotes:
_SPECIAL = r"(?!(?:~|[Nn]ull|NULL|\d\d?:\d\d(?::\d\d)?)(?:[ ]*[,\]}\n]|[ ]+\#))"
_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=]"
_PLAIN = rf"{_SPECIAL}{_FIRST}[^ :#\n]*+(?:(?::(?=\S)|\#|[ ]++(?=[^\s#:]))[^ :#\n]*+)*+"
_QUOTED = r"\"[^\"\\\n]*+\"|'[^'\n]*+'"
_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,60}"
_SIGN = r"\s:#?,\[\]{}'\""
_WORD = rf"(?:{_SPECIAL}{_FIRST}[^{_SIGN}]*+(?:(?::(?=[^{_SIGN}])|[ ]++(?=[^{_SIGN}]))[^{_SIGN}]*+)*+|{_QUOTED})"
_PAIR = rf"{_KEY}:[ ]{_WORD}"
_BRACKETS = rf"\[\]|{{}}|\[{_WORD}(?:,[ ]{_WORD})*\]|{{{_PAIR}(?:,[ ]{_PAIR})*}}"
# A block stands two blanks to the right of the mapping or list that it belongs to.
_MARGIN = r"(?P=indentation)(?(dash)(?(key)[ ]{2}|)|)[ ]{2}"
_BLOCK = rf"\|-?\n{_MARGIN}[^\s][^\n]*(?<![ ])\n(?:\n|{_MARGIN}[^\n]*[^\s]\n)*"

_LINE = re.compile(
    rf"""
    \n*
    (?P<comments>(?:[ ]*\#(?:[^\n]*[^\s])?\n+)*)
    (?P<indentation>[ ]*)(?P<dash>-[ ])?(?:(?P<key>{_KEY}):)?
    (?:
        (?:(?<=:)[ ]|(?<=-[ ]))
        (?:
            (?:(?P<plain>{_PLAIN})|(?P<quoted>{_QUOTED})|(?P<brackets>{_BRACKETS}))(?:[ ]+\#(?:[ ][^\n]*[^\s])?)?\n
            |(?P<block>{_BLOCK})
        )
        |(?<=:)\n
    )
    |(?P<other>[\s\S]+)
    """,
    re.VERBOSE,
)
_IN_BRACKETS = re.compile(rf"(?:({_KEY}):[ ])?({_WORD})")

# what stands before an entry, and the ways to write its value
_Line = tuple[str, str, str, str, str, str, str, str, str]


class _Other(Exception):
    """The text is laid out in another way."""


def usual_data(text: str) -> dict[str, Data] | None:
    """Return what a text in the usual layout says; None for any other text."""
    if text[-1:] != "\n" or text[-2:] == "\n\n" or "\t" in text or "\r" in text:
        return None
    if text.count("\n") + text.count(",") > _MOST_SIGNS:
        return None
    reading = _Reading(_LINE.findall(text))
    try:
        found = reading.mapping(0)
    except (_Other, IndexError):
        return None
    return found if reading.at == len(reading.lines) else None


class _Reading:
    """Goes through the lines of a text, entry by entry."""

    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.at = 0

    def mapping(self, column: int) -> dict[str, Data]:
        """Read the mapping whose keys begin in a column; the first may stand behind the dash of an item."""
        lines, end, inside = self.lines, len(self.lines), False
        found: dict[str, Data] = {}
        while self.at < end:
            comments, indentation, dash, key, plain, quoted, brackets, block, _ = lines[self.at]
            if inside and len(indentation) < column:
                break
            if not key or key in found or len(indentation) + len(dash) != column or (inside and dash):
                raise _Other
            if comments:
                _refuse_moved(comments, indentation)
            inside = True
            self.at += 1
            if plain:
                found[key] = plain
            elif quoted or brackets or block:
                found[key] = _value(quoted, brackets, block, column)
            else:
                found[key] = self._below(column + _STEP)
        return found

    def _below(self, column: int) -> Data:
        """Read what stands below a key, two columns to the right of it."""
        _, indentation, dash, *_ = self.lines[self.at]
        if len(indentation) != column or column > _WIDEST_INDENTATION:
            raise _Other
        return self._list(column) if dash else self.mapping(column)

    def _list(self, column: int) -> list[Data]:
        """Read the list whose dashes stand in a column."""
        found: list[Data] = []
        while self.at < len(self.lines):
            comments, indentation, dash, key, plain, quoted, brackets, block, _ = self.lines[self.at]
            if len(indentation) < column:
                break
            if not dash or len(indentation) != column:
                raise _Other
            if key:
                found.append(self.mapping(column + _STEP))
                continue
            if comments:
                _refuse_moved(comments, indentation)
            self.at += 1
            found.append(plain or _value(quoted, brackets, block, column))
        return found


def _value(quoted: str, brackets: str, block: str, column: int) -> Data:
    if quoted:
        return quoted[1:-1]
    return _text(block, column + _STEP) if block else _in_brackets(brackets)


def _text(block: str, margin: int) -> str:
    header, _, lines = block.partition("\n")
    text = "\n".join(line[margin:] for line in lines.split("\n")).rstrip("\n")
    return text if header == "|-" else f"{text}\n"


def _in_brackets(brackets: str) -> Data:
    words = [(key, _word(word)) for key, word in _IN_BRACKETS.findall(brackets[1:-1])]
    if brackets[0] == "[":
        return [word for _, word in words]
    found: dict[str, Data] = dict(words)
    if len(found) != len(words):
        raise _Other
    return found


def _word(word: str) -> str:
    return word[1:-1] if word[0] in "\"'" else word


def _refuse_moved(comments: str, indentation: str) -> None:
    """Refuse comments that do not begin in the column of the entry below."""
    for line in comments.split("\n"):
        if line and line.partition("#")[0] != indentation:
            raise _Other
