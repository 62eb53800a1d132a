"""What the tests share: a team's repository made from a few files, and the program called in-process."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

Run = Callable[..., "Outcome"]
MakeTeam = Callable[..., "TeamFolder"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``--update-goldens`` write what the program prints now, for a diff that somebody reviews."""
    parser.addoption("--update-goldens", action="store_true", help="write the goldens anew")


class Outcome(NamedTuple):
    """What one call of the program left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


class TeamFolder(NamedTuple):
    """A git repository of a team, for one test."""

    root: Path

    def git(self, *arguments: str) -> str:
        """Run git here and return what it printed; a failure fails the test."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, files: Mapping[str, str]) -> None:
        """Write files, by their paths under the root."""
        for path, text in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")

    def read(self, path: str) -> str:
        """Return the text of a file under the root."""
        return (self.root / path).read_bytes().decode("utf-8")

    def commit(self, files: Mapping[str, str], subject: str = "Edit by hand") -> None:
        """Write files and commit everything, as a user would."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)

    def last_diff(self) -> str:
        """Return the patch of the last commit, without the lines that only name blobs."""
        shown = self.git("show", "--format=", "--no-color", "HEAD")
        return "".join(line for line in shown.splitlines(True) if not line.startswith("index "))


@pytest.fixture(autouse=True)
def plain_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's git configuration, zone and ONCALL variables out of every test."""
    for name in [name for name in os.environ if name.startswith(("ONCALL_", "GIT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeTeam:
    """Make a committed git repository of files, with an identity, and stand in it."""

    def make(files: Mapping[str, str], email: str = "alice@example.com") -> TeamFolder:
        made = TeamFolder(tmp_path / "team")
        made.root.mkdir()
        made.git("init", "--quiet", "--initial-branch=main")
        made.git("config", "user.name", email.partition("@")[0].title())
        made.git("config", "user.email", email)
        made.commit(files, "The team begins")
        monkeypatch.chdir(made.root)
        return made

    return make


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the program in-process: ``run("who", "--json", now="2026-11-24T14:00:00Z")``."""

    def call(*arguments: str, now: str = "2026-11-18T15:00:00Z", **environment: str) -> Outcome:
        from oncall_cli import app

        capsys.readouterr()
        with monkeypatch.context() as patched:
            for name, value in {"ONCALL_NOW": now, **environment}.items():
                patched.setenv(name, value)
            code = app.run(list(arguments))
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against ``tests/goldens/<name>``; ``--update-goldens`` writes it instead."""

    def hold(name: str, text: str) -> None:
        path = Path(__file__).parent / "goldens" / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), "pytest --update-goldens, then review the diff"

    return hold
