"""What the site of a team says: the same as the commands, and no more than it should."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from oncall_cli.commands.plan import team_state
from oncall_cli.model.time import WEEK, Instant
from oncall_cli.repository.reading import TeamRepository
from tests.commands.test_site import EVERY_TEAM, FILES, NOW, ROTATION, contents
from tests.conftest import MakeTeam, Run

INCIDENT = """\
title: Labels print late
severity: sev2
status: open
detected: 2026-11-20T10:00:00-05:00
responders: {commander: alice}
runbook: labels
links: ["https://dash.example.com/d/1", "javascript:alert(1)"]
review: {path: rotations/platform/incidents/2026/2026-11-20-labels.md, owner: bob}
timeline:
  - at: 2026-11-20T10:05:00-05:00
    by: bob
    text: |
      Looked at the queue
      depth 5000
"""
REVIEW = "# Labels print late\n\nThe [queue](../../../../runbooks/labels.md) was full.\n"
RUNBOOK = (
    "---\ntitle: Labels print late\nalerts: [label-queue oldest message]\n---\n\n# Labels print late\n\nRestart it.\n"
)
RECORDS = {
    "rotations/platform/incidents/2026/2026-11-20-labels.yaml": INCIDENT,
    "rotations/platform/incidents/2026/2026-11-20-labels.md": REVIEW,
    "runbooks/labels.md": RUNBOOK,
    "runbooks/index.md": "---\ntitle: An index of all\n---\n\nSee [labels](labels.md).\n",
}


def data_of(page: str, name: str = "schedule") -> Any:
    found = re.search(f'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def held(data: Any, rotation: str, role: str, instant: Instant) -> list[str]:
    """Say who holds a role as the script does: each shift begins so long after the end of the one before."""
    lanes = next(one["lanes"] for one in data["rotations"] if one["id"] == rotation)
    end = data["from"]
    for after, length, people, *_ in next(lane["shifts"] for lane in lanes if lane["role"] == role):
        start, end = end + after, end + after + length
        if start <= instant < end:
            places = people if isinstance(people, list) else [people]
            return [data["people"][place][0] for place in places]
    return []


@pytest.mark.parametrize("root", EVERY_TEAM, ids=lambda path: path.name)
def test_the_data_say_what_the_schedule_says(run: Run, tmp_path: Path, root: Path) -> None:
    """In every role, at instants by lot of the weeks that the page knows."""
    assert run("-C", str(root), "site", "--out", str(tmp_path), now=NOW).code == 0
    data = data_of((tmp_path / "index.html").read_text("utf-8"))
    drawn = random.Random(root.name)
    for name, files in team_state(TeamRepository(root)).rotations.items():
        for role in files.schedule.roles:
            for _ in range(60):
                instant = Instant(drawn.randrange(data["from"], data["to"] - 4 * WEEK))
                expected = sorted(files.schedule.at(role, instant).people)
                assert sorted(held(data, name, role, instant)) == expected, (name, role, instant)


def test_records_have_pages(run: Run, team: MakeTeam) -> None:
    """An incident with its timeline, its runbook and its review; no link that a browser would run."""
    made = team({**FILES, **RECORDS})
    assert run("site", "--out", "public", now=NOW).code == 0
    page = made.read("public/incidents/platform/2026-11-20-labels.html")
    assert "<pre>depth 5000</pre>" in page
    assert 'href="../../runbooks/labels.html">queue</a> was full' in page
    assert 'href="https://dash.example.com/d/1"' in page
    assert 'href="javascript' not in page
    assert page.count("Labels print late") == 3  # in the title, the heading and the link to the runbook
    assert "1 open incident" in made.read("public/index.html")
    assert "An index of all" in made.read("public/runbooks/index-.html")


def test_the_search_knows_the_words_of_runbooks(run: Run, team: MakeTeam) -> None:
    """Stems by their field, the alert's own first, each once."""
    made = team({**FILES, **RECORDS})
    run("site", "--out", "public", now=NOW)
    found = data_of(made.read("public/runbooks/index.html"), "runbooks")["runbooks"]
    labels = next(one for one in found if one["path"] == "runbooks/labels.html")
    assert labels["words"][0].split() == ["label", "queu", "oldest"]
    assert labels["words"][1].split() == ["print", "lat"]
    assert "restart" in labels["words"][4].split()


