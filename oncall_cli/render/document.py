"""A report as sections of tables, charts and sentences, which each kind of output then writes in its own way."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.render.bars import Chart
from oncall_cli.render.weeks import Drawing

NOTHING = "-"


class Table(NamedTuple):
    """Rows of cells, the numbers first; the last column is words, which may be long."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Section(NamedTuple):
    """What belongs together: a name that templates know it by, a title, and its parts of all kinds."""

    key: str
    title: str
    parts: tuple[Table | Chart | Drawing | str, ...]


class Document(NamedTuple):
    """The whole: a title, what stands below it, and the sections."""

    title: str
    head: tuple[str, ...]
    sections: tuple[Section, ...]


def numeric(table: Table, column: int) -> bool:
    """Tell whether a column holds numbers and lengths of time, which stand under each other at their ends."""
    cells = [row[column] for row in table.rows]
    return column < len(table.head) - 1 and all(cell == NOTHING or cell[:1].isdigit() for cell in cells)
