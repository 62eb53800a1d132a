"""What is kept is given again only while it is right, and nobody notices but for the time it takes."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oncall_cli.cache.witness import Witness
from tests.cache.asking import TEAM, ask, process, rewrite
from tests.conftest import MakeTeam, TeamFolder

NOW = "2026-11-24T12:00:00Z"
ROTATION = "rotations/platform/rotation.yaml"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not tell when a file was last changed")


@pytest.fixture
def standing(team: MakeTeam, monkeypatch: pytest.MonkeyPatch) -> TeamFolder:
    """A team, at a time, that has not been asked."""
    monkeypatch.setenv("ONCALL_NOW", NOW)
    return team(TEAM)


def answers(team: TeamFolder) -> list[Path]:
    folder = team.root / ".git" / "oncall" / "answers"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_the_second_answer_is_kept_and_the_same(standing: TeamFolder) -> None:
    """Text and JSON, of one rotation and of all: the same bytes, without the house being loaded."""
    for arguments in (("who",), ("who", "platform"), ("who", "--json"), ("-C", str(standing.root), "who", "network")):
        first = process(*arguments, folder=standing.root)
        again = process(*arguments, folder=standing.root, known=True)
        assert (first.returncode, first.stdout, first.stderr) == (0, again.stdout, again.stderr), arguments
        assert again.returncode == 0
        assert first.stdout


def test_distances_are_of_the_minute(standing: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """One kept answer serves every minute until the handoff, folded anew, and none after it."""
    monkeypatch.setenv("COLUMNS", "50")
    assert "in 2h" in ask("who", "platform").out
    for now in ("2026-11-24T12:00:01Z", "2026-11-24T12:58:00Z", "2026-11-24T13:59:59Z"):
        monkeypatch.setenv("ONCALL_NOW", now)
        said = ask("who", "platform")
        assert said.kept
        assert said[:3] == ask("who", "platform", kept=False)[:3]
    monkeypatch.setenv("ONCALL_NOW", "2026-11-24T14:00:00Z")
    after = ask("who", "platform")
    assert not after.kept
    assert after[:3] == ask("who", "platform", kept=False)[:3]


def test_the_clock_may_go_back(standing: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer is not given for a time before the one it was made at."""
    ask("who")
    monkeypatch.setenv("ONCALL_NOW", "2026-11-10T12:00:00Z")
    assert not ask("who").kept


