"""What to say about a name that does not exist: the nearest that does, and what there is."""

from __future__ import annotations

import difflib
from collections.abc import Collection

_MOST = 12


def suggestion(wanted: str, known: Collection[str], noun: str) -> str:
    """Return a hint that names what there is, the nearest spelling first."""
    if not known:
        return f"there is no {noun} yet"
    named = sorted(known)
    more = f" and {len(named) - _MOST} more" if len(named) > _MOST else ""
    there_are = f"there are: {', '.join(named[:_MOST])}{more}"
    near = difflib.get_close_matches(wanted, named, n=1)
    return f"did you mean '{near[0]}'? {there_are}" if near else there_are
