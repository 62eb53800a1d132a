"""What a command writes into a team's files, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oncall_cli.model.record import Key

Value = str | int | bool | Mapping[str, "Value"] | Sequence["Value"]
Keys = tuple[Key, ...]


@dataclass(frozen=True)
class RecordEdit:
    """What one command does to one record: makes it, deletes it, or changes some of what it says.

    The changes happen in the order of the fields. The keys of ``sets`` and ``removes`` mean the file as it is;
    an index of ``inserts`` means the list after them, and the item there moves down.
    """

    path: str
    new: Mapping[str, Value | None] | None = None
    page: str | None = None
    """The text below the head of a new Markdown record."""
    text: str | None = None
    """The whole text of a file that is no record, new or not."""
    deleted: bool = False
    fields: Mapping[str, Value] = field(default_factory=dict)
    sets: Sequence[tuple[Keys, Value]] = ()
    removes: Sequence[Keys] = ()
    inserts: Sequence[tuple[Keys, int, Value]] = ()
    appends: Sequence[tuple[Keys, Value]] = ()
    log: Sequence[Mapping[str, Value]] = ()
