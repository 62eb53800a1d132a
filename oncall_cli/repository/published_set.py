"""Files that belong together, replaced so that whoever looks, at any moment, finds files that fit.

The new files are first written into a folder of their own, where whatever goes wrong leaves the old set as it was.
Then they take their places: new files, to which nothing leads yet, before those that lead to them. What the set no
longer has is removed after that. Where this fails, or is interrupted, the old files are put back. A list of what was
written stands beside the files, so that no file of others is touched.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.repository.atomic import write_durably, write_new

_FIRST_PAGE = "index.html"
_RECORDS = ("rotations", "runbooks", "templates")
_HASHED = "sha256:"
_KEPT = ".kept"


class SetKind(NamedTuple):
    """A kind of set: what it is called, where it keeps its list, and what files of ours may be in no list."""

    noun: str
    list: str
    """Which files of the folder are the set's, with the hash of each; with two while one takes the other's place."""
    note: str
    stage: str
    """Where the new files are written first."""
    secrets: str = ""
    """The folder below which the names are secrets: the list holds nothing but their hashes."""
    mark: bytes = b""
    """What a file of ours begins with, so that it is known also where a set without a list wrote it."""


SITE = SetKind(
    "site", ".oncall-site.json", "The files that 'oncall site' wrote.", ".oncall-site.new", secrets="feeds/private"
)
FEEDS = SetKind(
    "set of feeds",
    ".oncall-feeds.json",
    "The files that 'oncall ics' wrote.",
    ".oncall-feeds.new",
    secrets="private",
    mark=b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//oncall//",
)


class Published(NamedTuple):
    """What became of a set's files."""

    changed: list[str]
    removed: list[str]


def publish_set(folder: Path, files: Mapping[str, bytes], root: Path, kind: SetKind) -> Published:
    """Make the folder hold the set and return what changed; other files in it survive.

    The folder is none of those of the records below ``root``.
    """
    _refuse_records(folder.absolute().resolve(), root.resolve(), kind)
    begun = _Set(folder, kind)
    try:
        return begun.replace(files)
    except OSError as wrong:
        message = f"'{wrong.filename or folder}' cannot be written: {wrong.strerror or wrong}"
        if begun.is_mixed:
            hint = "every file of it is whole; the next call makes it all of the new one"
            raise Refused(f"{message}; some of the {kind.noun} is the new one already", hint) from None
        raise Refused(f"{message}; the {kind.noun} is as it was", hint="choose another place with --out") from None


