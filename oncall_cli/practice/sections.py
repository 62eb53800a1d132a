"""The headings of a Markdown text, and what stands below each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Section(NamedTuple):
    """A heading with all that stands below it, the headings of lower rank too; ``first`` is its line, from 0."""

    level: int
    heading: str
    first: int
    text: str


def sections(text: str) -> list[Section]:
    """Return the sections of a text, in their order; ``#`` inside a block of code is no heading."""
    lines = text.split("\n")
    found = list(_headings(lines))
    ends = [
        next((first for level, _, first in found[index + 1 :] if level <= found[index][0]), len(lines))
        for index in range(len(found))
    ]
    return [
        Section(level, heading, first, "\n".join(lines[first + 1 : end]))
        for (level, heading, first), end in zip(found, ends, strict=True)
    ]


def anchor(heading: str) -> str:
    """Return the name by which a link finds a heading: ``disk-is-full`` for ``Disk is full!``."""
    kept = "".join(char for char in heading.lower() if char.isalnum() or char in " -_")
    return kept.strip().replace(" ", "-")


def outside_code(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text that stand in no block of code, with their numbers from 0."""
    fence = ""
    for number, line in enumerate(text.split("\n")):
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence:
            yield number, line


def _headings(lines: list[str]) -> Iterator[tuple[int, str, int]]:
    for number, line in outside_code("\n".join(lines)):
        if found := _HEADING.fullmatch(line):
            yield len(found[1]), found[2], number
