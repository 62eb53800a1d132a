"""The lines of a YAML text, each with the indentation that it should have and the words that change in it."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """Other words for a stretch of a line."""

    start: int
    end: int
    words: str


class Lines:
    """Collects what is to become of each line; a line never changes its place among the others."""

    def __init__(self, text: str) -> None:
        self.old = text.split("\n")
        self.ends = text.endswith("\n")
        self._columns: dict[int, int] = {}
        self._follows: dict[int, int] = {}
        self._whole: dict[int, str] = {}
        self._edits: dict[int, list[Edit]] = {}
        self._as_is: set[int] = set()
        self._limits: dict[int, int] = {}
        self.keeps_end = False
        """Whether the blank lines at the end are part of a text."""

    def begin(self, line: int, column: int) -> None:
        """Let a line begin in a column."""
        self._columns[line] = column

    def follow(self, first: int, last: int, *, trim: bool) -> None:
        """Let the lines after the first move as it does; without ``trim`` the blanks at their ends stay."""
        self._follows |= dict.fromkeys(range(first + 1, last + 1), first)
        if not trim:
            self._as_is.update(range(first, last))

    def replace(self, line: int, words: str) -> None:
        """Give a line of a block of text."""
        self._whole[line] = words

    def limit(self, line: int, column: int) -> None:
        """Keep the comments below a block of text, whose last line this is, out of it."""
        self._limits[line] = column

    def edit(self, line: int, edit: Edit) -> None:
        """Change words within a line."""
        self._edits.setdefault(line, []).append(edit)

    def text(self) -> str:
        """Return the text, with one line ending at its end."""
        new = "\n".join(self._new(number) for number in range(len(self.old)))
        if self.keeps_end and self.ends:
            return new
        return new.rstrip("\n") + "\n"

    def _new(self, number: int) -> str:
        if number in self._whole:
            return self._whole[number]
        words = self.old[number]
        for edit in sorted(self._edits.get(number, ()), reverse=True):
            words = words[: edit.start] + edit.words + words[edit.end :]
        if number not in self._as_is:
            words = words.rstrip(" \t")
        body = words.lstrip(" ")
        return " " * self._column(number) + body if body else words

    def _column(self, number: int) -> int:
        """Return where a line begins now."""
        if number in self._columns:
            return self._columns[number]
        if number in self._follows:
            return self._moved(number, self._follows[number])
        if self.old[number].lstrip(" ").startswith("#"):
            return self._comment_column(number)
        return indentation(self.old[number])

    def _comment_column(self, number: int) -> int:
        """Return where a comment begins: with the next entry, or else with the entry above, that began there."""
        own = indentation(self.old[number])
        after = next((line for line in range(number + 1, len(self.old)) if line in self._columns), None)
        above = [line for line in range(number - 1, -1, -1) if line in self._columns]
        beside = next((line for line in above if indentation(self.old[line]) <= own), None)
        like = next((line for line in (after, beside) if line is not None and indentation(self.old[line]) == own), None)
        nearest = next((line for line in (like, after, *above[:1]) if line is not None), number)
        column = self._moved(number, nearest) if nearest != number else own
        return min([column, *self._limit_above(number)])

    def _limit_above(self, number: int) -> list[int]:
        while number > 0 and (number not in self._limits):
            number -= 1
            if self.old[number].strip() and not self.old[number].lstrip().startswith("#"):
                break
        return [self._limits[number]] if number in self._limits else []

    def _moved(self, number: int, other: int) -> int:
        shift = self._column(other) - indentation(self.old[other])
        return max(indentation(self.old[number]) + shift, 0)


def indentation(line: str) -> int:
    """Return how many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))
