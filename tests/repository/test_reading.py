"""A team's files become records; what cannot be read is a problem with a place and hides nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oncall_cli.errors import Unreadable
from oncall_cli.model.zone import Zone
from oncall_cli.repository.files import WorkTree
from oncall_cli.repository.find import find_root
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.strays import strays
from tests.conftest import MakeTeam, Run, TeamFolder
from tests.repository.records import ALICE, BOB, COVER, TEAM

COVER_TEXT = "changes:\n  - {start: 2026-11-24T14:00:00Z, end: 2026-11-24T15:00:00Z, person: bob}\n"
SHIFT = "person: bob\nrole: primary\n"
IN_PLATFORM = "rotations/platform"


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    return team(TEAM)


def problems(repository: TeamRepository) -> list[str]:
    return [f"{one.place} {one.code} {one.message}" for one in repository.problems]


def test_records_know_their_names_and_places(made: TeamFolder) -> None:
    """A record's id is its file's name, a rotation's its folder's; fields know their lines."""
    repository = TeamRepository(made.root)
    assert repository.team().name == "Platform team"
    assert list(repository.people()) == ["alice", "bob"]
    rotation = repository.rotations()["platform"]
    assert (rotation.id, rotation.path) == ("platform", "rotations/platform/rotation.yaml")
    assert rotation.place("roster", 0, "members", 1) == ("rotations/platform/rotation.yaml", 5, 22)
    assert rotation.place("handoff", "at") == ("rotations/platform/rotation.yaml", 2, 26)
    assert repository.problems == []


def test_a_rotation_has_the_teams_time_zone(made: TeamFolder) -> None:
    """Where a rotation names no zone of its own, the team's counts."""
    assert TeamRepository(made.root).rotations()["platform"].timezone == Zone("America/New_York")
    made.write({"rotations/platform/rotation.yaml": TEAM["rotations/platform/rotation.yaml"] + "timezone: UTC\n"})
    rotation = TeamRepository(made.root).rotation("platform")
    assert rotation is not None
    assert rotation.timezone == Zone("UTC")


def test_one_bad_file_hides_nothing(made: TeamFolder) -> None:
    """The good records are there, and every problem of every file is told, by path and line."""
    made.write({ALICE: "name: Alice\nnmae: x\ntimezone: Mars\n", "rotations/people/zed.yaml": "name: [\n"})
    repository = TeamRepository(made.root)
    assert list(repository.people()) == ["bob"]
    assert problems(repository) == [
        f"{ALICE}:2:1 E110 unknown key 'nmae'",
        f"{ALICE}:3:1 E113 'Mars' is not a time zone: write one such as 'Europe/Berlin' or 'UTC'",
        "rotations/people/zed.yaml:2:1 E102 this is not YAML: a value is missing, or brackets are not closed",
    ]


def test_an_invalid_team_ends_the_reading(made: TeamFolder) -> None:
    """Its first problem is raised, with its place; rotations that need its zone are not guessed at."""
    made.write({"oncall.yaml": "name: Platform team\ntimezone: Mars\n"})
    repository = TeamRepository(made.root)
    with pytest.raises(Unreadable) as refused:
        repository.team()
    assert refused.value.place == ("oncall.yaml", 2, 1)
    assert repository.rotation("platform") is None


def test_a_record_that_does_not_exist_is_no_problem(made: TeamFolder) -> None:
    """Asking for somebody unknown, or by a name that leads elsewhere, finds nobody."""
    repository = TeamRepository(made.root)
    for name in ("zoe", "", "..", "../people/alice", "Alice"):
        assert repository.person(name) is None
        assert repository.rotation(name) is None
    assert repository.rotation("people") is None
    assert repository.problems == []


def test_one_person_is_read_alone(made: TeamFolder) -> None:
    """A command that needs one person does not meet the problems of the others."""
    made.write({BOB: "name: [\n"})
    repository = TeamRepository(made.root)
    alice = repository.person("alice")
    assert alice is not None
    assert alice.git_emails == ("alice@example.com",)
    assert repository.problems == []


