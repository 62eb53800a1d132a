"""The commits that a branch has and its upstream has not: which of them are ours to share, and which are the user's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from oncall_cli.repository.git import Git
from oncall_cli.repository.mark import mark_of

_WHO = "%an%n%ae%n%ad%n%cn%n%ce%n%cd"
_FORMAT = f"%H%n%P%n{_WHO}%n%B"
_WHO_LINES = 6


class Who(NamedTuple):
    """Who wrote a commit, who made it, and when, as git wants to be told."""

    author: str
    author_email: str
    author_date: str
    committer: str
    committer_email: str
    committer_date: str

    def variables(self) -> dict[str, str]:
        """Return the variables by which git makes another commit of the same people and times."""
        return {
            "GIT_AUTHOR_NAME": self.author,
            "GIT_AUTHOR_EMAIL": self.author_email,
            "GIT_AUTHOR_DATE": f"@{self.author_date}",
            "GIT_COMMITTER_NAME": self.committer,
            "GIT_COMMITTER_EMAIL": self.committer_email,
            "GIT_COMMITTER_DATE": f"@{self.committer_date}",
        }


class LocalCommit(NamedTuple):
    """One commit: its names, who made it, and what it says."""

    sha: str
    parents: tuple[str, ...]
    who: Who
    message: str

    @property
    def mark(self) -> str | None:
        """The mark by which we know it again, None for one that is not ours."""
        return mark_of(self.message) if len(self.parents) < 2 else None

    @property
    def subject(self) -> str:
        """The first line of what it says."""
        return self.message.partition("\n")[0]


def commits(git: Git, *revisions: str, paths: Iterable[str] = ()) -> list[LocalCommit]:
    """Return commits, each after its parents."""
    shown = ("--no-show-signature", "--encoding=UTF-8", "--date=raw", f"--format={_FORMAT}")
    told = git.tell("log", "-z", "--topo-order", "--reverse", *shown, *revisions, "--", *paths)
    return [_commit(one) for one in told.split("\0") if one]


def _commit(told: str) -> LocalCommit:
    sha, parents, *rest = told.split("\n")
    return LocalCommit(sha, tuple(parents.split()), Who(*rest[:_WHO_LINES]), "\n".join(rest[_WHO_LINES:]))


class Unpublished(NamedTuple):
    """What a branch has that its upstream has not, oldest first, and how far the upstream is ahead of it."""

    ours: tuple[LocalCommit, ...]
    users: tuple[LocalCommit, ...]
    incoming: int
    """How many commits of others the upstream has that the branch has not."""
    there: frozenset[str]
    """The marks of ours that are upstream already, under another name."""


def unpublished(git: Git, head: str, tip: str, published: Iterable[str], settled: Collection[str]) -> Unpublished:
    """Return what a branch has not shared; what was ``published`` once, or is ``settled``, is not shared again."""
    if head == tip:
        return Unpublished((), (), 0, frozenset())
    theirs = commits(git, tip, f"^{head}")
    there = frozenset(one.mark for one in theirs if one.mark)
    mine = commits(git, head, f"^{tip}", *(f"^{one}" for one in published))
    ours = tuple(one for one in mine if one.mark and one.mark not in there and one.sha not in settled)
    users = tuple(one for one in mine if not one.mark)
    known = {one.mark for one in mine if one.mark}
    return Unpublished(ours, users, sum(one.mark not in known for one in theirs), there)
