"""The team's repository as records: each file read at most once, no problem hidden by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, cast

from oncall_cli.errors import Place, Problem, Unreadable
from oncall_cli.model.record import Record
from oncall_cli.model.scalar import parse_id
from oncall_cli.repository import layout
from oncall_cli.repository.files import Files, WorkTree, unreadable
from oncall_cli.repository.layout import PEOPLE, Kind
from oncall_cli.repository.parse import Parsed, parse
from oncall_cli.repository.syntax import Data, Tree
from oncall_cli.repository.unresolved import may_be_open

if TYPE_CHECKING:
    from oncall_cli.model.action import ActionItem
    from oncall_cli.model.document import Runbook, Template
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.override import Override
    from oncall_cli.model.person import Person
    from oncall_cli.model.request import Request
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.model.team import Team

HeadT = TypeVar("HeadT", bound=Record)


class Page(NamedTuple, Generic[HeadT]):
    """A Markdown record: what its head says, and the text below."""

    head: HeadT
    body: str


# The names in a folder, in their order; each is found at once, however many there are.
_Names = dict[str, None]
# What files spell, by path and content: states of one team that share it parse what they have in common once.
Memo = dict[tuple[str, bytes], Parsed | list[Problem]]


class TeamRepository:
    """A team's records, read when they are first asked for; what could not be read is in ``problems``."""

    def __init__(self, root: Path, files: Files | None = None, memo: Memo | None = None) -> None:
        self.root = root
        self._memo = memo
        self.files: Files = files or WorkTree(root)
        self._read: dict[str, Parsed | None] = {}
        self._let_go: set[str] = set()
        self._wrong: dict[str, list[Problem]] = {}
        self._listed: dict[str, _Names | Problem] = {}
        self._incident_folders: dict[str, dict[str, str]] = {}
        self._maybe_open: dict[str, list[str]] = {}

    @property
    def problems(self) -> list[Problem]:
        """Everything that was wrong in the files read so far, by path and line."""
        return sorted((problem for found in self._wrong.values() for problem in found), key=_place_and_code)

    @property
    def paths_read(self) -> list[str]:
        """The files that were read so far, whether they were valid or not."""
        return sorted({*self._read, *self._let_go})

    def let_go(self, folder: str) -> frozenset[str]:
        """Forget the records in a folder and below it, but not that they were read; return their paths."""
        gone = frozenset(path for path in self._read if path.startswith(f"{folder}/"))
        self._let_go |= gone
        for path in gone:
            del self._read[path]
        return gone

    def wrong_in(self, folder: str) -> dict[str, list[Problem]]:
        """Return what keeps a folder, or files in it or below it, from being read."""
        return {path: found for path, found in self._wrong.items() if f"{path}/".startswith(f"{folder}/")}

    def add_seen(self, wrong: Mapping[str, list[Problem]], read: frozenset[str]) -> None:
        """Count as seen what another reader of the same files has seen."""
        self._wrong.update(wrong)
        self._let_go |= read

    def failure(self, path: str) -> Unreadable | None:
        """Return the first problem of the files read whose path begins so, or of a folder above, as a failure."""
        for problem in self.problems:
            if problem.place.path.startswith(path) or path.startswith(f"{problem.place.path}/"):
                return Unreadable.of(problem)
        return None

    def team(self) -> Team:
        """Return the team; without it nothing else can be understood, so an invalid one ends the reading."""
        parsed = self._record(layout.TEAM, "oncall.yaml", "oncall")
        if parsed is None:
            raise Unreadable.of(self._wrong["oncall.yaml"][0])
        return cast("Team", parsed.record)

    def person(self, person_id: str) -> Person | None:
        """Return one person, reading that file only; None when there is none or it is invalid."""
        path = f"rotations/{PEOPLE}/{person_id}.yaml"
        return cast("Person | None", self._one(layout.PERSON, path, person_id))

    def person_ids(self) -> list[str]:
        """Return the ids of everybody who has a file, whether it is valid or not."""
        return self._ids(f"rotations/{PEOPLE}", ".yaml")

    def people(self) -> dict[str, Person]:
        """Return everybody, by id."""
        found = {name: self.person(name) for name in self.person_ids()}
        return {name: person for name, person in found.items() if person}

    def rotation_ids(self) -> list[str]:
        """Return the names of the folders that hold a rotation, whether it is valid or not."""
        folders = [name[:-1] for name in self._names("rotations") if name.endswith("/")]
        return [name for name in folders if self.has_rotation(name)]

    def has_rotation(self, name: str) -> bool:
        """Tell a rotation's folder; one that cannot be listed counts as one, whose problem is told when it is read."""
        if name == PEOPLE or not _is_id(name):
            return False
        found = self._listing(f"rotations/{name}")
        return isinstance(found, Problem) or "rotation.yaml" in found

    def rotation(self, rotation_id: str) -> Rotation | None:
        """Return one rotation, with the team's time zone where it says none of its own."""
        path = f"rotations/{rotation_id}/rotation.yaml"
        if rotation_id == PEOPLE:
            return None
        rotation = cast("Rotation | None", self._one(layout.ROTATION, path, rotation_id))
        if rotation is None or rotation.timezone is not None:
            return rotation
        team = self._record(layout.TEAM, "oncall.yaml", "oncall")
        return rotation.model_copy(update={"timezone": cast("Team", team.record).timezone}) if team else None

    def rotations(self) -> dict[str, Rotation]:
        """Return every valid rotation, by id."""
        found = {name: self.rotation(name) for name in self.rotation_ids()}
        return {name: rotation for name, rotation in found.items() if rotation}

    def overrides(self, rotation_id: str) -> list[Override]:
        """Return the overrides of a rotation, by id."""
        return cast("list[Override]", list(self._all(layout.OVERRIDE, f"rotations/{rotation_id}/overrides")))

    def shifts(self, rotation_id: str, years: Iterable[int] | None = None) -> list[ShiftRecord]:
        """Return the shift records of a rotation, of some years or of all, by id."""
        return cast("list[ShiftRecord]", self._by_year(layout.SHIFT, rotation_id, years))

    def incidents(self, rotation_id: str, years: Iterable[int] | None = None) -> list[Incident]:
        """Return the incidents of a rotation, of some years or of all, by id."""
        return cast("list[Incident]", self._by_year(layout.INCIDENT, rotation_id, years))

    def incident_folders(self, rotation_id: str) -> dict[str, str]:
        """Return the folder of each incident of a rotation, by id, newest first; no file is read."""
        if rotation_id not in self._incident_folders:
            folder = f"rotations/{rotation_id}/incidents"
            years = [name[:-1] for name in self._names(folder) if name.endswith("/")]
            found = {name: f"{folder}/{year}" for year in years for name in self._ids(f"{folder}/{year}", ".yaml")}
            self._incident_folders[rotation_id] = dict(sorted(found.items(), reverse=True))
        return self._incident_folders[rotation_id]

    def incident(self, rotation_id: str, incident_id: str) -> Incident | None:
        """Return one incident, reading that file only; None when there is none or it is invalid."""
        folder = self.incident_folders(rotation_id).get(incident_id)
        path = f"{folder}/{incident_id}.yaml"
        return cast("Incident | None", self._one(layout.INCIDENT, path, incident_id)) if folder else None

    def open_incidents(self, rotation_id: str) -> list[Incident]:
        """Return the incidents of a rotation that are not resolved, newest first.

        A resolved one is known by the bytes of its file and is not read further, so its problems are not told.
        """
        if rotation_id not in self._maybe_open:
            self._maybe_open[rotation_id] = self._not_said_resolved(rotation_id)
        found = [record for name in self._maybe_open[rotation_id] if (record := self.incident(rotation_id, name))]
        return [record for record in found if record.status != "resolved"]

    def requests(self, rotation_id: str, years: Iterable[int] | None = None) -> list[Request]:
        """Return the support requests of a rotation, of some years or of all, by id."""
        return cast("list[Request]", self._by_year(layout.REQUEST, rotation_id, years))

    def actions(self, rotation_id: str, years: Iterable[int] | None = None) -> list[ActionItem]:
        """Return the action items of a rotation that came from no incident, of some years or of all, by id."""
        return cast("list[ActionItem]", self._by_year(layout.ACTION, rotation_id, years))

    def folders(self, kind: str, rotation_id: str) -> list[str]:
        """Return the folders, one a year, of a rotation's ``shifts``, ``incidents``, ``requests`` or ``actions``."""
        folder = f"rotations/{rotation_id}/{kind}"
        return [f"{folder}/{name[:-1]}" for name in self._names(folder) if name.endswith("/")]

    def files_in(self, folder: str) -> list[str]:
        """Return the names of the files in one of these folders that may hold a record; none is read."""
        return [f"{name}.yaml" for name in self._ids(folder, ".yaml")]

    def in_folder(self, folder: str) -> Iterator[Record]:
        """Yield the valid records in one of these folders, by id."""
        claimed = layout.claim(f"{folder}/any.yaml")
        return self._all(claimed.kind, folder) if claimed else iter(())

    def runbooks(self) -> dict[str, Page[Runbook]]:
        """Return the runbooks, by id."""
        return cast("dict[str, Page[Runbook]]", self._pages(layout.RUNBOOK, "runbooks", ""))

    def templates(self) -> dict[str, Page[Template]]:
        """Return the templates, by ``<kind>/<slug>``."""
        kinds = [name[:-1] for name in self._names("templates") if name.endswith("/")]
        found: dict[str, Page[Record]] = {}
        for kind in filter(_is_id, kinds):
            found.update(self._pages(layout.TEMPLATE, f"templates/{kind}", f"{kind}/"))
        return cast("dict[str, Page[Template]]", found)

    def record_at(self, path: str) -> Page[Record] | None:
        """Return the record that a file holds, reading that file only; None when there is none or it is invalid."""
        claimed = layout.claim(path)
        parsed = self._record(claimed.kind, path, claimed.id) if claimed and self.has(path) else None
        return Page(parsed.record, parsed.body) if parsed else None

    def has(self, path: str) -> bool:
        """Return whether there is such a file, valid or not."""
        folder, _, name = path.rpartition("/")
        return name in self._names(folder)

    def tree(self, path: str) -> Tree | None:
        """Return the tree of a file that was read as a record and is valid."""
        parsed = self._read.get(path)
        return parsed.tree if parsed else None

    def raw(self, path: str) -> dict[str, Data]:
        """Return what a record's file says, every scalar as its text, as listings in JSON give it."""
        parsed = self._read.get(path)
        if parsed is None and (claimed := layout.claim(path)):
            parsed = self._record(claimed.kind, path, claimed.id)
        data = parsed.tree.data if parsed else None
        return data if isinstance(data, dict) else {}

    def text(self, path: str) -> str:
        """Return the text of a file that was read as a record."""
        return (self.files.read(path) or b"").decode("utf-8", "replace")

    def _not_said_resolved(self, rotation_id: str) -> list[str]:
        by_folder: dict[str, list[str]] = {}
        for name, folder in self.incident_folders(rotation_id).items():
            by_folder.setdefault(folder, []).append(f"{name}.yaml")
        return [
            name.removesuffix(".yaml")
            for folder, names in by_folder.items()
            for name in may_be_open(self.files, folder, names)
        ]

    def _record(self, kind: Kind, path: str, record_id: str) -> Parsed | None:
        """Read a file the first time it is asked for; remember what it was or what was wrong."""
        if path not in self._read:
            parsed = self._parse(kind, path, record_id)
            self._read[path] = None if isinstance(parsed, list) else parsed
            if isinstance(parsed, list):
                self._wrong[path] = parsed
        return self._read[path]

    def _parse(self, kind: Kind, path: str, record_id: str) -> Parsed | list[Problem]:
        try:
            data = self.files.read(path)
        except OSError as wrong:
            return [unreadable(path, "file", wrong)]
        if data is None:
            return [Problem("E101", Place(path), f"there is no '{path}'")]
        if self._memo is None:
            return parse(kind, data, path, record_id)
        if (path, data) not in self._memo:
            self._memo[path, data] = parse(kind, data, path, record_id)
        return self._memo[path, data]

    def _one(self, kind: Kind, path: str, record_id: str) -> Record | None:
        """Return a record that may not exist: asking for it is no problem of the data."""
        folder, _, name = path.rpartition("/")
        if not _is_id(record_id) or name not in self._names(folder):
            return None
        parsed = self._record(kind, path, record_id)
        return parsed.record if parsed else None

    def _all(self, kind: Kind, folder: str) -> Iterator[Record]:
        for name in self._ids(folder, ".yaml"):
            if parsed := self._record(kind, f"{folder}/{name}.yaml", name):
                yield parsed.record

    def _by_year(self, kind: Kind, rotation_id: str, years: Iterable[int] | None) -> list[Record]:
        wanted = None if years is None else {f"{year:04d}" for year in years}
        folders = self.folders(f"{kind.name}s", rotation_id)
        chosen = [folder for folder in folders if wanted is None or folder.rpartition("/")[2] in wanted]
        return [record for folder in chosen for record in self._all(kind, folder)]

    def _pages(self, kind: Kind, folder: str, prefix: str) -> dict[str, Page[Record]]:
        found: dict[str, Page[Record]] = {}
        for name in self._ids(folder, ".md"):
            if parsed := self._record(kind, f"{folder}/{name}.md", f"{prefix}{name}"):
                found[f"{prefix}{name}"] = Page(parsed.record, parsed.body)
        return found

    def _ids(self, folder: str, suffix: str) -> list[str]:
        """Return the ids of the files in a folder; names that are no ids are left to ``strays``."""
        stems = [name.removesuffix(suffix) for name in self._names(folder) if name.endswith(suffix)]
        return [stem for stem in stems if _is_id(stem)]

    def _names(self, folder: str) -> _Names:
        """Return the names in a folder; one that cannot be listed is a problem and counts as empty."""
        found = self._listing(folder)
        if isinstance(found, Problem):
            self._wrong[folder] = [found]
            return {}
        return found

    def _listing(self, folder: str) -> _Names | Problem:
        parent, _, name = folder.rpartition("/")
        above = self._listed.get(parent) if folder else None
        if isinstance(above, Problem) or (above is not None and not {name, f"{name}/"} & above.keys()):
            # what is wrong is told once, of the folder above, and what that has not got need not be looked for
            return {}
        if folder not in self._listed:
            try:
                self._listed[folder] = dict.fromkeys(self.files.list(folder))
            except OSError as wrong:
                self._listed[folder] = unreadable(folder, "folder", wrong)
        return self._listed[folder]


def _is_id(name: str) -> bool:
    try:
        return bool(parse_id(name))
    except ValueError:
        return False


def _place_and_code(problem: Problem) -> tuple[Place, str]:
    return problem.place, problem.code
