"""What keeps a served site right: made anew for a change of a file wherever it stands, and for a new day."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncall_cli.app import invocation
from oncall_cli.commands.site_making import SiteWishes
from oncall_cli.commands.workshop import Workshop
from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.repository.watch import looks_of
from tests.commands.test_serve import TEAM
from tests.conftest import MakeTeam, TeamFolder

INCIDENT = """\
title: Labels
severity: sev1
status: resolved
detected: 2026-11-16T10:00:00-05:00
resolved: 2026-11-16T11:00:00-05:00
review: {path: elsewhere/labels.md, state: draft}
"""


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = parse_instant("2026-11-18T15:00:00Z")

    def __call__(self) -> Instant:
        return self.now


@pytest.fixture
def made(team: MakeTeam) -> TeamFolder:
    files = {"rotations/platform/incidents/2026/2026-11-16-labels.yaml": INCIDENT, "elsewhere/labels.md": "One.\n"}
    return team({**TEAM, **files})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workshop(made: TeamFolder, clock: Clock) -> Iterator[Workshop]:
    given = invocation({"ONCALL_NOW": "2026-11-18T15:00:00Z"})._replace(folder=made.root, clock=clock)
    shop = Workshop(given, SiteWishes(), lambda _: None)
    shop.start()
    yield shop
    shop.end()


def test_a_new_day_is_a_new_site(workshop: Workshop, clock: Clock) -> None:
    """At the team's midnight, which is 05:00Z, and no second earlier."""
    first = workshop.current()
    clock.now = parse_instant("2026-11-19T04:59:59Z")
    assert workshop.current().resources["index.html"] is first.resources["index.html"]
    clock.now = parse_instant("2026-11-19T05:00:00Z")
    page = workshop.current().resources["index.html"]
    assert page.since == clock.now
    assert b"files for Thu 19 Nov 2026" in page.body
    assert b"files for Wed 18 Nov 2026" in first.resources["index.html"].body


def test_a_review_may_stand_anywhere(workshop: Workshop, made: TeamFolder) -> None:
    """A page shows it, so that its change is one of the site."""
    path = next(path for path in workshop.current().resources if path.endswith("2026-11-16-labels.html"))
    made.write({"elsewhere/labels.md": "Two things.\n"})
    assert b"Two things." in workshop.current().resources[path].body


def test_it_is_made_anew_before_anybody_asks(workshop: Workshop, made: TeamFolder) -> None:
    """The thread looks by itself."""
    first = workshop.current()
    made.write({"rotations/people/bob.yaml": "name: Robert\n"})
    for _ in range(600):
        if workshop._made.number > first.number and b"Robert" in workshop._made.resources["people/bob.html"].body:
            return
        time.sleep(0.1)
    raise AssertionError("nothing was made anew")


def test_what_no_file_is_to_blame_for_is_tried_again(workshop: Workshop, made: TeamFolder, clock: Clock) -> None:
    """Soon, and until then the last whole site stands with a notice."""
    first = workshop.current()
    (made.root / "oncall.yaml").rename(made.root / "away.yaml")
    told = workshop.current()
    assert told.trouble is not None
    assert b'role="alert"' in told.resources["index.html"].body
    assert told.resources["site.css"] is first.resources["site.css"]
    clock.now = Instant(clock.now + 5)
    assert workshop.current().number > told.number
    (made.root / "away.yaml").rename(made.root / "oncall.yaml")
    assert workshop.current().trouble is None


@pytest.mark.parametrize("change", ["edit", "add", "remove", "commit", "switch", "mode"])
def test_every_kind_of_change_is_seen(made: TeamFolder, change: str) -> None:
    """By a look at the disk alone."""
    before = looks_of(made.root)
    assert looks_of(made.root) == before
    bob = made.root / "rotations/people/bob.yaml"
    if change == "edit":
        bob.write_text("name: Rob\n", encoding="utf-8")
    elif change == "add":
        made.write({"runbooks/new.md": "# New\n"})
    elif change == "remove":
        bob.unlink()
    elif change == "commit":
        made.git("commit", "--quiet", "--allow-empty", "--message", "Nothing")
    elif change == "switch":
        made.git("switch", "--quiet", "--create", "other")
    else:
        bob.chmod(0o600)
    assert looks_of(made.root) != before


def test_a_linked_work_tree_has_its_own_commit(made: TeamFolder, tmp_path: Path) -> None:
    """Git keeps its place elsewhere, and the branch in yet another one."""
    made.git("worktree", "add", "--quiet", "-b", "linked", str(tmp_path / "linked"))
    before = looks_of(tmp_path / "linked")
    made.git("-C", str(tmp_path / "linked"), "commit", "--quiet", "--allow-empty", "--message", "Nothing")
    assert looks_of(tmp_path / "linked") != before
