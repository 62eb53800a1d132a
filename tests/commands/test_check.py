"""``oncall check``: what a person and a script see of it, and that what we ship is clean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import MakeTeam, Run

ROOT = Path(__file__).parent.parent.parent
TEAMS = [ROOT, *sorted(path.parent for path in (ROOT / "tests" / "teams").glob("*/oncall.yaml"))]
NOW = "2026-11-24T10:00:00-05:00"

ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice, bob]
"""
FILES = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "name: Alice\n",
    "rotations/people/bob.yaml": "name: Bob\n",
    "rotations/platform/rotation.yaml": ROTATION,
    "rotations/support/rotation.yaml": ROTATION.replace("Platform", "Support"),
}
WHERE = "rotations/platform/rotation.yaml"


@pytest.mark.parametrize("root", TEAMS, ids=lambda root: root.name)
def test_what_we_ship_is_clean(run: Run, root: Path) -> None:
    """The example team and the teams of the tests have no error."""
    checked = run("-C", str(root), "check", now=NOW)
    assert (checked.code, checked.err) == (0, ""), checked.out
    assert "error" not in checked.out.splitlines()[-1]


def test_clean(run: Run, team: MakeTeam) -> None:
    """A clean team gets one line."""
    team(FILES)
    assert run("check", now=NOW) == (0, "5 files, no problems\n", "")


def test_problems_by_path_and_line(run: Run, team: MakeTeam) -> None:
    """Problems come by path and line with their hints, then the verdict; an error is exit code 1."""
    team(
        {
            **FILES,
            WHERE: ROTATION.replace("bob", "bop") + "coverage: {hours: [always], roles: [primary, backup]}\n",
            "rotations/people/bob.yaml": "name: Bob\ntime_off:\n  - {from: 2026-12-01, until: 2026-12-03}\n",
        }
    )
    assert run("check", now=NOW) == (
        1,
        """\
rotations/people/bob.yaml:3:5: warning: 'bob' is away until 2026-12-03 and is primary of 'support' from Tue 2026-12-01 \
09:00 to Tue 2026-12-08 09:00 [W401]
  find a cover: oncall cover --auto --for bob --rotation support --role primary --from \
"2026-12-01 09:00 America/New_York" --to "2026-12-03 00:00 America/New_York"
rotations/platform/rotation.yaml:5:22: error: there is no person 'bop' [E201]
  did you mean 'bob'? there are: alice, bob
rotations/platform/rotation.yaml:6:1: error: nobody is backup of 'platform' from Tue 2026-11-24 10:00 to \
Tue 2027-01-19 10:00 [E301]
  see all with 'oncall gaps platform'; change 'coverage', the roster, or add an override
rotations/platform/rotation.yaml:6:46: error: the rotation 'platform' has no role 'backup' [E202]
  there are: primary
5 files, 3 errors, 1 warning
""",
        "",
    )


def test_json(run: Run, team: MakeTeam) -> None:
    """Scripts get the same problems as a list, and the same exit code."""
    team({**FILES, WHERE: ROTATION.replace("bob", "bop")})
    checked = run("check", "--json", now=NOW)
    assert checked.code == 1
    assert json.loads(checked.out) == {
        "version": 1,
        "data": [
            {
                "code": "E201",
                "severity": "error",
                "path": WHERE,
                "line": 5,
                "column": 22,
                "message": "there is no person 'bop'",
                "hint": "did you mean 'bob'? there are: alice, bob",
            }
        ],
    }


def test_warnings_are_no_failure(run: Run, team: MakeTeam) -> None:
    """A team can switch a rule off, make it an error, or leave it a warning."""
    away = {"rotations/people/bob.yaml": "name: Bob\ntime_off: [{from: 2026-12-01, until: 2026-12-03}]\n"}
    made = team({**FILES, **away})
    for setting, code, verdict in (
        ("", 0, "5 files, 2 warnings"),
        ("rules: {W401: error}\n", 1, "5 files, 2 errors"),
        ("rules: {W401: off}\n", 0, "5 files, no problems"),
    ):
        made.write({"oncall.yaml": FILES["oncall.yaml"] + setting})
        checked = run("check", now=NOW)
        assert (checked.code, checked.out.splitlines()[-1]) == (code, verdict)


def test_at(run: Run, team: MakeTeam) -> None:
    """The eight weeks can be those from another day."""
    away = {"rotations/people/bob.yaml": "name: Bob\ntime_off: [{from: 2027-06-01, until: 2027-07-03}]\n"}
    team({**FILES, **away})
    assert run("check", now=NOW).out == "5 files, no problems\n"
    assert run("check", "--at", "2027-05-20", now=NOW).out.endswith("5 files, 2 warnings\n")


def test_time_alone_opens_a_gap(run: Run, team: MakeTeam) -> None:
    """What passes today fails on a later night, with nothing changed: that is what a nightly check is for."""
    backup = (
        "coverage: {hours: [always], roles: [primary, backup]}\n"
        "roles:\n  primary: {}\n  backup:\n    - {person: alice, from: 2026-01-06, until: 2027-02-02}\n"
    )
    team({**FILES, WHERE: ROTATION + backup})
    assert run("check", now=NOW) == (0, "5 files, no problems\n", "")
    later = run("check", now="2026-12-15T02:00:00-05:00")
    assert later.code == 1
    assert later.out.startswith(
        f"{WHERE}:6:1: error: nobody is backup of 'platform' from Tue 2027-02-02 00:00 to Tue 2027-02-09 02:00 [E301]"
    )
    assert run("check", "--at", "2026-12-15 07:00", now=NOW).out == later.out


