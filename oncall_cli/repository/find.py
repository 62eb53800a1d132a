"""Where the team's repository begins: the nearest folder upward that holds ``oncall.yaml``."""

from __future__ import annotations

from pathlib import Path

from oncall_cli.errors import Unreadable

TEAM_FILE = "oncall.yaml"


def find_root(start: Path) -> Path:
    """Return the nearest folder, from ``start`` upward, that holds ``oncall.yaml``."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / TEAM_FILE).is_file():
            return folder
    raise Unreadable(
        f"there is no '{TEAM_FILE}' in '{here}' or in any folder above it",
        "go to the team's repository, name it with '-C PATH' or ONCALL_REPO, or begin one with 'oncall init'",
    )
