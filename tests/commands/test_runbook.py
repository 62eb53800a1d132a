"""Finding, reading and beginning runbooks by the commands."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from oncall_cli.errors import Overtaken, Refused
from oncall_cli.render.runbook import page_text
from oncall_cli.repository.editor import written
from tests.conftest import MakeTeam, Run, TeamFolder

TEAM = {
    "oncall.yaml": "name: Shop\ntimezone: UTC\n",
    "rotations/people/alice.yaml": "name: Alice\ngit_emails: [alice@example.com]\n",
    "rotations/people/bob.yaml": "name: Bob\n",
    "rotations/shop/rotation.yaml": (
        'name: Shop\nhandoff: {every: 1 week, at: "monday 09:00"}\n'
        "roster:\n  - from: 2026-01-05\n    members: [alice, bob]\n"
    ),
    "rotations/shop/incidents/2026/2026-11-17-redis-full.yaml": (
        "title: Redis is full\nseverity: sev2\nstatus: resolved\n"
        "mitigated: 2026-11-17T10:20:00+00:00\nresolved: 2026-11-17T10:30:00+00:00\nservices: [checkout]\n"
        "timeline:\n"
        "  - at: 2026-11-17T10:00:00+00:00\n    by: alice\n    kind: detected\n"
        "    text: 'Alert \"redis memory 97% on cache-3\"'\n"
        '  - at: 2026-11-17T10:05:00+00:00\n    by: alice\n    text: "*all* sessions, see `info`"\n'
        "  - at: 2026-11-17T10:06:00+00:00\n    by: alice\n    text: |\n      $ redis-cli info memory\n      ```\n"
        "  - at: 2026-11-17T10:20:00+00:00\n    by: alice\n    kind: mitigated\n    text: Evicted old sessions\n"
        "  - at: 2026-11-17T10:30:00+00:00\n    by: alice\n    kind: resolved\n    text: Resolved\n"
    ),
    "runbooks/shop.md": (
        "---\ntitle: Alerts of the shop\n---\n\n# Alerts of the shop\n\n"
        "## Payment queue grows\n\n`shopctl drain`\n\n## Replica lag\n\nTake it out.\n"
    ),
}
ID = "2026-11-17-redis-full"


@pytest.fixture
def shop(team: MakeTeam) -> TeamFolder:
    return team(TEAM)


def test_find_names_file_heading_and_why(shop: TeamFolder, run: Run) -> None:
    """The answer is a file and a heading, and the words that said so."""
    found = run("runbook", "find", "payment", "queue", "5512")
    assert found.out == (
        "shop: Alerts of the shop, 'Payment queue grows'\n  runbooks/shop.md\n  because of: payment, queue\n"
    )
    assert "oncall runbook show shop --heading 'Payment queue grows'" in found.err
    shown = run("runbook", "show", "shop", "--heading", "payment")
    assert shown.out == "## Payment queue grows\n\n`shopctl drain`\n"
    assert json.loads(run("runbook", "find", "payment queue", "--json").out)["data"][0]["heading"] == (
        "Payment queue grows"
    )


def test_nothing_found_says_to_escalate(shop: TeamFolder, run: Run) -> None:
    """M3: nothing fits: exit code 3, and the next thing to do."""
    found = run("runbook", "find", "the coffee is cold")
    assert (found.code, found.out) == (3, "")
    assert "oncall escalate" in found.err
    assert run("runbook", "find", "  ").code == 2
    assert run("runbook", "show", "nothing-such").code == 3
    assert "there are: Alerts of the shop, Payment queue grows" in run("runbook", "show", "shop", "--heading", "x").err


def test_a_flood_on_standard_input_is_read_by_its_beginning(
    shop: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten megabytes of output with escape codes: the first words count."""
    flood = b"\x1b[31mpayment queue\x1b[0m grows\n" + b"\xff\x00\x1b]0;" * 2_000_000
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(flood)))
    found = run("runbook", "find", "-")
    assert found.code == 0, found.err
    assert found.out.startswith("shop: ")
    assert "\x1b" not in found.out


