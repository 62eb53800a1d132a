"""The user's own work in a team's repository: a file in every state that git knows, none of it oncall's business."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.faults.environment import plain_environment

# Long past, so that nothing depends on how fast the preparation was.
_THEN = 1_700_000_000

COMMITTED = {
    ".gitignore": "*.log\n",
    "notes/plan.md": "The plan\n",
    "notes/half.md": "First half\n\n\n\n\nSecond half\n",
    "notes/dirty.md": "Clean\n",
    "notes/racy.md": "Before\n",
    "notes/gone.md": "Deleted by hand\n",
    "notes/removed.md": "Removed from the index alone\n",
    "notes/dropped.md": "Removed altogether\n",
    "notes/run.sh": "#!/bin/sh\n",
    "notes/assumed.md": "Git is told not to look\n",
    "rotations/people/zoe.yaml": "name: Zoe\n",
}
_THE_USERS = ("notes/", ".gitignore", "rotations/people/zoe.yaml", "rotations/people/yan.yaml")


def is_the_users(path: str) -> bool:
    """Whether a file is one of the user's own."""
    return path.startswith(_THE_USERS)


def git(root: Path, *words: str) -> str:
    """Run git in a folder; a failure is a failure of the preparation."""
    environment = plain_environment()
    return subprocess.run(
        ["git", *words], cwd=root, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files, by their paths under the root."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def begin(root: Path, files: Mapping[str, str], *words: str) -> None:
    """Make a repository of committed files, with Carol's identity; the words are for ``git init``."""
    root.mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch=main", "--template=", *words)
    introduce(root)
    write(root, files)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "The team begins")
    age(root)
    git(root, "update-index", "--refresh")


def introduce(root: Path) -> None:
    """Tell a repository who the user is, and git not to mind how its files came there."""
    # A repository that is put back by copying has other inodes each time; git is told not to mind.
    for name, value in {
        "user.name": "Carol",
        "user.email": "carol@example.com",
        "core.checkStat": "minimal",
        "core.trustCtime": "false",
    }.items():
        git(root, "config", name, value)


def leave(root: Path) -> None:
    """Leave work of the user's in every state that git knows."""
    write(root, {"notes/plan.md": "The plan, staged\n", "notes/half.md": "First half, staged\n\n\n\n\nSecond half\n"})
    write(root, {"rotations/people/zoe.yaml": "name: Zoe Z.\n", "rotations/people/yan.yaml": "name: Yan\n"})
    git(root, "add", "--all")
    write(root, {"notes/intent.md": "To be added\n"})
    git(root, "add", "--intent-to-add", "notes/intent.md")
    git(root, "rm", "--quiet", "--cached", "notes/removed.md")
    git(root, "rm", "--quiet", "notes/dropped.md")
    git(root, "update-index", "--assume-unchanged", "notes/assumed.md")
    write(root, {"notes/assumed.md": "Edited all the same\n", "notes/dirty.md": "Dirty\r\n\x00bytes\n"})
    write(root, {"notes/half.md": "First half, staged\n\n\n\n\nSecond half, dirty\n", "notes/racy.md": "Behind\n"})
    write(root, {"notes/new.md": "Untracked\n", "notes/ignored.log": "Ignored\n"})
    (root / "notes/gone.md").unlink()
    (root / "notes/run.sh").chmod(0o755)
    age(root)


def age(root: Path) -> None:
    """Give every file the same old time: git then cannot tell by it which were edited after the index was written."""
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (_THEN, _THEN))
