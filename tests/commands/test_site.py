"""``oncall site``: what is written, what stays, and what leads where."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest

from tests.conftest import MakeTeam, Run, TeamFolder

NOW = "2026-11-24T10:00:00-05:00"
ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice, bob]
roles:
  primary: {}
  secondary: {offset: 1}
"""
FILES = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "name: Alice Moreau\ncontact: {phone: '+1-212-555-0101'}\n",
    "rotations/people/bob.yaml": "name: Bob Tanaka\n",
    "rotations/platform/rotation.yaml": ROTATION,
}
TEAMS = Path(__file__).parent.parent / "teams"
EVERY_TEAM = [Path(__file__).parents[2], *sorted(path.parent for path in TEAMS.glob("*/oncall.yaml"))]


class Links(HTMLParser):
    """What a page loads, what it leads to, and the names that one can lead to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("src", "srcset", "poster", "data", "action", "formaction") or (name == "href" and tag != "a"):
                self.loads.append(value or "")
            elif name == "href":
                self.leads.append(value or "")
            elif name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")


def links_of(path: Path) -> Links:
    return Links(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("root", EVERY_TEAM, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(run: Run, tmp_path: Path, root: Path) -> None:
    """Of every team: relative links to files and places that exist, nothing loaded from elsewhere, nothing inline."""
    site = tmp_path / "site"
    made = run("-C", str(root), "site", "--out", str(site), now=NOW)
    assert made.code == 0, made.err
    pages = {path: links_of(path) for path in site.rglob("*.html")}
    assert len(pages) > 5
    for page, links in pages.items():
        assert not links.inline, page
        assert len(set(links.ids)) == len(links.ids), page
        for target in links.loads:
            assert target.startswith("data:image/svg+xml,") or (page.parent / target).is_file(), (page, target)
        for target in links.leads:
            if urlsplit(target).scheme:
                assert target.startswith(("https://", "http://")), (page, target)
                continue
            path, fragment = urldefrag(target)
            assert not path.startswith("/"), (page, target)
            there = (page.parent / path).resolve() if path else page
            assert there.is_file(), (page, target)
            assert not fragment or fragment in links_of(there).ids, (page, target)


@pytest.mark.parametrize("name", ["site.css", "site.js"])
def test_the_assets_name_no_other_place(run: Run, team: MakeTeam, name: str) -> None:
    """Neither style nor script fetches anything."""
    made = team(FILES)
    run("site", "--out", "public", now=NOW)
    text = made.read(f"public/{name}")
    assert not re.search(r"@import|url\((?!\"?data:)|fetch\(|XMLHttpRequest|import\(|\beval\(|innerHTML", text)


def test_same_day_same_bytes(run: Run, team: MakeTeam) -> None:
    """The same files give the same site all day long, and the next day another."""
    made = team(FILES)
    run("site", "--out", "public", now=NOW)
    before = contents(made.root / "public")
    again = run("site", "--out", "public", now="2026-11-24T23:59:00-05:00")
    assert "(0 files changed)" in again.err
    assert contents(made.root / "public") == before
    run("site", "--out", "public", now="2026-11-25T00:01:00-05:00")
    assert contents(made.root / "public") != before


def test_others_files_survive_and_ours_go(run: Run, team: MakeTeam) -> None:
    """What the site no longer has is removed; what somebody else put there stays."""
    made = team(FILES)
    made.write({"public/CNAME": "oncall.example.com", "public/people/photo.txt": "x"})
    run("site", "--out", "public", now=NOW)
    assert (made.root / "public/people/bob.html").is_file()
    made.write({"rotations/platform/rotation.yaml": ROTATION.replace(", bob", "")})
    (made.root / "rotations/people/bob.yaml").unlink()
    done = run("site", "--out", "public", now=NOW)
    assert done.code == 0, done.err
    assert not (made.root / "public/people/bob.html").exists()
    assert made.read("public/CNAME") == "oncall.example.com"
    assert made.read("public/people/photo.txt") == "x"


def test_a_page_of_somebody_else_is_not_replaced(run: Run, team: MakeTeam) -> None:
    """A file with the name of one of ours that no site wrote: nothing is written at all."""
    made = team(FILES)
    made.write({"public/index.html": "<p>Ours"})
    refused = run("site", "--out", "public", now=NOW)
    assert refused.code == 1
    assert "is there already and is none of ours" in refused.err
    assert contents(made.root / "public") == {"index.html": b"<p>Ours"}


@pytest.mark.parametrize("folder", [".", "rotations", "rotations/public", "runbooks", ".git/x"])
def test_never_among_the_records(run: Run, team: MakeTeam, folder: str) -> None:
    """The site has folders of the same names as the records."""
    made = team(FILES)
    refused = run("site", "--out", folder, now=NOW)
    assert refused.code == 1
    assert "among the team's records" in refused.err
    assert made.git("status", "--porcelain", "--ignored") == ""


def test_never_through_a_link(run: Run, team: MakeTeam, tmp_path: Path) -> None:
    """A link that somebody committed leads no page out of the folder."""
    made = team(FILES)
    (tmp_path / "elsewhere").mkdir()
    (made.root / "public").mkdir()
    os.symlink(tmp_path / "elsewhere", made.root / "public/people")
    refused = run("site", "--out", "public", now=NOW)
    assert refused.code == 1
    assert "is a link" in refused.err
    assert not list((tmp_path / "elsewhere").iterdir())


def test_no_place_to_write(run: Run, team: MakeTeam) -> None:
    """A file where the folder should be is said in a sentence."""
    team(FILES)
    refused = run("site", "--out", "oncall.yaml", now=NOW)
    assert (refused.code, refused.out) == (1, "")
    assert "cannot be written" in refused.err
    assert "Traceback" not in refused.err


def test_half_a_schedule_is_never_published(run: Run, team: MakeTeam) -> None:
    """An invalid file that decides who is on call: the old site stays, and the exit code is 5."""
    made = team(FILES)
    run("site", "--out", "public", now=NOW)
    before = contents(made.root / "public")
    made.write({"rotations/platform/rotation.yaml": "name: Platform\n"})
    refused = run("site", "--out", "public", now=NOW)
    assert refused.code == 5
    assert "nothing was written" in refused.err
    assert contents(made.root / "public") == before


def test_contacts_are_shown_when_asked_for(run: Run, team: MakeTeam) -> None:
    """A site may be read by anybody; telephone numbers are on it only on request."""
    made = team(FILES)
    run("site", "--out", "public", now=NOW)
    assert b"555-0101" not in b"".join(contents(made.root / "public").values())
    run("site", "--out", "public", "--contacts", now=NOW)
    assert "555-0101" in made.read("public/people/alice.html")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_team_without_anything(run: Run, team: MakeTeam) -> None:
    """A team that has only begun has a site too."""
    made: TeamFolder = team({"oncall.yaml": "name: New\n"})
    assert run("site", "--out", "public", now=NOW).code == 0
    assert "There is no rotation yet" in made.read("public/index.html")
