"""What a clone remembers for itself, beside git's own files: it is no record, and losing it loses none."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

from oncall_cli.errors import GitInTheWay, Refused
from oncall_cli.repository.atomic import replace
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import locate

OUTBOX = "outbox.json"
TOLD = "told.json"


def state_file(root: Path, name: str) -> Path | None:
    """Return where a clone keeps one kind of state; None where there is no git to keep it beside."""
    try:
        return locate(Git(root)).common_dir / "oncall" / name
    except GitInTheWay:
        return None


def read_state(path: Path) -> list[Any]:
    """Return what is remembered; what cannot be understood counts as forgotten."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return found if isinstance(found, list) else []


def write_state(path: Path, items: list[Any]) -> None:
    """Remember the items instead of what was there, whole or not at all."""
    data = json.dumps(items, ensure_ascii=False, indent=1).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, data, stat.S_IMODE(path.stat().st_mode) if path.exists() else None)
    except OSError as wrong:
        raise Refused(f"'{path}' cannot be written: {wrong.strerror or wrong}", hint="make it writable") from None
