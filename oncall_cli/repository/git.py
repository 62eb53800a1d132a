"""The one way to call git: what may come from the data stands behind ``--``, what a caller left behind is dropped."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from types import MappingProxyType
from typing import Any, NamedTuple

from oncall_cli.errors import GitInTheWay

# GitPython asks git for its version, twice, while it is imported, and would raise without git. We call git by its
# name and tell of a missing one ourselves, so it may look for one that is not there.
os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["GIT_PYTHON_GIT_EXECUTABLE"] = f"{__file__}.none"

from git.cmd import Git as GitCommand
from git.exc import GitCommandNotFound

# a hook may be written in Python, and import it too
del os.environ["GIT_PYTHON_REFRESH"], os.environ["GIT_PYTHON_GIT_EXECUTABLE"]

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
TELL_GIT_WHO = "run 'git config --global user.name \"Your Name\"' and 'git config --global user.email you@example.com'"
_NO_PAGER = ("--no-pager",)
_MOST_WORDS = 6
# one folder of 256: git looks at the same one, and by default packs from 6,700 objects on
_MANY_OBJECTS = 6_700 // 256


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

    def ask(
        self,
        *words: str,
        stdin: bytes = b"",
        reads_only: bool = True,
        also: Mapping[str, str] = MappingProxyType({}),
        holding: int | None = None,
    ) -> Answer:
        """Call git and return how it ended, whatever that was.

        ``also`` are variables for this call alone; ``holding`` is an open lock that lasts as long as the call.
        """
        # a reading call must not take the index's lock to refresh it: somebody may be committing
        environment = {**_ENVIRONMENT, **({"GIT_OPTIONAL_LOCKS": "0"} if reads_only else {}), **also}
        handed_on: dict[str, Any] = {} if holding is None or os.name == "nt" else {"pass_fds": (holding,)}
        with own_environment(), tempfile.TemporaryFile() as given:
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
                    **handed_on,
                )
            except GitCommandNotFound:
                raise GitInTheWay("git is not installed, or not on the PATH", "install git") from None
        return Answer(int(status), bytes(out).decode("utf-8", "replace"), str(err))

    def tell(
        self, *words: str, stdin: bytes = b"", reads_only: bool = True, also: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """Call git and return its answer; raise with its own words when it fails."""
        answer = self.ask(*words, stdin=stdin, reads_only=reads_only, also=also)
        if answer.status != 0:
            raise failure(answer)
        return answer.out

    def start(self, *words: str) -> Any:
        """Start a reading git that answers line after line; it ends with the object that is returned."""
        with own_environment():
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

    def prefix(self) -> str:
        """Return what leads from the top of the work tree to this folder, ending in ``/``; nothing at the top."""
        answer = self.ask("rev-parse", "--show-prefix")
        return answer.out.rstrip("\n") if answer.status == 0 else ""

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
        told = self.settings(r"^user\.(name|email)$")
        name = os.environ.get("GIT_AUTHOR_NAME") or told.get("user.name")
        email = os.environ.get("GIT_AUTHOR_EMAIL") or told.get("user.email") or os.environ.get("EMAIL")
        return Identity(name or None, email or None)

    def settings(self, pattern: str) -> dict[str, str]:
        """Return the settings whose names match, in lower case; one without a value is true."""
        found = self.ask("config", "-z", "--get-regexp", pattern).out.split("\0")
        pairs = (one.partition("\n") for one in found if one)
        return {name: value if equals else "true" for name, equals, value in pairs}

    def tidy(self, common_dir: Path) -> None:
        """Let git pack its objects when they have become many, as it does after commits of its own."""
        try:
            loose = len(os.listdir(common_dir / "objects" / "17"))
        except OSError:
            return
        if loose > _MANY_OBJECTS:
            self.ask("gc", "--auto", "--quiet", reads_only=False)


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
        "Please tell me who you are",
        "git does not know who you are",
        TELL_GIT_WHO,
    ),
    (
        "auto-detection is disabled",
        "git does not know who you are",
        TELL_GIT_WHO,
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
def own_environment() -> Iterator[None]:
    """Take the variables that would point git at another repository out, for the time of one call."""
    kept = {name: os.environ.pop(name) for name in _INHERITED if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def command(*words: str) -> list[str]:
    """Return the words of a call of git, for a caller that starts the process itself."""
    return ["git", *_NO_PAGER, *_ALWAYS, *words]


def surroundings() -> dict[str, str]:
    """Return the variables of such a call: the user's own, without what would lead to another repository."""
    mine = {name: value for name, value in os.environ.items() if name not in _INHERITED}
    return {**mine, **_ENVIRONMENT}
