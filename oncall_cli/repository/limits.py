"""The first look at a file, before any parser: what its bytes may be."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import sub

from oncall_cli.errors import Place, Problem

MOST_BYTES = 1024 * 1024
MOST_VALUES = 50_000
DEEPEST = 32
MOST_PROBLEMS = 100

# C1 controls, the Unicode line separators and a BOM inside the text would make lines and columns ambiguous.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
_ORDINARY = bytes(range(0x20, 0x7F)) + b"\n"
_CONFLICT = re.compile(r"^(?:<<<<<<<|>>>>>>>)(?: .*)?\r?$", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_NO_BRACKET = re.compile(r"[^\[\]{}]+")
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


class Malformed(Exception):
    """A file cannot be parsed: the reader stops at its first such problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def decoded(data: bytes, path: str) -> str:
    """Return the text of a file, or raise ``Malformed`` when its bytes are not a text we can read."""
    if len(data) > MOST_BYTES:
        raise _unreadable(Place(path), "is larger than 1 MiB", "split it: one record per file")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _unreadable(Place(path), "begins with a byte order mark", "save it as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start].decode("utf-8")
        raise _unreadable(place_after(path, before), "is not UTF-8", "save it in the encoding UTF-8") from None
    if data.translate(None, _ORDINARY):
        _refuse_characters(text, path)
    if "<<<<<<<" in text or ">>>>>>>" in text:
        _refuse_conflict(text, path)
    _refuse_depth(text, path)
    return text


def more_problems(place: Place, count: int) -> Problem:
    """Return the problem that stands for all that are not told of one file, the first of them at ``place``."""
    return Problem("E106", place, f"{count} more problems begin here", "mend the first ones, and look again")


def control_character(text: str) -> str | None:
    """Return the first character of ``text`` that no record may hold, or None."""
    if text.isprintable():
        return None
    found = re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)
    return found[0] if found else None


def _refuse_characters(text: str, path: str) -> None:
    found = _CONTROL.search(text)
    if found:
        named = f"holds the control character U+{ord(found[0]):04X}"
        raise _unreadable(place_after(path, text[: found.start()]), named, "remove it")


def _refuse_conflict(text: str, path: str) -> None:
    found = _CONFLICT.search(text)
    if found:
        place = place_after(path, text[: found.start()])
        hint = "keep what is right of both sides and remove the marker lines"
        raise Malformed(Problem("E101", place, "the file holds a merge conflict of git", hint))


def _refuse_depth(text: str, path: str) -> None:
    """Refuse a line that opens many brackets: the parser looks ahead to its end, at quadratic cost."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if _is_too_deep(line):
            place = Place(path, number, _first_too_deep(line))
            message = f"more than {DEEPEST} brackets are open in this line"
            raise Malformed(Problem("E101", place, message, "put the text in quotes and over several lines"))


def _is_too_deep(line: str) -> bool:
    """Tell whether too many brackets are open at once; one that closes nothing counts for nothing."""
    balance = list(accumulate(map(_STEP.__getitem__, _NO_BRACKET.sub("", line))))
    lowest = accumulate(balance, min, initial=0)
    return any(map(DEEPEST.__lt__, map(sub, balance, lowest)))


def _first_too_deep(line: str) -> int:
    depth = 0
    for bracket in _BRACKET.finditer(line):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > DEEPEST:
            return bracket.start() + 1
    return 1


def _unreadable(place: Place, fault: str, hint: str) -> Malformed:
    return Malformed(Problem("E101", place, f"the file {fault}", hint))


def place_after(path: str, before: str) -> Place:
    """Return the place right after the text ``before`` of a file."""
    return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
