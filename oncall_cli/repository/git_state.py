"""What must be so before anything is touched: a branch, nothing half done, a known author, clean files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import GitInTheWay, Place, Refused
from oncall_cli.repository.git import Git, failure

_UNDER_WAY = {
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "sequencer": "cherry-pick",
    "BISECT_LOG": "bisect",
}


class Repository(NamedTuple):
    """Where git keeps what it knows: this work tree's own folder, and the one that all work trees share."""

    git_dir: Path
    common_dir: Path


def locate(git: Git) -> Repository:
    """Return where git keeps the repository of its folder, which must have files to change."""
    answer = git.ask("rev-parse", "--is-bare-repository", "--git-dir", "--git-common-dir")
    if answer.status != 0:
        raise failure(answer)
    bare, git_dir, common_dir = answer.out.splitlines()
    if bare == "true":
        raise GitInTheWay("this is a bare repository, which has no files to change", "work in a clone of it")
    return Repository(git.folder / git_dir, git.folder / common_dir)


def refuse_unready(git: Git, repository: Repository) -> None:
    """Say what keeps a repository from taking a commit now."""
    _refuse_under_way(repository.git_dir)
    _refuse_detached(git)
    _refuse_unknown_author(git)


def under_way(git_dir: Path) -> str | None:
    """Return what git is in the middle of, such as a rebase."""
    return next((what for name, what in _UNDER_WAY.items() if (git_dir / name).exists()), None)


def _refuse_under_way(git_dir: Path) -> None:
    if what := under_way(git_dir):
        end = "git bisect reset" if what == "bisect" else f"git {what} --continue' or 'git {what} --abort"
        raise GitInTheWay(f"a {what} is under way", f"end it first, with '{end}'")


def _refuse_detached(git: Git) -> None:
    if git.ask("symbolic-ref", "--quiet", "HEAD").status != 0:
        raise GitInTheWay("no branch is checked out (detached HEAD)", "check one out, with 'git switch BRANCH'")


def _refuse_unknown_author(git: Git) -> None:
    """Refuse to let git guess an author from the names of the user and the machine."""
    for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        if git.ask("-c", "user.useConfigOnly=true", "var", who).status != 0:
            raise GitInTheWay(
                "git does not know who you are",
                "run 'git config --global user.name \"Your Name\"' "
                "and 'git config --global user.email you@example.com'",
            )


def refuse_dirty(git: Git, root: Path, files: Mapping[str, bytes | None]) -> None:
    """Refuse a file that was edited or staged by hand, or that git does not know yet."""
    paths = sorted(files)
    listed = git.tell("ls-files", "-v", "-z", "--", *paths).split("\0")
    tags = {path: tag for tag, _, path in (one.partition(" ") for one in listed) if path}
    for path in paths:
        _refuse_untracked(root, path, tags.get(path), deletes=files[path] is None)
    status = ("status", "--porcelain=v2", "-z", "--untracked-files=all", "--ignored=matching", "--", *paths)
    changed = git.tell(*status).split("\0")
    for path in paths:
        if any(one.endswith((f" {path}", f"/{path}")) for one in changed):
            raise Refused(
                f"'{path}' has changes that are not committed",
                f"commit them with 'git commit -- {path}', or take them back with 'git restore'",
                Place(path),
            )


def _refuse_untracked(root: Path, path: str, tag: str | None, deletes: bool) -> None:
    """Compare what git knows of a path with what is on the disk."""
    exists = (root / path).exists()
    if tag is None and exists:
        hint = f"commit it with 'git add -- {path}' and 'git commit', or move it away"
        raise Refused(f"'{path}' exists already and git does not know it", hint, Place(path))
    if tag is None and deletes:
        raise Refused(f"'{path}' does not exist", "", Place(path))
    if tag is not None and not exists:
        hint = "bring it back with 'git restore', or widen the sparse checkout"
        raise Refused(f"'{path}' is in the repository but not on the disk", hint, Place(path))
    if tag is not None and tag != "H":
        hint = f"run 'git update-index --no-assume-unchanged --no-skip-worktree {path}'"
        raise Refused(f"git was told not to look at changes of '{path}'", hint, Place(path))
