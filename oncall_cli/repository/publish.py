"""Files made for others to fetch, outside of the team's records: each appears whole or not at all."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from oncall_cli.errors import Refused
from oncall_cli.repository.atomic import replace


def publish(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write files under a folder and return those that changed; other files there survive."""
    return [path for path, data in sorted(files.items()) if publish_file(folder / path, data)]


def publish_file(target: Path, data: bytes) -> bool:
    """Write one file, whole or not at all; return whether it changed."""
    try:
        exists = target.exists()
        if exists and target.read_bytes() == data:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(target, data, stat.S_IMODE(target.stat().st_mode) if exists else None)
    except OSError as wrong:
        message = f"'{wrong.filename or target}' cannot be written: {wrong.strerror or wrong}"
        raise Refused(message, hint="choose another place with --out") from None
    return True