def test_what_is_ignored_is_counted(run: Run, team: MakeTeam) -> None:
    """A finding with a reason beside it is no problem, and the verdict says how many there are."""
    away = "name: Bob\n# oncall: ignore[W401] alice stands in\ntime_off: [{from: 2026-12-01, until: 2026-12-03}]\n"
    team({**FILES, "rotations/people/bob.yaml": away})
    assert run("check", now=NOW) == (0, "5 files, no problems, 2 ignored\n", "")


BAD = {
    "a missing member": (
        ROTATION.replace("bob", "zoe"),
        f"{WHERE}:5:22: error: there is no person 'zoe' [E201]",
    ),
    "an unknown zone": (
        ROTATION + "timezone: America/New_Yorc\n",
        f"{WHERE}:6:1: error: 'America/New_Yorc' is not a time zone: did you mean 'America/New_York'? [E113]",
    ),
    "a typo in a key": (
        ROTATION.replace("roster", "rooster"),
        f"{WHERE}:3:1: error: unknown key 'rooster' [E110]",
    ),
    "a handoff that never comes": (
        ROTATION.replace("1 week", "0 weeks"),
        f"{WHERE}:2:11: error: '0 weeks' is a handoff that never comes: write at least 1 week [E113]",
    ),
    "an empty file": ("", f"{WHERE}:1:1: error: the file is empty [E105]"),
    "conflict markers": (
        ROTATION + "<<<<<<< HEAD\nhours: [always]\n=======\n>>>>>>> theirs\n",
        f"{WHERE}:6:1: error: the file holds a merge conflict of git [E101]",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(run: Run, team: MakeTeam, name: str) -> None:
    """Each bad file gets its place, a sentence and a hint; the other rotation is still answered."""
    text, line = BAD[name]
    team({**FILES, WHERE: text})
    checked = run("check", now=NOW)
    assert checked.code == 1
    assert line in checked.out
    lines = checked.out.splitlines()
    hinted = lines[lines.index(line) + 1]
    assert hinted.startswith("  ") or "did you mean" in line or "write at least" in line
    assert "Traceback" not in checked.out + checked.err
    assert run("who", "support", now=NOW).code == 0


def test_an_invalid_team_is_reported_like_any_file(run: Run, team: MakeTeam) -> None:
    """`oncall.yaml` does not end the check: what is wrong elsewhere is still told."""
    team({**FILES, "oncall.yaml": "nam: Platform\n", "rotations/people/bob.yaml": "name:\n"})
    checked = run("check", now=NOW)
    assert checked.code == 1
    assert "oncall.yaml:1:1: error: unknown key 'nam'" in checked.out
    assert "rotations/people/bob.yaml:1:1: error: 'name'" in checked.out
    assert checked.out.splitlines()[-1] == "5 files, 3 errors"


def test_an_invalid_person_is_not_also_missing(run: Run, team: MakeTeam) -> None:
    """One mistake is one problem: whoever names the person did nothing wrong."""
    team({**FILES, "rotations/people/bob.yaml": "name: Bob\nphone: 1\n"})
    checked = run("check", now=NOW)
    assert checked.out.splitlines()[-1] == "5 files, 1 error"


def test_time_off_that_ends_before_it_begins(run: Run, team: MakeTeam) -> None:
    """`until` is the first day back, so it comes after `from`."""
    away = {"rotations/people/bob.yaml": "name: Bob\ntime_off:\n  - {from: 2026-12-01, until: 2026-12-01}\n"}
    team({**FILES, **away})
    checked = run("check", now=NOW)
    assert checked.out.startswith("rotations/people/bob.yaml:3:5: error: 'until: 2026-12-01' is not after")


def test_stray_files(run: Run, team: MakeTeam) -> None:
    """A file that no command would ever read is told."""
    team({**FILES, "rotations/platform/override/2026-11-25-x.yaml": "kind: cover\n", "runbooks/x.txt": "x"})
    checked = run("check", now=NOW)
    assert checked.code == 1
    assert "rotations/platform/override:1:1: error:" in checked.out
    assert "runbooks/x.txt:1:1: error:" in checked.out


def test_no_repository(run: Run, tmp_path: Path) -> None:
    """Outside of a team's repository there is a sentence, a hint, and exit code 5."""
    checked = run("-C", str(tmp_path), "check", now=NOW)
    assert checked.code == 5
    assert "there is no 'oncall.yaml'" in checked.err
    assert "oncall init" in checked.err


def test_what_a_shift_writes_is_clean(run: Run, team: MakeTeam) -> None:
    """The record that `start`, `log` and `end` make has the name that the check expects."""
    team(FILES)
    for words in (("start", "platform"), ("log", "All quiet"), ("end", "--summary", "Quiet")):
        assert run("--as", "alice", *words, now="2026-11-24T23:30:00-05:00").code == 0
    assert run("check", now=NOW).out == "6 files, no problems\n"


def test_without_git(run: Run, tmp_path: Path) -> None:
    """The files are checked whether git knows them or not."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert run("-C", str(tmp_path), "check", now=NOW).out == "5 files, no problems\n"
