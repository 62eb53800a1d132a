"""A branch brought to another commit with its files and the index, by the same care as a commit."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from oncall_cli.errors import OncallError, Refused
from oncall_cli.repository.git import Git, failure
from oncall_cli.repository.git_state import Known, Repository, branch_of, known_to_git
from oncall_cli.repository.journal import FileChange, Journal, make_folder, sum_of, work_folder
from oncall_cli.repository.recovery import Ending, end_failed
from oncall_cli.repository.safe_path import refuse_unsafe_path
from oncall_cli.repository.trees import Entry
from oncall_cli.repository.user_index import UserIndex
from oncall_cli.repository.work_files import content, missing_folders

_FILES = ("100644", "100755")
_NO_FILE = "000000"
Contents = Mapping[str, bytes | None]


class Blocked(Refused):
    """Files that the user has edited, or that git was told to leave alone, keep a branch from moving."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        named = ", ".join(f"'{path}'" for path in paths)
        super().__init__(f"your changes of {named} are in the way", "commit them, or take them back")
        self.paths = paths


def move_branch(repository: Repository, held: int, old: str, new: str, subject: str) -> None:
    """Bring the branch that is checked out from one commit to another, its files and the index with it.

    The lock for writing is held. A process may die anywhere: the next one finishes, or takes it back.
    """
    if old == new:
        return
    git = repository.at_top
    changed = _changed(git, old, new)
    known = known_to_git(git, changed) if changed else {}
    make_folder(repository.git_dir)
    with work_folder(repository.git_dir) as work:
        contents = _contents(git, work, new, {path: entry for path, (_, entry) in changed.items()})
        blocked = [path for path, pair in changed.items() if _blocks(repository.top, path, known[path], *pair)]
        in_the_way = tuple(path for path in blocked if not _is_new_already(repository.top, known[path], path, contents))
        if in_the_way:
            raise Blocked(in_the_way)
        UserIndex(git, repository.git_dir, work).wait_until_free()
        files = [
            FileChange(path, sum_of(content(repository.top / path)), sum_of(contents[path]), known[path].entry, entry)
            for path, (_, entry) in changed.items()
        ]
        folders = missing_folders(repository.top, contents)
        _carry_out(
            repository, Journal(work.name, branch_of(repository), old, new, subject, files, folders), contents, held
        )
    _remove_empty_folders(repository.top, contents)


def _carry_out(repository: Repository, journal: Journal, contents: Contents, held: int) -> None:
    try:
        journal.write(repository.git_dir)
        ending = Ending(repository, journal, held)
        ending.files.prepare(contents)
        ending.files.put()
        ending.commit()
    except BaseException as wrong:
        made = end_failed(repository, journal)
        if isinstance(wrong, OSError) and not made:
            raise Refused(f"'{wrong.filename or repository.top}' cannot be written: {wrong.strerror}") from wrong
        if not made or not isinstance(wrong, Exception):
            raise


def _changed(git: Git, old: str, new: str) -> dict[str, tuple[Entry | None, Entry | None]]:
    """Return the files in which two commits differ, and what each says of them."""
    parts = git.tell("diff-tree", "-r", "-z", "--no-renames", "--full-index", old, new).split("\0")
    found = {}
    for said, path in zip(parts[::2], parts[1::2], strict=False):
        old_mode, new_mode, was, will_be, _ = said.removeprefix(":").split(" ")
        found[path] = (_entry(old_mode, was), _entry(new_mode, will_be))
    return found


def _entry(mode: str, name: str) -> Entry | None:
    return None if mode == _NO_FILE else Entry(mode, name)


def _contents(git: Git, work: Path, new: str, files: Mapping[str, Entry | None]) -> dict[str, bytes | None]:
    """Return what the files will say on this disk: with its line ends, and through the user's filters."""
    also = {"GIT_INDEX_FILE": str(work / "moved-index")}
    git.tell("read-tree", new, reads_only=False, also=also)
    there = [path for path, entry in files.items() if entry and entry.mode in _FILES]
    given = "".join(f"{path}\0" for path in there).encode("utf-8", "surrogateescape")
    folder = work / "moved"
    words = ("checkout-index", "-z", "--stdin", f"--prefix={folder}/")
    answer = git.ask(*words, stdin=given, reads_only=False, also=also) if there else None
    if answer and answer.status != 0:
        raise failure(answer, "git does not give the files out")
    return {path: (folder / path).read_bytes() if path in there else None for path in files}


def _blocks(top: Path, path: str, known: Known, was: Entry | None, will_be: Entry | None) -> bool:
    """Tell whether a file is not as the old commit has it, or cannot be replaced."""
    if any(entry and entry.mode not in _FILES for entry in (was, will_be, known.entry)):
        return True
    try:
        refuse_unsafe_path(top, path)
    except OncallError:
        return True
    overlooked = any(tag.islower() or tag == "S" for tag in known.flags)
    return known.edited or overlooked or bool(known.flags & {"R", "?", "M"}) or known.entry != was


def _is_new_already(top: Path, known: Known, path: str, contents: Contents) -> bool:
    """Tell whether a file that git does not know says already what it is to say."""
    return known.entry is None and contents[path] is not None and content(top / path) == contents[path]


def _remove_empty_folders(top: Path, contents: Contents) -> None:
    """Remove the folders that the last file has left, as git does."""
    for path in (path for path, data in contents.items() if data is None):
        for folder in (top / path).parents:
            if folder == top:
                break
            with contextlib.suppress(OSError):
                folder.rmdir()
