"""What a command is about to do, written down first: the next command finishes or forgets what a dead one left."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from oncall_cli.repository.atomic import make_durable, replace
from oncall_cli.repository.journal_place import FOLDER, JOURNAL, has_journal
from oncall_cli.repository.trees import Entry

_WORK = "work-"


@dataclass
class FileChange:
    """One file of a change: its path from the top, what git says of it, and the sums of its bytes on the disk."""

    path: str
    before: str | None
    after: str | None
    was: Entry | None
    will_be: Entry | None


@dataclass
class Journal:
    """One change under way in one work tree."""

    name: str
    branch: str
    old: str | None
    new: str | None
    subject: str
    files: list[FileChange]
    folders: list[str] = field(default_factory=list)
    """The folders that the change makes, the outermost first."""

    def work(self, git_dir: Path) -> Path:
        """Return the folder beside git's own files where the change keeps what it needs."""
        return git_dir / FOLDER / self.name

    def beside(self, path: str) -> str:
        """Return the path of the new content of a file until it takes its place."""
        target = PurePosixPath(path)
        return str(target.with_name(f".{target.name}.{self.name.rpartition('-')[2]}.tmp"))

    def write(self, git_dir: Path) -> None:
        """Make the intention durable."""
        replace(git_dir / FOLDER / JOURNAL, json.dumps(asdict(self), indent=1).encode(), None)

    def forget(self, git_dir: Path) -> None:
        """Take the journal away, and all that the change kept."""
        # what the change kept goes last: without the journal it is swept by its name
        (git_dir / FOLDER / JOURNAL).unlink(missing_ok=True)
        shutil.rmtree(self.work(git_dir), ignore_errors=True)


def journal_in(git_dir: Path) -> Journal | None:
    """Return what a change left in a work tree, None when none did; call it with the lock held."""
    path = git_dir / FOLDER / JOURNAL
    try:
        said = json.loads(path.read_bytes())
        files = [FileChange(**{**one, **_entries(one)}) for one in said.pop("files")]
        return Journal(**said, files=files)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        # written whole or not at all, so this is the journal of another version or another hand
        path.rename(path.with_name(f"{JOURNAL}.unread-{secrets.token_hex(4)}"))
        return None


def sum_of(data: bytes | None) -> str | None:
    """Return what tells the bytes of a file from others; None for no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


@contextmanager
def work_folder(git_dir: Path) -> Iterator[Path]:
    """Make a folder for what a change needs; it is gone at the end, unless the change could not be ended."""
    folder = git_dir / FOLDER / f"{_WORK}{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        if not has_journal(git_dir):
            shutil.rmtree(folder, ignore_errors=True)


def sweep(git_dir: Path) -> None:
    """Remove what processes that have died kept beside git's files; call it with the lock held, and no journal."""
    with contextlib.suppress(FileNotFoundError):
        for found in os.listdir(git_dir / FOLDER):
            path = git_dir / FOLDER / found
            if found.startswith(f".{JOURNAL}."):
                path.unlink(missing_ok=True)
            elif found.startswith(_WORK) and not _alive(found.split("-")[1]):
                shutil.rmtree(path, ignore_errors=True)


def make_folder(git_dir: Path) -> None:
    """Make the folder beside git's own files, durably."""
    folder = git_dir / FOLDER
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        make_durable(git_dir)


def _alive(process: str) -> bool:
    if os.name == "nt" or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _entries(said: dict[str, list[str] | None]) -> dict[str, Entry | None]:
    return {name: Entry(*found) if (found := said[name]) else None for name in ("was", "will_be")}
