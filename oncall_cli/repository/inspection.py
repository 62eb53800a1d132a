"""A team's files on their way through the rules: who is on call first, then what happened, a part at a time.

Ten years of records need not fit into memory: of a part that was looked at, only what is wrong with it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from oncall_cli.checks.ignores import Ignore
from oncall_cli.checks.records import RotationRecords, SomeFiles
from oncall_cli.checks.table import broken_in_files, broken_in_history, looked_for
from oncall_cli.errors import Problem
from oncall_cli.model.time import Instant
from oncall_cli.repository.canonical import is_canonical
from oncall_cli.repository.contents import KeptFiles
from oncall_cli.repository.files import Files
from oncall_cli.repository.ignores import ignores
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.team_records import HISTORY, team_records, with_part


class Inspection:
    """What was found in the files so far, each of which is read once."""

    def __init__(self, root: Path, files: Files, now: Instant) -> None:
        self.kept = KeptFiles(files)
        self.repository = TeamRepository(root, self.kept)
        self.records = team_records(self.repository, now)
        self.found: list[Problem] = []
        """What is wrong with the history, and with the bytes of any file."""
        self.ignores: list[Ignore] = []
        self._looks_at_form = "W506" in looked_for(self.records.team, compared=False)

    def history(self) -> Iterator[int]:
        """Look at what happened in each rotation; yield now and then how many files have been looked at."""
        known = {each.rotation.id: each for each in self.records.rotations}
        for name in self.repository.rotation_ids():
            for kind in HISTORY:
                self._look_at_part(name, kind, known.get(name))
                yield len(self.kept.paths)

    def rest(self) -> None:
        """Look at all other files, and note of all what the rules for the whole team need."""
        self._look_at_files(self.kept.take_rest())
        invalid = frozenset(problem.place.path for problem in self.repository.problems)
        self.records = self.records._replace(invalid=invalid, pages=self.kept.pages, paths=self.kept.paths)

    def _look_at_part(self, name: str, kind: str, each: RotationRecords | None) -> None:
        """Look at the records of one kind, for the problems in them even where the rotation's own file is invalid."""
        records = getattr(self.repository, kind)(name)
        if each:
            self.found += broken_in_history(self.records, with_part(each, {kind: records}))
        folder = f"rotations/{name}/{kind}"
        self._look_at_files(self.kept.take(folder))
        self.repository.let_go(folder)

    def _look_at_files(self, contents: Mapping[str, bytes]) -> None:
        uneven = [path for path, data in contents.items() if self._looks_at_form and self._is_uneven(path, data)]
        self.found += broken_in_files(self.records, SomeFiles(contents, frozenset(uneven)))
        self.ignores += ignores(contents)

    def _is_uneven(self, path: str, data: bytes) -> bool:
        """Tell whether the formatter would change a valid record."""
        tree = self.repository.tree(path)
        return tree is not None and not tree.canonical and not is_canonical(path, data)
