"""What the files would say without one commit; nothing is written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import Place, Refused, Unreadable
from oncall_cli.practice.taking_back import edit_back, takes_back
from oncall_cli.repository.commit import Contents
from oncall_cli.repository.edit import Document
from oncall_cli.repository.files import Files
from oncall_cli.repository.git import Git
from oncall_cli.repository.log import FileChange, LogEntry
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.record_versions import data_of
from oncall_cli.repository.syntax import Data

_FILE = ("000000", "100644", "100755")
_SHORT = 9


class Reverted(NamedTuple):
    """The files now and without the commit; ``built_upon`` are those that were edited since and stand in the way."""

    before: Contents
    after: Contents
    built_upon: tuple[str, ...]


class _Versions(NamedTuple):
    """A file before the commit, after it, and as the branch holds it now."""

    old: bytes | None
    new: bytes | None
    now: bytes | None


def reverted(git: Git, files: Files, entry: LogEntry) -> Reverted:
    """Return what becomes of the files of a commit that is taken back."""
    _refuse_unfit(git, entry)
    objects, held = Objects(git), _held(git, [file.path for file in entry.files])
    before: dict[str, bytes | None] = {}
    after: dict[str, bytes | None] = {}
    built_upon = []
    for file in entry.files:
        versions = _Versions(*(_content(objects, name) for name in (file.before, file.after, held.get(file.path))))
        found, content = _without(git, file, versions)
        if not found:
            built_upon.append(file.path)
        elif content != versions.now:
            before[file.path] = files.read(file.path)
            after[file.path] = _as_checked_out(content, versions.now, before[file.path])
    return Reverted(before, after, tuple(built_upon))


def _refuse_unfit(git: Git, entry: LogEntry) -> None:
    """Refuse a commit that no commit of ours can take back."""
    name, sha = f"commit {entry.commit.sha[:_SHORT]}", entry.commit.sha
    if len(entry.parents) > 1:
        raise Refused(f"{name} is a merge, which is never taken back", f"see 'git revert --mainline 1 {sha[:_SHORT]}'")
    if not entry.parents:
        raise Refused(f"{name} is the first one: without it there is no team", "edit the files, or begin anew")
    whole = git.tell("diff-tree", "-r", "-z", "--no-commit-id", "--no-renames", "--name-only", sha).split("\0")
    if len([path for path in whole if path]) != len(entry.files):
        message = f"{name} also changed files outside of the team's folder"
        raise Refused(message, f"'git revert {sha[:_SHORT]}' takes it back")
    for file in entry.files:
        if any(mode not in _FILE for mode in file.modes):
            raise Refused(f"'{file.path}' is no regular file in {name}", "use 'git revert'", Place(file.path))


def _held(git: Git, paths: list[str]) -> dict[str, str]:
    """Return the objects of those of the files that the branch has now."""
    lines = git.tell("ls-tree", "-r", "-z", "HEAD", "--", *paths).split("\0") if paths else []
    found = (line.partition("\t") for line in lines if line)
    return {path: said.split()[2] for said, _, path in found}


def _content(objects: Objects, name: str | None) -> bytes | None:
    return objects.read(name) if name and name.strip("0") else None


def _without(git: Git, file: FileChange, versions: _Versions) -> tuple[bool, bytes | None]:
    """Return whether the change can be taken out of the file by itself, and what is left then."""
    old, new, now = versions
    if now == new:
        return True, old
    if now == old:
        return True, now
    if old is None or new is None or now is None:
        return False, None
    was, said, says = (data_of(content, file.path) for content in (old, new, now))
    for found in (_merged(git, now, new, old), _edited(file.path, now, was, said, says)):
        # lines that fit together may still mean something else; for a file that is no record lines are all there is
        is_record = (was, said, says) != (None, None, None)
        if found is not None and (not is_record or takes_back(was, said, says, data_of(found, file.path))):
            return True, found
    return False, None


def _edited(path: str, content: bytes, old: Data, new: Data, now: Data) -> bytes | None:
    """Edit the file so that it no longer says what the commit made it say; None where that is not one by one."""
    edit = edit_back(path, old, new, now) if None not in (old, new, now) else None
    if edit is None:
        return None
    try:
        document = Document(path, content)
        for keys, value in edit.sets:
            document.set(keys, value)
        # from the end, so that every index still means the item that it meant
        for keys in sorted(edit.removes, key=lambda keys: keys[-1] if isinstance(keys[-1], int) else -1, reverse=True):
            document.remove(keys)
        return document.to_bytes()
    except (Refused, Unreadable):
        return None


def _merged(git: Git, ours: bytes, base: bytes, theirs: bytes) -> bytes | None:
    """Merge line by line; None where both changed the same lines."""
    with tempfile.TemporaryDirectory(prefix="oncall-") as folder:
        names = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for name, content in zip(names, (ours, base, theirs), strict=True):
            name.write_bytes(content)
        answer = git.ask("merge-file", "--stdout", "--quiet", *map(str, names))
    # a byte that is no text would have been lost on the way
    lossless = "�" not in answer.out
    return answer.out.encode() if answer.status == 0 and lossless else None


def _as_checked_out(content: bytes | None, held: bytes | None, here: bytes | None) -> bytes | None:
    """Return the content with the line ends that git gave the file on this machine."""
    if content and held and here and b"\r\n" not in held and b"\r\n" in here:
        return content.replace(b"\n", b"\r\n")
    return content
