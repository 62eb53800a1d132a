"""What we ask git, it answers about this repository and in our words."""

from __future__ import annotations

from pathlib import Path

import pytest

from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.git import Git, Identity, user_email
from oncall_cli.repository.history import Commit, last_commit, line_commit
from oncall_cli.repository.upstream import unpushed
from tests.conftest import MakeTeam, TeamFolder
from tests.repository.records import ALICE, BOB, TEAM


@pytest.fixture
def made(team: MakeTeam, monkeypatch: pytest.MonkeyPatch) -> TeamFolder:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-18T12:00:00+02:00")
    return team(TEAM)


def sha(made: TeamFolder, name: str = "HEAD") -> str:
    return made.git("rev-parse", name).strip()


def test_who_acts(made: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The author that git would write: the environment before the configuration."""
    assert Git(made.root).identity() == Identity("Alice", "alice@example.com")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ops@example.com")
    assert user_email(made.root) == "ops@example.com"


def test_nobody_acts(tmp_path: Path) -> None:
    """Outside of a repository, without any configuration, nobody is known, and that is no failure."""
    assert Git(tmp_path).identity() == Identity(None, None)


def test_the_last_commit_of_files(made: TeamFolder) -> None:
    """Name, author, time and subject of the commit that last changed one of them."""
    first = Commit(sha(made), "Alice", "alice@example.com", 1794996000, "The team begins")
    made.commit({BOB: "name: Robert\n"}, "Bob is Robert: | \x1f really")
    git = Git(made.root)
    assert last_commit(git, [ALICE]) == first
    changed = last_commit(git, [ALICE, BOB])
    assert changed is not None
    assert (changed.sha, changed.subject) == (sha(made), "Bob is Robert: | \x1f really")
    assert last_commit(git) == changed
    assert last_commit(git, ["absent.yaml"]) is None


def test_the_commit_of_a_line(made: TeamFolder) -> None:
    """Blame of one line; a line that is not committed has none."""
    first = sha(made)
    made.commit({ALICE: TEAM[ALICE].replace("name: Alice", "name: Al")}, "Short")
    git = Git(made.root)
    lines = [line_commit(git, ALICE, number) for number in (1, 2)]
    assert [(one.sha, one.subject, one.committed) for one in lines if one] == [
        (first, "The team begins", 1794996000),
        (sha(made), "Short", 1794996000),
    ]
    made.write({ALICE: "name: A\n"})
    assert line_commit(git, ALICE, 1) is None
    assert line_commit(git, ALICE, 99) is None
    assert line_commit(git, "absent.yaml", 1) is None


def test_a_repository_without_commits(tmp_path: Path) -> None:
    """It has no last commit, and nothing to push."""
    made = TeamFolder(tmp_path)
    made.git("init", "--quiet")
    git = Git(tmp_path)
    assert (git.head(), last_commit(git, [ALICE]), unpushed(git)) == (None, None, None)


def test_commits_that_wait(made: TeamFolder, tmp_path: Path) -> None:
    """Counted against the upstream branch, without asking the remote."""
    git = Git(made.root)
    assert unpushed(git) is None
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "remote.git"))
    made.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    made.git("fetch", "--quiet", "origin")
    made.git("branch", "--quiet", "--set-upstream-to=origin/main")
    assert unpushed(git) == (0, 0)
    made.commit({BOB: "name: B\n"})
    assert unpushed(git) == (0, 1)


def test_outside_of_a_repository(tmp_path: Path) -> None:
    """Questions that need a repository are answered by a sentence."""
    git = Git(tmp_path)
    with pytest.raises(GitInTheWay, match="in no git repository"):
        git.toplevel()
    with pytest.raises(GitInTheWay, match="in no git repository"):
        line_commit(git, ALICE, 1)


def test_the_top_of_the_repository(made: TeamFolder) -> None:
    """It may be above the team's root."""
    assert Git(made.root / "rotations").toplevel() == made.root.resolve()


def test_names_in_the_data_are_never_options_or_patterns(made: TeamFolder) -> None:
    """A path that looks like an option or a wildcard is a path."""
    git = Git(made.root)
    assert last_commit(git, ["--output=x", "*", ":(top)"]) is None
    assert not (made.root / "x").exists()


def test_a_repository_in_the_data_runs_nothing(made: TeamFolder) -> None:
    """A folder that looks like a bare repository with a command in its configuration is not taken for one."""
    trap = made.root / "rotations" / "trap"
    made.git("init", "--quiet", "--bare", str(trap))
    (trap / "config").write_text('[core]\n\tbare = true\n\tfsmonitor = "touch ../../ran; false"\n')
    with pytest.raises(GitInTheWay):
        Git(trap).tell("status")
    assert not (made.root / "ran").exists()
