"""What every record shares: frozen, unknown keys refused, and it knows where each of its fields stands.

The modules of records do without ``from __future__ import annotations``: Python evaluates the types of their fields
where they stand, and pydantic would compile the text of each.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict, PrivateAttr

from oncall_cli.errors import Place
from oncall_cli.model.patterns import DATE, INSTANT, Written, whole
from oncall_cli.model.scalar import (
    COUNT,
    FLAG,
    ID,
    TEXT,
    TextParser,
    parse_count,
    parse_flag,
    parse_id,
    parse_text,
)
from oncall_cli.model.time import Instant, parse_date, parse_instant

Text = Annotated[str, TextParser(parse_text, "some text", "Platform", TEXT)]
Id = Annotated[str, TextParser(parse_id, "an id", "alice", ID)]
Count = Annotated[int, TextParser(parse_count, "a whole number", "1", COUNT, int)]
Flag = Annotated[bool, TextParser(parse_flag, "true or false", "true", FLAG, bool)]
Moment = Annotated[Instant, TextParser(parse_instant, "an instant", "2026-11-24T09:00:00-05:00", whole(INSTANT), int)]
Day = Annotated[date, TextParser(parse_date, "a date", "2026-11-24", {**whole(DATE), "format": "date"}, date)]

Key = str | int
Positions = Mapping[tuple[Key, ...], tuple[int, int]]


class Source(NamedTuple):
    """The file that a record was read from, and the line and column of each of its fields."""

    path: str
    positions: Positions

    def place(self, *keys: Key) -> Place:
        """Return where the field stands; a missing field is placed where its nearest parent stands."""
        for length in range(len(keys), -1, -1):
            if found := self.positions.get(keys[:length]):
                return Place(self.path, *found)
        return Place(self.path)


_NOWHERE = Source("", {})


class Part(BaseModel):
    """A mapping inside a record."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)

    shorthand: ClassVar[object] = None
    """The type of the value that may be written instead of the mapping; None for no other."""

    further: ClassVar[Written] = {}
    """What the JSON Schema of the mapping says beyond its keys."""


class Record(Part):
    """One file of the team's repository; its name is the record's id."""

    created: Moment | None = None
    """When the record was made."""
    note: Text | None = None
    """Whatever else there is to say."""

    _id: str = PrivateAttr(default="")
    # made, not copied: a copy is deep, and takes as long as the rest of a small record
    _source: Source = PrivateAttr(default_factory=lambda: _NOWHERE)

    @property
    def id(self) -> str:
        """The record's name: its file's, or its folder's for a rotation."""
        return self._id

    @property
    def path(self) -> str:
        """The file, relative to the root of the team's repository, with forward slashes."""
        return self._source.path

    def place(self, *keys: Key) -> Place:
        """Return the line and column of a field, named by its keys and list indices from the top."""
        return self._source.place(*keys)

    def read_from(self, name: str, source: Source) -> None:
        """Tell a record that has just been read, or made, its id and its source."""
        self._id = name
        self._source = source
