"""The judgement of `oncall doctor`, from facts alone: every state has its sentence and what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.diagnosis import Verdict, is_ill
from oncall_cli.practice.git_health import (
    Branch,
    GitFacts,
    Hooks,
    Identity,
    Lock,
    Locks,
    Shape,
    git_findings,
)
from oncall_cli.practice.machine_health import (
    Clock,
    Folder,
    Library,
    MachineFacts,
    Program,
    Zones,
    machine_findings,
)
from oncall_cli.render.doctor import doctor_text

Golden = Callable[[str, str], None]

NOW = parse_instant("2026-11-18T15:00:00Z")
ZONE = Zone.parse("America/New_York")

WELL = GitFacts(
    (2, 51, 0),
    None,
    Identity("Alice", "alice@example.com", ("alice",)),
    Branch("main", None, ("origin",), "origin/main", 0, 0, 7200),
    Locks((), False, (), None),
    Hooks(None, ("pre-commit",), ()),
    Shape(False, False, False, False, "unspecified", False, "unspecified", False),
)
ILL = GitFacts(
    (2, 29, 1),
    None,
    Identity("Zoe \x1b[2K", "zoe@example.com", ()),
    Branch(None, "rebase", ("origin", "fork"), None, 0, 0, None),
    Locks((Lock(".git/index.lock", 200_000), Lock(".git/HEAD.lock", 3)), True, ("rotations/.a.yaml.tmp",), 61),
    Hooks(".husky", (), ("pre-commit", "commit-msg")),
    Shape(True, True, True, True, "union", False, "oncall", False),
)
SOUND = MachineFacts(
    Clock(NOW, Instant(NOW - 60), Instant(NOW - 30)),
    Zones("2026f", "2026f", 3, ()),
    Folder(("/", "home", "alice", "oncall"), (), False),
    "",
    Program("1.0.0", (3, 13, 1), (Library("typer", (0, 29, 0), (0, 29)),), (("holidays", ()),), True),
)
UNSOUND = MachineFacts(
    Clock(NOW, Instant(NOW + 3 * 86400), None),
    Zones("2024a", "2026f", 3, ("America/Coyhaique",)),
    Folder(("/", "home", "alice", "OneDrive - Example", "oncall"), (), True),
    "'/home/alice/oncall/.git/oncall' cannot be written",
    Program(
        "1.0.0",
        (3, 13, 1),
        (Library("typer", (0, 12, 3), (0, 29)), Library("pydantic", (), (2, 11))),
        (("holidays", ("holidays",)),),
        False,
    ),
)


def screen(git: GitFacts, machine: MachineFacts) -> str:
    return doctor_text([*git_findings(git), *machine_findings(machine, ZONE)])


def test_a_person_reads(golden: Golden) -> None:
    """All well, and all that can be wrong at once, within 80 columns."""
    seen = f"{screen(WELL, SOUND)}\n\n{screen(ILL, UNSOUND)}\n"
    golden("doctor.txt", seen)
    assert all(len(line) <= 80 for line in seen.splitlines())
    assert "\x1b" not in seen


def test_only_what_is_wrong_fails() -> None:
    assert not is_ill([*git_findings(WELL), *machine_findings(SOUND, ZONE)])
    assert is_ill(git_findings(ILL))
    assert is_ill(machine_findings(UNSOUND, ZONE))


def test_colour_says_nothing_alone() -> None:
    plain, coloured = (doctor_text(list(git_findings(ILL)), colour=colour) for colour in (False, True))
    for code in ("\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


@pytest.mark.parametrize(
    ("facts", "verdict", "words"),
    [
        (WELL._replace(version=()), "wrong", "git is not installed"),
        (WELL._replace(version=(2, 30)), "note", "does not know 'safe.bareRepository'"),
        (WELL._replace(failure=("no trust", "say so")), "wrong", "no trust"),
        (WELL._replace(identity=Identity(None, "a@b", ())), "wrong", "user.name"),
        (WELL._replace(identity=Identity("A", None, ())), "wrong", "user.email"),
        (WELL._replace(identity=Identity("A", "a@b", ("alice", "ana"))), "wrong", "may be alice or ana"),
        (WELL._replace(identity=Identity("A", "a@b", ("ana",), left=True)), "wrong", "who has left the team"),
        (WELL._replace(identity=Identity("A", "a@b", (), acting="ana")), "note", "acts as ana"),
        (WELL._replace(branch=Branch("main", None, (), None, 0, 0, None)), "note", "what is written here stays here"),
        (WELL._replace(branch=Branch("main", None, ("o",), "o/main", 2, 1, 5)), "note", "2 commits to push, 1 to take"),
        (WELL._replace(branch=Branch("main", "bisect", ("o",), "o/main", 0, 0, 5)), "wrong", "a bisect is under way"),
    ],
)
def test_git(facts: GitFacts, verdict: str, words: str) -> None:
    assert [each for each in git_findings(facts) if each.verdict == verdict and words in each.message]


@pytest.mark.parametrize(
    ("parts", "markers", "service"),
    [
        (("Users", "a", "Library", "Mobile Documents", "com~apple~CloudDocs"), (), "iCloud Drive"),
        (("Users", "a", "Library", "CloudStorage", "GoogleDrive-a@example.com"), (), "Google Drive"),
        (("C:\\", "Users", "a", "Dropbox (Team)"), (), "Dropbox"),
        (("home", "a", "work"), (".stfolder",), "Syncthing"),
    ],
)
def test_folders_that_others_share(parts: tuple[str, ...], markers: tuple[str, ...], service: str) -> None:
    facts = SOUND._replace(folder=Folder(parts, markers, False))
    found = [each for each in machine_findings(facts, ZONE) if each.about == "folder"]
    assert [each.verdict for each in found] == [Verdict.NOTE]
    assert service in found[0].message


@pytest.mark.parametrize(
    ("clock", "verdict"),
    [
        (Clock(NOW, None, None), "ok"),
        (Clock(NOW, Instant(NOW + 200), None), "ok"),
        (Clock(NOW, Instant(NOW + 400), None), "note"),
        (Clock(NOW, Instant(NOW + 90_000), None), "wrong"),
        (Clock(NOW, None, Instant(NOW + 90_000)), "ok"),
        (Clock(NOW, None, Instant(NOW + 400 * 86400)), "wrong"),
    ],
)
def test_the_clock(clock: Clock, verdict: str) -> None:
    """A clock that is behind what has happened already is wrong; seconds between machines are nothing."""
    found = [each for each in machine_findings(SOUND._replace(clock=clock), ZONE) if each.about == "clock"]
    assert [str(each.verdict) for each in found] == [verdict]


def test_no_zones_at_all() -> None:
    facts = SOUND._replace(zones=Zones(None, None, 3, ()))
    assert "there is no list of time zones" in [each.message for each in machine_findings(facts, ZONE)]
