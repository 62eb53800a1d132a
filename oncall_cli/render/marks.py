"""Whom a drawing means: each person has letters that nobody else of the team has, and a colour beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count, groupby
from typing import NamedTuple
from zlib import crc32

# As a terminal of 256 colours numbers them, and the same for the web. Black is legible on each of them.
_COLOURS = (
    (117, "#87d7ff"),
    (215, "#ffaf5f"),
    (114, "#87d787"),
    (211, "#ff87af"),
    (221, "#ffd75f"),
    (147, "#afafff"),
    (80, "#5fd7d7"),
    (177, "#d787ff"),
    (150, "#afd787"),
    (180, "#d7af87"),
    (252, "#d0d0d0"),
    (181, "#d7afaf"),
)


class Mark(NamedTuple):
    """The letters of a person, and which colour is theirs."""

    letters: str
    colour: int

    @property
    def style(self) -> str:
        """The ANSI style of what is theirs on a terminal."""
        return f"38;5;16;48;5;{_COLOURS[self.colour][0]}"

    @property
    def fill(self) -> str:
        """The colour of what is theirs in a picture, on which black is legible."""
        return _COLOURS[self.colour][1]


Marks = Mapping[str, Mark]


def marks_of(team: Iterable[str]) -> dict[str, Mark]:
    """Return the mark of each person of a team, which depends on nothing but who is in it.

    Whoever joins changes the letters at most of those with the same first letter, and the colours of few.
    """
    ids = sorted(set(team))
    letters, colours = dict(_letters(ids)), dict(_colours(ids))
    return {person: Mark(letters[person], colours[person]) for person in ids}


def _letters(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the first letter where it is one person's alone, else also a second one that tells them apart."""
    for first, group in groupby(ids, key=lambda person: person[0].upper()):
        alike = list(group)
        taken: set[str] = set()
        for person in alike:
            pairs = (first + letter for letter in person[1:] if letter.isalnum())
            numbered = (f"{first}{number}" for number in count(1))
            own = first if len(alike) == 1 else next(each for each in chain(pairs, numbered) if each not in taken)
            taken.add(own)
            yield person, own


def _colours(ids: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the colour that follows from the id itself, or the next that is free."""
    taken: set[int] = set()
    for person in ids:
        if len(taken) == len(_COLOURS):
            taken.clear()
        wished = crc32(person.encode())
        own = next(place for step in range(len(_COLOURS)) if (place := (wished + step) % len(_COLOURS)) not in taken)
        taken.add(own)
        yield person, own
