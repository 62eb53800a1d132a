"""The user's own hooks, run as ``git commit`` would run them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from oncall_cli.repository.git import Answer, Git, failure
from oncall_cli.repository.git_process import surroundings
from oncall_cli.repository.git_state import Repository
from oncall_cli.repository.mark import mark_of, with_mark

BEFORE = "pre-commit"
_OF_MESSAGE = ("prepare-commit-msg", "commit-msg")
_AFTER = "post-commit"
_TRUE = ("true", "yes", "on", "1", "")
# what our own calls need is not the hook's: patterns are patterns again, and no editor is there to wait for
_AS_GIT_COMMIT = {"GIT_LITERAL_PATHSPECS": "0", "GIT_EDITOR": ":"}


class UserHooks(NamedTuple):
    """Which hooks a repository has, and whether its commits are signed."""

    repository: Repository
    names: frozenset[str]
    signs: bool

    @property
    def before(self) -> bool:
        """Whether a hook wants to see the files before the commit is made."""
        return BEFORE in self.names

    @property
    def take_time(self) -> bool:
        """Whether making the commit may ask somebody for something, as a passphrase."""
        return self.signs or self.want_index

    @property
    def want_index(self) -> bool:
        """Whether a hook may look at what is staged."""
        return any(name in self.names for name in _OF_MESSAGE)

    def check(self, index: Path) -> None:
        """Let the hook look at what is to be committed; raise with its words when it refuses."""
        self._run(BEFORE, also={"GIT_INDEX_FILE": str(index)})

    def message(self, message: str, index: Path, work: Path) -> str:
        """Return what the hooks make of a message; our mark stays its last line."""
        if not self.want_index:
            return message
        path = work / "COMMIT_EDITMSG"
        path.write_text(message, encoding="utf-8", newline="\n")
        also = {"GIT_INDEX_FILE": str(index)}
        self._run(_OF_MESSAGE[0], str(path), "message", also=also)
        self._run(_OF_MESSAGE[1], str(path), also=also)
        mark = mark_of(message)
        said = path.read_bytes().decode("utf-8", "replace")
        return said if mark is None else with_mark(said, mark)

    def after(self) -> None:
        """Tell the hook that the commit is made; what it says about that changes nothing."""
        if _AFTER in self.names:
            _call(self.repository, _AFTER, (), {})

    def _run(self, name: str, *words: str, also: Mapping[str, str]) -> None:
        if name not in self.names:
            return
        answer = _call(self.repository, name, words, also)
        if answer.status != 0:
            raise failure(answer, f"the hook '{name}' refused the commit")


def user_hooks(repository: Repository) -> UserHooks:
    """Return what a user's commits pass through in a repository."""
    settings = repository.at_top.settings(r"^(commit\.gpgsign|hook\..*\.event)$")
    configured = {value for name, value in settings.items() if name.startswith("hook.")}
    wanted = (BEFORE, *_OF_MESSAGE, _AFTER)
    there = {name for name in wanted if any((folder / name).exists() for folder in repository.hooks)}
    signs = settings.get("commit.gpgsign", "no").lower() in _TRUE
    return UserHooks(repository, frozenset(there | (configured & {*wanted})), signs)


def _call(repository: Repository, name: str, words: tuple[str, ...], also: Mapping[str, str]) -> Answer:
    git = Git(repository.top)
    variables = {**_AS_GIT_COMMIT, **_locale(), **also}
    answer = git.ask("hook", "run", "--ignore-missing", name, "--", *words, reads_only=False, also=variables)
    if answer.status == 0 or "is not a git command" not in answer.err:
        return answer
    return _call_directly(repository, name, words, variables)


def _locale() -> dict[str, str]:
    """Return the user's own letters for a hook, which other calls of git do without; git's words stay English."""
    letters = next((said for name in ("LC_ALL", "LC_CTYPE", "LANG") if (said := os.environ.get(name))), "C")
    return {"LC_ALL": "", "LC_CTYPE": letters, "LC_MESSAGES": "C"}


def _call_directly(repository: Repository, name: str, words: tuple[str, ...], also: Mapping[str, str]) -> Answer:
    """Run a hook where git is older than its own command for that."""
    paths = [folder / name for folder in repository.hooks if os.access(folder / name, os.X_OK)]
    if not paths:
        return Answer(0, "", "")
    done = subprocess.run(
        [str(paths[0]), *words],
        cwd=repository.top,
        env={**surroundings(), **also},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return Answer(done.returncode, "", done.stdout.decode("utf-8", "replace"))