class _Set:
    """The set that a folder holds."""

    def __init__(self, folder: Path, kind: SetKind) -> None:
        self._folder = folder
        self._kind = kind
        self._stage = folder / kind.stage
        self._listed = _read(folder / kind.list)
        self.is_mixed = False
        """Whether some files are new and some old, and neither way could be gone to its end."""

    def replace(self, files: Mapping[str, bytes]) -> Published:
        """Put the new files in the place of the old ones."""
        listed = self._listed
        wanted = {self._key(path): _hash(data) for path, data in files.items()}
        changed = [path for path in files if not _holds(self._folder / path, files[path])]
        self._refuse_others(changed)
        gone = list(self._gone(wanted))
        shutil.rmtree(self._stage, ignore_errors=True)
        if not changed and not gone and listed == wanted:
            return Published([], [])
        changed.sort(key=self._order)
        try:
            _write_all(self._folder, self._stage, {path: files[path] for path in changed})
            # From here on the list knows the files of both: what a set cut short leaves, the next clears away.
            self._write({key: f"{listed.get(key, '')} {wanted.get(key, '')}".strip() for key in {*listed, *wanted}})
            self._place(changed, gone, wanted)
            _prune(self._folder, gone)
        finally:
            shutil.rmtree(self._stage, ignore_errors=True)
        return Published(changed, sorted(gone))

    def _place(self, changed: Iterable[str], gone: Iterable[str], wanted: Mapping[str, str]) -> None:
        """Put the new files where they belong and take those away that are gone; what fails is put back."""
        kept, placed = self._stage / _KEPT, list[str]()
        try:
            for path in (*changed, *gone):
                _keep(self._folder / path, kept / path)
                placed.append(path)
                if (self._stage / path).exists():
                    (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
                    os.replace(self._stage / path, self._folder / path)
                else:
                    (self._folder / path).unlink()
            self._write(wanted)
        except BaseException:
            self.is_mixed = True
            for path in placed:
                _put_back(self._folder / path, kept / path, self._stage / path)
            self.is_mixed = False
            raise

    def _key(self, path: str) -> str:
        """Return what the list calls a file."""
        hidden = self._kind.secrets and path.startswith(f"{self._kind.secrets}/")
        return f"{_HASHED}{sha256(path.encode()).hexdigest()}" if hidden else path

    def _gone(self, wanted: Mapping[str, str]) -> Iterator[str]:
        """Yield the files of the last set that the new one lacks, and that nobody has changed since."""
        for path in self._paths(self._listed.keys() - wanted.keys()):
            if _is_as_written(self._folder / path, self._listed[self._key(path)]):
                yield path

    def _paths(self, keys: Collection[str]) -> Iterator[str]:
        """Yield the paths that the list's words for them mean."""
        yield from (key for key in keys if not key.startswith(_HASHED))
        if self._kind.secrets and any(key.startswith(_HASHED) for key in keys):
            for found in (self._folder / self._kind.secrets).rglob("*"):
                path = found.relative_to(self._folder).as_posix()
                if self._key(path) in keys:
                    yield path

    def _refuse_others(self, paths: Iterable[str]) -> None:
        """Refuse to replace a file that no set put there, and to write through a link."""
        for path in paths:
            target = self._folder / path
            for step in (target, *(self._folder / parent for parent in Path(path).parents[:-1])):
                if step.is_symlink():
                    message = f"'{step}' is a link, and leads out of the {self._kind.noun}"
                    raise Refused(message, hint="remove it, or choose another --out")
            if target.exists() and self._key(path) not in self._listed and not self._is_marked(target):
                hint = "move it away, or choose another folder with --out"
                message = f"'{target}' is there already and is none of ours; the {self._kind.noun} is as it was"
                raise Refused(message, hint=hint)

    def _is_marked(self, target: Path) -> bool:
        mark = self._kind.mark
        return bool(mark) and target.is_file() and target.read_bytes().startswith(mark)

    def _write(self, files: Mapping[str, str]) -> None:
        text = json.dumps({"files": files, "note": self._kind.note}, indent=0, sort_keys=True)
        self._stage.mkdir(parents=True, exist_ok=True)
        write_durably(self._stage / self._kind.list, f"{text}\n".encode(), None)
        os.replace(self._stage / self._kind.list, self._folder / self._kind.list)

    def _order(self, path: str) -> tuple[bool, bool, bool, str]:
        """Return where in the order a file stands: new ones first, to which nothing leads yet; the first page last."""
        return (self._folder / path).exists(), path.endswith(".html"), path == _FIRST_PAGE, path


def _write_all(folder: Path, stage: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        # Not one by one down to the disk: what a dead machine takes along is made anew from the records.
        write_new(stage / path, data, _mode(folder / path))


def _mode(target: Path) -> int | None:
    return stat.S_IMODE(target.stat().st_mode) if target.exists() else None


def _keep(target: Path, kept: Path) -> None:
    """Give a file a second name, by which it can be put back."""
    if target.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(target, kept)
        except OSError:
            # some disks give a file but one name
            shutil.copy2(target, kept)


def _put_back(target: Path, kept: Path, staged: Path) -> None:
    """Make a place what it was; one that still waits for its new file has not been touched."""
    if kept.exists():
        os.replace(kept, target)
    elif not staged.exists():
        target.unlink(missing_ok=True)


def _prune(folder: Path, gone: Iterable[str]) -> None:
    """Remove the folders in which nothing is left; one that stays does no harm."""
    for path in gone:
        for parent in Path(path).parents[:-1]:
            with suppress(OSError):
                (folder / parent).rmdir()


def _refuse_records(folder: Path, root: Path, kind: SetKind) -> None:
    """Refuse to write among the records, whose folders have the names of the set's."""
    inside = [folder == root, *(folder.is_relative_to(root / name) for name in (*_RECORDS, ".git"))]
    if any(inside):
        message = f"the {kind.noun} would stand among the team's records, in '{folder}'"
        raise Refused(message, hint="choose another folder with --out, such as 'public'")


def _read(path: Path) -> dict[str, str]:
    """Return the files that the last set wrote, with their hashes; a file that is no list names none."""
    try:
        said = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    files = said.get("files") if isinstance(said, dict) else None
    if not isinstance(files, dict):
        return {}
    return {path: known for path, known in files.items() if isinstance(known, str) and _is_below(path)}


def _is_below(path: str) -> bool:
    parts = path.split("/")
    inside = not ({"", ".", ".."} & set(parts)) and "\\" not in path and ":" not in path
    return inside or path.startswith(_HASHED)


def _holds(target: Path, data: bytes) -> bool:
    return target.is_file() and not target.is_symlink() and target.read_bytes() == data


def _is_as_written(target: Path, known: str) -> bool:
    return target.is_file() and not target.is_symlink() and _hash(target.read_bytes()) in known.split()


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]
