"""A box in a picture of weeks: who it is in words, and by edge and corner whether it changes, or is by an override."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.practice.lanes import Bar
from oncall_cli.practice.stretches import Kind
from oncall_cli.render.people import name_of
from oncall_cli.render.svg import svg_text
from oncall_cli.render.svg_width import fitting, width
from oncall_cli.render.weeks import PLOT, Band, Looks, Row, bar_words

BOX = 24
GROUND, SOFT = "#ffffff", "#4f5660"
BLACK = "#111111"
"""What is written on boxes, whose colours are the same by day and by night."""

EMPTY = {Kind.GAP: "url(#{}-gap)", Kind.NOBODY: "url(#{}-nobody)"}
EDGES = {
    "": "",
    "before": ' stroke-width="1.5" stroke-dasharray="4 3"',
    "after": ' stroke-width="2.6"',
}
_STYLES = {"": "", "before": ' text-decoration="line-through"', "after": ' font-weight="700"'}


def patterns(name: str) -> list[str]:
    """Return the grounds of boxes that are nobody's."""
    return [
        "<defs>",
        f'<pattern id="{name}-gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="8" height="8" fill="#ffffff"/><rect width="3" height="8" fill="#e5534b"/></pattern>',
        f'<pattern id="{name}-nobody" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#f2f2f2"/><circle cx="2" cy="2" r="1" fill="#8a8f98"/></pattern>',
        "</defs>",
    ]


def boxes(row: Row, band: Band, top: int, name: str, looks: Looks) -> Iterator[str]:
    """Yield the boxes of a row, then what is written on them."""
    shapes: list[str] = []
    words: list[str] = []
    for bar in row.bars:
        shapes += _shape(bar, row.side, band, top, name, looks)
        words += _words(bar, row.side, band, top, looks)
    yield from (f'<g class="weeks-edge" stroke="{BLACK}" stroke-width="0.6">', *shapes, "</g>")
    yield from (f'<g class="weeks-on" fill="{BLACK}" text-anchor="middle" pointer-events="none">', *words, "</g>")


def _shape(bar: Bar, side: str, band: Band, top: int, name: str, looks: Looks) -> Iterator[str]:
    """Yield a box with its words for whoever points at it: stripes for people together, an edge for a change."""
    x, wide = f"{band.x(bar.start):.1f}", f"{width_in(bar, band):.1f}"
    fills = [looks.marks[person].fill for person in bar.people] or [EMPTY[bar.kind].format(name)]
    if len(fills) > 1:
        height = BOX / len(fills)
        for number, fill in enumerate(fills):
            place = f'x="{x}" y="{top + number * height:g}" width="{wide}" height="{height:g}"'
            yield f'<rect {place} fill="{fill}" stroke="none"/>'
    ground = f'fill="{fills[0]}"' if len(fills) == 1 else f'fill="{GROUND}" fill-opacity="0"'
    edge = EDGES[side if bar.changed else ""]
    yield (
        f'<rect x="{x}" y="{top}" width="{wide}" height="{BOX}" {ground}{edge}>'
        f"<title>{svg_text(bar_words(bar, looks))}</title></rect>"
    )


def _words(bar: Bar, side: str, band: Band, top: int, looks: Looks) -> Iterator[str]:
    """Yield the corner of an override, and who it is; on a hatched ground, upon a piece of plain ground."""
    x, wide = band.x(bar.start), width_in(bar, band)
    if bar.kind is Kind.OVERRIDE:
        yield corner(x, top, min(8.0, wide - 2))
    said, middle = written_in(bar, wide, looks), x + wide / 2
    if said and not bar.people:
        plain = width(said, 12) + 4
        yield f'<rect x="{middle - plain / 2:.1f}" y="{top + 5}" width="{plain:.1f}" height="14" fill="{GROUND}"/>'
    if said:
        style = _STYLES[side if bar.changed else ""]
        yield f'<text x="{middle:.1f}" y="{top + 16}"{style}>{svg_text(said)}</text>'


def width_in(bar: Bar, band: Band) -> float:
    """Return how wide the box of a bar is."""
    return PLOT * (bar.end - bar.start) / (band.end - band.start)


def corner(x: float, top: float, size: float) -> str:
    """Return the corner that marks an override, within the edge of its box so that it is seen by night."""
    return f'<path d="M{x + 2:.1f} {top + 2:g}h{max(1, size):.1f}l-{max(1, size):.1f} 8z"/>'


def written_in(bar: Bar, wide: float, looks: Looks) -> str:
    """Return as much of who it is as has room in a box."""
    return fitting(_names(bar, looks), wide - 4, 12)


def letters_of(bar: Bar, looks: Looks) -> str:
    """Return the letters of the people of a bar."""
    return "+".join(looks.marks[each].letters for each in bar.people)


def _names(bar: Bar, looks: Looks) -> list[str]:
    """Return what could be written into a box, the fullest first."""
    if not bar.people:
        return ["not covered", "gap", "!"] if bar.kind is Kind.GAP else ["nobody", "-"]
    names = [name_of(person, looks.people) for person in bar.people]
    firsts = [name.split()[0] if name.split() else name for name in names]
    return [*(", ".join(each) for each in (names, firsts)), letters_of(bar, looks)]
