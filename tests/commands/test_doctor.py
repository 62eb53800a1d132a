"""`oncall doctor` on real repositories: what is found, what is mended, and what is left alone."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oncall_cli.repository.lock import writing
from tests.commands.shift_team import TEAM
from tests.conftest import MakeTeam, Run, TeamFolder

HOUR = 3600


def found(run: Run, *words: str, **environment: str) -> dict[str, list[tuple[str, str]]]:
    """Return the verdicts and messages by what they are about; the clock is this machine's own."""
    outcome = run("doctor", *words, "--json", now=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **environment)
    findings = json.loads(outcome.out)["data"]
    assert outcome.code == (1 if any(each["verdict"] == "wrong" for each in findings) else 0)
    by: dict[str, list[tuple[str, str]]] = {}
    for each in findings:
        by.setdefault(each["about"], []).append((each["verdict"], each["message"]))
    return by


def old(path: Path, seconds: int = HOUR) -> Path:
    """Make a file that was left some time ago."""
    path.write_bytes(b"")
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def test_all_is_well(team: MakeTeam, run: Run) -> None:
    team(TEAM)
    by = found(run)
    assert by["identity"] == [("ok", "Alice <alice@example.com> is alice")]
    assert by["branch"] == [("ok", "'main'")]
    assert by["locks"] == [("ok", "none, and nothing is left half done")]
    assert by["hooks"] == [("ok", "none")]
    assert [verdict for verdict, _ in by["clock"]] == ["ok"]
    assert not [about for about, each in by.items() if any(verdict == "wrong" for verdict, _ in each)]


def test_for_a_person(team: MakeTeam, run: Run) -> None:
    """Fits the terminal, ends with the verdict, exits with 1 for what is wrong."""
    made = team(TEAM)
    made.git("checkout", "--quiet", "--detach")
    outcome = run("doctor", now="2027-11-18T15:00:00Z")
    assert outcome.code == 1
    assert "wrong  branch      no branch is checked out (detached HEAD)\n" in outcome.out
    assert outcome.out.endswith("1 thing is wrong; the lines with an arrow say what to do.\n")
    assert all(len(line) <= 80 for line in outcome.out.splitlines())


def test_it_changes_nothing(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    old(made.root / ".git" / "index.lock")
    old(made.root / "rotations" / ".x.yaml.0123abcd.tmp")

    def state() -> list[tuple[str, int]]:
        files = sorted(path for path in made.root.rglob("*") if path.is_file())
        return [(str(path), path.stat().st_mtime_ns) for path in files]

    before = state()
    found(run)
    assert state() == before


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"user.email": "eve@example.com"}, "Alice <eve@example.com> is nobody of the team"),
        ({"user.email": "ALICE@example.com"}, "Alice <ALICE@example.com> is alice"),
        ({"user.name": "x\x1b[2K"}, "<alice@example.com> is alice"),
    ],
)
def test_identity(team: MakeTeam, run: Run, settings: dict[str, str], words: str) -> None:
    made = team(TEAM)
    for key, value in settings.items():
        made.git("config", key, value)
    assert words in found(run)["identity"][0][1]
    assert "\x1b" not in run("doctor").out


