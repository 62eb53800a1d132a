"""What was found in the parts of a team's history the last time, while they stay as they are.

About what is finished the rules say the same every day, as long as the team's rules, and the names that records may
mention, are the same; that is remembered. What is not finished is looked at again each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from oncall_cli.checks.ignores import Ignore
from oncall_cli.checks.table import broken_in_history
from oncall_cli.errors import Place, Problem, Severity
from oncall_cli.repository.files import WorkTree
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.inspection import Inspection, Part
from oncall_cli.repository.memory import Look, Memory, zone_marks
from oncall_cli.repository.team_records import with_part

PLACE = "looked-over.json"
_KNOWN = "W424"
"""The rule that looks at what is finished beside what is not."""


def looked_over(inspection: Inspection) -> LookedOver | None:
    """Return what is known of the history in a work tree; None of another state, or where the team has no rules."""
    if inspection.records.team is None or not isinstance(inspection.kept.below, WorkTree):
        return None
    return LookedOver(inspection, Memory(inspection.repository.root, PLACE))


class LookedOver:
    """The parts of a history that are known, and those that come to be."""

    def __init__(self, inspection: Inspection, memory: Memory) -> None:
        self._inspection = inspection
        self._memory = memory
        self._names = _names(inspection)
        self._looks: dict[tuple[str, str], Look] = {}

    def known(self, name: str, kind: str) -> Part | None:
        """Return what is to be said of a part, of which only what is not finished is read; None where all has to be."""
        look = self._look(name, kind)
        found = self._memory.known(f"{name}/{kind}", look) if look else None
        if look is None or found is None:
            return None
        problems, ignores, strays, waiting, pages, read = found
        return Part(
            [_problem(one) for one in problems] + self._waiting(name, kind, waiting),
            [Ignore(Place(*place), tuple(codes), reason, last) for place, codes, reason, last in ignores],
            strays=[_problem(one) for one in strays],
            paths=frozenset(look.files),
            pages=self._pages(f"rotations/{name}/{kind}", pages),
            known=read - len(waiting),
        )

    def begin(self) -> None:
        """Take the time before anything is read."""
        self._memory.begin()

    def note(self, name: str, kind: str, part: Part) -> None:
        """Remember what was found in a part, where all of its files can be read."""
        look = self._looks.get((name, kind))
        if look is None or part.wrong or part.paths != frozenset(look.files):
            return
        waiting = frozenset(part.waiting)
        lasting = [one for one in part.found if one.place.path not in waiting or one.code == _KNOWN]
        found = [*lasting, *part.in_files], part.ignores, part.strays, part.waiting, sorted(part.pages), len(part.read)
        self._memory.note(f"{name}/{kind}", look, found)

    def save(self) -> None:
        """Write down what is new."""
        self._memory.save()

    def _look(self, name: str, kind: str) -> Look | None:
        folders = self._inspection.repository.folders(kind, name)
        look = self._memory.look(folders, f"{self._names} {self._zone(name)}") if folders else None
        if look and len(self._inspection.kept.list(f"rotations/{name}/{kind}")) == len(folders):
            self._looks[name, kind] = look
            return look
        return None

    def _zone(self, name: str) -> str:
        """Return the zone by which the days of a rotation are told, and what the disk says of its rules."""
        each = self._inspection.rotation(name)
        zone = each.rotation.timezone if each else None
        return f"{zone} {zone_marks(str(zone))}" if zone else ""

    def _waiting(self, name: str, kind: str, paths: Sequence[str]) -> list[Problem]:
        """Return what is wrong now with records that are not finished."""
        each, repository = self._inspection.rotation(name), self._inspection.repository
        pages = [repository.record_at(path) for path in paths]
        part = {kind: [page.head for page in pages if page]}
        self._inspection.kept.let_go(f"rotations/{name}/{kind}")
        repository.let_go(f"rotations/{name}/{kind}")
        return broken_in_history(self._inspection.records, with_part(each, part)) if each else []

    def _pages(self, folder: str, paths: Sequence[str]) -> dict[str, bytes]:
        """Return pages as they are: they lead to others, which may have gone."""
        for path in paths:
            self._inspection.kept.read(path)
        return self._inspection.kept.let_go(folder)


def _problem(said: Any) -> Problem:
    code, place, message, hint, severity = said
    return Problem(code, Place(*place), message, hint, Severity(severity))


def _names(inspection: Inspection) -> str:
    """Return, in short, what the rules go by: the team's own, and the names that there are."""
    records, team = inspection.records, inspection.repository.files.read(TEAM_FILE) or b""
    said = f"{sorted(records.people)} {sorted(records.runbooks)} {sorted(records.invalid)}".encode()
    return blake2b(team + b"\n" + said, digest_size=16).hexdigest()
