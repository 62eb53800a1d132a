"""The one way to call git: what may come from the data stands behind ``--``, what a caller left behind is dropped."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import Any, NamedTuple

from oncall_cli.errors import GitInTheWay

# GitPython looks for git while it is imported and would raise there; we tell of a missing git ourselves
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")

from git.cmd import Git as GitCommand
from git.exc import GitCommandNotFound

# what a hook, an alias or another repository's git leaves in the environment
_INHERITED = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
_ENVIRONMENT = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1"}
_ALWAYS = ("-c", "safe.bareRepository=explicit", "-c", "protocol.ext.allow=never")
_NO_PAGER = ("--no-pager",)
_MOST_WORDS = 6


class Answer(NamedTuple):
    """How a call of git ended, and what it said."""

    status: int
    out: str
    err: str


class Identity(NamedTuple):
    """Who git takes the user for; None for what it was never told."""

    name: str | None
    email: str | None


class Git:
    """Git in one folder, which need not be the top of its repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._command = GitCommand(str(folder))

    def ask(self, *words: str, stdin: bytes = b"", reads_only: bool = True) -> Answer:
        """Call git and return how it ended, whatever that was."""
        # a reading call must not take the index's lock to refresh it: somebody may be committing
        environment = {**_ENVIRONMENT, **({"GIT_OPTIONAL_LOCKS": "0"} if reads_only else {})}
        with _own_environment(), tempfile.TemporaryFile() as given:
            given.write(stdin)
            given.seek(0)
            try:
                status, out, err = self._command.execute(
                    ["git", *_NO_PAGER, *_ALWAYS, *words],
                    istream=given if stdin else None,
                    env=environment,
                    with_extended_output=True,
                    with_exceptions=False,
                    stdout_as_string=False,
                    strip_newline_in_stdout=False,
                )
            except GitCommandNotFound:
                raise GitInTheWay("git is not installed, or not on the PATH", "install git") from None
        return Answer(int(status), bytes(out).decode("utf-8", "replace"), str(err))

    def tell(self, *words: str, stdin: bytes = b"", reads_only: bool = True) -> str:
        """Call git and return its answer; raise with its own words when it fails."""
        answer = self.ask(*words, stdin=stdin, reads_only=reads_only)
        if answer.status != 0:
            raise failure(answer)
        return answer.out

    def start(self, *words: str) -> Any:
        """Start a reading git that answers line after line; it ends with the object that is returned."""
        with _own_environment():
            return self._command.execute(
                ["git", *_NO_PAGER, *_ALWAYS, *words], istream=PIPE, env=_ENVIRONMENT, as_process=True
            )

    def command(self, *words: str) -> tuple[list[str], dict[str, str]]:
        """Return the words and the environment of a call that somebody else watches over, as one to a network."""
        inherited = {name: value for name, value in os.environ.items() if name not in _INHERITED}
        return ["git", *_NO_PAGER, *_ALWAYS, *words], {**inherited, **_ENVIRONMENT}

    def toplevel(self) -> Path:
        """Return the top folder of the work tree."""
        return Path(self.tell("rev-parse", "--show-toplevel").rstrip("\n"))

    def head(self) -> str | None:
        """Return the commit that HEAD names, None before the first one."""
        answer = self.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return answer.out.strip() or None

    def setting(self, name: str) -> str | None:
        """Return a setting of git's configuration, None where it is not set."""
        answer = self.ask("config", "--get", name)
        return answer.out.rstrip("\n") or None

    def identity(self) -> Identity:
        """Return the author that git would write, by its configuration and its environment."""
        name = os.environ.get("GIT_AUTHOR_NAME") or self.setting("user.name")
        email = os.environ.get("GIT_AUTHOR_EMAIL") or self.setting("user.email") or os.environ.get("EMAIL")
        return Identity(name, email or None)

    def unpushed(self) -> int | None:
        """Return how many commits the upstream branch has not got, None without an upstream branch."""
        answer = self.ask("rev-list", "--count", "@{upstream}..HEAD")
        return int(answer.out) if answer.status == 0 else None


def user_email(folder: Path) -> str | None:
    """Return the e-mail of whoever works in a folder, None when git was never told one."""
    return Git(folder).identity().email


def failure(answer: Answer, what: str = "git refused") -> GitInTheWay:
    """Return git's failure as ours, with the hint that helps most."""
    words = " / ".join([line.strip() for line in answer.err.splitlines() if line.strip()][:_MOST_WORDS])
    for part, message, hint in _KNOWN_FAILURES:
        if part in answer.err:
            return GitInTheWay(message, hint)
    return GitInTheWay(f"{what}: {words or f'it ended with status {answer.status}'}")


_KNOWN_FAILURES = (
    (
        "not a git repository",
        "the folder is in no git repository",
        "run 'git init' in the folder that holds 'oncall.yaml'",
    ),
    (
        "dubious ownership",
        "git does not trust this repository, because another user owns it",
        "if you do, run 'git config --global --add safe.directory <its folder>'",
    ),
    (
        "must be run in a work tree",
        "this is a bare repository, which has no files to change",
        "work in a clone of it",
    ),
    (
        "index.lock': File exists",
        "another git command is changing this repository",
        "try again when it has ended; if none runs, remove 'index.lock' from the folder '.git'",
    ),
    (
        "cannot use bare repository",
        "this is a bare repository, which has no files to change",
        "work in a clone of it",
    ),
)


@contextmanager
def _own_environment() -> Iterator[None]:
    """Take the variables that would point git at another repository out, for the time of one call."""
    kept = {name: os.environ.pop(name) for name in _INHERITED if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