def test_records_by_year(made: TeamFolder) -> None:
    """Shifts, incidents and requests stand in a folder for each year, and are read for the years asked."""
    made.write(
        {
            f"{IN_PLATFORM}/shifts/2025/2025-12-30-bob-primary.yaml": SHIFT,
            f"{IN_PLATFORM}/shifts/2026/2026-01-06-bob-primary.yaml": SHIFT,
            f"{IN_PLATFORM}/incidents/2026/2026-01-07-disk.yaml": "title: Disk\nseverity: sev1\n",
            f"{IN_PLATFORM}/incidents/2026/2026-01-07-disk.md": "# Review\n",
            f"{IN_PLATFORM}/requests/2026/2026-01-08-help.yaml": "title: Help\nreceived: 2026-01-08T10:00:00Z\n",
            COVER: COVER_TEXT,
        }
    )
    repository = TeamRepository(made.root)
    assert [shift.id for shift in repository.shifts("platform", [2026, 2027])] == ["2026-01-06-bob-primary"]
    assert [shift.id[:4] for shift in repository.shifts("platform")] == ["2025", "2026"]
    assert [incident.title for incident in repository.incidents("platform")] == ["Disk"]
    assert [request.title for request in repository.requests("platform")] == ["Help"]
    assert [override.changes[0].people for override in repository.overrides("platform")] == [("bob",)]
    assert repository.raw(COVER)["changes"] == [
        {"start": "2026-11-24T14:00:00Z", "end": "2026-11-24T15:00:00Z", "person": "bob"}
    ]
    assert [*repository.problems, *strays(repository.files)] == []


def test_pages(made: TeamFolder) -> None:
    """Runbooks and templates have a head and a text; a template's id has its kind in front."""
    made.write(
        {
            "runbooks/disk.md": "---\ntitle: Disk full\nalerts: [DiskFull]\n---\n\n# Diagnose\n",
            "templates/customers/outage.md": "---\ntitle: Outage\n---\nDear all\n",
            "templates/README.md": "How to write them\n",
        }
    )
    repository = TeamRepository(made.root)
    page = repository.runbooks()["disk"]
    assert (page.head.id, page.head.alerts, page.body) == ("disk", ("DiskFull",), "\n# Diagnose\n")
    assert repository.templates()["customers/outage"].body == "Dear all\n"
    assert [*repository.problems, *strays(repository.files)] == []


STRAY = {
    "rotations/people/eve.yml": "E120 'rotations/people/eve.yml' is no kind of record",
    "rotations/people/Eve.yaml": "E121 'Eve' is not an id",
    "rotations/people/old/eve.yaml": "E120 the folder 'rotations/people/old' is none that holds records",
    "rotations/notes.txt": "E120 'rotations/notes.txt' is no kind of record",
    "rotations/empty/overrides/2026-01-01-x.yaml": "E120 'rotations/empty' holds no 'rotation.yaml'",
    f"{IN_PLATFORM}/roster.yaml": f"E120 '{IN_PLATFORM}/roster.yaml' is no kind of record",
    f"{IN_PLATFORM}/overides/2026-01-01-x.yaml": f"E120 the folder '{IN_PLATFORM}/overides' is none",
    f"{IN_PLATFORM}/overrides/cover.yaml": "E121 the name must begin with a date: 'cover' is not a date",
    f"{IN_PLATFORM}/overrides/2026-02-30-x.yaml": "E121 the name must begin with a date: '2026-02-30'",
    f"{IN_PLATFORM}/overrides/2026-02-03.yaml": "E121 after the date the name needs '-' and words",
    f"{IN_PLATFORM}/shifts/2026-01-06-bob-primary.yaml": "E120",
    f"{IN_PLATFORM}/shifts/2025/2026-01-06-bob-primary.yaml": "E121 a record of 2026 stands in the folder '2025'",
    "runbooks/disk.yaml": "E120 'runbooks/disk.yaml' is no kind of record",
    "templates/outage.md": "E120 'templates/outage.md' is no kind of record",
}


@pytest.mark.parametrize("path", STRAY)
def test_files_that_are_no_records(made: TeamFolder, path: str) -> None:
    """A misplaced or misnamed file is told, so that nobody believes in a record that nothing reads."""
    made.write({path: "x: y\n"})
    [problem] = strays(WorkTree(made.root))
    assert f"{problem.code} {problem.message}".startswith(STRAY[path])
    assert problem.hint