def test_a_new_year_is_told(standing: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year that goes without saying is another after new year, though nothing else has changed."""
    monkeypatch.setenv("ONCALL_NOW", "2026-12-31T20:00:00Z")
    assert "5 Jan 2027" in ask("who", "platform").out
    monkeypatch.setenv("ONCALL_NOW", "2027-01-01T00:00:00Z")
    said = ask("who", "platform")
    assert "2027" not in said.out
    assert said[:3] == ask("who", "platform", kept=False)[:3]


def test_an_edit_in_the_same_moment_of_the_same_size(standing: TeamFolder) -> None:
    """In place, with the time set back: the file looks as before in all that its writer can say of it."""
    path = standing.root / ROTATION
    before, times = path.read_text(encoding="utf-8"), path.stat()
    said = ask("who", "platform")
    for _ in range(5):
        after = before.replace("[alice, carol]", "[carol, alice]")
        rewrite(path, after, times=times)
        swapped = ask("who", "platform")
        assert swapped.out != said.out
        assert not swapped.kept
        rewrite(path, before, times=times)
        assert ask("who", "platform").out == said.out


def test_each_ground_is_noticed(standing: TeamFolder) -> None:
    """A contact, a person, an override that comes and goes, the team, another rotation on the ladder."""
    cover = "rotations/platform/overrides/2026-11-24-cover.yaml"
    change = "changes:\n  - {role: primary, start: 2026-11-24T00:00:00Z, end: 2026-11-25T00:00:00Z, person: erika}\n"
    network = TEAM["rotations/network/rotation.yaml"].replace("[erika, alice]", "[alice, erika]")
    edits = (
        ("rotations/people/alice.yaml", TEAM["rotations/people/alice.yaml"].replace("0101", "0199")),
        (cover, f"kind: cover\n{change}"),
        ("rotations/network/rotation.yaml", network),
        ("oncall.yaml", TEAM["oncall.yaml"].replace("New_York", "Chicago")),
    )
    last = ask("who", "platform").out
    for path, text in edits:
        assert ask("who", "platform").kept
        standing.write({path: text})
        said = ask("who", "platform")
        assert said[:3] == ask("who", "platform", kept=False)[:3]
        assert said.out != last, path
        last = said.out
    (standing.root / cover).unlink()
    assert ask("who", "platform").out != last


def test_what_others_did_arrives_with_a_pull(standing: TeamFolder, tmp_path: Path) -> None:
    other = tmp_path / "other"
    standing.git("clone", "--quiet", str(standing.root), str(other))
    there = TeamFolder(other)
    mine = process("who", "platform", folder=other)
    assert process("who", "platform", folder=other, known=True).stdout == mine.stdout
    standing.commit({ROTATION: TEAM[ROTATION].replace("[alice, carol]", "[carol, alice]")})
    there.git("pull", "--quiet")
    assert process("who", "platform", folder=other).stdout != mine.stdout


def test_each_clone_and_work_tree_has_its_own(standing: TeamFolder, tmp_path: Path) -> None:
    """A linked work tree keeps its answers beside the others', and is never given theirs."""
    linked = tmp_path / "linked"
    standing.git("worktree", "add", "--quiet", "-b", "other", str(linked))
    rewrite(linked / ROTATION, TEAM[ROTATION].replace("[alice, carol]", "[carol, alice]"))
    here, there = process("who", "platform", folder=standing.root), process("who", "platform", folder=linked)
    assert here.stdout != there.stdout
    assert process("who", "platform", folder=linked, known=True).stdout == there.stdout
    assert process("who", "platform", folder=standing.root, known=True).stdout == here.stdout
    assert len(answers(standing)) == 2


def test_another_reader_is_told_in_their_own_words(standing: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Zone, person, width and colour of the reader each make another question."""
    ask("who", "platform")
    for name, value in (
        ("ONCALL_TZ", "Asia/Tokyo"),
        ("ONCALL_PERSON", "carol"),
        ("COLUMNS", "44"),
        ("TZ", "Asia/Kolkata"),
    ):
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            said = ask("who", "platform")
            assert not said.kept
            assert said[:3] == ask("who", "platform", kept=False)[:3]
    assert ask("who", "platform").kept


def test_the_acting_persons_zone_is_a_ground(standing: TeamFolder) -> None:
    standing.git("config", "user.email", "carol@example.com")
    first = ask("--as", "carol", "who", "platform")
    assert "Asia/Tokyo" in first.out
    standing.write({"rotations/people/carol.yaml": "name: Carol\ntimezone: Asia/Seoul\n"})
    assert "Asia/Seoul" in ask("--as", "carol", "who", "platform").out


def test_a_changed_zone_database(standing: TeamFolder, tmp_path: Path) -> None:
    """The hands of a clock are set by a file as well: New York may decide to live by Tokyo's."""
    import tzdata

    packaged, zones = Path(tzdata.__file__).parent / "zoneinfo", tmp_path / "zones"
    (zones / "America").mkdir(parents=True)
    path = zones / "America" / "New_York"
    shutil.copyfile(packaged / "America" / "New_York", path)
    first = process("who", "platform", folder=standing.root, PYTHONTZPATH=str(zones))
    assert process("who", "platform", folder=standing.root, PYTHONTZPATH=str(zones), known=True).stdout == first.stdout
    shutil.copyfile(packaged / "Asia" / "Tokyo", path)
    changed = process("who", "platform", folder=standing.root, PYTHONTZPATH=str(zones))
    assert changed.stdout != first.stdout
    # and a system that is given a zone which it had not
    path.unlink()
    without = process("who", "platform", folder=standing.root, PYTHONTZPATH=str(zones))
    assert without.stdout == first.stdout
    shutil.copyfile(packaged / "Asia" / "Tokyo", path)
    again = process("who", "platform", folder=standing.root, PYTHONTZPATH=str(zones))
    assert again.stdout == changed.stdout


def test_nobody_is_kept_with_its_exit_code(standing: TeamFolder) -> None:
    standing.write({ROTATION: TEAM[ROTATION] + "hours: [monday-friday 09:00-10:00]\n"})
    first, again = ask("who", "platform"), ask("who", "platform")
    assert (first.code, again.code, again.kept) == (3, 3, True)
    assert first.out == again.out


def test_what_is_not_kept(standing: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The past, another time, what cannot be read, a link, and what was asked for without."""
    for arguments in (("who", "--as-of", "HEAD"), ("who", "--at", "tomorrow"), ("who", "nosuch")):
        assert not any(ask(*arguments).kept for _ in range(2)), arguments
    monkeypatch.setenv("ONCALL_NO_CACHE", "1")
    assert not any(ask("who").kept for _ in range(2))
    monkeypatch.delenv("ONCALL_NO_CACHE")
    standing.write({"rotations/people/erika.yaml": "name: [Erika]\n"})
    assert [ask("who", "network")[::3] for _ in range(2)] == [(5, False), (5, False)]
    (standing.root / "rotations/people/erika.yaml").unlink()
    (standing.root / "erika.yaml").write_text("name: Erika\n", encoding="utf-8")
    (standing.root / "rotations/people/erika.yaml").symlink_to("../../erika.yaml")
    assert [ask("who", "network")[::3] for _ in range(2)] == [(0, False), (0, False)]


def test_a_change_that_a_dead_command_left_is_mended_first(standing: TeamFolder) -> None:
    """While a journal stands, the usual way answers."""
    ask("who")
    journal = standing.root / ".git" / "oncall" / "journal"
    journal.write_text("{}", encoding="utf-8")
    assert not ask("who").kept


def put(path: Path, data: bytes, mode: int = 0o400) -> None:
    path.unlink()
    path.write_bytes(data)
    path.chmod(mode)


def test_what_is_damaged_or_anothers_is_not_believed(standing: TeamFolder) -> None:
    """Cut short, a bit turned, empty, a folder, or with rights as a checkout gives: the answer is the usual one."""
    right = ask("who")[:3]
    [path] = answers(standing)
    whole = path.read_bytes()
    for damaged in (
        whole[:-1],
        whole[:40],
        b"",
        whole[:-1] + bytes([whole[-1] ^ 1]),
        b"oncall answer 0\n" + whole[16:],
    ):
        put(path, damaged)
        said = ask("who")
        assert (said.kept, said[:3]) == (False, right)
        assert path.read_bytes() != damaged
    put(path, whole)
    assert ask("who").kept
    for mode in (0o666, 0o644, 0o600, 0o700, 0o440):
        put(path, whole, mode)
        assert not ask("who").kept
    path.unlink()
    path.mkdir()
    assert [ask("who")[:3] for _ in range(2)] == [right, right]


def test_losing_it_loses_nothing(standing: TeamFolder) -> None:
    right = ask("who")[:3]
    shutil.rmtree(standing.root / ".git" / "oncall")
    assert ask("who")[:3] == right
    assert ask("who").kept


def test_git_notices_nothing(standing: TeamFolder) -> None:
    """Nothing stands in the work tree, and git's own files are as they were."""
    ask("who")
    assert standing.git("status", "--porcelain") == ""
    assert {path.stat().st_mode & 0o077 for path in answers(standing)} == {0}


def test_their_number_is_bounded(standing: TeamFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in range(60, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        ask("who", "network")
    assert len(answers(standing)) == 64
    assert ask("who", "network").kept


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_where_nothing_can_be_kept_everything_is_answered(standing: TeamFolder) -> None:
    (standing.root / ".git").chmod(0o555)
    try:
        assert [(said.code, said.kept) for said in (ask("who"), ask("who"))] == [(0, False), (0, False)]
    finally:
        (standing.root / ".git").chmod(0o755)


def test_without_git_there_is_no_place_to_keep(standing: TeamFolder) -> None:
    shutil.rmtree(standing.root / ".git")
    assert [(said.code, said.kept) for said in (ask("who"), ask("who"))] == [(0, False), (0, False)]
    assert "'oncall who' takes its full time" in " ".join(ask("doctor").out.split())


def test_an_answer_into_a_closed_or_a_full_place(standing: TeamFolder) -> None:
    """What the usual way says of a full disk, and does for a reader who went away, stays so."""
    process("who", folder=standing.root)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "oncall_cli", "who"],
            cwd=standing.root,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert b"cannot be printed" in done.stderr


def test_a_reader_without_utf8_is_told_the_same(standing: TeamFolder) -> None:
    standing.write({"rotations/people/alice.yaml": "name: Ålice Żółć\n"})
    first = process("who", folder=standing.root, PYTHONIOENCODING="ascii")
    assert process("who", folder=standing.root, known=True, PYTHONIOENCODING="ascii").stdout == first.stdout
    assert "\\xc5" in first.stdout


def test_what_loads_the_program_is_no_ground() -> None:
    """The interpreter lists the folders of packages and opens modules; what is read besides is seen."""
    importlib.invalidate_caches()
    sys.modules.pop("wave", None)
    witness = Witness(None)
    witness.watch()
    importlib.import_module("wave")
    loading = {**witness.marks}
    os.listdir(Path(__file__).parent)
    Path(__file__).with_name("no such file").exists()
    with contextlib.suppress(FileNotFoundError):
        Path(__file__).with_name("no such file").read_bytes()
    seen = {Path(path).name for path in witness.marks}
    witness.rest()
    assert loading == {}
    assert not witness.unkept
    assert seen == {"cache", "no such file"}
