"""The steps of the action, run as a workflow runs them, on a pull request of a local bare repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from oncall_cli.repository.ci_files import ci_files
from oncall_cli.repository.owner_files import Host
from tests.ci.test_comment import MARKER, HostServer, host  # noqa: F401 - the fixture of the server
from tests.commands.shift_team import PEOPLE, ROTATION
from tests.conftest import TeamFolder

ROOT = Path(__file__).parent.parent.parent
NOW = "2026-11-18T10:00:00-05:00"
TEAM = {"oncall.yaml": "name: Platform team\ntimezone: America/New_York\n", **PEOPLE}
STEADY = {**TEAM, "rotations/platform/rotation.yaml": f"{ROTATION}coverage: {{hours: [always]}}\n"}
COVER = """\
kind: cover
changes:
  - role: primary
    start: 2026-11-25T09:00:00-05:00
    end: 2026-11-27T09:00:00-05:00
    person: bob
    instead_of: alice
agreed_by: [bob]
created: 2026-11-18T09:00:00-05:00
"""


class Runner(NamedTuple):
    """A machine of the git host: where it keeps its files, the checkout, and what the workflow knows."""

    folder: Path
    checkout: Path
    known: dict[str, str]

    def run(self, **inputs: str) -> dict[str, int]:
        """Run the action's steps but the installation; return how each ended, until one fails."""
        action = YAML(typ="safe").load(ci_files(Host.GITHUB, "main")[".github/actions/oncall/action.yml"])
        defaults = {f"inputs.{name}": str(each.get("default", "")) for name, each in action["inputs"].items()}
        known = {**self.known, **defaults, **{f"inputs.{name}": value for name, value in inputs.items()}}
        codes: dict[str, int] = {}
        for step in action["runs"]["steps"]:
            if step["name"] == "Install" or not _wanted(step, known):
                continue
            codes[step["name"]] = self._step(step, known)
            if codes[step["name"]]:
                break
        return codes

    def _step(self, step: dict[str, Any], known: dict[str, str]) -> int:
        output = self.folder / "output"
        output.write_text("")
        given = {name: _filled(str(value), known) for name, value in step.get("env", {}).items()}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            command,
            cwd=self.checkout,
            env={**self._environment(), **given},
            capture_output=True,
            text=True,
            check=False,
        )
        (self.folder / f"{step['name']}.out").write_text(done.stdout + done.stderr)
        for line in output.read_text().splitlines():
            name, _, value = line.partition("=")
            known[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_ACTION_PATH": str(ROOT / "oncall_cli" / "ci"),
            "GITHUB_REPOSITORY": "team/on-call",
            "GITHUB_API_URL": self.known.get("api", ""),
            "ONCALL_NOW": NOW,
        }

    def said(self, name: str) -> str:
        """Return what a step printed, or what stands in a file of the runner."""
        return (self.folder / name).read_text()


def _wanted(step: dict[str, Any], known: dict[str, str]) -> bool:
    """Tell whether a step's condition, which compares one value with a text, holds."""
    if "if" not in step:
        return True
    name, text = re.fullmatch(r"([\w.]+) == '(\w+)'", step["if"]).groups()  # type: ignore[union-attr]
    return known[name] == text


def _filled(text: str, known: dict[str, str]) -> str:
    """Fill in ``${{ ... }}``, as often as a default holds another one; an unknown name fails the test."""
    while "${{" in text:
        text = re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda found: known[found[1]], text)
    return text


@pytest.fixture
def pull_request(tmp_path: Path) -> Any:
    """Make a bare repository with a pull request, and the checkout that the host makes of it."""

    def make(files: dict[str, str], more: dict[str, str]) -> Runner:
        bare, work = tmp_path / "origin.git", TeamFolder(tmp_path / "work")
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(bare)], check=True)
        work.root.mkdir()
        work.git("init", "--quiet", "--initial-branch=main")
        work.git("config", "user.name", "Carol")
        work.git("config", "user.email", "carol@example.com")
        work.commit(files, "The team begins")
        work.git("push", "--quiet", str(bare), "main")
        work.git("switch", "--quiet", "--create", "change")
        work.commit(more, "A change")
        work.git("push", "--quiet", str(bare), "change")
        checkout = tmp_path / "runner" / "checkout"
        checkout.parent.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(bare), str(checkout)], check=True)
        clone = TeamFolder(checkout)
        clone.git("-c", "user.name=x", "-c", "user.email=x@x", "merge", "--quiet", "--no-ff", "origin/change")
        clone.git("checkout", "--quiet", "--detach")
        _install(tmp_path / "runner")
        known = {"github.base_ref": "main", "runner.temp": str(tmp_path / "runner" / "temp"), "github.token": "s3cret"}
        return Runner(tmp_path / "runner", checkout, {**known, "github.event.pull_request.number": "7"})

    return make


def _install(folder: Path) -> None:
    """Put the program on the path, as the first step would."""
    (folder / "bin").mkdir()
    (folder / "temp").mkdir()
    program = folder / "bin" / "oncall"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m oncall_cli "$@"\n')
    program.chmod(0o755)


