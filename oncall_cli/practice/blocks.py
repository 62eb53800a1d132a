"""A document of which parts are written from a record and the rest by people; theirs is never overwritten.

A part stands between ``<!-- oncall:NAME HASH -->`` and ``<!-- oncall:end NAME -->``. The hash is of what was written
between them: where it no longer fits, somebody has changed the part, and it is theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

_MARKER = re.compile(
    r"^<!-- oncall:(?P<end>end )?(?P<name>[a-z]{1,40}(?:-[a-z]{1,40}){0,9})"
    r"(?: (?P<hash>[0-9a-f]{16}))? -->[ \t]*\r?$\n?",
    re.MULTILINE,
)


class Block(NamedTuple):
    """One part of a document: where what is written between its markers begins and ends, and the hash it had."""

    name: str
    opened: int
    start: int
    end: int
    digest: str | None
    content: str
    ending: str = "\n"

    @property
    def is_untouched(self) -> bool:
        """Whether it is byte for byte as it was written."""
        return self.digest == digest(self.plain)

    @property
    def plain(self) -> str:
        """What is written in it, with the line endings that we write; git may have changed them on this machine."""
        return self.content.replace("\r\n", "\n")


class Renewed(NamedTuple):
    """A document whose untouched parts are new, the names of those, and of the parts that people have changed."""

    text: str
    renewed: tuple[str, ...]
    kept: tuple[str, ...]


def digest(content: str) -> str:
    """Return what a marker remembers of the part below it."""
    return sha256(content.encode()).hexdigest()[:16]


def blocks(text: str) -> list[Block]:
    """Return the parts that are marked; a name that stands twice, or has no end, marks nothing."""
    found = list(_blocks(text))
    names = Counter(block.name for block in found)
    return [block for block in found if names[block.name] == 1]


def signed(text: str) -> str:
    """Return a new document in which each marker remembers what stands below it."""
    return _replaced(text, {block.name: block.plain for block in blocks(text)}, blocks(text))


def renewed(text: str, fresh: Mapping[str, str]) -> Renewed:
    """Return the document with its untouched parts as they are now; every other byte stays."""
    found = blocks(text)
    mine = [block for block in found if block.is_untouched and block.name in fresh]
    changed = tuple(block.name for block in mine if fresh[block.name] != block.plain)
    kept = tuple(block.name for block in found if not block.is_untouched)
    return Renewed(_replaced(text, fresh, mine), changed, kept)


def _blocks(text: str) -> Iterator[Block]:
    for opening, closing in pairwise(_MARKER.finditer(text)):
        if not opening["end"] and closing["end"] and opening["name"] == closing["name"]:
            start, end = opening.end(), closing.start()
            ending = "\r\n" if opening[0].endswith("\r\n") else "\n"
            yield Block(opening["name"], opening.start(), start, end, opening["hash"], text[start:end], ending)


def _replaced(text: str, fresh: Mapping[str, str], chosen: list[Block]) -> str:
    parts, place = [], 0
    for block in chosen:
        content = fresh[block.name]
        written = f"<!-- oncall:{block.name} {digest(content)} -->\n{content}".replace("\n", block.ending)
        parts += [text[place : block.opened], written]
        place = block.end
    return "".join([*parts, text[place:]])
