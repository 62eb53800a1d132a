"""The layout in which nearly every record is written, read a line at a time.

It knows mappings and lists in the canonical form, texts on one line, plain or quoted without escapes, brackets on one
line without others inside, blocks of text, and comments that stand where they should. Of anything else, right or
wrong, it says nothing at all: that is for the parser of YAML, which gives the same data and takes twenty times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oncall_cli.repository.syntax import Data

_STEP = 2
_SPELLED = ("'", '"', "[", "{")
_TOO_DEEP = "\n" + " " * 17
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
            (?P<value>{_PLAIN}|{_QUOTED}|{_BRACKETS})(?:[ ]+\#(?:[ ][^\n]*[^\s])?)?\n
            |(?P<block>{_BLOCK})
        )
        |(?<=:)\n
    )
    |(?P<other>[\s\S]+)
    """,
    re.VERBOSE,
)
_IN_BRACKETS = re.compile(rf"(?:({_KEY}):[ ])?({_WORD})")

# comments, indentation, dash and key, then one of the ways to write a value, or all that is laid out otherwise
_Line = tuple[str, str, str, str, str, str, str]


class _Other(Exception):
    """The text is laid out in another way."""


def usual_data(text: str) -> dict[str, Data] | None:
    """Return what a text in the usual layout says; None for any other text."""
    if text[-1:] != "\n" or text[-2:] == "\n\n" or "\t" in text or "\r" in text:
        return None
    if _TOO_DEEP in text or text.count("\n") + text.count(",") > _MOST_SIGNS:
        return None
    lines: list[_Line] = _LINE.findall(text)
    # the last line has a value, or it waits for one or is laid out otherwise
    if not any(lines[-1][4:6]) or any(line[0] and _has_moved(line[0], line[1]) for line in lines):
        return None
    try:
        return _built(lines)
    except (_Other, IndexError):
        return None


def _built(lines: list[_Line]) -> dict[str, Data]:
    """Build the mapping that the lines spell: in one loop, because every file of a team goes through it."""
    top: dict[str, Data] = {}
    # the mapping or list that a line belongs to, where it begins, those around it, and the key that waits for one
    here: Any = top
    column, around, waits = 0, [], ""
    for _, indentation, dash, key, value, block, _ in lines:
        begins = len(indentation)
        if waits:
            around.append((column, here))
            here[waits] = [] if dash else {}
            column, here, waits = column + _STEP, here[waits], ""
            if begins < column:
                raise _Other
        while begins < column:
            column, here = around.pop()
        if begins != column or (here.__class__ is list) is not bool(dash):
            raise _Other
        if dash and key:
            around.append((column, here))
            here.append({})
            column, here = column + _STEP, here[-1]
        said = _value(value, block, column) if block or value[:1] in _SPELLED else value
        if not key:
            here.append(said)
        elif key in here:
            raise _Other
        elif value or block:
            here[key] = said
        else:
            waits = key
    return top


def _value(value: str, block: str, column: int) -> Data:
    if block:
        return _text(block, column + _STEP)
    return _in_brackets(value) if value[:1] in "[{" else value[1:-1]


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


def _has_moved(comments: str, indentation: str) -> bool:
    """Tell whether a comment does not begin in the column of the entry below."""
    return any(line and line.partition("#")[0] != indentation for line in comments.split("\n"))
