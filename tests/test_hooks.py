"""The hooks of pre-commit, run as pre-commit runs them: the manifest's own words, in a team's repository."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from oncall_cli.repository.layout import claim
from tests.conftest import MakeTeam, TeamFolder

ROOT = Path(__file__).parent.parent
HOOKS: dict[str, Any] = {hook["id"]: hook for hook in YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")}
FILES = {
    "oncall.yaml": "name: Team\n",
    "rotations/people/alice.yaml": "name: Alice\n",
    "rotations/web/rotation.yaml": """\
name: Web
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice]
""",
    "runbooks/down.md": "---\ntitle: Down\n---\n",
    "README.md": "# On call\n",
}
TRACKED = [
    *subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines(),
    "rotations/web/incidents/2026/2026-11-24-b.md",
]


def run_hook(made: TeamFolder, name: str, changed: list[str]) -> tuple[bool, str]:
    """Do what pre-commit does: choose the files, run the entry, and fail when it fails or changes a file."""
    hook = HOOKS[name]
    matching = [path for path in changed if re.search(hook["files"], path)]
    if not matching:
        return True, ""
    program, *words = shlex.split(hook["entry"])
    assert program == "oncall"
    arguments = [*words, *(matching if hook.get("pass_filenames", True) else [])]
    before = made.git("diff")
    environment = {**os.environ, "ONCALL_NOW": "2026-11-18T15:00:00Z", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "oncall_cli", *arguments]
    done = subprocess.run(command, cwd=made.root, capture_output=True, text=True, check=False, env=environment)
    return done.returncode == 0 and made.git("diff") == before, done.stdout + done.stderr


def test_the_manifest() -> None:
    """Each hook has what pre-commit needs to install and run it from this repository."""
    assert list(HOOKS) == ["oncall-check", "oncall-fmt"]
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language", "files"} <= set(hook)
        assert hook["language"] == "python"


@pytest.mark.parametrize("path", TRACKED)
def test_which_files(path: str) -> None:
    """The formatter gets the records and nothing else; a check runs for whatever stands among them."""
    inside = re.sub(r"^tests/(?:teams/\w+|bad/team)/", "", path)
    is_record = claim(inside) is not None and not inside.startswith("tests/")
    chosen = re.search(HOOKS["oncall-fmt"]["files"], path) is not None
    assert chosen == is_record
    assert not chosen or re.search(HOOKS["oncall-check"]["files"], path)


def test_fine_files_pass(team: MakeTeam) -> None:
    """What is valid and laid out well may be committed."""
    made = team(FILES)
    for name in HOOKS:
        assert run_hook(made, name, sorted(FILES))[0]


def test_a_broken_promise_is_stopped(team: MakeTeam) -> None:
    """The check looks at every file, whichever was changed."""
    made = team(FILES)
    made.write({"rotations/people/alice.yaml": "nmae: Alice\n"})
    passed, said = run_hook(made, "oncall-check", ["oncall.yaml"])
    assert not passed
    assert "unknown key 'nmae'" in said
    assert run_hook(made, "oncall-check", ["README.md"]) == (True, "")


def test_a_file_is_laid_out(team: MakeTeam) -> None:
    """The formatter changes the file that it was given, which stops this commit; the next one passes."""
    made = team(FILES)
    made.write({"runbooks/down.md": "---\ntitle: Down  \n---\n", "oncall.yaml": "name: Team  \n"})
    assert not run_hook(made, "oncall-fmt", ["runbooks/down.md"])[0]
    assert made.read("runbooks/down.md") == FILES["runbooks/down.md"]
    assert made.read("oncall.yaml") == "name: Team  \n"
    assert run_hook(made, "oncall-fmt", ["runbooks/down.md"])[0]


def test_the_page_tells_of_these_hooks() -> None:
    """The page for editors names each hook, and the setting that it shows is one of pre-commit."""
    page = (ROOT / ".github/docs/editors.md").read_text(encoding="utf-8")
    shown = YAML(typ="safe").load(page.partition("```yaml\n")[2].partition("```")[0])
    assert {hook["id"] for hook in shown["repos"][0]["hooks"]} == set(HOOKS)
