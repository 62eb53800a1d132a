"""Questions to git's history: who changed a file or a line last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.errors import NothingFound
from oncall_cli.repository.git import Git, failure
from oncall_cli.repository.revisions import is_shallow, revision

_EMAIL = re.compile(r"<([^<>\s]+)>")
_BARE = re.compile(r"(\S+)")
_FORMAT = "%H%x00%an%x00%ae%x00%ct%x00%s"


class Commit(NamedTuple):
    """One commit: its full name, its author, when it was committed (an instant), and its first line."""

    sha: str
    author_name: str
    author_email: str
    committed: int
    subject: str


def last_commit(git: Git, paths: Sequence[str] = ()) -> Commit | None:
    """Return the last commit that changed one of the paths, or the last of all without paths."""
    if git.head() is None:
        return None
    words = ("log", "-1", "--no-show-signature", f"--format={_FORMAT}", "HEAD", "--", *paths)
    answer = git.tell(*words).rstrip("\n")
    if not answer:
        return None
    sha, name, email, committed, subject = answer.split("\0")
    return Commit(sha, name, email, int(committed), subject)


def emails_between(git: Git, base: str, head: str = "HEAD") -> frozenset[str]:
    """Return the e-mails of those who made the commits after ``base`` up to ``head``, alone or with others."""
    words = "%ae%n%(trailers:key=Co-authored-by,valueonly,unfold)"
    lines = git.tell("log", "--no-show-signature", f"--format={words}", f"{base}..{head}", "--").splitlines()
    found = (_EMAIL.search(line) or _BARE.fullmatch(line.strip()) for line in lines)
    return frozenset(one[1].casefold() for one in found if one)


def commit_named(git: Git, said: str) -> Commit | None:
    """Return the commit that a revision names, None for words that name none in this clone."""
    try:
        found = revision(git, said)
    except NothingFound:
        # git that is missing, or outside of a repository, finds no name either, and says so here
        git.tell("rev-parse", "--git-dir")
        return None
    return _commit(git, found.sha)


def commit_at(git: Git, moment: int) -> Commit | None:
    """Return the commit at which the branch stood at a moment, None when it had not begun.

    Only first parents count: what was merged later was on another branch then, whenever it was made.
    """
    if moment < 0 or git.head() is None:
        return None
    answer = git.tell("rev-list", "-1", "--first-parent", f"--min-age={moment}", "HEAD", "--")
    return _commit(git, answer.strip()) if answer.strip() else None


def _commit(git: Git, sha: str) -> Commit:
    words = ("log", "-1", "--no-show-signature", "--encoding=UTF-8", f"--format={_FORMAT}", sha, "--")
    _sha, name, email, committed, subject = git.tell(*words).rstrip("\n").split("\0")
    return Commit(sha, name, email, int(committed), subject)


def line_commit(git: Git, path: str, line: int, sha: str | None = None) -> Commit | None:
    """Return the commit that a line of a file comes from; None for one that is not committed, or not there.

    The line is one of the file in the work tree, or as a commit holds it. In a shallow clone a line may be older
    than all that it has; nobody is named for it then.
    """
    at = (sha,) if sha else ()
    answer = git.ask("blame", "--porcelain", "--encoding=UTF-8", "-L", f"{line},{line}", *at, "--", path)
    if answer.status != 0:
        if git.ask("rev-parse", "--git-dir").status != 0:
            raise failure(answer)
        return None
    first, *rest = answer.out.splitlines()
    sha = first.split(" ", 1)[0]
    if not sha.strip("0"):
        return None
    said = dict(text.partition(" ")[::2] for text in rest if not text.startswith("\t"))
    if "boundary" in said and is_shallow(git):
        return None
    email = said["author-mail"].removeprefix("<").removesuffix(">")
    return Commit(sha, said["author"], email, int(said["committer-time"]), said.get("summary", ""))