def test_files_that_stand_anywhere(made: TeamFolder) -> None:
    """Notes for people and for tools are welcome in every folder."""
    made.write({"rotations/README.md": "x", f"{IN_PLATFORM}/.gitkeep": "", "runbooks/.editorconfig": "", "src/x": ""})
    assert [*strays(WorkTree(made.root))] == []


def test_links_out_of_the_repository_are_not_followed(made: TeamFolder, tmp_path: Path) -> None:
    """A file or folder that leads out of the root is a problem; one that stays inside is read."""
    (tmp_path / "secret.yaml").write_text("name: Secret\n")
    (made.root / "rotations/people/eve.yaml").symlink_to(tmp_path / "secret.yaml")
    (made.root / "rotations/people/zoe.yaml").symlink_to(made.root / ALICE)
    (made.root / "runbooks").symlink_to(tmp_path)
    repository = TeamRepository(made.root)
    assert list(repository.people()) == ["alice", "bob", "zoe"]
    assert repository.runbooks() == {}
    assert [line.split(" ")[:2] for line in problems(repository)] == [
        ["rotations/people/eve.yaml:1:1", "E101"],
        ["runbooks:1:1", "E101"],
    ]


def test_what_is_no_file_cannot_hang_the_reader(made: TeamFolder) -> None:
    """A folder, a pipe or a file without permission under a record's name is a problem."""
    (made.root / "rotations/people/eve.yaml").mkdir()
    os.mkfifo(made.root / "rotations/people/zoe.yaml")
    repository = TeamRepository(made.root)
    assert list(repository.people()) == ["alice", "bob"]
    assert [one.code for one in repository.problems] == ["E101"]


