"""A team's files on their way through the rules: who is on call first, then what happened, a part at a time.

Ten years of records need not fit into memory: of a part that was looked at, only what is wrong with it stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from oncall_cli.checks.ignores import Ignore
from oncall_cli.checks.records import RotationRecords, SomeFiles
from oncall_cli.checks.table import broken_in_files, broken_in_history, looked_for
from oncall_cli.errors import Problem
from oncall_cli.model.time import Instant
from oncall_cli.repository.canonical import is_canonical
from oncall_cli.repository.contents import KeptFiles
from oncall_cli.repository.files import Files
from oncall_cli.repository.finished import FINISHED
from oncall_cli.repository.ignores import ignores
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.strays import strays, strays_in
from oncall_cli.repository.team_records import HISTORY, team_records, with_part

_NOTHING: Mapping[str, Any] = {}


class Part(NamedTuple):
    """What was found in a part of the history, or in some other files."""

    found: list[Problem]
    """What is wrong with what happened."""
    ignores: list[Ignore]
    in_files: Sequence[Problem] = ()
    """What is wrong with the bytes of a file."""
    strays: Sequence[Problem] = ()
    """What is wrong with the names of files."""
    wrong: Mapping[str, list[Problem]] = _NOTHING
    """What keeps files from being read."""
    read: frozenset[str] = frozenset()
    """The files that were read as records."""
    known: int = 0
    """How many records did not have to be read."""
    waiting: Sequence[str] = ()
    """The records about which something is still to be done, so that the day has a say in what is wrong with them."""
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
        self.strays: list[Problem] = []
        self.known = 0
        self._parts: set[str] = set()
        self._looks_at_form = "W506" in looked_for(self.records.team, compared=False)
        self._known = {each.rotation.id: each for each in self.records.rotations}

    def parts(self) -> list[tuple[str, str]]:
        """Return the parts of the history: for each rotation, each kind of what happened."""
        return [(name, kind) for name in self.repository.rotation_ids() for kind in HISTORY]

    def look_at(self, name: str, kind: str) -> Part:
        """Look at the records of one kind, for the problems in them even where the rotation's own file is invalid."""
        records, each, team = getattr(self.repository, kind)(name), self._known.get(name), self.records.team
        waiting = [one.path for one in records if not team or not FINISHED[kind](one, team)]
        found = broken_in_history(self.records, with_part(each, {kind: records})) if each else []
        folder = f"rotations/{name}/{kind}"
        contents = self.kept.take(folder)
        in_files, ignored = self._in_files(contents)
        wrong, read = self.repository.wrong_in(folder), self.repository.let_go(folder)
        pages = {path: data for path, data in contents.items() if path.endswith(".md")}
        strays = list(strays_in(self.kept, folder))
        return Part(
            found, ignored, in_files, strays, wrong, read, waiting=waiting, paths=frozenset(contents), pages=pages
        )

    def add(self, name: str, kind: str, part: Part) -> None:
        """Add what was found in a part, by this process or another, or the last time."""
        self._parts.add(f"rotations/{name}/{kind}")
        self.found += [*part.found, *part.in_files]
        self.ignores += part.ignores
        self.strays += part.strays
        self.known += part.known
        self.repository.add_seen(part.wrong, part.read)
        self.kept.paths |= part.paths
        self.kept.pages |= part.pages

    def rest(self) -> None:
        """Look at all other files, and note of all what the rules for the whole team need."""
        in_files, ignored = self._in_files(self.kept.take_rest(self._parts))
        self.found += in_files
        self.ignores += ignored
        self.strays += strays(self.kept, self._parts)
        invalid = frozenset(problem.place.path for problem in self.repository.problems)
        self.records = self.records._replace(invalid=invalid, pages=self.kept.pages, paths=self.kept.paths)

    def rotation(self, name: str) -> RotationRecords | None:
        """Return a rotation, None for one whose own file is invalid."""
        return self._known.get(name)

    def _in_files(self, contents: Mapping[str, bytes]) -> tuple[list[Problem], list[Ignore]]:
        uneven = [path for path, data in contents.items() if self._looks_at_form and self._is_uneven(path, data)]
        return broken_in_files(self.records, SomeFiles(contents, frozenset(uneven))), ignores(contents)

    def _is_uneven(self, path: str, data: bytes) -> bool:
        """Tell whether the formatter would change a valid record."""
        tree = self.repository.tree(path)
        return tree is not None and not tree.canonical and not is_canonical(path, data)