def test_a_cover_is_planned_and_the_pull_request_passes(pull_request: Any) -> None:
    runner = pull_request(STEADY, {"rotations/platform/overrides/2026-11-25-bob-covers-alice.yaml": COVER})
    assert runner.run() == {"Check": 0, "Plan": 0, "Verdict": 0}, runner.said("Check.out")
    plan = runner.said("temp/oncall-plan/plan.md")
    assert "1 shift changes hands, 0 gaps open" in plan
    assert plan in runner.said("summary")
    changes = json.loads(runner.said("temp/oncall-plan/plan.json"))["data"]["changes"]
    assert [(each["before"], each["after"]) for each in changes] == [(["alice"], ["bob"])]


def test_a_gap_fails_the_pull_request_and_is_planned_all_the_same(pull_request: Any) -> None:
    gap = (
        COVER.replace("person: bob", "person: carol")
        .replace("kind: cover", "kind: cover")
        .replace("instead_of: alice", "instead_of: jo")
    )
    runner = pull_request(STEADY, {"rotations/platform/overrides/2026-11-25-nonsense.yaml": gap})
    codes = runner.run()
    assert (codes["Check"], codes["Plan"], codes["Verdict"]) == (0, 0, 1)
    assert "::error file=rotations/platform/overrides/2026-11-25-nonsense.yaml,line=" in runner.said("Check.out")
    assert "E303" in runner.said("summary")
    assert runner.said("temp/oncall-plan/plan.md")


def test_a_file_that_cannot_be_read_fails_it_with_a_sentence(pull_request: Any) -> None:
    runner = pull_request(STEADY, {"rotations/platform/rotation.yaml": "name: [\n"})
    assert runner.run()["Verdict"] == 1
    assert "Traceback" not in runner.said("Check.out") + runner.said("Plan.out")
    assert runner.said("temp/oncall-plan/plan.md")


def test_the_comment_is_kept_up_to_date(pull_request: Any, host: HostServer) -> None:  # noqa: F811
    runner = pull_request(STEADY, {"rotations/platform/overrides/2026-11-25-bob-covers-alice.yaml": COVER})
    runner.known["api"] = f"http://127.0.0.1:{host.server_port}"
    for _ in range(2):
        assert runner.run(comment="true")["Comment"] == 0, runner.said("Comment.out")
    [comment] = host.comments
    assert comment["body"].startswith(f"{MARKER}\n")
    assert "1 shift changes hands" in comment["body"]
    assert len(comment["body"]) <= 65_536


def test_a_plan_is_the_same_for_every_runner(pull_request: Any) -> None:
    """Whatever zone the machine is in: two runs write the same bytes."""
    runner = pull_request(STEADY, {"rotations/platform/overrides/2026-11-25-bob-covers-alice.yaml": COVER})
    runner.run()
    first = runner.said("temp/oncall-plan/plan.md")
    runner.run()
    assert runner.said("temp/oncall-plan/plan.md") == first


def files_of(team: str) -> dict[str, str]:
    """Return the whole repository of one of the teams."""
    root = ROOT / "tests" / "teams" / team
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file()
    }


def test_d2_the_students_see_a_change_before_it_counts(pull_request: Any, host: HostServer) -> None:  # noqa: F811
    """D2: the pull request of a cover says on its page, where everybody sees it, who has the desk then."""
    cover = """\
kind: cover
changes:
  - role: primary
    start: 2026-12-11T13:00:00-05:00
    end: 2026-12-11T17:00:00-05:00
    person: ana
    instead_of: esra
agreed_by: [ana, esra]
created: 2026-11-18T09:00:00-05:00
"""
    runner = pull_request(files_of("students"), {"rotations/desk/overrides/2026-12-11-ana.yaml": cover})
    runner.known["api"] = f"http://127.0.0.1:{host.server_port}"
    assert runner.run(comment="true") == {"Check": 0, "Plan": 0, "Comment": 0, "Verdict": 0}, runner.said("Check.out")
    [comment] = host.comments
    assert "1 shift changes hands, 0 gaps open, next change Fri 11 Dec 13:00" in comment["body"]
    assert "| Fri 11 Dec 13:00 – 17:00 | desk primary | Esra Yildiz | Ana Figueroa |" in comment["body"]


def test_r2_a_pull_request_that_forgets_support_says_so(pull_request: Any, host: HostServer) -> None:  # noqa: F811
    """R2: support takes over as primary, nobody takes over support, and whoever merges learns it there."""
    cover = """\
kind: cover
changes:
  - role: primary
    start: 2026-12-07T09:00:00-05:00
    end: 2026-12-07T17:00:00-05:00
    person: dario
    instead_of: cleo
agreed_by: [dario, cleo]
created: 2026-11-18T09:00:00-05:00
"""
    runner = pull_request(files_of("sprint"), {"rotations/product/overrides/2026-12-07-dario.yaml": cover})
    runner.known["api"] = f"http://127.0.0.1:{host.server_port}"
    codes = runner.run(comment="true")
    [comment] = host.comments
    assert "has TWO PLACES at once, product primary and product support: Mon 7 Dec 09:00 – 17:00" in comment["body"]
    assert "two places" in runner.said("summary").lower()
    assert codes["Verdict"] == 0, "a warning: support may have been asked by word of mouth"