# what stands at the path, and what is said of it; the rest of the team answers as ever
ODD: dict[str, tuple[str, Callable[[Path], object], list[str]]] = {
    "a named pipe": ("rotations/people/zed.yaml", os.mkfifo, ["E101 the file cannot be read: it is a named pipe"]),
    "a device": ("rotations/people/zed.yaml", lambda path: path.symlink_to("/dev/zero"),
                 ["E101 the file cannot be read: it leads out of the repository through a symbolic link"]),
    "a folder": ("rotations/people/zed.yaml", Path.mkdir,
                 ["E120 the folder 'rotations/people/zed.yaml' is none that holds records"]),
    "a link to nothing": ("rotations/people/zed.yaml", lambda path: path.symlink_to("nothing.yaml"),
                          ["E101 the file cannot be read: it is a symbolic link that leads to nothing"]),
    "a link to itself": ("rotations/people/zed.yaml", lambda path: path.symlink_to("zed.yaml"),
                         ["E101 the file cannot be read: it is a symbolic link that leads back to itself"]),
    "a rotation that leads to itself": ("rotations/zed", lambda path: path.symlink_to("zed"),
                                        ["E120 'rotations/zed' is no kind of record"]),
    "a rotation that leads out": (
        "rotations/zed", lambda path: path.symlink_to("/usr"),
        ["E101 the folder cannot be read: it leads out of the repository through a symbolic link"]),
    "a rotation that leads to all of them": (
        "rotations/zed", lambda path: path.symlink_to("."),
        ["E120 'rotations/zed' holds no 'rotation.yaml'",
         "E120 the folder 'rotations/zed/people' is none that holds records",
         "E120 the folder 'rotations/zed/platform' is none that holds records",
         "E120 the folder 'rotations/zed/zed' is none that holds records"]),
    "a rotation's file that leads to itself": (
        "rotations/zed/rotation.yaml", lambda path: path.symlink_to("rotation.yaml"),
        ["E101 the file cannot be read: it is a symbolic link that leads back to itself"]),
    "a rotation's file that is a pipe": (
        "rotations/zed/rotation.yaml", os.mkfifo, ["E101 the file cannot be read: it is a named pipe"]),
    "a year that leads to itself": (
        f"{IN_PLATFORM}/shifts/2026", lambda path: path.symlink_to("2026"),
        [f"E120 '{IN_PLATFORM}/shifts/2026' is no kind of record"]),
    "a runbook that leads to itself": (
        "runbooks/zed.md", lambda path: path.symlink_to("zed.md"),
        ["E101 the file cannot be read: it is a symbolic link that leads back to itself"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_one_odd_thing_hides_nothing(made: TeamFolder, run: Run, name: str) -> None:
    """Whatever stands where a record could, who is on call elsewhere is answered, and ``check`` names the thing."""
    path, make, said = ODD[name]
    made.write({"runbooks/labels.md": "---\ntitle: Labels\n---\nText\n"})
    (made.root / path).parent.mkdir(parents=True, exist_ok=True)
    make(made.root / path)
    answered = run("who", "platform", "--json")
    assert (answered.code, answered.err) == (0, "")
    assert json.loads(answered.out)["data"][0]["people"] == ["bob"]
    assert "bob" in run("person", "list").out
    assert "labels" in run("runbook", "list").out
    checked = [one for one in json.loads(run("check", "--json").out)["data"] if one["code"].startswith("E1")]
    assert [f"{one['code']} {one['message']}" for one in checked] == said
    assert all(one["path"].startswith(path.removesuffix("/rotation.yaml")) and one["hint"] for one in checked)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_hides_nothing(made: TeamFolder, run: Run) -> None:
    """A file and a folder without permission are each told once, and asking for them says why."""
    made.write({"rotations/people/zed.yaml": "name: Zed\n", "rotations/zed/rotation.yaml": "name: Zed\n"})
    for path in ("rotations/people/zed.yaml", "rotations/zed"):
        (made.root / path).chmod(0)
    try:
        assert run("who", "platform").code == 0
        checked = json.loads(run("check", "--json").out)["data"]
        asked = run("who", "zed")
    finally:
        (made.root / "rotations/zed").chmod(0o755)
    assert [(one["path"], one["code"]) for one in checked] == [
        ("rotations/people/zed.yaml", "E101"),
        ("rotations/zed", "E101"),
    ]
    assert asked.code == 5
    assert "rotations/zed:1:1: error: the folder cannot be read: permission is denied" in asked.err


def test_asking_for_a_rotation_that_leads_out_says_why(made: TeamFolder, run: Run) -> None:
    """Commands that need the one rotation fail with its problem, whichever of them it is."""
    (made.root / "rotations/zed").symlink_to("/usr")
    for arguments in (["who", "zed"], ["schedule", "zed"], ["start", "zed"], ["rotation", "join", "bob", "zed"]):
        seen = run(*arguments)
        assert seen.code == 5
        assert "rotations/zed:1:1:" in seen.err
        assert "leads out of the repository" in seen.err


def test_each_file_is_read_once(made: TeamFolder) -> None:
    """Asking twice costs nothing and tells a problem once."""
    made.write({BOB: "name: [\n"})
    read: list[str] = []

    class Counting:
        def read(self, path: str) -> bytes | None:
            read.append(path)
            return (made.root / path).read_bytes()

        def list(self, folder: str) -> tuple[str, ...]:
            found = (made.root / folder).iterdir()
            return tuple(sorted(f"{one.name}/" if one.is_dir() else one.name for one in found))

    repository = TeamRepository(made.root, Counting())
    for _ in range(2):
        repository.rotations(), repository.people(), repository.team()
    assert sorted(read) == sorted(TEAM)
    assert len(repository.problems) == 1


def test_the_root_is_the_nearest_folder_upward(made: TeamFolder, tmp_path: Path) -> None:
    """Without one the sentence says what to do."""
    assert find_root(made.root / IN_PLATFORM) == made.root
    with pytest.raises(Unreadable, match="there is no") as refused:
        find_root(tmp_path)
    assert (refused.value.exit_code, "oncall init" in refused.value.hint) == (5, True)


def test_reading_who_is_on_call_needs_no_git_and_few_records(made: TeamFolder) -> None:
    """Neither git's room nor the records that were not asked for are imported."""
    code = (
        "import sys; from pathlib import Path; from oncall_cli.repository.reading import TeamRepository\n"
        f"r = TeamRepository(Path({str(made.root)!r})); r.rotations(); r.people(); r.overrides('platform')\n"
        "heavy = ('subprocess', 'oncall_cli.repository.git', 'oncall_cli.model.incident', 'jinja2')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout == "[]\n"
