"""What we ask git, and how its answers and failures become ours."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NamedTuple

from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.git_process import started

TELL_GIT_WHO = "run 'git config --global user.name \"Your Name\"' and 'git config --global user.email you@example.com'"
# A reading call must not take the index's lock to refresh it, for somebody may be committing; nor fetch what a partial
# clone has not got, for nobody asked for the network. An old git has no word for it, but obeys this on protocols.
_READING = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
GET_ALL = "get it with 'git fetch --refetch --no-filter'"
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
        variables = {**(_READING if reads_only else {}), **also}
        handed_on: dict[str, Any] = {} if holding is None or os.name == "nt" else {"pass_fds": (holding,)}
        with _file_of(stdin) if stdin else nullcontext(subprocess.DEVNULL) as source:
            pipe = subprocess.PIPE
            git = started(self.folder, *words, also=variables, stdin=source, stdout=pipe, stderr=pipe, **handed_on)
            # not subprocess.run, which kills what it started when somebody interrupts us: git would leave its locks
            out, err = git.communicate()
        return Answer(git.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))

    def tell(
        self, *words: str, stdin: bytes = b"", reads_only: bool = True, also: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """Call git and return its answer; raise with its own words when it fails."""
        answer = self.ask(*words, stdin=stdin, reads_only=reads_only, also=also)
        if answer.status != 0:
            raise failure(answer)
        return answer.out

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a reading git that answers line after line, until its input is closed."""
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        return started(self.folder, *words, also=_READING, stdin=pipe, stdout=pipe, stderr=nowhere)

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


@contextmanager
def _file_of(data: bytes) -> Iterator[IO[bytes]]:
    """Put what git is to read into a file: should we die, git has all of it, as it would not from a pipe."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield file


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
        "promisor remote",
        "this clone is partial, and has not got what is needed here",
        GET_ALL,
    ),
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
