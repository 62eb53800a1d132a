"""``oncall report``: which time, how it is written, and what is said when it cannot be told."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands.shift_team import BOB, BOBS_SHIFT, CAROL, WEDNESDAY, WITH_CAROL
from tests.conftest import MakeTeam, Run, TeamFolder

ROOT = Path(__file__).parent.parent.parent
INCIDENT = "rotations/platform/incidents/2026/2026-11-12-replica-lag.yaml"
REQUEST = "rotations/platform/requests/2026/2026-11-11-vpn.yaml"
FILES = {
    **WITH_CAROL,
    BOB: BOBS_SHIFT,
    INCIDENT: (
        "title: Replica lag <b>\nseverity: sev2\nstatus: resolved\nimpact: {started: 2026-11-12T02:00:00-05:00}\n"
        "detected: 2026-11-12T02:10:00-05:00\nacknowledged: 2026-11-12T02:40:00-05:00\n"
        "mitigated: 2026-11-12T03:10:00-05:00\nresolved: 2026-11-12T04:10:00-05:00\nresponders: {commander: bob}\n"
    ),
    REQUEST: (
        "title: VPN for ana\nsection: Access\nrequester: ana@example.com\nreceived: 2026-11-11T11:00:00-05:00\n"
        "spent:\n  - {at: 2026-11-11T12:00:00-05:00, by: bob, time: 20 minutes}\n"
    ),
    "templates/report/short.md": "---\ntitle: Short\n---\n{{ incidents.count }} in {{ rotation.name }}: {{ title }}\n",
    "templates/report/open.md": (
        "---\ntitle: All\n---\n{% for one in incidents.list %}{{ one.title }} {{ one.resolved | moment }} "
        "{{ one.seconds.detect | span }}{% endfor %}\n"
    ),
    "templates/report/wrong.md": "---\ntitle: Wrong\n---\n{{ rotation.colour }}\n",
}
LAST_WEEK = "Week 46 of 2026: Mon 9 Nov 00:00 – Mon 16 Nov 00:00 (America/New_York)."


@pytest.fixture
def folder(team: MakeTeam) -> TeamFolder:
    return team(FILES, email="carol@example.com")


@pytest.fixture
def told(folder: TeamFolder, run: Run) -> Any:
    """Return the data of a report."""

    def data(*words: str) -> Any:
        outcome = run("report", "platform", *words, "--json", now=WEDNESDAY)
        assert outcome.code == 0, outcome.err
        return json.loads(outcome.out)["data"]

    return data


def test_without_words_it_is_the_last_whole_week(folder: TeamFolder, run: Run) -> None:
    outcome = run("report", now=WEDNESDAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[:2] == ["Report: Platform", LAST_WEEK]
    assert run("report", "platform", "--week", now=WEDNESDAY).out == outcome.out
    assert run("report", "-r", "platform", "--week", "--at", "2026-11-15 23:59", now=WEDNESDAY).out == outcome.out
    assert "the period is not over" not in outcome.out
    assert all(len(line) <= 80 for line in outcome.out.splitlines())


def test_what_it_tells(told: Any) -> None:
    """The line of the log about a page that nobody made an incident of is a page as well."""
    data = told("--week")
    assert [one["seconds"] for one in data["incidents"]["list"]] == [
        {"detect": 600, "acknowledge": 1800, "mitigate": 4200, "resolve": 7800}
    ]
    assert data["incidents"]["list"][0]["responded"] == "late"
    assert data["requests"]["by_section"] == [{"name": "Access", "count": 1, "seconds": 1200}]
    assert data["requests"]["acknowledged"] == {"kept": 0, "late": 1, "waiting": 0, "unknown": 0}
    assert [one["id"] for one in data["requests"]["open"]] == ["2026-11-11-vpn"]
    called = data["interruptions"]
    assert {name: called[name] for name in ("count", "pages", "requests", "announcements")} == {
        "count": 4,
        "pages": 2,
        "requests": 1,
        "announcements": 1,
    }
    assert data["duties"] == [
        {
            "id": "audit",
            "title": "Answer the IAM audit",
            "due": 5,
            "done": 0,
            "missed": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"],
        }
    ]
    assert data["coverage"]["percent"] == 100
    assert [one["id"] for one in data["shifts"]] == ["2026-11-10-bob-primary"]
    assert data["shifts"][0]["not_ticked"] == ["Put your name in the topic"]
    assert [one["start"] for one in data["earlier"]] == ["2026-11-02T05:00:00Z"]


def test_a_shift_by_its_id_by_a_part_or_the_last_that_ended(told: Any) -> None:
    for words in (("--shift",), ("--shift", "bob"), ("2026-11-10-bob-primary", "--shift")):
        period = told(*words)["period"]
        assert (period["shift"], period["partial"]) == ("2026-11-10-bob-primary", False)
        assert (period["start"], period["end"]) == ("2026-11-10T14:00:00Z", "2026-11-17T14:00:00Z")
    assert told("--shift", "carol")["period"]["partial"]


def test_the_shift_is_found_without_its_rotation(folder: TeamFolder, run: Run) -> None:
    outcome = run("report", "--shift", "bob", now=WEDNESDAY)
    assert outcome.out.splitlines()[1].startswith("Shift 2026-11-10-bob-primary: Tue 10 Nov 09:00 – Tue 17 Nov 09:00")


def test_a_sprint_a_month_and_any_other_time(told: Any) -> None:
    ends = {
        ("--sprint",): ("2026-11-10T14:00:00Z", "2026-11-17T14:00:00Z"),
        ("--sprint", "--at", "now"): ("2026-11-17T14:00:00Z", "2026-11-24T14:00:00Z"),
        ("--month",): ("2026-10-01T04:00:00Z", "2026-11-01T04:00:00Z"),
        ("--from", "2026-11-10", "--to", "2026-11-12"): ("2026-11-10T05:00:00Z", "2026-11-12T05:00:00Z"),
        ("--from", "2026-11-10"): ("2026-11-10T05:00:00Z", "2026-11-18T17:00:00Z"),
    }
    found = {words: told(*words)["period"] for words in ends}
    assert {words: (period["start"], period["end"]) for words, period in found.items()} == ends


def test_the_same_files_give_the_same_bytes(folder: TeamFolder, run: Run) -> None:
    """Whoever asks, in whichever zone, now or next year: as text, Markdown, a page and data."""
    for form in ("text", "md", "html", "json"):
        words = ("report", "platform", "--from", "2026-11-09", "--to", "2026-11-16", "--format", form)
        outcome = run(*words, now=WEDNESDAY)
        later = run(*words, now="2027-06-01T00:00:00Z", ONCALL_TZ="Asia/Tokyo", ONCALL_PERSON="alice")
        assert (outcome.code, later.code) == (0, 0)
        assert outcome.out == later.out


def test_no_order_of_a_set_shows(folder: TeamFolder) -> None:
    """Another process, whose sets have another order, prints the same."""
    outs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "ONCALL_NOW": WEDNESDAY}
        words = [sys.executable, "-m", "oncall_cli", "report", "--format", "md", "--month", "--at", "2026-11-01"]
        done = subprocess.run(words, cwd=folder.root, env=environment, capture_output=True, check=True)
        outs.add(done.stdout)
    assert len(outs) == 1


def test_an_earlier_commit_gives_its_own_bytes(folder: TeamFolder, run: Run) -> None:
    """What was sent last week can be made again from the commit that it was made of."""
    before = run("report", now=WEDNESDAY).out
    folder.commit({REQUEST: "title: Another\nreceived: 2026-11-12T11:00:00-05:00\n"})
    assert run("report", now=WEDNESDAY).out != before
    assert run("report", "--as-of", "HEAD~1", now=WEDNESDAY).out == before


def test_a_time_that_is_not_over_says_so(folder: TeamFolder, run: Run) -> None:
    outcome = run("report", "--week", "--at", "now", now=WEDNESDAY)
    assert outcome.out.splitlines()[2] == "As of Wed 18 Nov 12:00: the period is not over."


def test_a_terminal_that_knows_no_blocks_reads_it_too(folder: TeamFolder, run: Run) -> None:
    blocks, dumb = (run("report", now=WEDNESDAY, TERM=term).out for term in ("xterm", "dumb"))
    assert "█" in blocks
    assert not re.search("[█▏▎▍▌▋▊▉]", dumb)
    assert "  Access  20m  ####" in dumb


def test_files_with_their_pictures_beside(folder: TeamFolder, run: Run, tmp_path: Path) -> None:
    """The name says the format; what did not change is not written again."""
    page, text = tmp_path / "out" / "week.html", tmp_path / "out" / "week.md"
    assert run("report", "--out", str(page), now=WEDNESDAY).out == ""
    assert page.read_text("utf-8").startswith("<!doctype html>")
    outcome = run("report", "--out", str(text), now=WEDNESDAY)
    assert outcome.err == f"Wrote the report to {text}, and 4 pictures beside it.\n"
    pictures = re.findall(r"\]\(<(.*?)>\)", text.read_text("utf-8"))
    assert sorted(pictures) == [
        "week-platform-interruptions.svg",
        "week-platform-sections.svg",
        "week-platform-severities.svg",
        "week-platform-weeks.svg",
    ]
    assert all((text.parent / name).read_text("utf-8").startswith("<svg") for name in pictures)
    assert folder.git("status", "--porcelain") == ""


def test_a_template_of_the_team(folder: TeamFolder, run: Run) -> None:
    """Data is data in it: what looks like markup is none."""
    outcome = run("report", "--template", "short", now=WEDNESDAY)
    assert outcome.out == f"1 in Platform: {LAST_WEEK.removesuffix('.')}\n"
    filled = run("report", "--template", "open", now=WEDNESDAY).out
    assert filled == "Replica lag \\<b\\> Thu 12 Nov 04:10 10m\n"
    folder.write({INCIDENT: "title: Open\nseverity: sev2\ndetected: 2026-11-12T02:10:00-05:00\n"})
    assert run("report", "--template", "open", now=WEDNESDAY).out == "Open - -\n"


def test_a_template_that_cannot_be_filled_in(folder: TeamFolder, run: Run) -> None:
    outcome = run("report", "--template", "wrong", now=WEDNESDAY)
    assert outcome.code == 1
    assert "'wrong' cannot be filled in" in outcome.err.replace("report/", "")
    assert "templates/report/wrong.md" in outcome.err
    assert run("report", "--template", "none", now=WEDNESDAY).code == 3
    for form in ("html", "json"):
        assert run("report", "--template", "short", "--format", form, now=WEDNESDAY).code == 2
    assert run("report", "--template", "short", "--json", now=WEDNESDAY).code == 2


def test_a_place_that_cannot_be_written(folder: TeamFolder, run: Run) -> None:
    """A folder in the way is told in a sentence, and nothing is half there."""
    (folder.root.parent / "week.html").mkdir()
    outcome = run("report", "--out", "../week.html", now=WEDNESDAY)
    assert (outcome.code, outcome.out) == (1, "")
    assert "week.html' cannot be written" in outcome.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere",), 3, "there is no rotation 'nowhere'"),
        (("--shift", "nobody"), 3, "there is no shift 'nobody'"),
        (("--shift", "2026"), 2, "'2026' can mean"),
        (("--week", "--month"), 2, "not of week and month"),
        (("--week", "--from", "2026-11-01"), 2, "not of week and dates"),
        (("--shift", "--at", "now"), 2, "--at says which week"),
        (("--from", "2026-11-10", "--to", "2026-11-10"), 2, "ends before it begins"),
        (("--from", "2026-11-20", "--to", "2026-11-21"), 2, "still to come"),
        (("--week", "--at", "2026-11-25"), 2, "still to come"),
        (("--week", "--at", "9998-01-01"), 2, "still to come"),
        (("--from", "2001-01-01"), 2, "two years at most"),
        (("--from", "0001-01-02", "--to", "0001-02-02"), 2, "before 1971"),
        (("--to", "2026-11-01"), 2, "where to begin"),
        (("--from", "some day"), 2, "some day"),
        (("--sprint", "--at", "2026-01-01"), 1, "no turn had begun"),
        (("platform", "bob"), 2, "one word too many"),
        (("platform", "bob", "--shift", "-r", "platform", "--week"), 2, "not of"),
    ],
)
def test_what_cannot_be_told(folder: TeamFolder, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    outcome = run("report", *words, now=WEDNESDAY)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err


def test_before_anything_happened(team: MakeTeam, run: Run) -> None:
    """A rotation without a record has a report, of noughts; without a shift there is none of a shift."""
    team({path: text for path, text in WITH_CAROL.items() if path != CAROL and "/shifts/" not in path})
    outcome = run("report", now=WEDNESDAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert "There was no incident." in outcome.out
    assert "No shift was recorded." in outcome.out
    assert run("report", "--shift", now=WEDNESDAY).code == 3
    early = run("report", "--from", "2025-01-01", "--to", "2025-02-01", now=WEDNESDAY)
    assert "There is no earlier period to compare with." in early.out
    assert "Nothing was promised in this time." in early.out


def test_an_invalid_file_is_told_and_the_rest_is_counted(folder: TeamFolder, run: Run) -> None:
    folder.write({REQUEST: "title: VPN\nreceived: yesterday\n"})
    outcome = run("report", now=WEDNESDAY)
    assert outcome.code == 5
    assert f"Not counted, because they cannot be read: {REQUEST}." in " ".join(outcome.out.split())
    assert REQUEST in outcome.err
    assert "Replica lag" in outcome.out
    folder.write({"rotations/platform/rotation.yaml": "name: [\n"})
    assert run("report", now=WEDNESDAY).code == 5
    assert run("report", "platform", now=WEDNESDAY).code == 5


def test_the_page_names_all_that_a_template_may_say(told: Any) -> None:
    """The table of names in the guide is what there is."""
    page = (ROOT / ".github/docs/report.md").read_text("utf-8").partition("## Templates")[2].partition("## How")[0]
    first = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = {name for cell in first for name in re.findall(r"`(\w+)`", cell)}
    assert named == {*told("--week"), "title", "kept", "figures", "sections", "shift"}
