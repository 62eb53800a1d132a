"""What ``oncall init --ci`` writes: files that a git host accepts, beside what the team has."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from oncall_cli.repository.ci_files import ci_files
from oncall_cli.repository.owner_files import Host
from tests.conftest import MakeTeam, Run

PROJECT = Path(__file__).parent.parent.parent
TEAM = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "name: Alice\naccount: alice-w\ngit_emails: [alice@example.com]\n",
    "rotations/people/bob.yaml": "name: Bob\ngit_emails: [bob@example.com]\n",
    "rotations/platform/rotation.yaml": (
        "name: Platform\nhandoff: {every: 1 week, at: monday 09:00}\n"
        "roster:\n  - from: 2026-01-05\n    members: [alice, bob]\n"
    ),
}


def loaded(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("host", Host)
def test_every_page_is_yaml_without_a_blank_that_was_not_filled(host: Host) -> None:
    for path, text in ci_files(host, "trunk").items():
        assert not re.search(r"@(install|branch|version)@", text), path
        if path.endswith(".yml"):
            assert loaded(text)


SCHEMAS = {
    ".github/workflows/": ("vendor.github-workflows",),
    ".github/actions/": ("vendor.github-actions",),
    ".gitlab": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
}
PAGES = [(host, path) for host in Host for path in ci_files(host, "main") if path.endswith(".yml")]


def judged(tmp_path: Path, path: str, text: str) -> int:
    """Hold a page to the schema that its host publishes, in a process of its own; return the exit code."""
    page = tmp_path / Path(path).name
    page.write_text(text, encoding="utf-8")
    schema = next(schema for start, schema in SCHEMAS.items() if path.startswith(start))
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *schema, str(page)]
    return subprocess.run(words, check=False, capture_output=True).returncode


@pytest.mark.parametrize(("host", "path"), PAGES)
def test_every_page_is_what_the_host_takes(tmp_path: Path, host: Host, path: str) -> None:
    """Every page holds to the host's own schema, and the schema would refuse a key that does not exist."""
    text = ci_files(host, "main")[path]
    assert judged(tmp_path, path, text) == 0
    first = next(line for line in text.splitlines() if line.strip() in ("steps:", "script:", "include:"))
    assert judged(tmp_path, path, text.replace(first, first.replace(":", "s:"), 1)) == 1


@pytest.mark.parametrize("path", sorted((PROJECT / ".github/workflows").glob("*.yml")), ids=lambda path: path.name)
def test_our_own_workflows_are_what_github_takes(tmp_path: Path, path: Path) -> None:
    assert judged(tmp_path, f".github/workflows/{path.name}", path.read_text(encoding="utf-8")) == 0


def test_what_runs_for_strangers_may_only_read() -> None:
    """A pull request from a fork runs its own code: it gets no token that writes, and no secret."""
    pages = {path: loaded(text) for path, text in ci_files(Host.GITHUB, "main").items() if "workflows" in path}
    for path, page in pages.items():
        events = page["on"]
        writes = [right for right, level in page["permissions"].items() if level == "write"]
        assert "pull_request_target" not in events, path
        if "pull_request" in events:
            assert writes == []
        if "workflow_run" in events:
            assert writes == ["pull-requests"]
            [checkout] = [step for step in page["jobs"]["comment"]["steps"] if "checkout" in step.get("uses", "")]
            assert "ref" not in checkout.get("with", {}), "the code of a pull request must not run with its rights"


@pytest.mark.parametrize("path", [path for path in ci_files(Host.GITHUB, "main") if path.endswith(".yml")])
def test_no_text_of_a_stranger_becomes_a_command(path: str) -> None:
    """A branch can be called ``$(id)``: expressions reach a shell only through variables."""
    page = loaded(ci_files(Host.GITHUB, "main")[path])
    jobs = [*page.get("jobs", {}).values(), page.get("runs", {})]
    for step in (step for job in jobs for step in job.get("steps", [])):
        assert "${{" not in step.get("run", ""), step


def test_our_own_repository_is_reviewed_by_the_same_files() -> None:
    own = ci_files(Host.GITHUB, "main", install=".")
    for path in (
        ".github/actions/oncall/action.yml",
        ".github/actions/oncall/comment.py",
        ".github/workflows/oncall-comment.yml",
        ".github/workflows/oncall-review.yml",
    ):
        assert (PROJECT / path).read_text(encoding="utf-8") == own[path], f"write {path} anew from oncall_cli/ci"


def test_a_team_that_has_begun_gets_them_in_one_commit(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    team_files = set(made.git("ls-files").split())
    outcome = run("init", "--ci", "github")
    assert outcome.code == 0, outcome.err
    assert made.git("log", "-1", "--format=%s") == "Let GitHub check the on-call repository\n"
    assert set(made.git("ls-files").split()) - team_files == {".github/CODEOWNERS", *ci_files(Host.GITHUB, "main")}
    assert made.read(".github/CODEOWNERS").splitlines()[1:-1] == [
        "/oncall.yaml @alice-w bob@example.com",
        "/rotations/ @alice-w bob@example.com",
        "/runbooks/ @alice-w bob@example.com",
        "/templates/ @alice-w bob@example.com",
        "/rotations/people/alice.yaml @alice-w",
        "/rotations/people/bob.yaml bob@example.com",
        "/rotations/platform/ @alice-w bob@example.com",
    ]
    again = run("init", "--ci", "github")
    assert again.code == 1
    assert "up to date" in again.err


def test_only_our_lines_of_the_owners_change(team: MakeTeam, run: Run) -> None:
    made = team({**TEAM, "CODEOWNERS": "* @everybody\n"})
    assert run("init", "--ci", "github").code == 0
    made.commit({"CODEOWNERS": f"{made.read('CODEOWNERS')}/docs/ @writers\n"})
    made.commit({"rotations/people/bob.yaml": "name: Bob\naccount: bob-x\ngit_emails: [bob@example.com]\n"})
    outcome = run("init", "--ci", "github")
    assert outcome.code == 0, outcome.err
    assert made.git("log", "-1", "--format=%s") == "Bring the owners up to date\n"
    changed = [line for line in made.last_diff().splitlines() if re.match(r"[+-](?![+-])", line)]
    assert len(changed) == 12
    assert all("bob" in line for line in changed)


def test_what_the_team_has_already_is_kept(team: MakeTeam, run: Run) -> None:
    made = team({**TEAM, ".gitlab-ci.yml": "stages: [test]\n"})
    outcome = run("init", "--ci", "gitlab")
    assert outcome.code == 0, outcome.err
    assert made.read(".gitlab-ci.yml") == "stages: [test]\n"
    assert "add '- local: .gitlab/oncall.yml' to its 'include'" in outcome.out
    assert made.read(".gitlab/oncall.yml").startswith("# Check and plan")


def test_a_team_in_a_folder_of_a_larger_repository_is_told(team: MakeTeam, run: Run) -> None:
    made = team({"on-call/oncall.yaml": TEAM["oncall.yaml"]})
    outcome = run("-C", "on-call", "init", "--ci", "github")
    assert outcome.code == 1
    assert "only the workflows at the top of the repository" in outcome.err
    assert made.git("status", "--porcelain") == ""


def test_a_new_team_begins_with_them(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Alice")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "alice@example.com")
    outcome = run("init", "new", "--timezone", "UTC", "--ci", "gitlab")
    assert outcome.code == 0, outcome.err
    assert "/rotations/people/alice.yaml alice@example.com" in (tmp_path / "new/.gitlab/CODEOWNERS").read_text()
    assert "ONCALL_COMMENT_TOKEN" in outcome.out
