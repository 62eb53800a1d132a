"""The bad files of ``tests/bad``: each with the place where it stands, and all that is to be said of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "bad"
TEAM = FOLDER / "team"
MANIFEST = FOLDER / "manifest.toml"
ANY = "..."


class BadFile(NamedTuple):
    """A file, where it stands beside the good files of the team, and what is said of it; nothing: it is fine."""

    name: str
    at: str
    says: tuple[str, ...]
    made: tuple[tuple[str, int], ...] = ()

    def data(self) -> bytes:
        """Return the file's bytes, committed as they are or made of the manifest's recipe."""
        if self.made:
            return "".join(text * times for text, times in self.made).encode("utf-8")
        return (FOLDER / self.name).read_bytes()

    def is_said(self, told: list[str]) -> bool:
        """Tell whether each sentence begins as the manifest says."""
        if ANY not in self.says:
            return len(told) == len(self.says) and _begin(told, self.says)
        gap = self.says.index(ANY)
        first, last = self.says[:gap], self.says[gap + 1 :]
        return len(told) > len(first) + len(last) and _begin(told, first) and _begin(told[-len(last) :], last)


def _begin(told: list[str], says: tuple[str, ...]) -> bool:
    return all(one.startswith(said) for one, said in zip(told, says, strict=False))


def _bad_file(entry: dict[str, object]) -> BadFile:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return BadFile(**values)  # type: ignore[arg-type]


CORPUS = [_bad_file(entry) for entry in tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["file"]]
