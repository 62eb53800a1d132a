"""The one way for data to get into a spreadsheet: a cell that would be a formula is text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from oncall_cli.render.text import visible

# The wide signs are what an input method makes of them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return the table, its lines ended as RFC 4180 asks."""
    into = io.StringIO()
    writer = csv.writer(into)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return into.getvalue()


def cell(value: object) -> str:
    """Return a value as a cell; a number stays one, and a text that a program would run is quoted."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = visible(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
