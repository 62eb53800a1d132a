"""A team's files as a commit holds them, read from git's objects; the checkout is not touched."""

from __future__ import annotations

from functools import cached_property

from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.git import Git
from oncall_cli.repository.limits import MOST_BYTES
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.strays import TOP_FOLDERS

_LINK = "120000"


class GitTree:
    """The files of one commit, in the folder of ``git``; two trees that share their objects read each once."""

    def __init__(self, git: Git, commit: str, objects: Objects | None = None) -> None:
        self.commit = commit
        self._git = git
        self._objects = objects or Objects(git)

    def read(self, path: str) -> bytes | None:
        """Return the content of a regular file, a byte more than may be at most."""
        if path not in self.blobs:
            return None
        mode, name = self.blobs[path]
        if mode == _LINK:
            raise OSError(f"'{path}' is a symbolic link, which is not followed in a commit")
        return self._objects.read(name)[: MOST_BYTES + 1]

    def list(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        return tuple(sorted(self._folders.get(folder, ())))

    @cached_property
    def blobs(self) -> dict[str, tuple[str, str]]:
        """The mode and the object's name of each of the team's files, by path; submodules hold none."""
        words = ("ls-tree", "-r", "-z", self.commit, "--", TEAM_FILE, *TOP_FOLDERS)
        lines = self._git.tell(*words).split("\0")
        entries = (line.partition("\t") for line in lines if line)
        found = ((path, said.split()) for said, _, path in entries)
        return {path: (mode, name) for path, (mode, kind, name) in found if kind == "blob"}

    @cached_property
    def _folders(self) -> dict[str, set[str]]:
        folders: dict[str, set[str]] = {}
        for path in self.blobs:
            folder, _, name = path.rpartition("/")
            while name not in folders.setdefault(folder, set()):
                folders[folder].add(name)
                if not folder:
                    break
                folder, _, name = folder.rpartition("/")
                name += "/"
        return folders


def changed_since(git: Git, commit: str) -> list[str]:
    """Return the paths of the team's files in the work tree that are not as in a commit, and of those it lacks."""
    where = ("--", TEAM_FILE, *TOP_FOLDERS)
    plain = ("--no-ext-diff", "--no-textconv", "--no-renames")
    differing = git.tell("diff", "--name-only", "--relative", "-z", *plain, commit, *where)
    unknown = git.tell("ls-files", "--others", "-z", *where)
    return sorted({path for path in f"{differing}{unknown}".split("\0") if path})