def test_only_the_schedule(run: Run, team: MakeTeam) -> None:
    """For pages that everybody can open: nothing of what broke, and of how it is mended."""
    made = team({**FILES, **RECORDS})
    assert run("site", "--out", "public", "--schedule-only", now=NOW).code == 0
    written = contents(made.root / "public")
    assert not [path for path in written if path.startswith(("incidents", "runbooks", "reports", "load"))]
    assert b"Labels print late" not in b"".join(written.values())
    assert "people/alice.html" in written


def test_private_feeds_are_named_on_no_page(run: Run, team: MakeTeam) -> None:
    """Nor in the list of what was written, which stands beside the pages."""
    made = team(FILES)
    secret = {"ONCALL_FEED_SECRET": "x" * 40}
    assert run("site", "--out", "public", "--private", now=NOW, **secret).code == 0
    written = contents(made.root / "public")
    feeds = [path for path in written if path.endswith(".ics")]
    assert len(feeds) > 3
    for path in feeds:
        token = path.split("/")[2]
        assert path.startswith("feeds/private/")
        assert not [name for name, data in written.items() if token.encode() in data and "/private/" not in name]
    again = run("site", "--out", "public", "--private", now=NOW, ONCALL_FEED_SECRET="y" * 40)
    assert again.code == 0
    assert not set(feeds) & set(contents(made.root / "public"))


def test_the_address_lets_calendars_be_subscribed_to_without_a_script(run: Run, team: MakeTeam) -> None:
    """Links that a calendar program takes, in the address that was given."""
    made = team(FILES)
    assert run("site", "--out", "public", "--url", "https://example.com/oncall/", now=NOW).code == 0
    assert 'href="webcal://example.com/oncall/feeds/people/alice.ics"' in made.read("public/people/alice.html")
    for wrong in ("example.com", "ftp://example.com", "https://me:secret@example.com", "https://example.com/?a"):
        refused = run("site", "--out", "public", "--url", wrong, now=NOW)
        assert refused.code == 2
        assert "is no address of a site" in refused.err


def test_what_cannot_be_read_is_named(run: Run, team: MakeTeam) -> None:
    """A bad incident keeps nobody from seeing who is on call."""
    path = "rotations/platform/incidents/2026/2026-11-21-bad.yaml"
    made = team({**FILES, path: "title: Bad\n"})
    done = run("site", "--out", "public", now=NOW)
    assert done.code == 5
    assert path in done.err
    assert f"cannot be read: {path}" in made.read("public/index.html")


@pytest.mark.parametrize(
    "path", ["/etc/hostname", "../outside.md", "oncall.yaml", ".git/config", "rotations/nothing.md"]
)
def test_a_review_is_a_page_of_the_repository(run: Run, team: MakeTeam, tmp_path: Path, path: str) -> None:
    """No other file of the machine gets onto the site because an incident names it."""
    (tmp_path / "outside.md").write_text("SECRET")
    told = INCIDENT.replace("rotations/platform/incidents/2026/2026-11-20-labels.md", path)
    made = team({**FILES, "rotations/platform/incidents/2026/2026-11-20-labels.yaml": told})
    run("site", "--out", "public", now=NOW)
    page = made.read("public/incidents/platform/2026-11-20-labels.html")
    assert 'id="review"' not in page


def test_a_rotation_to_come(run: Run, team: MakeTeam) -> None:
    """No shift in the window: nobody is on call, and every page is there."""
    made = team({**FILES, "rotations/platform/rotation.yaml": ROTATION.replace("2026-01-06", "2031-01-07")})
    assert run("site", "--out", "public", now=NOW).code == 0
    assert "nobody" in made.read("public/index.html")
    assert "No shift in the coming 13 weeks" in made.read("public/people/alice.html")


def test_without_a_script_all_times_are_in_the_zone_that_the_page_names(run: Run, team: MakeTeam) -> None:
    """A rotation of another zone is told in the team's, as the top of the page says; the script knows its own."""
    made = team({**FILES, "rotations/platform/rotation.yaml": "timezone: Asia/Tokyo\n" + ROTATION})
    assert run("site", "--out", "public", now=NOW).code == 0
    for path in ("index.html", "rotations/platform.html", "people/alice.html"):
        page = made.read(f"public/{path}")
        assert '<span id="zone">America/New_York</span>' in page
        # Tuesday 09:00 in Tokyo
        assert re.search('<time datetime="2026-12-01T00:00Z"[^>]*>Mon 30 Nov 19:00</time>', page), path
        assert 'data-zone="Asia/Tokyo"' in page
