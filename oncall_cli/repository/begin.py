"""The beginning of a team's repository: a folder, git in it, and the first commit; all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from oncall_cli.errors import Refused
from oncall_cli.repository.commit import Change, Committed, commit_change
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.git import Git, Identity
from oncall_cli.repository.unfinished import mend_unfinished

_ASIDE = ".oncall-init"


def refuse_begun(folder: Path) -> None:
    """Refuse a folder in which, or above which, a team has begun already."""
    mend_unfinished(folder)
    if begun := begun_at(folder):
        raise Refused(
            f"'{begun}' is the repository of a team already",
            hint="choose a folder outside of it, or add a rotation to it: rotations/<name>/rotation.yaml",
        )


def begun_at(folder: Path) -> Path | None:
    """Return the folder, this one or one above it, in which a team has begun already."""
    return next((one for one in (folder, *folder.parents) if (one / TEAM_FILE).exists()), None)


def identity_near(folder: Path) -> Identity:
    """Return who git takes the user for, in a folder that may not exist yet."""
    return _git_above(folder).identity()


def missing_files(folder: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    """Return those of the files that are not there yet; what is there is never overwritten."""
    return {path: text.encode() for path, text in files.items() if not (folder / path).exists()}


def begin(folder: Path, change: Change) -> Committed:
    """Make the folder and its git repository where there is none, and the commit."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    # a `.git` that git does not like, as another user's, is still not ours to replace
    has_git = (folder / ".git").exists() or _git_above(folder).ask("rev-parse", "--git-dir").status == 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not has_git:
            _git_init(folder)
        return commit_change(folder, change)
    except BaseException:
        if not has_git:
            shutil.rmtree(folder / ".git", ignore_errors=True)
        for one in made:
            if one.is_dir() and not any(one.iterdir()):
                one.rmdir()
        raise


def _git_init(folder: Path) -> None:
    git = Git(folder)
    # git 2 still begins with another name, unless the user has chosen one
    branch = () if git.setting("init.defaultBranch") else ("--initial-branch=main",)
    # made aside and moved here whole, since half a repository is none to git and would be in the way for ever
    aside = folder / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    try:
        git.tell("init", "--quiet", *branch, "--", _ASIDE, reads_only=False)
        (aside / ".git").rename(folder / ".git")
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _git_above(folder: Path) -> Git:
    return Git(next(one for one in (folder, *folder.parents) if one.is_dir()))
