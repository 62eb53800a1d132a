"""Git's own words show the schedule: `oncall init --drivers`, then `git diff`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oncall_cli.repository.drivers import LINES, attributes_with_drivers, missing_settings, set_up
from tests.conftest import MakeTeam, Run, TeamFolder

ROOT = Path(__file__).parent.parent.parent
ROTATION = "rotations/web/rotation.yaml"
WEB = """\
name: Web
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice, bob, carol]
links:
  - {title: Status, url: "https://status.example.com"}
"""
FILES = {
    "oncall.yaml": "name: Team\ntimezone: Europe/Berlin\n",
    **{f"rotations/people/{person}.yaml": f"name: {person.title()}\n" for person in ("alice", "bob", "carol")},
    ROTATION: WEB,
}


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install the program where git finds it."""
    program = tmp_path / "bin" / "oncall"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m oncall_cli "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("ONCALL_NOW", "2026-11-18T15:00:00Z")
    return program


def lines_of(made: TeamFolder, *words: str) -> list[str]:
    """Return the lines that a diff takes out and puts in."""
    shown = made.git("diff", "--no-color", "--unified=0", *words).splitlines()
    return [line for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_git_diff_shows_the_schedule(team: MakeTeam, run: Run, on_path: Path) -> None:
    """A swap in the order: the line that was edited, and each turn that changes hands."""
    made = team(FILES)
    assert run("init", "--drivers").code == 0
    assert made.git("status", "--porcelain") == ""
    made.write({ROTATION: WEB.replace("[alice, bob, carol]", "[alice, carol, bob]").replace("Status,", "Is it up,")})
    assert lines_of(made) == [
        "-    members: [alice, bob, carol]",
        "+    members: [alice, carol, bob]",
        '-  - {title: Status, url: "https://status.example.com"}',
        '+  - {title: Is it up, url: "https://status.example.com"}',
        *CHANGED,
    ]
    made.commit({})
    assert lines_of(made, "HEAD~1", "HEAD") == lines_of(made, "HEAD~1")
    assert "Schedule of 12 weeks from Mon 2026-11-16 00:00 (Europe/Berlin), before overrides" in made.git(
        "diff", "--unified=99", "HEAD~1", "HEAD"
    )


CHANGED = """\
-  Mon 2026-11-16 00:00  carol
+  Mon 2026-11-16 00:00  bob
-  Tue 2026-11-24 09:00  bob
-  Tue 2026-12-01 09:00  carol
+  Tue 2026-11-24 09:00  carol
+  Tue 2026-12-01 09:00  bob
-  Tue 2026-12-15 09:00  bob
-  Tue 2026-12-22 09:00  carol
+  Tue 2026-12-15 09:00  carol
+  Tue 2026-12-22 09:00  bob
-  Tue 2027-01-05 09:00  bob
-  Tue 2027-01-12 09:00  carol
+  Tue 2027-01-05 09:00  carol
+  Tue 2027-01-12 09:00  bob
-  Tue 2027-01-26 09:00  bob
-  Tue 2027-02-02 09:00  carol
+  Tue 2027-01-26 09:00  carol
+  Tue 2027-02-02 09:00  bob
""".splitlines()


def test_an_invalid_side_is_no_failure(team: MakeTeam, run: Run, on_path: Path) -> None:
    """A file that is no rotation, or no text at all, is compared as it is."""
    made = team(FILES)
    assert run("init", "--drivers").code == 0
    made.write({ROTATION: WEB.replace("1 week", "weekly")})
    shown = made.git("diff")
    assert "+No schedule: line 2: 'weekly' does not say how often" in shown
    (made.root / ROTATION).write_bytes(b"name: \xff\n")
    compared = subprocess.run(["git", "diff"], cwd=made.root, capture_output=True, check=True).stdout
    assert b"+name: \xff\n" in compared
    assert b"+No schedule: line 1: the file is not UTF-8" in compared
    (made.root / ROTATION).unlink()
    assert "deleted file mode" in made.git("diff")


def test_without_the_program_git_still_compares(team: MakeTeam, run: Run, on_path: Path) -> None:
    """Where the program is gone, `git diff` shows the files, and no error."""
    made = team(FILES)
    assert run("init", "--drivers").code == 0
    on_path.unlink()
    made.write({ROTATION: WEB.replace("Web", "Site")})
    assert lines_of(made) == ["-name: Web", "+name: Site"]


def test_a_team_in_a_folder_of_its_repository(team: MakeTeam, run: Run, on_path: Path) -> None:
    """Git calls drivers from the top; the team's zone is found in its folder all the same."""
    made = team({f"on call/{path}": text for path, text in FILES.items()})
    assert run("-C", "on call", "init", "--drivers").code == 0
    assert made.git("show", "--format=", "--name-only", "HEAD") == "on call/.gitattributes\n"
    made.write({f"on call/{ROTATION}": WEB.replace("tuesday", "friday")})
    assert "(Europe/Berlin)" in made.git("diff", "--unified=99")


def test_attributes_are_added_once() -> None:
    """What a file of attributes says already stays, and is not said again."""
    first = attributes_with_drivers(None)
    assert first is not None
    assert first.decode().splitlines()[1:] == list(LINES)
    assert attributes_with_drivers(first) is None
    mixed = f"* text=auto\r\n{LINES[0].replace(' ', '   ')}".encode()
    added = attributes_with_drivers(mixed)
    assert added is not None
    assert added.startswith(mixed + b"\r\n# ")
    assert added.endswith(f"{LINES[1]}\r\n{LINES[2]}\r\n".encode())
    assert attributes_with_drivers(added) is None


def test_settings_are_the_clones_own(team: MakeTeam, run: Run) -> None:
    """The settings stand in the clone; the second run has nothing to set, and a wrong one is put right."""
    made = team(FILES)
    assert sorted(missing_settings(made.root)) == ["diff.oncall.textconv", "merge.oncall.driver", "merge.oncall.name"]
    planned = run("init", "--drivers", "--dry-run")
    assert "+rotations/*/rotation.yaml diff=oncall" in planned.out
    assert sorted(missing_settings(made.root)) == ["diff.oncall.textconv", "merge.oncall.driver", "merge.oncall.name"]
    done = run("init", "--drivers")
    assert done.out.startswith("Git in this clone now compares and merges records by what they mean.\n")
    assert made.git("config", "--local", "merge.oncall.driver") == "oncall merge-driver %O %A %B %P\n"
    assert missing_settings(made.root) == {}
    again = run("init", "--drivers")
    assert again.out == "Git in this clone compares and merges records by what they mean already.\n"
    assert made.git("rev-list", "--count", "HEAD") == "2\n"
    assert run("init", "--drivers", "--ci", "github").code == 2
    made.git("config", "merge.oncall.driver", "false")
    assert set_up(made.root) == ["merge.oncall.driver"]


def test_a_new_team_with_drivers(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`oncall init --drivers` in an empty folder is one commit as well."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Alice Moreau")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "alice@example.com")
    made = TeamFolder(tmp_path / "new")
    assert run("init", str(made.root), "--drivers").code == 0
    assert made.git("rev-list", "--count", "HEAD") == "1\n"
    assert made.git("check-attr", "diff", "rotations/web/rotation.yaml").endswith(": oncall\n")
    assert made.git("check-attr", "merge", "rotations/people/alice.yaml").endswith(": oncall\n")
    assert missing_settings(made.root) == {}
