"""Text for a terminal: data made visible, columns that line up, styles where they are wanted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from oncall_cli.lasting import Lasting, folded, in_sentences

# What a terminal would obey, hide or turn around.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\U000e0000-\U000e007f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)

_LINE_ENDS = re.compile("[\t\n]")

BOLD = "1"
DIM = "2"
RED = "31"
GREEN = "32"
YELLOW = "33"
CYAN = "36"


def visible(text: str) -> str:
    """Return ``text`` with control, escape and bidirectional characters spelled out, as ``\\x1b``."""
    return HIDDEN.sub(lambda found: _spelled(found[0]), text)


def one_line(text: str) -> str:
    """Return ``text`` made visible on a single line."""
    return visible(" ".join(text.split()))


def in_sentence(text: str) -> str:
    """Return ``text`` made visible on a single line that keeps its blanks: line ends are spelled out, as ``\\n``."""
    return _LINE_ENDS.sub(lambda found: _spelled(found[0]), visible(text))


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def styled(text: str, style: str, colour: bool) -> str:
    """Return ``text`` in an ANSI style when ``colour`` is wanted; style never carries meaning alone."""
    return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text


def width_of(text: str) -> int:
    """Return how many columns ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    combining = sum(unicodedata.combining(character) != 0 for character in text)
    return len(text) + wide - combining


def padded(text: str, width: int) -> str:
    """Return ``text`` filled with spaces to ``width`` columns."""
    return text + " " * max(0, width - width_of(text))


def cut(text: str, width: int) -> str:
    """Return ``text`` cut to ``width`` columns, with an ellipsis where something is missing."""
    if width_of(text) <= width:
        return text
    kept = ""
    for character in text:
        if width_of(kept + character) > width - 1:
            break
        kept += character
    return f"{kept}…"


def columns(rows: list[list[str]], width: int = 0, gap: int = 2) -> list[str]:
    """Return a line a row, its cells under each other; the last cell is left as it is.

    Where a ``width`` is given, a last cell that would pass it is folded within its column, or below the row
    when its column begins in the right half. Where the other cells alone pass it, those that do stand below too.
    """
    if not rows:
        return []
    if width:
        rows = _stacked(rows, width, gap)
    widths = [max(width_of(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    begins = sum(widths) + gap * len(widths)
    lines = []
    for *cells, last in rows:
        head = "".join(padded(cell, each + gap) for cell, each in zip(cells, widths, strict=True))
        if not width or not last or width_of(head + last) <= width:
            lines.append((head + last).rstrip())
        elif begins <= width // 2:
            lines += wrapped(last, width, indent=" " * begins, first=head)
        else:
            lines += [head.rstrip(), *wrapped(last, width, indent=" " * 6, first=" " * 6)]
    return lines


def _stacked(rows: list[list[str]], width: int, gap: int) -> list[list[str]]:
    """Return the rows with so many columns as fit beside each other, and the cells of the others in the last one."""
    room, fit = width + gap, 0
    for column in range(len(rows[0]) - 1):
        room -= max(width_of(row[column]) for row in rows) + gap
        if room < 0:
            break
        fit += 1
    fit = max(fit, 1)
    if fit >= len(rows[0]) - 1:
        return rows
    return [[*row[:fit], " · ".join(cell for cell in row[fit:] if cell)] for row in rows]


def wrapped(text: str, width: int, indent: str = "", first: str = "") -> list[str]:
    """Return ``text`` on lines of at most ``width`` columns, after ``first`` on the first and ``indent`` on others."""
    return folded(" ".join(text.split()), width, indent, first, width_of)


def lasting(lines: list[str], since: int, until: int, width: int, indent: str) -> Lasting:
    """Return lines, the sentences among which are folded when they are read, as an answer that holds for a time."""
    found = Lasting("\n".join(lines), since, until, width, indent)
    found.odd = {one: width_of(one) for one in sorted({*in_sentences(found.text)}) if width_of(one) != 1}
    return found


def flowing(parts: Iterable[tuple[str, str]], width: int, indent: str, gap: str) -> list[str]:
    """Return parts side by side on lines of at most ``width`` columns, none of them broken.

    Each is given plainly, for its width, and as it is shown.
    """
    lines: list[str] = []
    line, wide = "", 0
    for plain, shown in parts:
        longer = wide + width_of(gap + plain)
        if line and longer > width:
            lines.append(line)
            line = ""
        line, wide = (line + gap + shown, longer) if line else (indent + shown, width_of(indent + plain))
    return [*lines, line] if line else lines
