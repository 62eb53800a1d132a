"""What ``oncall init --drivers`` has set up in a clone."""

from __future__ import annotations

from collections.abc import Sequence


def drivers_text(settings: Sequence[str]) -> str:
    """Return what git does from now on in this clone."""
    if not settings:
        return "Git in this clone compares and merges records by what they mean already."
    return (
        "Git in this clone now compares and merges records by what they mean.\n"
        f"Set: {', '.join(settings)}\n"
        "Every other clone needs it too: oncall init --drivers"
    )
