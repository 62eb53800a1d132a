"""Small bar charts as SVG: the same bytes for the same numbers, no script, no style, every number as text."""

from __future__ import annotations

from html import escape

from oncall_cli.render.bars import Bar, Chart
from oncall_cli.render.text import cut, one_line

_WIDTH, _LABEL, _ROW, _BAR = 640, 190, 20, 12
_LONGEST = _WIDTH - _LABEL - 90
_MOST_LABEL = 28
# Both are legible on white and on black.
_TEXT, _FILL = "#767676", "#3b82c4"


def bar_chart(chart: Chart) -> str:
    """Return a picture of a chart, which a screen reader reads as its numbers."""
    height = _ROW * len(chart.bars) + 8
    most = max((bar.value for bar in chart.bars), default=0)
    name = f"chart-{chart.key}"
    lines = [
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{name}-title {name}-numbers">',
        f'<title id="{name}-title">{svg_text(chart.title)}</title>',
        f'<desc id="{name}-numbers">{svg_text(numbers(chart))}</desc>',
        f'<g font-family="sans-serif" font-size="12" fill="{_TEXT}">',
    ]
    for row, bar in enumerate(chart.bars):
        lines += _row(bar, 4 + row * _ROW, most)
    return "\n".join([*lines, "</g>", "</svg>"])


def numbers(chart: Chart) -> str:
    """Return the numbers of a chart as a sentence."""
    return "; ".join(f"{one_line(bar.label)}: {bar.shown}" for bar in chart.bars)


def _row(bar: Bar, top: int, most: int) -> list[str]:
    length = max(1, round(_LONGEST * bar.value / most)) if bar.value > 0 and most > 0 else 0
    base = top + _BAR
    lines = [
        f'<text x="{_LABEL - 8}" y="{base}" text-anchor="end">{svg_text(cut(one_line(bar.label), _MOST_LABEL))}</text>'
    ]
    if length:
        lines.append(f'<rect x="{_LABEL}" y="{top + 2}" width="{length}" height="{_BAR}" fill="{_FILL}"/>')
    return [*lines, f'<text x="{_LABEL + length + 6}" y="{base}">{svg_text(bar.shown)}</text>']


def svg_text(said: str) -> str:
    """Return a text on one line, so that nothing of it is markup."""
    return escape(one_line(said), quote=True)
