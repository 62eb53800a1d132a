"""Where the journal of a change stands, beside git's own files."""

from __future__ import annotations

from pathlib import Path

FOLDER = "oncall"
JOURNAL = "journal"


def has_journal(git_dir: Path) -> bool:
    """Tell whether a change is under way, or was when its process died."""
    return (git_dir / FOLDER / JOURNAL).exists()
