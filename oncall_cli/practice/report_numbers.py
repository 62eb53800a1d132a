"""The number in the middle of a few that are small: half of one counts."""

from __future__ import annotations

from collections.abc import Sequence

Number = int | float | None


def median(values: Sequence[Number]) -> Number:
    """Return the number in the middle, or what lies between the two in the middle; None of no numbers."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    low, high = known[(len(known) - 1) // 2], known[len(known) // 2]
    return low if low == high else (low + high) / 2
