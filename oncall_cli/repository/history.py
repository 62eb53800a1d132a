"""Questions to git's history: who changed a file or a line last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.repository.git import Git, failure

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


def line_commit(git: Git, path: str, line: int) -> Commit | None:
    """Return the commit that a line of a file comes from; None for one that is not committed, or not there."""
    answer = git.ask("blame", "--porcelain", "-L", f"{line},{line}", "--", path)
    if answer.status != 0:
        if git.ask("rev-parse", "--git-dir").status != 0:
            raise failure(answer)
        return None
    first, *rest = answer.out.splitlines()
    sha = first.split(" ", 1)[0]
    if not sha.strip("0"):
        return None
    said = dict(text.partition(" ")[::2] for text in rest if not text.startswith("\t"))
    email = said["author-mail"].removeprefix("<").removesuffix(">")
    return Commit(sha, said["author"], email, int(said["committer-time"]), said.get("summary", ""))
