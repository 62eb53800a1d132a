"""`oncall history`: who did what when to which record, in words; by oncall and by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from tests.commands.shift_team import CAROL, ROTATION, TEAM, WITH_CAROL
from tests.conftest import MakeTeam, Run, TeamFolder

Golden = Callable[[str, str], None]

FILE = "rotations/platform/rotation.yaml"
BOB = "rotations/people/bob.yaml"
JO = "rotations/people/jo.yaml"
COVER = "rotations/platform/overrides/2026-11-25-jo-covers-alice.yaml"
MOVED = "rotations/platform/overrides/2026-11-25-concert.yaml"
OVERRIDE = """\
kind: cover
reason: A concert
changes:
  - role: primary
    start: 2026-11-25T08:00:00-05:00
    end: 2026-11-27T08:00:00-05:00
    person: jo
    instead_of: alice
"""
NOW = "2026-11-18T15:00:00Z"
MARK = "\n\nOncall-Change: 0123456789abcdef"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def at(when: str) -> None:
        monkeypatch.setenv("GIT_AUTHOR_DATE", when)
        monkeypatch.setenv("GIT_COMMITTER_DATE", when)

    return at


@pytest.fixture
def lived(team: MakeTeam, clock: Callable[[str], None]) -> TeamFolder:
    """A fortnight of a team: by hand, by oncall, renamed, removed, by somebody whom nobody knows."""
    clock("2026-11-03T09:00:00-05:00")
    made = team(TEAM)
    clock("2026-11-10T09:12:30-05:00")
    made.git("config", "user.email", "bob@example.com")
    made.commit({FILE: ROTATION.replace("[alice, bob, carol]", "[bob, carol, alice]")}, "Bob first")
    clock("2026-11-11T09:00:00-05:00")
    made.commit({COVER: OVERRIDE}, f"jo covers for alice on platform (primary), 2026-11-25 to 2026-11-27{MARK}")
    clock("2026-11-12T09:00:00-05:00")
    made.git("config", "user.email", "eve@example.com")
    made.git("config", "user.name", "Eve")
    made.git("mv", COVER, MOVED)
    made.commit({BOB: TEAM[BOB] + "timezone: Europe/Berlin\n"}, "Tidy up")
    clock("2026-11-13T09:00:00-05:00")
    made.git("config", "user.email", "alice@example.com")
    made.commit({MOVED: OVERRIDE.replace("A concert", "Two concerts")}, f"change the reason{MARK}")
    clock("2026-11-14T09:00:00-05:00")
    made.git("rm", "--quiet", JO)
    made.commit({"README.md": "Ours\n", **{f"runbooks/r{n}.md": f"---\ntitle: R{n}\n---\n" for n in range(5)}}, "Go")
    return made


def shas(made: TeamFolder, text: str) -> str:
    """Put words for what a commit is called, which no test can know."""
    for number, sha in enumerate(made.git("rev-list", "--reverse", "HEAD").split(), 1):
        text = text.replace(sha[:9], f"commit-{number}")
    return text


def data(run: Run, *arguments: str) -> list[dict[str, object]]:
    found = json.loads(run("history", *arguments, "--json", now=NOW).out)["data"]
    assert isinstance(found, list)
    return found


def subjects(run: Run, *arguments: str) -> list[object]:
    return [entry["subject"] for entry in data(run, *arguments)]


def test_a_person_reads(lived: TeamFolder, run: Run, golden: Golden) -> None:
    """The whole team, a rotation, a record that was moved with its fields, and everything with fields."""
    screens: Iterator[tuple[str, ...]] = iter([(), ("platform",), ("concert",), ("bob", "--fields")])
    seen = []
    for words in screens:
        outcome = run("history", *words, now=NOW, ONCALL_TZ="America/New_York")
        assert outcome.code == 0
        seen.append(f"$ oncall history {' '.join(words)}\n{shas(lived, outcome.out)}")
    golden("history.txt", "\n".join(seen))
    assert all(len(line) <= 80 for screen in seen for line in screen.splitlines())


def test_a_script_reads(lived: TeamFolder, run: Run) -> None:
    found = data(run, "concert")
    assert [entry["by_oncall"] for entry in found] == [True, False, True]
    assert found[0] == {
        "commit": lived.git("rev-parse", "HEAD~1").strip(),
        "author": {"name": "Eve", "email": "alice@example.com"},
        "person": "alice",
        "committed": "2026-11-13T14:00:00Z",
        "authored": "2026-11-13T14:00:00Z",
        "subject": "change the reason",
        "by_oncall": True,
        "changes": [
            {
                "change": "edited",
                "kind": "override",
                "id": "2026-11-25-concert",
                "path": MOVED,
                "old_path": None,
                "fields": [{"keys": ["reason"], "before": "A concert", "after": "Two concerts"}],
            }
        ],
    }
    assert (found[1]["person"], found[1]["changes"]) == (
        None,
        [
            {
                "change": "moved",
                "kind": "override",
                "id": "2026-11-25-concert",
                "path": MOVED,
                "old_path": COVER,
                "fields": [],
            }
        ],
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ["Go", "change the reason", "Tidy up", "jo covers", "Bob first", "The team begins"]),
        (("--limit", "2"), ["Go", "change the reason"]),
        (("platform",), ["change the reason", "Tidy up", "jo covers", "Bob first", "The team begins"]),
        (("rotations/platform/",), ["change the reason", "Tidy up", "jo covers", "Bob first", "The team begins"]),
        (("rotations/platform/overrides",), ["change the reason", "Tidy up", "jo covers"]),
        (("bob",), ["Tidy up", "The team begins"]),
        (("jo",), ["Go", "The team begins"]),
        (("2026-11-25-concert",), ["change the reason", "Tidy up", "jo covers"]),
        (("jo-covers",), ["Tidy up", "jo covers"]),
        (("--by", "bob"), ["jo covers", "Bob first"]),
        (("platform", "--by", "alice"), ["change the reason", "The team begins"]),
        (
            ("--from", "2026-11-12T09:00:00-05:00", "--to", "2026-11-14T09:00:00-05:00"),
            ["change the reason", "Tidy up"],
        ),
        (("--to", "2026-11-10"), ["The team begins"]),
        (("oncall.yaml",), ["The team begins"]),
    ],
)
def test_what_is_told(lived: TeamFolder, run: Run, words: tuple[str, ...], expected: list[str]) -> None:
    """Each question has its commits, newest first; what was removed is found by the name that it had."""
    found = subjects(run, *words)
    assert len(found) == len(expected)
    assert all(str(subject).startswith(begin) for subject, begin in zip(found, expected, strict=True))


def test_a_path_may_be_said_from_where_one_stands(lived: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lived.root / "rotations" / "platform")
    assert subjects(run, "rotation.yaml") == ["Bob first", "The team begins"]
    assert subjects(run, "../people/bob.yaml") == ["Tidy up", "The team begins"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nobody",), 3, "there is no file, rotation, person or record 'nobody', and there was none"),
        (("../../etc",), 3, "there is no file, rotation, person or record '../../etc'"),
        (("--by", "zoe"), 3, "there is no person 'zoe'"),
        (("o",), 2, "'o' may be oncall.yaml, rotations/people/bob.yaml"),
        (("--from", "whenever"), 2, "'whenever' is not a time"),
        (("--limit", "0"), 2, ""),
    ],
)
def test_what_nobody_can_answer(lived: TeamFolder, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    outcome = run("history", *words, now=NOW)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err


def test_nothing_found(lived: TeamFolder, run: Run) -> None:
    assert run("history", "--by", "carol", now=NOW)[:2] == (3, "no commit did that\n")
    assert data(run, "--by", "carol") == []


def test_there_is_more(lived: TeamFolder, run: Run) -> None:
    assert run("history", "--limit", "2", now=NOW).err == "The last 2 are told; --limit tells more.\n"
    assert run("history", "--limit", "6", now=NOW).err == ""


def test_a_merge_is_told_only_for_what_it_changed_itself(
    lived: TeamFolder, run: Run, clock: Callable[[str], None]
) -> None:
    """Bringing two branches together is nothing that happened to a record; solving their conflict is."""
    clock("2026-11-15T09:00:00-05:00")
    lived.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    lived.commit({BOB: TEAM[BOB] + "timezone: Europe/Paris\n", COVER: OVERRIDE}, "By the side")
    lived.git("checkout", "--quiet", "main")
    lived.commit({BOB: TEAM[BOB] + "timezone: Europe/Rome\n"}, "On main")
    clock("2026-11-16T09:00:00-05:00")
    lived.git("merge", "--quiet", "--no-commit", "--strategy", "ours", "side")
    lived.commit({BOB: TEAM[BOB] + "timezone: Europe/Vienna\n"}, "Merge the side")
    found = data(run, "--from", "2026-11-15", "--fields")
    assert [entry["subject"] for entry in found] == ["Merge the side", "On main", "By the side"]
    assert found[0]["changes"] == [
        {
            "change": "edited",
            "kind": "person",
            "id": "bob",
            "path": BOB,
            "old_path": None,
            "fields": [{"keys": ["timezone"], "before": "Europe/Rome", "after": "Europe/Vienna"}],
        }
    ]
    lived.git("checkout", "--quiet", "-b", "other", "HEAD~2")
    lived.commit({"runbooks/new.md": "---\ntitle: New\n---\n"}, "Elsewhere")
    lived.git("checkout", "--quiet", "main")
    lived.git("merge", "--quiet", "--no-edit", "other")
    assert "Merge branch 'other'" not in subjects(run)


def test_what_commands_did_is_in_the_words_of_the_command(team: MakeTeam, run: Run) -> None:
    """The line of a log is told as the commit says it, with the item that came to the list."""
    team(WITH_CAROL, "carol@example.com")
    run("log", "Told Brightbox", "--kind", "mail", now="2026-11-18T12:00:00-05:00")
    outcome = run("history", CAROL, "--limit", "1", now="2026-11-18T12:01:00-05:00")
    assert "log[1]: added {" in outcome.out
    assert "text: Told Brightbox" in " ".join(outcome.out.split())
    assert "“" not in outcome.out


def test_a_file_that_cannot_be_read_and_payloads(lived: TeamFolder, run: Run) -> None:
    """Neither a broken version nor what somebody calls himself, a commit, a key or a file does harm."""
    evil = "x\x1b]52;c;eA==\x07‮"
    lived.git("config", "user.name", f"Mallory {evil}")
    lived.commit({BOB: "name: [\n", f"runbooks/{evil}.md": "no head\n"}, f"Break {evil}\n\n(a1b2c3d)")
    lived.commit({BOB: f"name: Bob\nnote: {'long ' * 40}\n", f"runbooks/{evil}.md": "still none\n"}, "Mend")
    for words in ((), ("bob",), ("--fields",)):
        outcome = run("history", *words, now="2026-12-24T00:00:00Z")
        assert outcome.code == 0
        assert not set(outcome.out) & {"\x1b", "\x07", "‮"}
        assert all(len(line) <= 80 for line in outcome.out.splitlines())
    assert "(one of the two versions cannot be read)" in run("history", "bob", now=NOW).out
    assert json.loads(run("history", "bob", "--json", now=NOW).out)["data"][0]["changes"][0]["fields"] is None


def test_a_team_in_a_folder_of_its_repository(team: MakeTeam, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are the team's; what happens outside of its folder is not told."""
    made = team({f"duty/{path}": text for path, text in TEAM.items()})
    made.commit({"elsewhere.txt": "x"}, "Elsewhere")
    monkeypatch.chdir(made.root / "duty")
    assert subjects(run) == ["The team begins"]
    assert data(run, "bob")[0]["changes"][0]["path"] == BOB


def test_before_the_first_commit(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    made.git("update-ref", "-d", "HEAD")
    assert run("history")[:2] == (3, "nothing has been committed yet\n")


def test_the_users_configuration_of_git_log_changes_nothing(lived: TeamFolder, run: Run) -> None:
    before = run("history", "--fields", now=NOW).out
    for key, value in (
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.diffMerges", "off"),
        ("diff.renames", "false"),
        ("diff.relative", "false"),
        ("color.ui", "always"),
        ("log.date", "raw"),
        ("log.showSignature", "true"),
        ("i18n.logOutputEncoding", "latin-1"),
        ("format.pretty", "oneline"),
        ("core.abbrev", "4"),
        ("core.quotePath", "true"),
    ):
        lived.git("config", key, value)
    assert run("history", "--fields", now=NOW).out == before
