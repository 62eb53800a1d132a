"""The environment that the program and git are called in: nothing of this machine's, and a clock that stands still."""

from __future__ import annotations

import os
from pathlib import Path

NOW = "2026-11-18T12:00:00-05:00"
REPOSITORY = Path(__file__).parent.parent.parent


def plain_environment() -> dict[str, str]:
    """Return an environment that knows nothing of this machine's git, zone and settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONCALL_", "GIT_"))}
    return {
        **kept,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "TZ": "UTC",
        "COLUMNS": "80",
        "ONCALL_NOW": NOW,
        "PYTHONPATH": str(REPOSITORY),
    }
