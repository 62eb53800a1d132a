"""A remote on disk and the clones of several people, for the tests of sharing."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from oncall_cli.repository.commit import Change, Committed, commit_change
from oncall_cli.repository.sync import Synced, Wish, sync
from tests.conftest import TeamFolder


class Clone(TeamFolder):
    """One person's clone."""

    def record(self, path: str, text: str | None, subject: str = "Change a record") -> Committed:
        """Make one commit as every command does."""
        return commit_change(self.root, Change({path: None if text is None else text.encode()}, subject))

    def edit(self, path: str, old: str, new: str, subject: str = "Edit a record") -> Committed:
        """Make one commit that replaces a text in a file."""
        assert old in self.read(path)
        return self.record(path, self.read(path).replace(old, new), subject)

    def sync(self, seconds: float = 20, *, dry_run: bool = False, rebase: bool = False) -> Synced:
        """Share."""
        return sync(self.root, Wish(seconds, dry_run, rebase))

    def tip(self, name: str = "HEAD") -> str:
        """Return the commit that a name means here."""
        return self.git("rev-parse", name).strip()

    def subjects(self, name: str = "HEAD") -> list[str]:
        """Return the first lines of a history, the newest first."""
        return self.git("log", "--format=%s", name).splitlines()


class Remote:
    """A bare repository, and the way to clone it."""

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        self.folder = folder
        self.bare = folder / "remote.git"
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare)], check=True)
        first = self.clone("first")
        first.commit(files, "The team begins")
        first.git("push", "--quiet", "origin", "main")
        self.first = first

    def clone(self, person: str) -> Clone:
        """Return a new clone with an identity."""
        root = self.folder / person
        subprocess.run(["git", "clone", "--quiet", str(self.bare), str(root)], check=True, capture_output=True)
        made = Clone(root)
        made.git("config", "user.name", person.title())
        made.git("config", "user.email", f"{person}@example.com")
        return made

    def hook(self, name: str, text: str) -> None:
        """Give the remote a hook; an empty text takes it away."""
        path = self.bare / "hooks" / name
        path.unlink(missing_ok=True)
        if text:
            path.write_text(f"#!/bin/sh\n{text}\n")
            path.chmod(0o755)

    def git(self, *arguments: str) -> str:
        """Run git in the bare repository."""
        return TeamFolder(self.bare).git(*arguments)

    def subjects(self) -> list[str]:
        """Return the first lines of the branch, the newest first."""
        return self.git("log", "--format=%s", "main").splitlines()


def leftovers(clone: TeamFolder) -> list[str]:
    """Return what a clean repository does not have: locks, stashes, states of a merge or rebase, our own journal."""
    git = clone.root / ".git"
    names = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "sequencer")
    found = [name for name in names if (git / name).exists()]
    found += [str(path.relative_to(git)) for path in git.rglob("*.lock") if path.parent != git or _is_gits(path)]
    found += clone.git("stash", "list").splitlines()
    found += ["journal"] if (git / "oncall" / "journal").exists() else []
    found += [str(path) for path in clone.root.rglob(".*.tmp")]
    return found


def _is_gits(path: Path) -> bool:
    """Tell git's locks from ours, which are files that stay and are locked by the operating system."""
    return not path.name.startswith("oncall")
