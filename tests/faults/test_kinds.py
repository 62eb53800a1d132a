"""Every kind of repository and of caller, with the program called as a user calls it and the user's work beside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import mess, picture, scenarios, shim
from tests.faults.environment import plain_environment
from tests.faults.program import Program
from tests.faults.scenarios import TEAM
from tests.faults.shim import Fault, Order

ROFS = 30
ADD = ("person", "add", "erin", "--name", "Erin")
PATH = "rotations/people/erin.yaml"


def oncall(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "oncall_cli", *arguments]
    given = {**plain_environment(), **environment}
    return subprocess.run(words, cwd=folder, env=given, capture_output=True, encoding="utf-8", check=False)


def made(folder: Path, before: picture.Picture) -> None:
    """One more commit, of our file alone; and all that is the user's as it was."""
    after = picture.take(folder)
    assert after.of_the_user().differences(before.of_the_user()) == {}
    assert len(after.subjects.splitlines()) == len(before.subjects.splitlines()) + 1
    assert mess.git(folder, "show", "--format=", "--name-only", "HEAD") == f"{PATH}\n"
    assert mess.git(folder, "status", "--porcelain", "--", PATH) == ""
    assert after.broken == before.broken


def linked(root: Path) -> Path:
    return scenarios.team_in_linked_worktree(root)


def submodule(root: Path) -> Path:
    mess.begin(root / "inner", TEAM)
    mess.begin(root / "outer", {"README.md": "Outer\n"})
    allowed = ("-c", "protocol.file.allow=always")
    mess.git(root / "outer", *allowed, "submodule", "--quiet", "add", str(root / "inner"), "team")
    mess.introduce(root / "outer/team")
    mess.leave(root / "outer/team")
    return root / "outer/team"


def sparse(root: Path) -> Path:
    mess.begin(root, {**TEAM, "elsewhere/much.txt": "Much\n"})
    mess.git(root, "sparse-checkout", "set", "rotations", "notes")
    assert not (root / "elsewhere").exists()
    mess.leave(root)
    return root


def split_index(root: Path) -> Path:
    scenarios.team(root)
    mess.git(root, "update-index", "--split-index")
    return root


def sha256(root: Path) -> Path:
    mess.begin(root, TEAM, "--object-format=sha256")
    mess.leave(root)
    return root


def shallow(root: Path) -> Path:
    mess.begin(root / "origin", TEAM)
    mess.git(root / "origin", "commit", "--quiet", "--allow-empty", "--message", "Another")
    mess.git(root, "clone", "--quiet", "--depth=1", f"file://{root}/origin", "clone")
    mess.introduce(root / "clone")
    mess.leave(root / "clone")
    return root / "clone"


def crlf(root: Path) -> Path:
    mess.begin(root, {**TEAM, ".gitattributes": "*.yaml text eol=crlf\n"})
    mess.git(root, "rm", "--quiet", "--cached", "-r", "rotations")
    mess.git(root, "reset", "--quiet", "--hard")
    assert (root / "rotations/people/bob.yaml").read_bytes().endswith(b"\r\n")
    mess.leave(root)
    return root


KINDS: tuple[Callable[[Path], Path], ...] = (linked, submodule, sparse, split_index, sha256, shallow, crlf)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_kinds_of_repositories(tmp_path: Path, kind: Callable[[Path], Path]) -> None:
    """A change is one commit of its file in each of them, and what is the user's stays as it was."""
    folder = kind(tmp_path / "team")
    before = picture.take(folder)
    done = oncall(folder, *ADD)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    made(folder, before)


_OF_A_HOOK = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY")
CALLERS = {
    "a hook's variables": dict.fromkeys(_OF_A_HOOK, "/elsewhere"),
    "a plain locale": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "a clock of long ago": {"ONCALL_NOW": "1999-01-01T00:00:00Z"},
    "a clock far ahead": {"ONCALL_NOW": "2090-01-01T00:00:00Z"},
}


@pytest.mark.parametrize("caller", CALLERS)
def test_callers(tmp_path: Path, caller: str) -> None:
    """What the caller's environment says leads the change nowhere else."""
    folder = scenarios.team(tmp_path / "team")
    before = picture.take(folder)
    done = oncall(folder, *ADD, **CALLERS[caller])
    assert done.returncode == 0, done.stderr
    made(folder, before)


