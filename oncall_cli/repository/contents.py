"""The bytes of all of a team's files, kept as they are read so that no file is read twice for them."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.repository.files import Files
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.layout import may_hold_records
from oncall_cli.repository.limits import MOST_BYTES
from oncall_cli.repository.strays import TOP_FOLDERS


class KeptFiles:
    """Other files, of which it is remembered what they hold."""

    def __init__(self, below: Files) -> None:
        self._below = below
        self._kept: dict[str, bytes] = {}
        self._listed: dict[str, tuple[str, ...]] = {}

    def read(self, path: str) -> bytes | None:
        """Return the content as the files below do, and keep it."""
        data = self._below.read(path)
        if data is not None:
            self._kept[path] = data
        return data

    def list(self, folder: str) -> tuple[str, ...]:
        """Return the names as the files below do."""
        if folder not in self._listed:
            self._listed[folder] = self._below.list(folder)
        return self._listed[folder]

    def everything(self) -> dict[str, bytes]:
        """Return the content of every file of the team, also of those that are no records."""
        for path in (TEAM_FILE, *(path for folder in TOP_FOLDERS for path in self._paths(folder))):
            if path not in self._kept:
                self._try(path)
        return {path: data[:MOST_BYTES] for path, data in self._kept.items()}

    def _paths(self, folder: str) -> Iterator[str]:
        try:
            names = self.list(folder)
        except OSError:
            # a folder that cannot be listed is a problem that the reading tells
            return
        for name in names:
            path = f"{folder}/{name}"
            if not name.endswith("/"):
                yield path
            elif may_hold_records(path[:-1]):
                yield from self._paths(path[:-1])

    def _try(self, path: str) -> None:
        try:
            self.read(path)
        except OSError:
            return
