"""The two states that a review compares: which commits the words ``BASE...HEAD`` name."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.errors import NothingFound
from oncall_cli.repository.git import Git

_DEFAULT_BASES = ("@{upstream}", "origin/HEAD", "origin/main", "origin/master", "main", "master", "HEAD")
_SHALLOW = "this clone is shallow: run 'git fetch --unshallow', or set 'fetch-depth: 0' where CI checks out"


class Revision(NamedTuple):
    """A commit, as it was named and by its full name."""

    said: str
    sha: str


class Compared(NamedTuple):
    """What to compare: a commit with another, or (None) with the files in the work tree; and what to tell."""

    base: Revision
    head: Revision | None
    notes: tuple[str, ...] = ()


def revision(git: Git, said: str) -> Revision:
    """Return the commit that the words name; raise ``NothingFound`` for one that is not in this clone."""
    for name in (said, f"origin/{said}"):
        found = _commit(git, name)
        if found:
            return Revision(name, found)
    hint = _SHALLOW if is_shallow(git) else "see 'git branch --all' and 'git log', or run 'git fetch'"
    raise NothingFound(f"there is no revision '{said}' in this clone", hint)


def compared(git: Git, asked: str | None) -> Compared:
    """Return what ``BASE``, ``BASE...HEAD`` or ``BASE..HEAD`` compares.

    Only ``..`` takes the base as it is; otherwise it is where the two parted (the merge base), so that what
    others have done since then is not told as if it were undone.
    """
    if asked is None:
        return _since_parting(git, _default_base(git), None)
    exact = ".." in asked and "..." not in asked
    said, _, head_said = asked.partition(".." if exact else "...")
    base = revision(git, said or "HEAD")
    head = revision(git, head_said or "HEAD") if ".." in asked else None
    return Compared(base, head) if exact else _since_parting(git, base, head)


def _default_base(git: Git) -> Revision:
    for name in _DEFAULT_BASES:
        found = _commit(git, name)
        if found:
            return Revision(name, found)
    raise NothingFound("there is no commit to compare with", "make the first one, or name a base: 'oncall diff BASE'")


def _since_parting(git: Git, base: Revision, head: Revision | None) -> Compared:
    answer = git.ask("merge-base", base.sha, head.sha if head else "HEAD")
    parting = answer.out.strip()
    if parting:
        return Compared(base._replace(sha=parting), head)
    why = _SHALLOW if is_shallow(git) else "their histories are unrelated"
    return Compared(
        base,
        head,
        (f"nothing tells where '{base.said}' and the other side parted, so the two are compared as they are ({why})",),
    )


def _commit(git: Git, name: str) -> str | None:
    answer = git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return answer.out.strip() or None if answer.status == 0 else None


def is_shallow(git: Git) -> bool:
    """Tell whether a clone has only the last commits, so that older ones seem to be by whoever made the first."""
    return git.ask("rev-parse", "--is-shallow-repository").out.strip() == "true"
