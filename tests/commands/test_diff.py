"""``oncall diff``: the plan of a pull request, one for each thing that people do to a schedule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
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
    """What somebody does on a branch: a command, and perhaps an edit of the rotation by hand; and what was there."""

    words: str
    then: tuple[str, str] = ("", "")
    there: Mapping[str, str] = MappingProxyType({})


HANDED_OVER = {
    "rotations/platform/overrides/2026-12-01-cover.yaml": """\
kind: cover
changes:
  - role: primary
    start: 2026-12-01T09:00:00-05:00
    end: 2026-12-08T09:00:00-05:00
    person: bob
    instead_of: alice
created: 2026-11-10T09:00:00-05:00
"""
}
STORIES = {
    "cover": Story("cover erin --for dan --shift next --role primary --reason Wedding"),
    "swap": Story("swap dan bob --role primary"),
    "swap-moved": Story("swap dan bob --role primary", then=("tuesday 09:00", "tuesday 10:00")),
    "take": Story("--as erin take --role primary"),
    "nobody": Story("override nobody --role secondary --from 2026-11-26 --to 2026-11-27 --reason Thanksgiving"),
    "remove": Story("override remove 2026-12-01-cover", there=HANDED_OVER),
    "join": Story("rotation join erin"),
    "join-away": Story(
        "rotation join erin",
        there={
            "rotations/people/alice.yaml": person("Alice", "time_off:\n  - {from: 2027-01-06, until: 2027-01-09}\n")
        },
    ),
    "leave": Story("rotation leave bob"),
    "replace": Story("rotation replace bob erin --rewrite-history"),
    "reorder": Story("rotation reorder alice carol bob dan"),
    "timeoff": Story("timeoff add dan --from 2026-11-25 --until 2026-11-28"),
}
WHOLE = "cover"
SUFFIX = {"text": "txt", "md": "md", "json": "json", "html": "html"}


def branch(team: MakeTeam, run: Run, story: Story) -> TeamFolder:
    """Do something on a branch, and go back."""
    made = team({**TEAM, **story.there})
    made.git("switch", "--quiet", "--create", "change")
    done = run(*story.words.split(), now=NOW, **ZONE)
    assert done.code == 0, done.err
    if story.then[0]:
        made.commit({WHERE: made.read(WHERE).replace(*story.then)}, "Edit by hand")
    made.git("switch", "--quiet", "main")
    return made


def without_style(page: str) -> str:
    """Return a page without how it looks, which one of the goldens holds for all."""
    return re.sub(r"(?s)<style>.*?</style>", "<style></style>", re.sub(r"sha256-[\w+/=]+", "sha256-", page))


def without_commits(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{40}\b|(?<=[(])[0-9a-f]{9}(?=[)])", "COMMIT", text)


@pytest.mark.parametrize("name", STORIES)
def test_the_plan_of_a_story(team: MakeTeam, run: Run, golden: Golden, name: str) -> None:
    """Each is as it was last reviewed, twice the same, and touches nothing."""
    made = branch(team, run, STORIES[name])
    for form in SUFFIX:
        seen = run("diff", "main...change", "--format", form, now=NOW, **ZONE)
        assert (seen.code, seen.err) == (0, "")
        golden(f"diff/{name}.{SUFFIX[form]}", without_commits(seen.out if name == WHOLE else without_style(seen.out)))
        assert run("diff", "main...change", "--format", form, now=NOW, **ZONE).out == seen.out
        if form == "md":
            look(seen.out)
        if form == "text":
            assert all(len(line) <= 80 for line in seen.out.splitlines())
            assert "\x1b" not in seen.out
    assert made.git("status", "--porcelain") == ""
