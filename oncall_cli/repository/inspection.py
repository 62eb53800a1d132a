"""A team's files on their way through the rules: who is on call first, then what happened, a part at a time.

Ten years of records need not fit into memory: of a part that was looked at, only what is wrong with it stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from oncall_cli.checks.ignores import Ignore
from oncall_cli.checks.records import SomeFiles
from oncall_cli.checks.table import broken_in_files, broken_in_history, looked_for
from oncall_cli.errors import Problem
from oncall_cli.model.time import Instant
from oncall_cli.repository.canonical import is_canonical
from oncall_cli.repository.contents import KeptFiles
from oncall_cli.repository.files import Files
from oncall_cli.repository.ignores import ignores
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.team_records import HISTORY, team_records, with_part

_NOTHING: Mapping[str, Any] = {}


class Part(NamedTuple):
    """What was found in a part of the history, or in some other files."""

    found: list[Problem]
    """What is wrong with the history, and with the bytes of any file."""
    ignores: list[Ignore]
    wrong: Mapping[str, list[Problem]] = _NOTHING
    """What keeps files from being read."""
    read: frozenset[str] = frozenset()
    """The files that were read as records."""
    paths: frozenset[str] = frozenset()
    """The files that could be read."""
    pages: Mapping[str, bytes] = _NOTHING


class Inspection:
    """What was found in the files so far, each of which is read once."""

    def __init__(self, root: Path, files: Files, now: Instant) -> None:
        self.kept = KeptFiles(files)
        self.repository = TeamRepository(root, self.kept)
        self.records = team_records(self.repository, now)
        self.found: list[Problem] = []
        self.ignores: list[Ignore] = []
        self._looks_at_form = "W506" in looked_for(self.records.team, compared=False)

        self._known = {each.rotation.id: each for each in self.records.rotations}

    def parts(self) -> list[tuple[str, str]]:
        """Return the parts of the history: for each rotation, each kind of what happened."""
        return [(name, kind) for name in self.repository.rotation_ids() for kind in HISTORY]

    def look_at(self, name: str, kind: str) -> Part:
        """Look at the records of one kind, for the problems in them even where the rotation's own file is invalid."""
        records, each = getattr(self.repository, kind)(name), self._known.get(name)
        found = broken_in_history(self.records, with_part(each, {kind: records})) if each else []
        folder = f"rotations/{name}/{kind}"
        contents = self.kept.take(folder)
        part = self._in_files(contents)
        self.repository.let_go(folder)
        wrong, read = self.repository.seen(folder)
        pages = {path: data for path, data in contents.items() if path.endswith(".md")}
        return Part(found + part.found, part.ignores, wrong, read, frozenset(contents), pages)

    def add(self, part: Part) -> None:
        """Add what this or another process has found in a part."""
        self.found += part.found
        self.ignores += part.ignores
        self.repository.add_seen(part.wrong, part.read)
        self.kept.paths |= part.paths
        self.kept.pages |= part.pages

    def rest(self) -> None:
        """Look at all other files, and note of all what the rules for the whole team need."""
        self.add(self._in_files(self.kept.take_rest()))
        invalid = frozenset(problem.place.path for problem in self.repository.problems)
        self.records = self.records._replace(invalid=invalid, pages=self.kept.pages, paths=self.kept.paths)

    def _in_files(self, contents: Mapping[str, bytes]) -> Part:
        uneven = [path for path, data in contents.items() if self._looks_at_form and self._is_uneven(path, data)]
        return Part(broken_in_files(self.records, SomeFiles(contents, frozenset(uneven))), ignores(contents))

    def _is_uneven(self, path: str, data: bytes) -> bool:
        """Tell whether the formatter would change a valid record."""
        tree = self.repository.tree(path)
        return tree is not None and not tree.canonical and not is_canonical(path, data)
