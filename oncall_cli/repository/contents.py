"""The bytes of all of a team's files, kept from when they are read until they are looked at: none is read twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from oncall_cli.repository.files import Files
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.layout import may_hold_records
from oncall_cli.repository.limits import MOST_BYTES
from oncall_cli.repository.strays import TOP_FOLDERS


class KeptFiles:
    """Other files, of which it is remembered what they hold."""

    def __init__(self, below: Files) -> None:
        self.below = below
        self._kept: dict[str, bytes] = {}
        self._listed: dict[str, tuple[str, ...]] = {}
        self.paths: set[str] = set()
        """The files that could be read so far."""
        self.pages: dict[str, bytes] = {}
        """The Markdown files among them: they stay, because they lead to each other."""

    def read(self, path: str) -> bytes | None:
        """Return the content as the files below do, and keep it."""
        data = self.below.read(path)
        if data is not None:
            self._kept[path] = data
            self.paths.add(path)
            if path.endswith(".md"):
                self.pages[path] = data[:MOST_BYTES]
        return data

    def list(self, folder: str) -> tuple[str, ...]:
        """Return the names as the files below do."""
        if folder not in self._listed:
            self._listed[folder] = self.below.list(folder)
        return self._listed[folder]

    def count(self, folder: str) -> int:
        """Return how many files there are in a folder and below it, records or not."""
        return sum(1 for _ in self._paths(folder))

    def take(self, folder: str, besides: Collection[str] = ()) -> dict[str, bytes]:
        """Return the content of every file in a folder and below it, records or not, and let go of it."""
        for path in self._paths(folder, besides):
            if path not in self.paths:
                self._try(path)
        return self.let_go(folder)

    def let_go(self, folder: str) -> dict[str, bytes]:
        """Let go of what was read in a folder and below it, and return it."""
        return {path: self._kept.pop(path)[:MOST_BYTES] for path in [*self._kept] if path.startswith(f"{folder}/")}

    def take_rest(self, besides: Collection[str]) -> dict[str, bytes]:
        """Return the content of every file outside of the folders that were looked at already."""
        if TEAM_FILE not in self.paths:
            self._try(TEAM_FILE)
        found = {path: data for folder in TOP_FOLDERS for path, data in self.take(folder, besides).items()}
        return found | {path: data[:MOST_BYTES] for path, data in self._kept.items()}

    def _paths(self, folder: str, besides: Collection[str] = ()) -> Iterator[str]:
        try:
            names = self.list(folder)
        except OSError:
            # a folder that cannot be listed is a problem that the reading tells
            return
        for name in names:
            path = f"{folder}/{name}"
            if not name.endswith("/"):
                yield path
            elif path[:-1] not in besides and may_hold_records(path[:-1]):
                yield from self._paths(path[:-1], besides)

    def _try(self, path: str) -> None:
        try:
            self.read(path)
        except OSError:
            return
