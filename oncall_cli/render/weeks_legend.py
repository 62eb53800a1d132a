"""What the signs of a picture of weeks mean, and who is meant where a box has no room for a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.practice.stretches import Kind
from oncall_cli.render.people import name_of
from oncall_cli.render.svg import svg_text
from oncall_cli.render.svg_width import width
from oncall_cli.render.weeks import LABEL, MARGIN, WIDTH, Band, Looks
from oncall_cli.render.weeks_box import BLACK, EDGES, EMPTY, GROUND, SOFT, corner, letters_of, width_in, written_in

_LINE, _SIGN = 20, 22


class Sign(NamedTuple):
    """A sign and its meaning: the ground, edge and letters of its box, and whether it has a corner."""

    said: str
    fill: str
    edge: str = ""
    letters: str = ""
    corner: bool = False


def signs_of(bands: Sequence[Band], name: str, looks: Looks) -> list[Sign]:
    """Return the signs that are in the bands: first the people whose names have no room somewhere."""
    bars = [(bar, width_in(bar, band)) for band in bands for role in band.roles for row in role for bar in row.bars]
    brief = {
        person
        for bar, wide in bars
        if written_in(bar, wide, looks) in ("", letters_of(bar, looks))
        for person in bar.people
    }
    signs = [
        Sign(name_of(person, looks.people), looks.marks[person].fill, letters=looks.marks[person].letters)
        for person in sorted(brief)
    ]
    kinds = {bar.kind for bar, _ in bars}
    changed = any(bar.changed for bar, _ in bars)
    told = [
        (Kind.OVERRIDE in kinds, Sign("by an override", GROUND, corner=True)),
        (Kind.GAP in kinds, Sign("not covered", EMPTY[Kind.GAP].format(name))),
        (Kind.NOBODY in kinds, Sign("left to nobody", EMPTY[Kind.NOBODY].format(name))),
        (changed, Sign("what it was", GROUND, "before")),
        (changed, Sign("what it becomes", GROUND, "after")),
    ]
    return [*signs, *(sign for shown, sign in told if shown)]


def legend_parts(signs: Sequence[Sign], top: int) -> tuple[list[str], int]:
    """Return the signs side by side in lines, and the height that they take."""
    parts: list[str] = []
    x, line = float(MARGIN + LABEL), top
    for sign in signs:
        wide = _SIGN + 6 + width(sign.said, 11)
        if x + wide > WIDTH - MARGIN and x > MARGIN + LABEL:
            x, line = float(MARGIN + LABEL), line + _LINE
        parts += _sign(sign, x, line)
        x += wide + 14
    return parts, line - top + (_LINE + 6 if signs else 2)


def _sign(sign: Sign, x: float, top: int) -> list[str]:
    place = f'x="{x:.1f}" y="{top}" width="{_SIGN}" height="14"'
    edge = EDGES[sign.edge] or ' stroke-width="0.6"'
    box = f'<rect class="weeks-edge" {place} fill="{sign.fill}" stroke="{BLACK}"{edge}/>'
    said = (
        f'<text class="weeks-soft" x="{x + _SIGN + 6:.1f}" y="{top + 11}" font-size="11" fill="{SOFT}">'
        f"{svg_text(sign.said)}</text>"
    )
    middle = f'x="{x + _SIGN / 2:.1f}" y="{top + 11}" font-size="11" text-anchor="middle" fill="{BLACK}"'
    letters = [f'<text class="weeks-on" {middle}>{svg_text(sign.letters)}</text>'] if sign.letters else []
    marked = [f'<g fill="{BLACK}">{corner(x, top, 8)}</g>'] if sign.corner else []
    return [box, *marked, *letters, said]
