"""What a shell offers: commands, options and choices as the house tells them, and the names of files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oncall_cli.commands.table import COMMANDS
from oncall_cli.render.completion import SCRIPTS
from tests.cache.asking import TEAM, process
from tests.conftest import MakeTeam, TeamFolder

FILES = {
    **TEAM,
    "rotations/platform/overrides/2026-11-24-cover.yaml": "kind: cover\nchanges: []\n",
    "rotations/platform/incidents/2025/2025-03-01-old.yaml": "title: Old\n",
    "rotations/network/incidents/2026/2026-11-20-api-slow.yaml": "title: Slow\n",
    "rotations/platform/requests/2026/2026-11-21-question.yaml": "title: Question\n",
    "rotations/people/not an id.yaml": "name: Nobody\n",
    "rotations/people/$(touch forged).yaml": "name: Forger\n",
    "runbooks/api.md": "---\ntitle: API\n---\n",
    "templates/message/opened.md": "---\ntitle: Opened\n---\n",
}


@pytest.fixture
def standing(team: MakeTeam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TeamFolder:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    return team(FILES)


def offered(team: TeamFolder, *words: str, known: bool = False) -> list[str]:
    done = process("complete", *words, folder=team.root, known=known)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.partition("\t")[0] for line in done.stdout.splitlines()]


def test_commands_are_offered(standing: TeamFolder) -> None:
    """Those of the root and of groups, but not those for programs alone."""
    assert offered(standing, "") == [entry.name for entry in COMMANDS if not entry.hidden]
    assert offered(standing, "wh") == ["who", "why"]
    assert offered(standing, "rotation", "l") == ["list", "leave"]
    assert offered(standing, "nosuch", "") == offered(standing, "")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("who", ""), ["network", "platform"]),
        (("who", "p"), ["platform"]),
        (("cover", "--as", ""), ["alice", "carol", "erika"]),
        (("--as", "c"), ["carol"]),
        (("person", "show", "e"), ["erika"]),
        (("override", "show", ""), ["2026-11-24-cover"]),
        (("incident", "show", ""), ["2026-11-20-api-slow", "2025-03-01-old"]),
        (("incident", "show", "2025-0"), ["2025-03-01-old"]),
        (("request", "ack", ""), ["2026-11-21-question"]),
        (("action", "add", "--incident", ""), ["2026-11-20-api-slow", "2025-03-01-old"]),
        (("runbook", "show", ""), ["api"]),
        (("message", "render", ""), ["message/opened"]),
        (("report", "--format", ""), ["text", "md", "html", "json"]),
        (("rotation", "reorder", "platform", "alice", "c"), ["carol"]),
    ],
)
def test_names_are_offered(standing: TeamFolder, words: tuple[str, ...], names: list[str]) -> None:
    """The newest first of what has a date; no name that is not one of a record."""
    assert offered(standing, *words) == names


def test_options_are_offered(standing: TeamFolder) -> None:
    assert offered(standing, "who", "--") == ["--at", "--as-of", "--json", "--as", "--help"]
    assert offered(standing, "who", "platform", "--j") == ["--json"]
    assert offered(standing, "start", "--at", "") == []


def test_another_team_is_looked_at_where_it_is_named(standing: TeamFolder, tmp_path: Path) -> None:
    other = TeamFolder(tmp_path / "other")
    other.write({"oncall.yaml": "name: Other\n", "rotations/lonely/rotation.yaml": "name: Lonely\n"})
    assert offered(standing, "-C", str(other.root), "who", "") == ["lonely"]
    assert offered(TeamFolder(tmp_path), "who", "") == []


def test_the_house_is_asked_once(standing: TeamFolder) -> None:
    """What may follow a command is kept; the names are looked up each time."""
    offered(standing, "who", "")
    standing.write({"rotations/quiet/rotation.yaml": "name: Quiet\n"})
    assert offered(standing, "who", "", known=True) == ["network", "platform", "quiet"]


def test_each_command_can_be_asked_about(standing: TeamFolder) -> None:
    """No metavar, option or choice of any command breaks the lines."""
    for path in [(entry.name, one.name) for entry in COMMANDS for one in entry.commands][:12]:
        assert "--help" in offered(standing, *path, "--")


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_the_script_is_one_that_the_shell_reads(shell: str, standing: TeamFolder) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = process("completion", shell, folder=standing.root).stdout
    assert script == SCRIPTS[shell]
    subprocess.run([shell, "-n"], input=script, text=True, check=True, capture_output=True)


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A folder with the command as a shell finds it."""
    path = tmp_path / "bin" / "oncall"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m oncall_cli "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path.parent


def said_by(shell: str, asked: str, team: TeamFolder, command: Path) -> list[str]:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    around = {**os.environ, "PATH": f"{command}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([shell, "-c", asked], cwd=team.root, env=around, text=True, capture_output=True, check=False)
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_completes(standing: TeamFolder, command: Path) -> None:
    """The function that the script defines, called as bash calls it; a name that is a command runs nothing."""
    asked = """
    eval "$(oncall completion bash)"
    COMP_WORDS=(oncall cover --as "") COMP_CWORD=3
    _oncall
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    assert said_by("bash", asked, standing, command) == ["alice", "carol", "erika"]
    assert not (standing.root / "forged").exists()


def test_zsh_completes(standing: TeamFolder, command: Path) -> None:
    """The function that the script defines, with what zsh offers written down instead of shown."""
    asked = """
    compdef() { }
    _describe() { print -l -- ${(P)3} }
    eval "$(oncall completion zsh)"
    words=(oncall cover --as "") CURRENT=4
    _oncall
    """
    assert said_by("zsh", asked, standing, command) == ["alice:", "carol:", "erika:"]
    assert not (standing.root / "forged").exists()


def test_fish_completes(standing: TeamFolder, command: Path) -> None:
    asked = "oncall completion fish | source; complete --do-complete 'oncall who p'"
    assert said_by("fish", asked, standing, command) == ["platform"]
    named = "oncall completion fish | source; complete --do-complete 'oncall cover --as '"
    assert said_by("fish", named, standing, command) == ["alice", "carol", "erika"]
