"""A document for a terminal of 80 columns; what is drawn has no place there."""

from __future__ import annotations

from collections.abc import Iterable

from oncall_cli.render.bars import Chart, bar_lines
from oncall_cli.render.document import Document, Table, numeric
from oncall_cli.render.text import BOLD, cut, one_line, padded, styled, width_of, wrapped

_WIDTH = 80
_MOST_CELL = 24
_LEAST = 34


def document_text(document: Document, colour: bool = False, *, plain: bool = False) -> str:
    """Return the document; ``plain`` is for a terminal that shows no block characters."""
    title = [styled(line, BOLD, colour) for line in wrapped(one_line(document.title), _WIDTH)]
    blocks = [[*title, *_paragraphs(document.head)]]
    for section in document.sections:
        lines = [styled(section.title, BOLD, colour)]
        for part in section.parts:
            if isinstance(part, Table):
                lines += table_lines(part)
            elif isinstance(part, Chart):
                lines += wrapped(f"{one_line(part.title)}:", _WIDTH, indent="  ", first="  ")
                lines += bar_lines(part.bars, _WIDTH, plain=plain)
            elif isinstance(part, str):
                lines += wrapped(one_line(part), _WIDTH, indent="  ", first="  ")
        blocks.append(lines)
    return "\n\n".join("\n".join(block) for block in blocks)


def table_lines(table: Table) -> list[str]:
    """Return a table with its cells under each other, numbers to the right, the last column folded."""
    right = [numeric(table, column) for column in range(len(table.head))]
    rows = [
        [*(cut(one_line(cell), _MOST_CELL) for cell in row[:-1]), one_line(row[-1])]
        for row in (table.head, *table.rows)
    ]
    widths = [max(width_of(row[column]) for row in rows) for column in range(len(table.head))]
    lines = []
    for row in rows:
        cells = [_cell(cell, width, to_right) for cell, width, to_right in zip(row[:-1], widths, right, strict=False)]
        lines += _folded("  ".join(["", *cells, ""]), row[-1])
    return lines


def _folded(head: str, words: str) -> list[str]:
    """Return a row whose last words are folded in their column, or below it where little room is left for them."""
    begins = width_of(head)
    if begins + width_of(words) <= _WIDTH:
        return [(head + words).rstrip()]
    if begins <= _WIDTH - _LEAST:
        return wrapped(words, _WIDTH, indent=" " * begins, first=head)
    return [head.rstrip(), *wrapped(words, _WIDTH, indent=" " * 6, first=" " * 6)]


def _cell(cell: str, width: int, to_right: bool) -> str:
    return " " * (width - width_of(cell)) + cell if to_right else padded(cell, width)


def _paragraphs(head: Iterable[str]) -> list[str]:
    return [line for text in head for line in wrapped(one_line(text), _WIDTH)]
