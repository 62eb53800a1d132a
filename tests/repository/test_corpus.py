"""Every bad file of ``tests/bad``, beside the good ones of a team: what is said of it, and that it hides nobody."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.repository.corpus import CORPUS, FOLDER, MANIFEST, TEAM, BadFile

NOW = "2026-11-20T12:00:00Z"
COST = Path(__file__).parent.parent / "faults" / "bad_cost.py"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "team"
    shutil.copytree(TEAM, made)
    monkeypatch.chdir(made)
    return made


@pytest.mark.parametrize("bad", CORPUS, ids=lambda bad: bad.name)
def test_each_bad_file(folder: Path, run: Run, bad: BadFile) -> None:
    """``check`` says what the manifest says, in its place; who is on call elsewhere is answered as ever."""
    target = folder / bad.at
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(bad.data())

    checked = run("check", "--json", now=NOW)
    found = [one for one in json.loads(checked.out)["data"] if f"{bad.at}/".startswith(f"{one['path']}/")]
    told = [f"{one['code']} {one['line']}:{one['column']} {one['message']}" for one in found]
    assert bad.is_said(told), told
    assert checked.code == int(any(one["severity"] == "error" for one in found))
    assert checked.err == ""

    answered = json.loads(run("who", "platform", "--json", now=NOW).out)["data"]
    assert [one["people"] for one in answered if one["role"] == "primary"] == [["bob"]]

    # a line for each problem and one for its hint: nothing in the data begins a line of its own
    shown = run("check", now=NOW).out
    lines = re.findall(r"^\S.*:\d+:\d+: (?:error|warning): .*\[[EW]\d{3}\]$", shown, re.MULTILINE)
    assert len(lines) == len(json.loads(checked.out)["data"])
    assert shown.isascii() or not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_the_manifest_names_every_file() -> None:
    """No file is left out, none is named twice, and the families are those that it begins with."""
    there = {str(path.relative_to(FOLDER).as_posix()) for path in FOLDER.rglob("*") if path.is_file()}
    there -= {MANIFEST.name, *(path for path in there if path.startswith("team/"))}
    assert sorted(bad.name for bad in CORPUS) == sorted(there | {bad.name for bad in CORPUS if bad.made})
    assert len(CORPUS) >= 150
    assert {bad.name.split("/")[0] for bad in CORPUS} == {"bytes", "structure", "scalars", "ids", "payloads"}


def test_no_bad_file_hangs_or_swallows_the_machine() -> None:
    """The script that measures them runs each within a limit of memory and of seconds; see there for the figures."""
    pytest.importorskip("resource")
    done = subprocess.run([sys.executable, COST], capture_output=True, check=False, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