def test_new_from_an_incident_is_filled_in_and_named_on_it(shop: TeamFolder, run: Run) -> None:
    """M2: alert, diagnosis, mitigation, services and owner are there; one commit has both files."""
    made = run("runbook", "new", "--from", "redis", "--no-edit")
    assert made.code == 0, made.err
    assert shop.read("runbooks/redis-full.md") == (
        "---\ntitle: Redis is full\nservices: [checkout]\nalerts:\n  - redis memory 97% on cache-3\n"
        "owner: alice\nreviewed: 2026-11-18\n---\n\n# Redis is full\n\n"
        f"From [{ID}](../rotations/shop/incidents/2026/{ID}.yaml).\n\n"
        "## Alert\n\n> redis memory 97% on cache-3\n\n"
        "## Diagnosis\n\n1. \\*all\\* sessions, see \\`info\\`\n\n````text\n$ redis-cli info memory\n```\n````\n\n"
        "## Mitigation\n\n- Evicted old sessions\n\n## If that does not help\n\n`oncall escalate` names who is next.\n"
    )
    assert "runbook: redis-full\n" in shop.read(f"rotations/shop/incidents/2026/{ID}.yaml")
    assert shop.git("log", "-1", "--name-only", "--format=%s").split("\n")[0] == (
        f"Add the runbook redis-full, from {ID}"
    )
    assert run("check").code == 0
    assert "redis-full" in run("runbook", "find", "redis memory 12% on cache-9").out
    again = run("runbook", "new", "other", "--from", "redis")
    assert (again.code, "has the runbook 'redis-full' already" in again.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["runbook", "new"], 2, "needs a name"),
        (["runbook", "new", "../etc"], 2, "is not an id"),
        (["runbook", "new", "shop"], 1, "there is a runbook 'shop' already"),
        (["runbook", "new", "x", "--from", "nowhere"], 3, "there is no incident 'nowhere'"),
        (["runbook", "new", "x", "--owner", "zed"], 3, "there is no person 'zed'"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(
    shop: TeamFolder, run: Run, words: list[str], code: int, said: str
) -> None:
    """Nothing is written, and the message names what is wrong."""
    before = shop.git("rev-parse", "HEAD")
    found = run(*words)
    assert (found.code, said in found.err) == (code, True), found.err
    assert shop.git("rev-parse", "HEAD") == before
    assert shop.git("status", "--porcelain") == ""


def test_what_was_written_in_the_editor_is_kept_where_a_commit_fails(shop: TeamFolder, tmp_path: Path) -> None:
    """The editor of git's configuration is opened; a refusal afterwards names the file with the text."""
    shop.git("config", "core.editor", "sed -i.bak s/old/new/")
    with written(shop.root, "old words\n", "page") as text:
        assert text == "new words\n"
    with pytest.raises(Refused) as refused, written(shop.root, "old words\n", "page") as text:
        raise Refused("no", "do something")
    kept = Path(refused.value.hint.rpartition(" ")[2])
    assert kept.read_text() == "new words\n"
    with pytest.raises(Refused) as late, written(shop.root, "old words\n", "page"):
        raise Overtaken("somebody was faster", "try again")
    assert not isinstance(late.value, Overtaken)
    assert "try again; your text is kept in " in late.value.hint
    shop.git("config", "core.editor", "false")
    with pytest.raises(Refused, match="ended with status 1"), written(shop.root, "old\n", "page"):
        raise AssertionError("nothing was written")


def test_on_a_terminal_headings_and_commands_are_set_off() -> None:
    """Styles add to the text; a heading inside a block of code is code, and escapes are visible."""
    shown = page_text("# Title\n\nrun `ls`\n\n```\n# no heading\n```\n\x1b[2J", colour=True)
    assert shown == (
        "\x1b[1mTitle\x1b[0m\n\nrun \x1b[36m`ls`\x1b[0m\n\n\x1b[2m```\x1b[0m\n\x1b[36m# no heading\x1b[0m\n"
        "\x1b[2m```\x1b[0m\n\\x1b[2J"
    )
    assert page_text("# Title", colour=False) == "# Title"
