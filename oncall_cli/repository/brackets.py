"""Mappings and lists in brackets on one line: ``{a: b}``, ``[a, b]``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncall_cli.repository.lines import Edit

_SIGNS = frozenset("{}[],: ")
_LAST_COMMA = re.compile(r",(?=[\]}])")
_NOTHING = re.compile(r":(?=[,\]}])")


def spaced(line: str, start: int, end: int, words: Sequence[Edit]) -> Edit | None:
    """Return what stands between two columns with its signs spaced in the one way; None where it is unusual."""
    pieces, at = [], start
    for word in sorted(words):
        pieces += [_signs(line[at : word.start]), word.words]
        at = word.end
    pieces.append(_signs(line[at:end]))
    return None if None in pieces else Edit(start, end, "".join(piece for piece in pieces if piece))


def _signs(between: str) -> str | None:
    if not _SIGNS.issuperset(between):
        return None
    signs = _LAST_COMMA.sub("", between.replace(" ", ""))
    return _NOTHING.sub(":null", signs).replace(":", ": ").replace(",", ", ")
