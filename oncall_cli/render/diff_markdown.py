"""A difference as a comment of a pull request: Markdown that folds what is long and never outgrows its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from oncall_cli.render.diff_blocks import Block, DiffBlocks, Items, Row, Table
from oncall_cli.render.gantt import mermaid_gantt
from oncall_cli.render.handles import Calling, Cell, Code
from oncall_cli.render.markdown import markdown, markdown_shared
from oncall_cli.render.text import cut, one_line

# A comment holds 65,536 characters; whoever posts it adds a line or two.
MOST_CHARACTERS = 64_000
_OPEN_ROWS = 8


class _Size(NamedTuple):
    """How much is told: roles that are drawn, rows of a table or list, columns of a cell."""

    drawn: int
    rows: int
    columns: int


_SIZES = (
    _Size(12, 600, 240),
    _Size(4, 600, 240),
    _Size(1, 600, 240),
    _Size(0, 600, 240),
    _Size(0, 300, 240),
    _Size(0, 100, 240),
    _Size(0, 40, 160),
    _Size(0, 15, 120),
    _Size(0, 5, 60),
)


def diff_markdown(blocks: DiffBlocks) -> str:
    """Return the plan, told as fully as there is place for."""
    for size in _SIZES:
        text = _sized(blocks, size)
        if len(text) <= MOST_CHARACTERS:
            break
    return text


def _sized(blocks: DiffBlocks, size: _Size) -> str:
    base, head = (_text(side, size) for side in blocks.sides())
    parts = [
        [f"### On-call plan: {_text(blocks.verdict, size)}"],
        [f"**⚠ {blocks.rewritten}**"] if blocks.rewritten else [],
        *(_block(block, size) for block in blocks.first),
        _drawing(blocks, size),
        *(_block(block, size) for block in blocks.rest),
        [f"Compared: {base} → {head}. {_text(blocks.note, size._replace(columns=600))}"],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _block(block: Block, size: _Size) -> list[str]:
    rows = block.rows if isinstance(block, Table) else block.items
    if not rows:
        return []
    title = f"{'⚠ ' if block.loud else ''}{block.title}"
    shown = rows[: size.rows]
    more = [f"and {len(rows) - len(shown)} more, all of them in the JSON"] if len(rows) > len(shown) else []
    opened = 0 if block.folded else _OPEN_ROWS if len(shown) > _OPEN_ROWS + 2 else len(shown)
    folded = shown[opened:]
    head = [] if block.folded else [f"**{title}**", "", *_rows(block, shown[:opened], 1, size)]
    summary = title if block.folded else f"and {len(folded)} more"
    fold = _fold(summary, [*_rows(block, folded, opened + 1, size), *(["", *more] if more else [])]) if folded else []
    return [*head, *([""] if head and fold else []), *fold, *(["", *more] if more and not folded else [])]


def _fold(summary: str, lines: Iterable[str]) -> list[str]:
    return ["<details>", f"<summary>{summary}</summary>", "", *lines, "", "</details>"]


def _rows(block: Block, rows: Sequence[Row] | Sequence[str], first: int, size: _Size) -> list[str]:
    if isinstance(block, Items):
        marks = (f"{first + place}. " if block.numbered else "- " for place in range(len(rows)))
        return [f"{mark}{_item(str(text), size)}" for mark, text in zip(marks, rows, strict=True)]
    head = [_line(block.head), _line(("---",) * len(block.head))]
    return [*head, *(_line([_cell(cell, size) for cell in row]) for row in rows)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _item(text: str, size: _Size) -> str:
    return markdown_shared(cut(one_line(text), size.columns * 2), begins=True)


def _cell(cell: Cell, size: _Size) -> str:
    if isinstance(cell, Calling):
        return markdown(cell)
    text = cut(one_line(cell), size.columns)
    if isinstance(cell, Code) and text and not set("`|\\") & set(text):
        return f"`{text}`"
    return markdown_shared(text)


def _text(text: str, size: _Size) -> str:
    return markdown_shared(cut(one_line(text), size.columns))


def _drawing(blocks: DiffBlocks, size: _Size) -> list[str]:
    lanes = blocks.difference.lanes
    if lanes is None or not lanes.lanes or not size.drawn:
        return []
    more = len(lanes.lanes) - size.drawn
    rest = ["", f"and {more} more {'role' if more == 1 else 'roles'} not drawn"] if more > 0 else []
    lines = mermaid_gantt(lanes, blocks.people, blocks.times, size.drawn)
    return [f"**{blocks.weeks()}**", "", "```mermaid", *lines, "```", *rest]