def test_without_a_home(tmp_path: Path) -> None:
    """The repository's own settings are enough."""
    folder = scenarios.team(tmp_path / "team")
    before = picture.take(folder)
    given = {name: value for name, value in plain_environment().items() if name != "HOME"}
    done = subprocess.run([sys.executable, "-m", "oncall_cli", *ADD], cwd=folder, env=given, check=False)
    assert done.returncode == 0
    made(folder, before)


@pytest.mark.parametrize("way", [">&-", ">/dev/full", ">&- 2>&-", ">/dev/full 2>/dev/full"])
def test_nobody_can_read_the_answer(tmp_path: Path, way: str) -> None:
    """The change is made all the same, and what can still be said is said without a traceback."""
    folder = scenarios.team(tmp_path / "team")
    before = picture.take(folder)
    words = f'"$0" -m oncall_cli {" ".join(ADD)} {way}'
    shell = ["sh", "-c", words, sys.executable]
    done = subprocess.run(
        shell, cwd=folder, env=plain_environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert "Traceback" not in done.stderr
    assert "2>" in way or "Commit " in done.stderr
    assert done.returncode in ((0,) if ">&-" in way else (1,))
    made(folder, before)


def hook(folder: Path, name: str, text: str) -> None:
    mess.write(folder, {f".git/hooks/{name}": f"#!/bin/sh\n{text}\n"})
    (folder / ".git/hooks" / name).chmod(0o755)


def failing_hook(folder: Path) -> dict[str, str]:
    hook(folder, "pre-commit", "echo 'no changes on Friday' >&2; exit 1")
    return {}


def failing_signature(folder: Path) -> dict[str, str]:
    mess.git(folder, "config", "commit.gpgSign", "true")
    mess.git(folder, "config", "gpg.program", "false")
    return {}


def no_identity(folder: Path) -> dict[str, str]:
    mess.git(folder, "config", "--unset", "user.email")
    return {"ONCALL_PERSON": "carol", "EMAIL": ""}


def no_git(folder: Path) -> dict[str, str]:
    return {"PATH": "/nowhere"}


REFUSALS = {
    failing_hook: (4, "no changes on Friday"),
    failing_signature: (4, "sign"),
    no_identity: (4, "git config --global user.email"),
    no_git: (4, "git is not installed"),
}


@pytest.mark.parametrize("wrong", REFUSALS, ids=lambda wrong: wrong.__name__)
def test_refusals(tmp_path: Path, wrong: Callable[[Path], dict[str, str]]) -> None:
    """The sentence says what is wrong, and everything is as it was."""
    folder = scenarios.team(tmp_path / "team")
    environment = wrong(folder)
    before = picture.take(folder)
    done = oncall(folder, *ADD, **environment)
    code, words = REFUSALS[wrong]
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert words in done.stderr
    after = picture.take(folder)
    assert after._replace(litter=before.litter).differences(before) == {}


def test_a_hook_that_hangs_is_interrupted(tmp_path: Path) -> None:
    """Control-C ends the command and its hook at once, and everything is as it was."""
    folder = scenarios.team(tmp_path / "team")
    hook(folder, "pre-commit", "touch ../reached; sleep 60")
    before = picture.take(folder)
    words = [sys.executable, "-m", "oncall_cli", *ADD]
    running = subprocess.Popen(words, cwd=folder, env=plain_environment(), start_new_session=True)
    until = time.monotonic() + 20
    while not (tmp_path / "reached").exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    assert running.wait(timeout=5) == 130
    after = picture.take(folder)
    assert after._replace(litter=before.litter).differences(before) == {}
    (folder / ".git/hooks/pre-commit").unlink()
    assert oncall(folder, *ADD).returncode == 0


@pytest.mark.skipif(bool(shim.missing()), reason=shim.missing() or "it can be built")
def test_a_read_only_repository(tmp_path: Path) -> None:
    """Reading works, a change is refused with a sentence, nothing is changed."""
    folder = scenarios.team(tmp_path / "team")
    before = picture.take(folder)
    read_only = Order(Fault.FAIL, at=1, error=ROFS, sticky=True)
    with Program(tmp_path, folder) as program:
        read = program.run(folder, ("who",), read_only)
        refused = program.run(folder, ADD, read_only)
    assert read.code == 0, read.err
    assert refused.code in (1, 4), refused
    assert "Read-only file system" in refused.err
    assert picture.take(folder).differences(before) == {}
