"""``oncall diff``: the plan of a pull request, one for each thing that people do to a schedule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.commands.shift_team import person
from tests.conftest import MakeTeam, Run, TeamFolder
from tests.render.test_diff_markdown import look

Golden = Callable[[str, str], None]

NOW = "2026-11-18T10:00:00-05:00"
ZONE = {"ONCALL_TZ": "America/New_York"}
WHERE = "rotations/platform/rotation.yaml"
# Carol has the week of Tuesday 17 November, Dan the next one.
TEAM = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": person("Alice", 'contact: {chat: "@alice"}\n'),
    "rotations/people/bob.yaml": person("Bob", "timezone: Europe/Berlin\n"),
    "rotations/people/carol.yaml": "name: Carol\naccount: carol-git\ngit_emails: [carol@example.com]\n",
    "rotations/people/dan.yaml": person("Dan"),
    "rotations/people/erin.yaml": person("Erin"),
    WHERE: """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-11-03
    members: [alice, bob, carol, dan]
roles:
  primary: {}
  secondary: {offset: 1}
holidays: [2026-11-26]
""",
}


class Story(NamedTuple):
    """What somebody does on a branch, and in which formats its plan is held."""

    words: str
    formats: tuple[str, ...] = ("text", "md")


ALL = ("text", "md", "json", "html")
STORIES = {
    "cover": Story("cover erin --for dan --shift next --role primary --reason Wedding", ALL),
    "swap": Story("swap dan bob --role primary"),
    "take": Story("--as erin take --role primary"),
    "nobody": Story("override nobody --role secondary --from 2026-11-26 --to 2026-11-27 --reason Thanksgiving"),
    "join": Story("rotation join erin"),
    "leave": Story("rotation leave bob", ALL),
    "replace": Story("rotation replace bob erin --rewrite-history", ALL),
    "reorder": Story("rotation reorder alice carol bob dan"),
    "timeoff": Story("timeoff add dan --from 2026-11-25 --until 2026-11-28"),
}
SUFFIX = {"text": "txt", "md": "md", "json": "json", "html": "html"}


def branch(team: MakeTeam, run: Run, words: str) -> TeamFolder:
    """Do something on a branch, and go back."""
    made = team(TEAM)
    made.git("switch", "--quiet", "--create", "change")
    done = run(*words.split(), now=NOW, **ZONE)
    assert done.code == 0, done.err
    made.git("switch", "--quiet", "main")
    return made


def without_commits(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{40}\b|(?<=[(])[0-9a-f]{9}(?=[)])", "COMMIT", text)


@pytest.mark.parametrize("name", STORIES)
def test_the_plan_of_a_story(team: MakeTeam, run: Run, golden: Golden, name: str) -> None:
    """Each is as it was last reviewed, twice the same, and touches nothing."""
    made = branch(team, run, STORIES[name].words)
    for form in STORIES[name].formats:
        seen = run("diff", "main...change", "--format", form, now=NOW, **ZONE)
        assert (seen.code, seen.err) == (0, "")
        golden(f"diff/{name}.{SUFFIX[form]}", without_commits(seen.out))
        assert run("diff", "main...change", "--format", form, now=NOW, **ZONE).out == seen.out
        if form == "md":
            look(seen.out)
        if form == "text":
            assert all(len(line) <= 80 for line in seen.out.splitlines())
            assert "\x1b" not in seen.out
    assert made.git("status", "--porcelain") == ""
