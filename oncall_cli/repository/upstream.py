"""The branch of the remote that a branch follows, and which of our commits it has not got."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.git import Git
from oncall_cli.repository.mark import mark_of

_HEADS = "refs/heads/"
_SEEN = "refs/oncall/upstream"
_PUBLISHED = "refs/oncall/published"


class Upstream(NamedTuple):
    """Where a branch's commits go: the remote, its branch by its full name, and git's own copy of that, if any."""

    remote: str
    branch: str
    tracking: str

    @property
    def name(self) -> str:
        """How people call it: ``origin/main``."""
        return f"{self.remote}/{self._short}"

    @property
    def seen(self) -> str:
        """The private ref into which its tip is fetched; it is never deleted."""
        return f"{_SEEN}/{self.remote}/{self._short}"

    @property
    def published(self) -> str:
        """The private ref that names what the two branches had in common when a sync was last over."""
        return f"{_PUBLISHED}/{self.remote}/{self._short}"

    @property
    def _short(self) -> str:
        return self.branch.removeprefix(_HEADS)


def current_branch(git: Git) -> str:
    """Return the branch that is checked out, by its full name."""
    answer = git.ask("symbolic-ref", "--quiet", "HEAD")
    if answer.status != 0:
        raise GitInTheWay("no branch is checked out (detached HEAD)", "check one out, with 'git switch BRANCH'")
    return answer.out.strip()


def upstream_of(git: Git, branch: str) -> Upstream:
    """Return what a branch follows; say how to make it follow one where it does not."""
    short = branch.removeprefix(_HEADS)
    remote, merge = (git.setting(f"branch.{short}.{key}") for key in ("remote", "merge"))
    if remote and merge and merge.startswith(_HEADS):
        tracking = git.ask("for-each-ref", "--format=%(upstream)", branch).out.strip()
        return Upstream(remote, merge, tracking)
    remotes = git.ask("remote").out.split()
    if not remotes:
        hint = f"git remote add origin URL, then git push --set-upstream origin {short}"
        raise GitInTheWay("there is no remote to share with", hint)
    chosen = "origin" if "origin" in remotes else remotes[0]
    raise GitInTheWay(
        f"the branch '{short}' follows no branch of a remote",
        f"git push --set-upstream {chosen} {short}, or git branch --set-upstream-to={chosen}/{short}",
    )


class Waiting(NamedTuple):
    """How many commits the upstream branch has not got: those that oncall made, and the user's own."""

    ours: int
    users: int


def unpushed(git: Git) -> Waiting | None:
    """Return what the upstream branch has not got, as far as is known here; None without an upstream branch.

    A commit of ours that was published on top of others' has another name there, and the same mark.
    """
    words = ("log", "-z", "--no-show-signature", "--left-right", "--format=%m%B", "@{upstream}...HEAD", "--")
    answer = git.ask(*words)
    if answer.status != 0:
        return None
    told = [one for one in answer.out.split("\0") if one]
    there = {mark_of(one) for one in told if one.startswith("<")} - {None}
    marks = [mark_of(one) for one in told if one.startswith(">")]
    return Waiting(sum(mark is not None and mark not in there for mark in marks), marks.count(None))
