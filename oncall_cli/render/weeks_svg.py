"""The weeks of roles as SVG: the same bytes for the same shifts, no script, every box with its words.

It stands on a ground of its own, so that it is legible on any page; where style is allowed, the ground is dark on a
dark screen. Nothing is told by colour alone: boxes hold names, what changed is dashed and struck, or thick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from oncall_cli.render.svg import svg_text
from oncall_cli.render.svg_width import fitting
from oncall_cli.render.weeks import LABEL, MARGIN, WIDTH, Band, Looks, Row, Weeks, bands_of, row_words
from oncall_cli.render.weeks_box import BOX, GROUND, SOFT, boxes, patterns
from oncall_cli.render.weeks_legend import legend_parts, signs_of
from oncall_cli.render.weeks_ticks import TICK_SIZE, Tick, day_ticks, handoff_ticks

_TITLE, _AXIS, _ROW, _PAIR, _BAND = 34, 22, 40, 4, 14
STYLE = (
    ".weeks-card{fill:#fff;stroke:#d0d7de}.weeks-halo{stroke:#fff}.weeks-ink{fill:#1a1a1a}.weeks-soft{fill:#4f5660}"
    ".weeks-on{fill:#111}.weeks-edge{stroke:#111}.weeks-nowtext{fill:#b3261e}@media (prefers-color-scheme:dark)"
    "{.weeks-card{fill:#15181d;stroke:#3a4048}.weeks-halo{stroke:#15181d}.weeks-ink{fill:#e6e6e6}"
    ".weeks-soft{fill:#b4bac2}.weeks-edge{stroke:#f2f2f2}.weeks-line{stroke:#4a515b}.weeks-now{stroke:#ff8a80}"
    ".weeks-nowtext{fill:#ff8a80}}"
)
"""What a page that embeds pictures must allow: they carry the same themselves where they stand alone."""

_INK, _LINE, _NOW = "#1a1a1a", "#c4c9d0", "#b3261e"


def weeks_svg(weeks: Weeks, looks: Looks, *, embedded: bool = False) -> str:
    """Return the picture; one that is ``embedded`` leaves its style to the page."""
    name = f"weeks-{weeks.key}"
    bands = bands_of(weeks, looks.times)
    parts: list[str] = []
    top = _TITLE
    for band in bands:
        parts += _band(band, top, name, looks)
        top += _height(band)
    legend, legend_height = legend_parts(signs_of(bands, name, looks), top)
    height = top + legend_height
    words = " ".join(row_words(row, role[0].label, looks) for role in weeks.roles for row in role)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{name}-title {name}-words">',
            f'<title id="{name}-title">{svg_text(weeks.title)}</title>',
            f'<desc id="{name}-words">{svg_text(words or "Nobody is on call in this time.")}</desc>',
            *([] if embedded else [f"<style>{STYLE}</style>"]),
            *patterns(name),
            f'<rect class="weeks-card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6" '
            f'fill="{GROUND}" stroke="#d0d7de"/>',
            '<g font-family="system-ui,-apple-system,Segoe UI,Helvetica,Arial,sans-serif" font-size="12">',
            f'<text class="weeks-ink" x="{MARGIN}" y="22" font-size="14" font-weight="600" fill="{_INK}">'
            f"{svg_text(fitting([weeks.title], WIDTH - 2 * MARGIN, 14, cut=True))}</text>",
            *parts,
            *legend,
            "</g>",
            "</svg>",
            "",
        ]
    )


def _height(band: Band) -> int:
    return _AXIS + _BAND + sum(_ROW * len(role) + _PAIR for role in band.roles)


def _band(band: Band, top: int, name: str, looks: Looks) -> Iterator[str]:
    """Yield the axis of a band, its rows, and the line of now."""
    bottom = top + _height(band) - _BAND
    days = list(day_ticks(band, looks.times))
    yield from _lines((tick.x for tick in days if tick.strong), top + 4, bottom, 1)
    yield from _lines((tick.x for tick in days if not tick.strong), top + 4, bottom, 0.5)
    yield f'<g class="weeks-soft" font-size="11" fill="{SOFT}">'
    yield from (_text(tick.x + 3, top + 15, tick.text) for tick in days if tick.text)
    yield "</g>"
    line = top + _AXIS
    for role in band.roles:
        for row in role:
            yield from _row(row, band, line, name, looks)
            line += _ROW
        line += _PAIR
    if band.start <= looks.times.now < band.end:
        yield from _now(band, top, bottom, looks)


def _lines(places: Iterable[float], top: int, bottom: int, width: float) -> Iterator[str]:
    """Yield lines from top to bottom, at some places, as one path."""
    if path := "".join(f"M{x:.1f} {top}V{bottom}" for x in places):
        yield f'<path class="weeks-line" d="{path}" stroke="{_LINE}" stroke-width="{width:g}"/>'


def _text(x: float, base: int, said: str) -> str:
    return f'<text x="{x:.1f}" y="{base}">{svg_text(said)}</text>'


def _now(band: Band, top: int, bottom: int, looks: Looks) -> Iterator[str]:
    x = band.x(looks.times.now)
    yield (
        f'<line class="weeks-now" x1="{x:.1f}" y1="{top + 18}" x2="{x:.1f}" y2="{bottom + 2}" stroke="{_NOW}" '
        'stroke-width="1.5" stroke-dasharray="5 2"/>'
    )
    anchor = "end" if x > WIDTH - 40 else "start"
    yield (
        f'<text class="weeks-nowtext" x="{x + (-3 if anchor == "end" else 3):.1f}" y="{bottom + 9}" font-size="10" '
        f'font-weight="600" fill="{_NOW}" text-anchor="{anchor}">now</text>'
    )


def _row(row: Row, band: Band, top: int, name: str, looks: Looks) -> Iterator[str]:
    """Yield the label of a row, its boxes, and the ticks of its handoffs."""
    if row.label:
        base, said = top + (9 if row.side else 16), svg_text(fitting([row.label], LABEL - 8, 12, cut=True))
        yield f'<text class="weeks-ink" x="{MARGIN}" y="{base}" fill="{_INK}">{said}</text>'
    if row.side:
        base = top + (22 if row.label else 16)
        yield f'<text class="weeks-soft" x="{MARGIN}" y="{base}" font-size="11" fill="{SOFT}">{row.side}</text>'
    yield from _handoffs(list(handoff_ticks(row, band, looks.times)), top + BOX)
    yield from boxes(row, band, top, name, looks)


def _handoffs(ticks: Sequence[Tick], top: int) -> Iterator[str]:
    """Yield the ticks below the boxes, and the times of those that have room for one."""
    yield from _lines((tick.x for tick in ticks), top, top + 5, 1)
    yield (
        f'<g class="weeks-soft weeks-halo" font-size="{TICK_SIZE}" fill="{SOFT}" stroke="{GROUND}" stroke-width="4" '
        'paint-order="stroke" text-anchor="middle">'
    )
    yield from (_text(tick.x, top + 14, tick.text) for tick in ticks if tick.text)
    yield "</g>"
