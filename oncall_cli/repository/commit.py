"""One change, one commit: its files and nothing else; when it cannot be made, everything is as it was."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from oncall_cli.errors import Place, Refused, Unreadable
from oncall_cli.repository.atomic import FileChanges
from oncall_cli.repository.git import Git, failure
from oncall_cli.repository.git_state import locate, refuse_dirty, refuse_unready
from oncall_cli.repository.lock import writing
from oncall_cli.repository.mark import marked
from oncall_cli.repository.parse import problems_in
from oncall_cli.repository.safe_path import refuse_unsafe_path
from oncall_cli.repository.strays import name_problems

Contents = Mapping[str, bytes | None]


class Change(NamedTuple):
    """What a command wants: the new bytes of each file (None deletes it), and the message.

    ``base`` holds the bytes that the new ones were made from. A file that says something else by the time
    of writing is refused, so that of two people who change it at once neither is overwritten.
    """

    files: Contents
    subject: str
    body: str = ""
    base: Contents = MappingProxyType({})


class Committed(NamedTuple):
    """A commit that was made (no name for a dry run), the paths in it, and its subject."""

    sha_short: str
    paths: tuple[str, ...]
    subject: str


def commit_change(root: Path, change: Change, *, dry_run: bool = False) -> Committed:
    """Write the files of a change and commit them, or refuse and leave everything as it was."""
    files = dict(sorted(change.files.items()))
    for path, data in files.items():
        refuse_unsafe_path(root, path)
        _refuse_invalid(path, data)
    git = Git(root)
    repository = locate(git)
    with nullcontext() if dry_run else writing(repository.common_dir):
        refuse_unready(git, repository)
        _refuse_unfit(git, root, change)
        if dry_run:
            return Committed("", tuple(files), visible(change.subject))
        return _commit(git, root, change, files)


def diff_text(root: Path, change: Change) -> str:
    """Return what a change does to its files, as ``git diff`` would show it."""
    return "".join(
        line for path, data in sorted(change.files.items()) for line in _diff(path, _content(root, path), data)
    )


def visible(subject: str) -> str:
    """Return a subject of one line, with control characters spelled out."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in subject)


def _refuse_invalid(path: str, data: bytes | None) -> None:
    """Refuse a file that the model would not accept: nothing invalid is ever written."""
    if data is None:
        return
    for problem in (*name_problems(path), *problems_in(path, data)):
        message = f"'{path}' would be invalid: {problem.message}"
        raise Unreadable(message, problem.hint, problem.place)


def _refuse_unfit(git: Git, root: Path, change: Change) -> None:
    """Refuse files that are not as git, or the command, last saw them."""
    refuse_dirty(git, root, change.files)
    for path, data in change.base.items():
        if _content(root, path) != data:
            hint = "run the command again"
            raise Refused(f"'{path}' was changed by somebody else a moment ago", hint, Place(path))
    if all(_content(root, path) == data for path, data in change.files.items()):
        raise Refused("nothing would change")


def _commit(git: Git, root: Path, change: Change, files: Contents) -> Committed:
    head = git.head()
    written = FileChanges(root)
    new = [path for path in files if not (root / path).exists()]
    try:
        for path, data in files.items():
            written.apply(path, data)
        _call_git(git, change, files, new)
    except BaseException as wrong:
        # an interrupt can arrive when the commit has been made already
        if git.head() == head:
            _put_back(git, written, new)
        if isinstance(wrong, OSError):
            raise Refused(f"'{wrong.filename or root}' cannot be written: {wrong.strerror or wrong}") from wrong
        raise
    sha = git.tell("rev-parse", "--short", "HEAD").strip()
    return Committed(sha, tuple(files), visible(change.subject))


def _call_git(git: Git, change: Change, files: Contents, new: list[str]) -> None:
    """Let git make the commit of our paths alone, with the user's hooks, signing and identity."""
    if new:
        # git commits a path that it does not know only if it was announced
        answer = git.ask("add", "--intent-to-add", "--", *new, reads_only=False)
        if answer.status != 0:
            raise failure(answer, "git does not take the file")
    message = marked(visible(change.subject), change.body).encode()
    words = ("commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-", "--", *files)
    answer = git.ask(*words, stdin=message, reads_only=False)
    if answer.status != 0:
        raise failure(answer, "git did not make the commit")


def _put_back(git: Git, written: FileChanges, new: list[str]) -> None:
    written.undo()
    if new:
        git.ask("update-index", "--force-remove", "--", *new, reads_only=False)


def _content(root: Path, path: str) -> bytes | None:
    target = root / path
    return target.read_bytes() if target.is_file() else None


def _diff(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    old = f"a/{path}" if before is not None else "/dev/null"
    new = f"b/{path}" if after is not None else "/dev/null"
    for line in difflib.unified_diff(_lines(before), _lines(after), old, new):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "replace").splitlines(keepends=True)
