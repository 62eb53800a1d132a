"""Bars for a terminal: blocks where it shows them, signs where it does not; the number always stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.render.text import cut, one_line, padded, width_of

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_MOST_LABEL = 28


class Bar(NamedTuple):
    """One bar: what it is of, how long it is, and how its value is said."""

    label: str
    value: int
    shown: str


class Chart(NamedTuple):
    """Bars that are measured against each other, and a name that a file can have."""

    key: str
    title: str
    bars: tuple[Bar, ...]


def bar(value: int, most: int, width: int, *, plain: bool = False) -> str:
    """Return a bar of at most ``width`` columns; what is not nothing is never without a mark."""
    if value <= 0 or most <= 0:
        return ""
    if plain:
        return "#" * max(1, round(width * value / most))
    eighths = max(1, round(8 * width * value / most))
    return (_EIGHTHS[8] * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def bar_lines(bars: Sequence[Bar], width: int = 80, *, plain: bool = False) -> list[str]:
    """Return a line a bar: label, value, bar."""
    labels = [cut(one_line(each.label), _MOST_LABEL) for each in bars]
    label = max(map(width_of, labels), default=0)
    number = max((width_of(each.shown) for each in bars), default=0)
    most = max((each.value for each in bars), default=0)
    room = max(1, min(40, width - label - number - 6))
    return [
        f"  {padded(name, label)}  {each.shown:>{number}}  {bar(each.value, most, room, plain=plain)}".rstrip()
        for name, each in zip(labels, bars, strict=True)
    ]
