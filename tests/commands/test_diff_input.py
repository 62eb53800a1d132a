"""``oncall diff`` when a side is missing, invalid, or not what one expects: the part that can be said is said."""

from __future__ import annotations

import json
import re

import pytest

from tests.commands.test_diff import NOW, TEAM, WHERE, ZONE
from tests.conftest import MakeTeam, Run, TeamFolder

WEB = "rotations/web/rotation.yaml"
LATER = TEAM[WHERE].replace("\nroles", "\n  - from: 2026-12-01\n    members: [bob, alice, carol, dan]\nroles", 1)


def on_a_branch(made: TeamFolder, files: dict[str, str | None]) -> TeamFolder:
    """Commit files, or their removal, on a branch named ``change``."""
    made.git("switch", "--quiet", "--create", "change")
    for path in [path for path, text in files.items() if text is None]:
        (made.root / path).unlink()
    made.commit({path: text for path, text in files.items() if text is not None})
    return made


def plain(text: str) -> str:
    return " ".join(text.split())


def test_without_words_it_compares_the_work_tree_with_where_the_branch_began(team: MakeTeam, run: Run) -> None:
    made = on_a_branch(team(TEAM), {"runbooks/lag.md": "---\ntitle: Lag\n---\nLook.\n"})
    made.write({WHERE: LATER, "rotations/people/fay.yaml": "name: Fay\n"})
    seen = run("diff", now=NOW, **ZONE)
    assert seen.code == 0
    assert re.search(r"^main \([0-9a-f]{9}\) → the work tree$", seen.out, re.MULTILINE)
    assert "the roster version from 2026-12-01 is new: another order, bob alice carol dan" in plain(seen.out)
    assert "runbook 'lag' is new (Lag)" in seen.out
    assert "person 'fay' is new (Fay)" in seen.out
    assert json.loads(run("diff", "--json", now=NOW).out)["data"]["head"] is None


def test_nothing_differs(team: MakeTeam, run: Run) -> None:
    team(TEAM)
    seen = run("diff", now=NOW)
    assert seen.code == 0
    assert seen.out.startswith("0 shifts change hands, 0 gaps open.\n")
    assert run("diff", "--format", "md", now=NOW).out.startswith("### On-call plan: 0 shifts change hands")


@pytest.mark.parametrize("form", ["text", "md", "json", "html"])
def test_a_base_that_does_not_exist(team: MakeTeam, run: Run, form: str) -> None:
    team(TEAM)
    seen = run("diff", "nowhere...main", "--format", form, now=NOW)
    assert (seen.code, seen.out) == (3, "")
    assert "there is no revision 'nowhere' in this clone" in seen.err


def test_a_shallow_clone_without_the_base(team: MakeTeam, run: Run, tmp_path) -> None:
    made = on_a_branch(team(TEAM), {WHERE: LATER})
    clone = tmp_path / "clone"
    made.git("clone", "--quiet", "--depth=1", f"file://{made.root}", str(clone))
    seen = run("-C", str(clone), "diff", "HEAD~1", now=NOW)
    assert seen.code == 3
    assert "git fetch --unshallow" in seen.err


