"""The contents of git's objects: one process of git answers for all of them, and each is asked for once."""

from __future__ import annotations

from typing import Any

from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.git import GET_ALL, Git


class Objects:
    """Reads objects by their name, in the order in which they are wanted."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: Any = None
        self._known: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """Return the content of an object; raise ``GitInTheWay`` for one that this clone has not got."""
        if name not in self._known:
            self._known[name] = self._ask(name)
        return self._known[name]

    def found(self, revision: str) -> tuple[str, bytes] | None:
        """Return the name and the content of what a revision names now, None when it names nothing."""
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch")
        self._process.stdin.write(f"{revision}\n".encode())
        self._process.stdin.flush()
        answer = self._process.stdout.readline().split()
        if len(answer) != 3:
            return None
        content = self._process.stdout.read(int(answer[2]))
        self._process.stdout.readline()
        return answer[0].decode(), bytes(content)

    def close(self) -> None:
        """End the process; another one answers what is asked later."""
        if self._process is not None:
            self._process.stdin.close()
            self._process.stdout.close()
            self._process.wait()
            self._process = None

    def _ask(self, name: str) -> bytes:
        found = self.found(name)
        if found is None:
            message = f"git has not got the object '{name[:12]}' that this commit needs"
            raise GitInTheWay(f"{message}: the clone is partial, or damaged", f"{GET_ALL}, or see 'git fsck'")
        return found[1]