def test_no_identity(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    made.git("config", "--unset", "user.email")
    assert found(run)["identity"] == [("wrong", "git does not know your user.email")]


def test_no_repository(team: MakeTeam, run: Run) -> None:
    """Files without git are read; the rest is told as far as it can be."""
    made = team(TEAM)
    shutil.rmtree(made.root / ".git")
    by = found(run, "--fix")
    assert by["repository"] == [("wrong", "the folder is in no git repository")]
    assert by["mended"][0][0] == "note"
    assert "program" in by


def test_a_repository_of_another_user(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    if os.name == "nt" or os.getuid() != 0:
        pytest.skip("only root can give a folder away")
    for path in (made.root, made.root / ".git"):
        os.chown(path, 12345, 12345)
    verdict, message = found(run)["repository"][0]
    assert (verdict, "does not trust" in message) == ("wrong", True)


def test_an_invalid_team_still_has_a_doctor(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    made.write({"oncall.yaml": "[\n", "rotations/people/alice.yaml": "}"})
    assert found(run)["git"][0][0] in ("ok", "note")


def test_the_remote(team: MakeTeam, run: Run, tmp_path: Path) -> None:
    """What is to push and to take over, without asking the remote."""
    made = team(TEAM)
    assert found(run)["remote"] == [("note", "there is none: what is written here stays here")]
    made.git("init", "--quiet", "--bare", str(tmp_path / "remote.git"))
    made.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    assert found(run)["remote"] == [("note", "the branch follows none of origin")]
    made.git("push", "--quiet", "--set-upstream", "origin", "main")
    assert found(run)["remote"] == [("ok", "'origin/main' has the same commits")]
    assert found(run, "--online")["network"] == [("ok", "'origin' answers")]
    made.commit({"runbooks/x.md": "---\ntitle: X\n---\n"}, "More")
    shutil.rmtree(tmp_path / "remote.git")
    assert found(run)["remote"] == [("note", "'origin/main': 1 commit to push, 0 to take over")]
    assert found(run, "--online")["network"][0][0] == "wrong"


def test_a_remote_that_hangs_costs_seconds(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        made.git("remote", "add", "origin", f"git://127.0.0.1:{silent.getsockname()[1]}/x")
        begun = time.monotonic()
        assert found(run, "--online")["network"] == [
            ("wrong", "'origin' cannot be reached: no answer within 5 seconds")
        ]
        assert time.monotonic() - begun < 8


def test_a_merge_under_way(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    (made.root / ".git" / "MERGE_HEAD").write_text(made.git("rev-parse", "HEAD"))
    assert ("wrong", "a merge is under way") in found(run)["branch"]


def test_a_stale_lock_is_removed_only_when_asked(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    lock = old(made.root / ".git" / "index.lock")
    assert found(run)["locks"] == [("wrong", "'.git/index.lock' is 1 hour old, and keeps git from its work")]
    assert lock.exists()
    by = found(run, "--fix")
    assert by["mended"] == [("ok", "removed '.git/index.lock': the command that made it is dead")]
    assert by["locks"][0][0] == "ok"
    assert not lock.exists()


def test_a_young_lock_is_somebodys(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    lock = old(made.root / ".git" / "index.lock", 30)
    assert found(run, "--fix")["locks"][0][0] == "note"
    assert lock.exists()


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="nothing tells which processes there are")
@pytest.mark.parametrize("away", [False, True])
def test_a_lock_stays_while_a_git_is_at_work(team: MakeTeam, run: Run, away: bool) -> None:
    """An editor may be open for hours; git holds the lock all the while, wherever it was called from."""
    made = team(TEAM)
    lock = old(made.root / ".git" / "index.lock")
    words = ["git", "-C", str(made.root), "cat-file", "--batch"] if away else ["git", "cat-file", "--batch"]
    with subprocess.Popen(words, cwd="/" if away else made.root, stdin=subprocess.PIPE) as at_work:
        assert found(run, "--fix")["locks"][0][0] == "wrong"
        assert lock.exists()
        assert at_work.stdin
        at_work.stdin.close()
    assert "mended" in found(run, "--fix")


def test_what_we_left_is_ours_to_remove_and_nothing_else(team: MakeTeam, run: Run) -> None:
    """Our temporary files beside records go; younger ones, tracked ones, others' and those elsewhere stay."""
    made = team(TEAM)
    made.commit({"runbooks/.x.md.0123abcd.tmp": "tracked"}, "Track it")
    ours = old(made.root / "rotations" / "people" / ".bob.yaml.0123abcd.tmp")
    os.utime(made.root / "runbooks/.x.md.0123abcd.tmp", (0, 0))
    (made.root / "work").mkdir()
    kept = [
        old(made.root / "rotations" / "people" / ".young.yaml.0123abcd.tmp", 5),
        made.root / "runbooks" / ".x.md.0123abcd.tmp",
        old(made.root / "work" / ".y.0123abcd.tmp"),
        old(made.root / "rotations" / "notes.tmp"),
    ]
    by = found(run)
    assert by["locks"] == [("note", "'rotations/people/.bob.yaml.0123abcd.tmp' was left by a command that died")]
    assert len(found(run, "--fix")["mended"]) == 1
    assert not ours.exists()
    assert all(path.exists() for path in kept)


def test_a_journal_is_told(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    (made.root / ".git" / "oncall").mkdir()
    old(made.root / ".git" / "oncall" / "journal", 2 * HOUR)
    [(level, message)] = found(run)["locks"]
    assert (level, message.startswith("'.git/oncall/journal.unread-")) == ("note", True)
    # one that can be read is mended before anything is told, unless another command is at work on it
    with writing(made.root / ".git"):
        old(made.root / ".git" / "oncall" / "journal", 2 * HOUR)
        assert ("note", "a change that was begun 2 hours ago is not finished") in found(run)["locks"]


@pytest.mark.skipif(sys.platform == "win32", reason="another lock there")
def test_another_oncall_at_work(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    with writing(made.root / ".git"):
        by = found(run, "--fix")
    assert by["locks"] == [("note", "another oncall is writing at this moment")]
    assert by["mended"] == [("note", "nothing could be mended: another oncall is changing this repository")]


def test_hooks(team: MakeTeam, run: Run) -> None:
    """Which would run, and which git passes over; wherever they are kept."""
    made = team(TEAM)
    made.write({".git/hooks/pre-commit": "#!/bin/sh\n", ".git/hooks/commit-msg": "#!/bin/sh\n", "own/pre-push": ""})
    (made.root / ".git/hooks/pre-commit").chmod(0o755)
    assert found(run)["hooks"] == [
        ("ok", "git runs pre-commit"),
        ("note", "git passes over commit-msg: not executable"),
    ]
    made.git("config", "core.hooksPath", "own")
    assert found(run)["hooks"] == [("note", "git passes over pre-push of 'own' (core.hooksPath): not executable")]


def test_unusual_clones(team: MakeTeam, run: Run, tmp_path: Path) -> None:
    made = team(TEAM)
    made.commit({"runbooks/x.md": "---\ntitle: X\n---\n"})
    shallow = tmp_path / "shallow"
    made.git("clone", "--quiet", "--depth", "1", made.root.as_uri(), str(shallow))
    made.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    assert "shallow" in found(run, ONCALL_REPO=str(shallow))["clone"][0][1]
    assert "a linked work tree" in found(run, ONCALL_REPO=str(tmp_path / "linked"))["clone"][0][1]
    TeamFolder(shallow).git("sparse-checkout", "set", "rotations")
    assert [verdict for verdict, _ in found(run, ONCALL_REPO=str(shallow))["clone"]] == ["note", "note"]


def test_drivers(team: MakeTeam, run: Run) -> None:
    """A driver that is named and not set up is told; records are never merged by 'union'."""
    made = team({**TEAM, ".gitattributes": "*.yaml merge=oncall diff=oncall\n"})
    assert [verdict for verdict, _ in found(run)["merging"]] == ["note", "note"]
    made.git("config", "merge.oncall.driver", "true")
    made.git("config", "diff.oncall.textconv", "cat")
    assert [verdict for verdict, _ in found(run)["merging"]] == ["ok", "ok"]
    made.write({".gitattributes": "*.yaml merge=union\n"})
    assert found(run)["merging"][0][0] == "wrong"


def test_a_clock_that_is_behind(team: MakeTeam, run: Run) -> None:
    team(TEAM)
    outcome = run("doctor", now="2019-01-01T00:00:00Z")
    assert outcome.code == 1
    assert "wrong  clock       it is Tue 2019-01-01 00:00 here" in outcome.out


def test_a_shared_folder(tmp_path: Path, team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = team(TEAM)
    (tmp_path / "Dropbox").mkdir()
    made.root.rename(tmp_path / "Dropbox" / "team")
    monkeypatch.chdir(tmp_path / "Dropbox" / "team")
    verdict, message = found(run)["folder"][0]
    assert (verdict, "a folder of Dropbox" in message) == ("note", True)


def test_git_is_missing(team: MakeTeam, run: Run, tmp_path: Path) -> None:
    team(TEAM)
    assert found(run, PATH=str(tmp_path))["git"] == [("wrong", "git is not installed, or not on the PATH")]