def test_unrelated_histories_are_compared_as_they_are(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    made.git("switch", "--quiet", "--orphan", "change")
    made.commit({**TEAM, WHERE: LATER})
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert seen.code == 0
    assert "! nothing tells where 'main' and the other side parted" in seen.out
    assert "Alice → Bob" in seen.out


def test_no_git_repository(tmp_path, run: Run) -> None:
    (tmp_path / "oncall.yaml").write_text("name: Team\n")
    seen = run("-C", str(tmp_path), "diff", now=NOW)
    assert (seen.code, seen.out) == (4, "")
    assert "the folder is in no git repository" in seen.err


def test_no_commit_yet(tmp_path, run: Run) -> None:
    made = TeamFolder(tmp_path)
    made.git("init", "--quiet")
    made.write(TEAM)
    seen = run("-C", str(tmp_path), "diff", now=NOW)
    assert (seen.code, seen.out) == (3, "")
    assert "there is no commit to compare with" in seen.err


def test_an_invalid_file_at_the_base_is_told_and_is_no_failure(team: MakeTeam, run: Run) -> None:
    """The pull request mends it: nobody can say which shifts it moves, and the other rotation is told in full."""
    broken = {**TEAM, WEB: "name: Web\n", "rotations/people/zed.yaml": "nam: Zed\n"}
    mended = {"rotations/people/zed.yaml": "name: Zed\n", WEB: TEAM[WHERE].replace("Platform", "Web")}
    on_a_branch(team(broken), {**mended, WHERE: LATER})
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert seen.code == 0
    told = plain(seen.out)
    assert "! nothing is said of the shifts of 'web': its file is invalid on one side" in told
    assert "! 'rotations/web/rotation.yaml' (line 1) is invalid at 'main': 'handoff' is missing" in told
    assert "'rotations/people/zed.yaml' (line 1) is invalid at 'main'" in told
    assert "rotation 'web' changed, and cannot be read" in told
    assert "Alice → Bob" in told
    assert "web primary" not in told


def test_an_invalid_file_at_the_head_is_told_and_fails(team: MakeTeam, run: Run) -> None:
    on_a_branch(team({**TEAM, WEB: TEAM[WHERE]}), {WEB: "name: Web\n", WHERE: LATER})
    for form in ("text", "md", "html", "json"):
        seen = run("diff", "main...change", "--format", form, now=NOW, **ZONE)
        assert seen.code == 5
        assert "nothing is said of the shifts of" in seen.out
        assert "rotations/web/rotation.yaml" in seen.err
        assert "handoff" in seen.err
    assert json.loads(run("diff", "main...change", "--json", now=NOW).err)["error"]["code"] == "invalid"


def test_an_invalid_override_at_the_head(team: MakeTeam, run: Run) -> None:
    on_a_branch(team(TEAM), {"rotations/platform/overrides/2026-11-24-x.yaml": "kind: cover\n", WHERE: LATER})
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert seen.code == 5
    assert "override '2026-11-24-x' of platform is new, and cannot be read" in plain(seen.out)
    assert "Alice → Bob" in seen.out


def test_an_invalid_team_file_on_either_side(team: MakeTeam, run: Run) -> None:
    """Rotations with a zone of their own can still be told of."""
    zoned = LATER + "timezone: America/New_York\n"
    made = on_a_branch(team({**TEAM, WHERE: TEAM[WHERE] + "timezone: America/New_York\n"}), {WHERE: zoned})
    made.commit({"oncall.yaml": "nam: Team\n"})
    seen = run("diff", "main...change", now=NOW, TZ="UTC")
    assert seen.code == 5
    assert "Alice (09:00) → Bob (15:00)" in seen.out
    back = run("diff", "change..main", now=NOW, TZ="UTC")
    assert back.code == 0
    assert "! 'oncall.yaml' (line 1) is invalid at 'change'" in plain(back.out)
    assert "Bob (15:00) → Alice (09:00)" in plain(back.out)


def test_a_stranger_is_told_of(team: MakeTeam, run: Run) -> None:
    on_a_branch(team(TEAM), {WHERE: LATER.replace("[bob, ", "[zoe, ")})
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert seen.code == 5
    assert "there is no person 'zoe'" in seen.err
    assert "zoe" in seen.out


def test_a_rotation_that_is_deleted(team: MakeTeam, run: Run) -> None:
    """What was stood is told loudly, and why."""
    on_a_branch(team({**TEAM, WEB: TEAM[WHERE]}), {WEB: None})
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert seen.code == 0
    assert "of THE PAST rewritten." in seen.out
    assert "the rotation 'web' is deleted (rotations/web/rotation.yaml)" in plain(seen.out)
    assert "Carol → nobody" in seen.out
    assert "rotation 'web' is deleted (Platform)" in seen.out


def test_a_new_rotation_rewrites_no_past(team: MakeTeam, run: Run) -> None:
    on_a_branch(team(TEAM), {WEB: TEAM[WHERE]})
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert seen.code == 0
    assert "PAST" not in seen.out
    assert "the rotation 'web' is new (rotations/web/rotation.yaml)" in plain(seen.out)
    assert "has TWO PLACES at once, platform primary and web primary" in plain(seen.out)


def test_a_person_who_is_renamed_loses_nothing(team: MakeTeam, run: Run) -> None:
    """The id changes, the e-mail stays: no shift changes hands."""
    renamed = TEAM["rotations/people/bob.yaml"]
    change = {
        "rotations/people/bob.yaml": None,
        "rotations/people/robert.yaml": renamed,
        WHERE: TEAM[WHERE].replace("bob", "robert"),
    }
    on_a_branch(team(TEAM), change)
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert seen.code == 0
    assert seen.out.startswith("0 shifts change hands, 0 gaps open.\n")
    assert "person 'bob' is gone and 'robert' has the same e-mail: renamed" in plain(seen.out)


def test_the_team_did_not_exist_yet(team: MakeTeam, run: Run) -> None:
    made = team({"README.md": "Soon.\n"})
    on_a_branch(made, TEAM)
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert seen.code == 0
    assert "! the team has no 'oncall.yaml' yet at 'main': all of it is new" in seen.out
    assert "nobody → Carol" in seen.out
    assert "PAST" not in seen.out


def test_the_head_is_another_branch_and_the_checkout_is_not_touched(team: MakeTeam, run: Run) -> None:
    made = on_a_branch(team(TEAM), {WHERE: LATER})
    made.git("switch", "--quiet", "main")
    made.write({WHERE: "name: half an edit\n"})
    seen = run("diff", "main...change", now=NOW, **ZONE)
    assert (seen.code, seen.err) == (0, "")
    assert "Alice → Bob" in seen.out
    assert made.read(WHERE) == "name: half an edit\n"


def test_a_team_in_a_folder_of_a_larger_repository(tmp_path, team: MakeTeam, run: Run) -> None:
    made = team({f"ops/{path}": text for path, text in TEAM.items()})
    on_a_branch(made, {f"ops/{WHERE}": LATER})
    made.write({"ops/runbooks/lag.md": "---\ntitle: Lag\n---\nLook.\n", "ops/rotations/.gitkeep": ""})
    seen = run("-C", "ops", "diff", "main", now=NOW, **ZONE)
    assert seen.code == 0
    assert "Alice → Bob" in seen.out
    assert "runbook 'lag' is new (Lag)" in seen.out
    assert "gitkeep" not in seen.out
