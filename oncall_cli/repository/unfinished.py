"""Whether a command died in this repository: one look at the disk, so that every command can afford it."""

from __future__ import annotations

import os
from pathlib import Path

from oncall_cli.errors import OncallError
from oncall_cli.repository.journal_place import has_journal


def mend_unfinished(root: Path) -> str:
    """Finish or forget what a dead process left, if that can be done at once; return the subject if it is finished.

    Whoever only reads goes on without it; whoever writes is told by the writing what is in the way.
    """
    git_dir = git_dir_of(root)
    if git_dir is None or not has_journal(git_dir) or not os.access(git_dir, os.W_OK):
        return ""
    # git is imported only when something is to be mended: `who` is to answer at once
    from oncall_cli.repository.git import Git
    from oncall_cli.repository.git_state import locate
    from oncall_cli.repository.lock import writing
    from oncall_cli.repository.recovery import mend

    try:
        repository = locate(Git(root))
        with writing(repository.common_dir, patience=0) as held:
            return mend(repository, held)
    except (OncallError, OSError):
        return ""


def git_dir_of(root: Path) -> Path | None:
    """Return where git keeps the repository that a folder is in, as the disk says without asking git."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_dir():
            return git
        if git.is_file():
            return folder / git.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
    return None
