"""The history of a team's files: which commit of whom added, edited, moved or removed which of them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.git import Git
from oncall_cli.repository.history import Commit
from oncall_cli.repository.mark import mark_of
from oncall_cli.repository.strays import TOP_FOLDERS

TEAM_PATHS = (TEAM_FILE, *TOP_FOLDERS)

# The message comes last and may hold line feeds; nothing in a commit can hold a NUL.
_FORMAT = "%x00%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00%s%x00%B%x00"
_FIELDS = 8
_LOG = ("log", "-z", "--raw", "--no-abbrev", "--find-renames", "-c", "--root", "--relative", "--no-color")
_PLAIN = ("--no-show-signature", "--encoding=UTF-8", f"--format={_FORMAT}")


class Verb(StrEnum):
    """What a commit did to a file."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    MOVED = "moved"


class FileChange(NamedTuple):
    """What a commit did to one file, what the file was called before, and the objects of its contents."""

    verb: Verb
    path: str
    old_path: str
    before: str
    after: str
    modes: tuple[str, str]


class LogEntry(NamedTuple):
    """A commit with what it did; ``mark`` tells that oncall made it, ``authored`` when somebody did so first."""

    commit: Commit
    authored: int
    parents: tuple[str, ...]
    mark: str | None
    files: tuple[FileChange, ...]


class Query(NamedTuple):
    """Which commits to tell: of which files, written in ``[since, until)`` by which e-mails, and how many at most.

    With ``after`` only those that came upon that commit.
    """

    paths: tuple[str, ...] = TEAM_PATHS
    follow: bool = False
    since: int | None = None
    until: int | None = None
    emails: frozenset[str] | None = None
    limit: int = 20
    after: str | None = None

    def takes(self, entry: LogEntry) -> bool:
        """Tell whether an entry is asked for; a merge that only brings others' commits together is not."""
        return (
            bool(entry.files)
            and (self.since is None or entry.authored >= self.since)
            and (self.until is None or entry.authored < self.until)
            and (self.emails is None or entry.commit.author_email.casefold() in self.emails)
        )


def log(git: Git, query: Query) -> list[LogEntry]:
    """Return the commits that are asked for, newest first; git is asked for more only when too few were."""
    if git.head() is None:
        return []
    count = query.limit
    while True:
        read = list(_entries(git.tell(*_LOG, *_PLAIN, *_words(query, count)).split("\0")))
        found = [entry for entry in read if query.takes(entry)]
        if len(found) >= query.limit or len(read) < count:
            return found[: query.limit]
        count *= 4


def entry_of(git: Git, sha: str) -> LogEntry:
    """Return what one commit did to the files of the team's folder, a file that was moved as two."""
    words = (*_LOG, "--no-renames", *_PLAIN, "--max-count=1", sha, "--")
    return next(_entries(git.tell(*words).split("\0")))


def removed_paths(git: Git) -> list[str]:
    """Return the team's files that were there once and were removed or moved, by path."""
    words = ("log", "-z", "--name-only", "--no-renames", "--diff-filter=D", "--relative", "--format=")
    if git.head() is None:
        return []
    return sorted({path for path in git.tell(*words, "HEAD", "--", *TEAM_PATHS).split("\0") if path.strip()})


def _words(query: Query, count: int) -> list[str]:
    # what somebody wrote before a moment may be committed later, by a rebase or a sync, and never earlier
    since = [] if query.since is None else [f"--max-age={max(query.since, 0)}"]
    follow = ["--follow"] if query.follow else []
    commits = f"{query.after}..HEAD" if query.after else "HEAD"
    return [f"--max-count={count}", *since, *follow, commits, "--", *query.paths]


def _entries(words: list[str]) -> Iterator[LogEntry]:
    position = 0
    while position < len(words):
        if not words[position].strip("\n"):
            position += 1
            continue
        sha, parents, name, email, authored, committed, subject, message = words[position : position + _FIELDS]
        files, position = _files(words, position + _FIELDS)
        commit = Commit(sha, name, email, int(committed), subject)
        yield LogEntry(commit, int(authored), tuple(parents.split()), mark_of(message), tuple(files))


def _files(words: list[str], position: int) -> tuple[list[FileChange], int]:
    """Read the files of one commit from a position; return them, and the position behind them."""
    files = []
    while position < len(words):
        head = words[position].lstrip("\n")
        if head and not head.startswith(":"):
            break
        position += 1
        if head:
            names = 2 if head.count(":") == 1 and head.rsplit(" ", 1)[1][0] in "RC" else 1
            files.append(_file(head, words[position : position + names]))
            position += names
    return files, position


def _file(head: str, names: list[str]) -> FileChange:
    """Read one line of git's raw format; a merge names every parent's content, of which the first counts."""
    sources = len(head) - len(head.lstrip(":"))
    words = head.lstrip(":").split(" ")
    modes, objects, status = words[: sources + 1], words[sources + 1 : -1], words[-1]
    return FileChange(
        _verb(status, modes[0], modes[-1]), names[-1], names[0], objects[0], objects[-1], (modes[0], modes[-1])
    )


def _verb(status: str, before: str, after: str) -> Verb:
    if status.startswith("R"):
        return Verb.MOVED
    if not before.strip("0") or status.startswith("C"):
        return Verb.ADDED
    return Verb.EDITED if after.strip("0") else Verb.REMOVED
