"""One change, one commit: its files and nothing else; when it cannot be made, everything is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from oncall_cli.errors import GitInTheWay, Overtaken, Place, Refused
from oncall_cli.repository.acceptable import refuse_invalid
from oncall_cli.repository.change_diff import diff_of, visible
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import Repository, locate, refuse_unknown_author
from oncall_cli.repository.journal_place import has_journal
from oncall_cli.repository.lock import turn, writing
from oncall_cli.repository.mark import mark_of, marked
from oncall_cli.repository.new_commit import Contents, tip
from oncall_cli.repository.protocol import Writer
from oncall_cli.repository.recovery import mend
from oncall_cli.repository.safe_path import refuse_unsafe_path
from oncall_cli.repository.user_hooks import user_hooks
from oncall_cli.repository.work_files import content

__all__ = ["Change", "Committed", "Contents", "commit_change", "diff_text", "visible"]

_TRIES = 10


class Change(NamedTuple):
    """What a command wants: the new bytes of each file (None deletes it), and the message.

    ``base`` holds the bytes that the new ones were made from. A file that says something else by the time
    of writing is refused, so that of two people who change it at once neither is overwritten. With
    ``by_hand`` the files say it already, because somebody edited them, and only the commit is to be made.
    """

    files: Contents
    subject: str
    body: str = ""
    base: Contents = MappingProxyType({})
    by_hand: bool = False


class Committed(NamedTuple):
    """A commit that was made (no name for a dry run), the paths in it, and its subject."""

    sha_short: str
    paths: tuple[str, ...]
    subject: str
    sha: str = ""
    mark: str = ""
    mended: str = ""
    """What was finished on the way for a command that had died; empty for nothing."""


def commit_change(root: Path, change: Change, *, dry_run: bool = False) -> Committed:
    """Write the files of a change and commit them, or refuse and leave everything as it was."""
    files = dict(sorted(change.files.items()))
    for path, data in files.items():
        refuse_unsafe_path(root, path)
        refuse_invalid(path, data)
    try:
        repository = locate(Git(root))
        if dry_run:
            return _foreseen(repository, change, files)
        with turn(repository.common_dir) as patience, _told_where_to_wait(repository):
            return _commit(repository, change, files, patience)
    except OSError as wrong:
        raise Refused(f"'{wrong.filename or root}' cannot be written: {wrong.strerror or wrong}") from wrong


def diff_text(root: Path, change: Change) -> str:
    """Return what a change does to its files, as ``git diff`` would show it."""
    return diff_of(root, change.files)


def _foreseen(repository: Repository, change: Change, files: Contents) -> Committed:
    """Return what would be committed, or refuse as the commit itself would."""
    tip(repository, _from_top(repository, files), by_hand=change.by_hand)
    _refuse_unfit(repository.root, change)
    refuse_unknown_author(repository.at_top)
    return Committed("", tuple(files), visible(change.subject))


def _commit(repository: Repository, change: Change, files: Contents, patience: float) -> Committed:
    hooks = user_hooks(repository)
    message = marked(visible(change.subject), change.body)
    writer = Writer(repository, hooks, _from_top(repository, files), message, by_hand=change.by_hand)
    sha, mended = _written(repository, change, writer, patience)
    hooks.after()
    repository.at_top.tidy(repository.common_dir)
    mark = mark_of(message) or ""
    return Committed(sha[: repository.short], tuple(files), visible(change.subject), sha, mark, mended)


def _written(repository: Repository, change: Change, writer: Writer, patience: float) -> tuple[str, str]:
    """Return the commit, and what was finished on the way; begin again when another process was faster."""
    mended = ""
    if has_journal(repository.git_dir):
        with writing(repository.common_dir, patience) as held:
            mended = mend(repository, held)
    for _ in range(_TRIES):
        draft = writer.draft()
        with writing(repository.common_dir, patience) as held:
            mended = mend(repository, held) or mended
            _refuse_unfit(repository.root, change)
            sha = writer.write(held, draft)
        if sha is not None:
            return sha, mended
    raise GitInTheWay("others commit to this branch all the time", "try again in a moment")


@contextmanager
def _told_where_to_wait(repository: Repository) -> Iterator[None]:
    """Let whoever is overtaken know where those wait who were."""
    try:
        yield
    except Overtaken as overtaken:
        overtaken.queue = str(repository.common_dir)
        raise


def _refuse_unfit(root: Path, change: Change) -> None:
    """Refuse files that are not as the command last saw them."""
    for path, data in change.base.items():
        if content(root / path) != data:
            hint = "run the command again"
            raise Overtaken(f"'{path}' was changed by somebody else a moment ago", hint, Place(path))
    if not change.by_hand and all(content(root / path) == data for path, data in change.files.items()):
        raise Refused("nothing would change")


def _from_top(repository: Repository, files: Contents) -> dict[str, bytes | None]:
    return {f"{repository.prefix}{path}": data for path, data in files.items()}
