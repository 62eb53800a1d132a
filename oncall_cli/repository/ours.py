"""The commits that oncall made, known by their mark."""

from __future__ import annotations

from oncall_cli.errors import NothingFound, Refused
from oncall_cli.repository.git import Git
from oncall_cli.repository.log import LogEntry, entry_of
from oncall_cli.repository.mark import TRAILER, mark_of
from oncall_cli.repository.revisions import revision

_ANY = "[0-9a-f]{16}"
_SHORT = 9


def last_of_ours(git: Git, mark: str = _ANY) -> LogEntry | None:
    """Return the last commit of the branch that bears a mark, or that very one."""
    if git.head() is None:
        return None
    # the pattern also finds a mark in the middle of a message, where it is none
    sha = _first_marked(git, mark, "--max-count=8") or _first_marked(git, mark)
    return entry_of(git, sha) if sha else None


def _first_marked(git: Git, mark: str, *more: str) -> str | None:
    words = ("log", "-z", "--extended-regexp", f"--grep=^{TRAILER}: {mark}$", "--format=%H%n%B", "--encoding=UTF-8")
    for said in git.tell(*words, *more, "--no-show-signature", "--no-color", "HEAD", "--").split("\0"):
        sha, _, message = said.strip("\n").partition("\n")
        if mark_of(message):
            return sha
    return None


def ours_named(git: Git, said: str) -> LogEntry:
    """Return the commit of oncall's that a revision names; refuse every other one.

    A commit that was moved since, as by a rebase or a sync, is found again by its mark.
    """
    sha = revision(git, said).sha
    entry = entry_of(git, sha)
    if entry.mark is None:
        raise Refused(
            f"commit {sha[:_SHORT]} was not made by oncall, which takes back only what it made",
            hint=f"'git revert {sha[:_SHORT]}' takes it back",
        )
    if git.ask("merge-base", "--is-ancestor", sha, "HEAD").status == 0:
        return entry
    moved = last_of_ours(git, entry.mark)
    if moved is None:
        message = f"commit {sha[:_SHORT]} is not in this branch, so there is nothing of it to take back"
        raise NothingFound(message, "switch to a branch that has it; 'oncall history' tells what this one has")
    return moved
