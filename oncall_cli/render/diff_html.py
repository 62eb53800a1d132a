"""A difference as one page that needs nothing else: no script, no other file, readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.render.diff_blocks import Block, DiffBlocks, Items
from oncall_cli.render.diff_page import BODY, STYLE
from oncall_cli.render.handles import Cell, Code
from oncall_cli.render.page import page
from oncall_cli.render.people import names_of
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.practice.lanes import Bar


_OPEN = 20


class _Cell(NamedTuple):
    text: str
    code: bool


class _Bar(NamedTuple):
    name: str
    title: str
    left: str
    width: str
    changed: bool


class _Lane(NamedTuple):
    title: str
    when: str
    bars: list[_Bar]


def diff_html(blocks: DiffBlocks) -> str:
    """Return the page."""
    from jinja2 import Environment

    base, head = blocks.sides()
    body = (
        Environment(autoescape=True)
        .from_string(BODY)
        .render(
            verdict=blocks.verdict,
            rewritten=blocks.rewritten,
            first=list(_shown(blocks.first)),
            rest=list(_shown(blocks.rest)),
            lanes=list(_lanes(blocks)),
            weeks=blocks.weeks(),
            base=base,
            head=head,
            note=blocks.note,
        )
    )
    return page(f"On-call plan: {blocks.verdict}", body, STYLE, styled=True)


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


def _lanes(blocks: DiffBlocks) -> Iterator[_Lane]:
    lanes = blocks.difference.lanes
    for lane in lanes.lanes if lanes else ():
        for when, bars in (("before", lane.before), ("after", lane.after)):
            title = f"{lane.rotation} {lane.role}, {when}"
            yield _Lane(title, f"{when} first" if when == "before" else when, [_bar(bar, blocks) for bar in bars])


def _bar(bar: Bar, blocks: DiffBlocks) -> _Bar:
    lanes = blocks.difference.lanes
    assert lanes is not None
    whole = lanes.end - lanes.start
    name = names_of(bar.people, blocks.people)
    left, width = (f"{100 * seconds / whole:.3f}" for seconds in (bar.start - lanes.start, bar.end - bar.start))
    return _Bar(name, f"{name}, {blocks.times.until(bar.start, bar.end)}", left, width, bar.changed)
