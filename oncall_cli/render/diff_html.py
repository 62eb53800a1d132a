"""A difference as one page that needs nothing else: no script, no other file, readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from oncall_cli.render.diff_blocks import Block, DiffBlocks, Items
from oncall_cli.render.diff_page import BODY
from oncall_cli.render.diff_picture import diff_picture
from oncall_cli.render.handles import Cell, Code
from oncall_cli.render.page import page
from oncall_cli.render.text import one_line
from oncall_cli.render.weeks_svg import STYLE

_OPEN = 20


class _Cell(NamedTuple):
    text: str
    code: bool


def diff_html(blocks: DiffBlocks) -> str:
    """Return the page."""
    from jinja2 import Environment
    from markupsafe import Markup

    base, head = blocks.sides()
    body = (
        Environment(autoescape=True)
        .from_string(BODY)
        .render(
            verdict=blocks.verdict,
            rewritten=blocks.rewritten,
            first=list(_shown(blocks.first)),
            rest=list(_shown(blocks.rest)),
            # Escaped where it is made.
            picture=Markup(diff_picture(blocks, embedded=True)),
            base=base,
            head=head,
            note=blocks.note,
        )
    )
    return page(f"On-call plan: {blocks.verdict}", body, STYLE)


def _shown(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Yield the blocks that hold something, every text on one line and visible."""
    for block in blocks:
        told = {"title": block.title, "loud": block.loud, "folded": block.folded, "first": 1}
        if isinstance(block, Items):
            kind = "ol" if block.numbered else "ul"
            yield from _folded({**told, "list": kind, "all": [one_line(item) for item in block.items]})
        else:
            yield from _folded(
                {**told, "head": block.head, "all": [[_cell(cell) for cell in row] for row in block.rows]}
            )


def _folded(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a block, and what is long about it as one to be opened; nothing when it is empty."""
    everything = block.pop("all")
    opened = _OPEN if len(everything) > _OPEN + 4 and not block["folded"] else len(everything)
    if everything:
        yield {**block, "rows": everything[:opened]}
    if rest := everything[opened:]:
        yield {**block, "folded": True, "title": f"and {len(rest)} more", "rows": rest, "first": opened + 1}


def _cell(cell: Cell) -> _Cell:
    return _Cell(one_line(cell), isinstance(cell, Code))
