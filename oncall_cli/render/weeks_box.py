"""A box in a picture of weeks: who it is in words, and by edge and corner whether it changes, or is by an override."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.practice.lanes import Bar
from oncall_cli.practice.stretches import Kind
from oncall_cli.render.people import name_of
from oncall_cli.render.svg import svg_text
from oncall_cli.render.svg_width import fitting, width
from oncall_cli.render.weeks import PLOT, Band, Looks, bar_words

BOX = 24
GROUND, SOFT = "#ffffff", "#4f5660"
BLACK = "#111111"
"""What is written on boxes, whose colours are the same by day and by night."""

EMPTY = {Kind.GAP: "url(#{}-gap)", Kind.NOBODY: "url(#{}-nobody)"}
EDGES = {
    "": 'stroke-width="0.6"',
    "before": 'stroke-width="1.5" stroke-dasharray="4 3"',
    "after": 'stroke-width="2.6"',
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


def box_parts(bar: Bar, side: str, band: Band, top: int, name: str, looks: Looks) -> Iterator[str]:
    """Yield a box with its words: stripes for people together, a corner for an override, an edge for a change."""
    x, wide = band.x(bar.start), width_in(bar, band)
    yield f"<g><title>{svg_text(bar_words(bar, looks))}</title>"
    fills = [looks.marks[person].fill for person in bar.people] or [EMPTY[bar.kind].format(name)]
    for number, fill in enumerate(fills):
        height = BOX / len(fills)
        yield f'<rect x="{x:.1f}" y="{top + number * height:g}" width="{wide:.1f}" height="{height:g}" fill="{fill}"/>'
    place, edge = f'x="{x:.1f}" y="{top}" width="{wide:.1f}" height="{BOX}"', EDGES[side if bar.changed else ""]
    yield f'<rect class="weeks-edge" {place} fill="none" stroke="{BLACK}" {edge}/>'
    if bar.kind is Kind.OVERRIDE:
        yield corner(x, top, min(8.0, wide - 2))
    if said := written_in(bar, wide, looks):
        yield from _name(bar, side, (x + wide / 2, top + 16), said)
    yield "</g>"


def width_in(bar: Bar, band: Band) -> float:
    """Return how wide the box of a bar is."""
    return PLOT * (bar.end - bar.start) / (band.end - band.start)


def corner(x: float, top: float, size: float) -> str:
    """Return the corner that marks an override, within the edge of its box so that it is seen by night."""
    return f'<path d="M{x + 2:.1f} {top + 2:g}h{max(1, size):.1f}l-{max(1, size):.1f} 8z" fill="{BLACK}"/>'


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


def _name(bar: Bar, side: str, at: tuple[float, float], said: str) -> Iterator[str]:
    """Yield who it is; on a hatched ground, upon a piece of plain ground."""
    x, base = at
    if not bar.people:
        wide = width(said, 12) + 4
        yield f'<rect x="{x - wide / 2:.1f}" y="{base - 11:g}" width="{wide:.1f}" height="14" fill="{GROUND}"/>'
    style = _STYLES[side if bar.changed else ""]
    place = f'x="{x:.1f}" y="{base:g}" text-anchor="middle"'
    yield f'<text class="weeks-on" {place} fill="{BLACK}"{style}>{svg_text(said)}</text>'
