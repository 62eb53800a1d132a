"""``oncall ics``: feeds on standard output, in a file, in a folder."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from oncall_cli.model.time import parse_instant
from oncall_cli.render.ics import sequence_of
from tests.conftest import MakeTeam, Outcome, Run

NOW = "2026-11-24T10:00:00-05:00"
DATES = ("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z")

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
COVER = """\
changes:
  - start: 2026-11-24T09:00:00-05:00
    end: 2026-12-01T09:00:00-05:00
    person: bob
"""
# a feed that an earlier version wrote, which kept no list
OLDER = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//oncall//on-call feeds//EN\r\nEND:VCALENDAR\r\n"
FILES = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "name: Alice Moreau\n",
    "rotations/people/bob.yaml": "name: Bob Tanaka\n",
    "rotations/people/erin.yaml": "name: Erin\n",
    "rotations/platform/rotation.yaml": ROTATION,
    "rotations/support/rotation.yaml": ROTATION.replace("Platform", "Support").partition("roles")[0],
}


@pytest.fixture(autouse=True)
def _dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", DATES[0])


def events(feed: str) -> list[Event]:
    return IcsCalendarStream.calendar_from_ics(feed).events


def window(run: Run, *words: str) -> Outcome:
    two_weeks = ("--from", "2026-11-24 09:00", "--to", "2026-12-08 09:00")
    return run("ics", *words, *two_weeks, now=NOW, ONCALL_TZ="America/New_York")


def test_one_feed(run: Run, team: MakeTeam) -> None:
    """The feed of a role, byte by byte."""
    team(FILES)
    printed = window(run, "platform", "--role", "secondary")
    assert (printed.code, printed.err) == (0, "")
    assert printed.out == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//oncall//on-call feeds//EN\r\n"
        "CALSCALE:GREGORIAN\r\n"
        "NAME:platform secondary\r\n"
        "X-WR-CALNAME:platform secondary\r\n"
        "COLOR:slateblue\r\n"
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
        "X-APPLE-CALENDAR-COLOR:#6a5acd\r\n"
        "X-PUBLISHED-TTL:PT1H\r\n"
        "BEGIN:VEVENT\r\n"
        "SUMMARY:On call: Bob Tanaka (platform secondary)\r\n"
        "DTSTART:20261124T140000Z\r\n"
        "DTEND:20261201T140000Z\r\n"
        "DTSTAMP:20261120T120000Z\r\n"
        "UID:platform.secondary.20261124T140000Z@platform-team.oncall\r\n"
        "SEQUENCE:217339200\r\n"
        "DESCRIPTION:Secondary of platform.\\nNext: Alice Moreau.\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "END:VEVENT\r\n"
        "BEGIN:VEVENT\r\n"
        "SUMMARY:On call: Alice Moreau (platform secondary)\r\n"
        "DTSTART:20261201T140000Z\r\n"
        "DTEND:20261208T140000Z\r\n"
        "DTSTAMP:20261120T120000Z\r\n"
        "UID:platform.secondary.20261201T140000Z@platform-team.oncall\r\n"
        "SEQUENCE:217339200\r\n"
        "DESCRIPTION:Secondary of platform.\\nNext: Bob Tanaka.\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


@pytest.mark.parametrize(
    ("words", "count"),
    [([], 6), (["platform"], 4), (["--role", "primary"], 4), (["--person", "bob"], 3), (["--person", "erin"], 0)],
)
def test_what_a_feed_holds(run: Run, team: MakeTeam, words: list[str], count: int) -> None:
    """All, a rotation, a role, a person."""
    team(FILES)
    assert len(events(window(run, *words).out)) == count


def test_same_commit_same_bytes(run: Run, team: MakeTeam, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes change with the sources' last commit or the day, and with nothing else."""
    made = team(FILES)
    before = run("ics", now=NOW).out
    assert run("ics", now="2026-11-24T23:59:00-05:00").out == before
    monkeypatch.setenv("GIT_COMMITTER_DATE", DATES[1])
    made.commit({"runbooks/x.md": "---\ntitle: X\n---\n", "rotations/people/erin.yaml": "name: Erin G\n"})
    assert run("ics", now=NOW).out == before
    assert run("ics", now="2026-12-01T00:00:00-05:00").out != before


def test_an_override_keeps_the_uids_and_raises_the_sequence(
    run: Run, team: MakeTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calendars change the event of the turn; the rotation that did not change is left alone."""
    made = team(FILES)
    before = {event.uid: event for event in events(window(run).out)}
    monkeypatch.setenv("GIT_COMMITTER_DATE", DATES[1])
    made.commit({"rotations/platform/overrides/2026-11-24-cover.yaml": COVER})
    after = {event.uid: event for event in events(window(run).out)}
    assert before.keys() == after.keys()
    changed = "platform.primary.20261124T140000Z@platform-team.oncall"
    assert before[changed].summary == "On call: Alice Moreau (platform primary)"
    assert after[changed].summary == "On call: Bob Tanaka (platform primary)"
    assert "By the override 2026-11-24-cover." in after[changed].description
    early, late = (sequence_of(parse_instant(date)) for date in DATES)
    for uid, event in after.items():
        assert event.sequence == (late if uid.startswith("platform.") else early)


def test_a_shift_that_is_no_more(run: Run, team: MakeTeam) -> None:
    """What nobody stands any more is in no feed, and the others are the same events as before."""
    made = team(FILES)
    before = {event.uid for event in events(window(run, "platform", "--role", "primary").out)}
    made.commit({"rotations/platform/overrides/2026-11-24-nobody.yaml": COVER.replace("bob", "nobody")})
    after = {event.uid for event in events(window(run, "platform", "--role", "primary").out)}
    assert before - after == {"platform.primary.20261124T140000Z@platform-team.oncall"}
    assert after < before
    assert window(run, "--person", "alice").out.count("BEGIN:VEVENT") == 2


def test_a_swap_keeps_both_events(run: Run, team: MakeTeam, monkeypatch: pytest.MonkeyPatch) -> None:
    """`oncall swap`: the two events change hands, and calendars see that they changed."""
    made = team(FILES)
    role = ("platform", "--role", "primary")
    before = {event.uid: event for event in events(window(run, *role).out)}
    monkeypatch.setenv("GIT_COMMITTER_DATE", DATES[1])
    swap = COVER + COVER.removeprefix("changes:\n").replace("12-01", "12-08").replace("11-24", "12-01").replace(
        "bob", "alice"
    )
    made.commit({"rotations/platform/overrides/2026-11-24-swap.yaml": swap.replace("changes", "kind: swap\nchanges")})
    after = {event.uid: event for event in events(window(run, *role).out)}
    assert list(after) == list(before)
    assert [event.summary for event in after.values()] == [event.summary for event in before.values()][::-1]
    assert all(after[uid].sequence > before[uid].sequence for uid in before)


def test_a_shallow_clone_has_a_sequence(run: Run, team: MakeTeam, tmp_path: Path) -> None:
    """CI often fetches one commit only: its time is there, where a count of commits would not be."""
    made = team(FILES)
    made.commit({"rotations/platform/overrides/2026-11-24-cover.yaml": COVER})
    made.git("clone", "--quiet", "--depth=1", made.root.as_uri(), str(tmp_path / "shallow"))
    feed = run("-C", str(tmp_path / "shallow"), "ics", now=NOW).out
    assert {event.sequence for event in events(feed)} == {sequence_of(parse_instant(DATES[0]))}


def test_without_git(run: Run, tmp_path: Path) -> None:
    """Files that are in no repository have a feed too, with a fixed stamp."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    printed = run("-C", str(tmp_path), "ics", now=NOW)
    assert printed.code == 0
    assert {event.sequence for event in events(printed.out)} == {0}
    assert "DTSTAMP:19700101T000000Z" in printed.out


def test_the_whole_set(run: Run, team: MakeTeam) -> None:
    """A folder gets every feed; other files in it survive, and what did not change is not touched."""
    made = team(FILES)
    made.write({"feeds/index.html": "<p>Ours", "feeds/people/zoe.ics": "old", "feeds/all.ics": OLDER})
    written = run("ics", "--out", "feeds", now=NOW)
    assert (written.code, written.out) == (0, "")
    assert written.err == "Wrote 9 feeds to feeds (11 files changed).\n"
    files = sorted(str(path.relative_to(made.root / "feeds")) for path in (made.root / "feeds").rglob("*.*"))
    assert files == [
        ".oncall-feeds.json",
        "all.ics",
        "feeds.html",
        "feeds.json",
        "index.html",
        "people/alice.ics",
        "people/bob.ics",
        "people/erin.ics",
        "people/zoe.ics",
        "rotations/platform-primary.ics",
        "rotations/platform-secondary.ics",
        "rotations/platform.ics",
        "rotations/support-primary.ics",
        "rotations/support.ics",
    ]
    assert (made.root / "feeds/all.ics").read_bytes().decode() == run("ics", now=NOW).out
    again = run("ics", "--out", "feeds", now=NOW)
    assert again.err == "Wrote 9 feeds to feeds (0 files changed).\n"


def test_one_file(run: Run, team: MakeTeam) -> None:
    """A file gets one feed, readable by a web server, and keeps the mode that it had."""
    made = team(FILES)
    target = made.root / "out" / "bob.ics"
    written = run("ics", "--person", "bob", "--out", str(target), now=NOW)
    assert written.err == f"Wrote the feed 'Bob Tanaka' to {target}.\n"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask
    target.chmod(0o640)
    assert run("ics", "--out", str(target), now=NOW).code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(target.parent.iterdir()) == [target]


def test_half_a_schedule_is_never_published(run: Run, team: MakeTeam) -> None:
    """An invalid file would make shifts vanish from calendars: the old feeds stay, and the exit code is 5."""
    made = team(FILES)
    run("ics", "--out", "feeds", now=NOW)
    before = made.read("feeds/all.ics")
    made.write({"rotations/support/rotation.yaml": "name: Support\n"})
    refused = run("ics", "--out", "feeds", now=NOW)
    assert refused.code == 5
    assert "rotations/support/rotation.yaml:1:1" in refused.err
    assert "nothing was written" in refused.err
    assert made.read("feeds/all.ics") == before
    printed = run("ics", now=NOW)
    assert printed.code == 5
    assert all("platform" in event.summary for event in events(printed.out))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nope"], 3, "there is no rotation 'nope'"),
        (["--role", "shadow"], 3, "there is no role 'shadow'"),
        (["--person", "ali"], 3, "did you mean 'alice'?"),
        (["platform", "--out", "feeds"], 2, "a folder gets the feeds of the whole team"),
        (["--from", "2026-12-01", "--to", "2026-11-01"], 2, "the window ends before it begins"),
        (["--from", "whenever"], 2, "whenever"),
        (["--alarm", "soon"], 2, "--alarm: 'soon' is not a duration"),
        (["--alarm", "1 day"], 2, "alarms ring in people's own feeds"),
        (["--private"], 2, "name a folder"),
        (["--list", "--out", "feeds"], 2, "two things to do"),
        (["--json"], 2, "a feed is no JSON"),
        (["--out", "oncall.yaml"], 1, "cannot be written"),
        (["--out", "rotations.ics/x.ics"], 1, "cannot be written"),
    ],
)
def test_refusals(run: Run, team: MakeTeam, words: list[str], code: int, said: str) -> None:
    """What cannot be done is a sentence and an exit code."""
    team({**FILES, "rotations.ics": "a file"})
    refused = run("ics", *words, now=NOW)
    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err
    assert "Traceback" not in refused.err


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_index(run: Run, team: MakeTeam) -> None:
    """A page for people with a link to every feed, and the same for programs."""
    made = team({**FILES, "rotations/people/alice.yaml": "name: Alice <b>*A*</b> [x](http://y)\n"})
    run("ics", "--out", "feeds", "--gaps", "--duties", now=NOW)
    known = json.loads(made.read("feeds/feeds.json"))["data"]
    assert {feed["path"] for feed in known} == {path for path in tree(made.root / "feeds") if path.endswith(".ics")}
    assert {feed["kind"] for feed in known} == {"all", "rotation", "role", "person", "gaps", "duties"}
    alice = next(feed for feed in known if feed["person"] == "alice")
    assert (alice["path"], alice["rotation"], alice["events"]) == ("people/alice.ics", None, 87)
    page = made.read("feeds/feeds.html")
    for feed in known:
        assert f'<a href="{feed["path"]}">' in page
    assert "Alice &lt;b&gt;*A*&lt;/b&gt; [x](http://y)</a>" in page
    listed = run("ics", "--list", "--json", "--gaps", "--duties", now=NOW)
    assert json.loads(listed.out)["data"] == known
    assert run("ics", "--list", "--person", "bob", now=NOW).out == "Bob Tanaka  people/bob.ics\n"


def test_who_has_left_has_no_feed(run: Run, team: MakeTeam) -> None:
    """What the set has no more is removed; what somebody edited since, and what others put there, is not."""
    made = team(FILES)
    run("ics", "--out", "feeds", now=NOW)
    made.write({"feeds/rotations/support-primary.ics": "mine now", "feeds/people/notes.txt": "mine"})
    made.git("rm", "--quiet", "rotations/people/erin.yaml", "rotations/support/rotation.yaml")
    again = run("ics", "--out", "feeds", now=NOW)
    assert again.err == "Wrote 6 feeds to feeds (5 files changed, 2 removed).\n"
    left = tree(made.root / "feeds")
    assert left["rotations/support-primary.ics"] == b"mine now"
    assert left["people/notes.txt"] == b"mine"
    assert not {"people/erin.ics", "rotations/support.ics"} & left.keys()


def test_private_feeds(run: Run, team: MakeTeam) -> None:
    """Paths that only the secret leads to; a new secret takes the old ones away, and neither is ever told."""
    made = team(FILES)
    secrets = ("5eb1ac8a1d1c4f0cbb61", "0d4c6bde3ab14aa39f17")
    run("ics", "--out", "feeds", now=NOW)
    found = []
    for secret in secrets:
        done = run("ics", "--out", "feeds", "--private", now=NOW, ONCALL_FEED_SECRET=secret)
        assert done.code == 0
        found.append(tree(made.root / "feeds"))
        listed = run("ics", "--list", "--private", "--person", "bob", now=NOW, ONCALL_FEED_SECRET=secret)
        path = listed.out.split()[-1]
        assert re.fullmatch(r"private/[a-z2-7]{32}/bob\.ics", path)
        assert found[-1][path].decode() == run("ics", "--person", "bob", now=NOW).out
        tokens = {name.split("/")[1] for name in found[-1] if name.count("/") == 2}
        assert len(tokens) == 9 + 2, "a place of its own for each feed and for the two indexes"
        told = done.out + done.err + "".join(found[-1][name].decode() for name in (".oncall-feeds.json",))
        assert not any(word in told for word in (*secrets, *tokens))
    names = [{name for name in each if "/" in name} for each in found]
    assert names[0] & names[1] == {"private/index.html"}
    assert {name for name in found[1] if "/" not in name} == {".oncall-feeds.json"}
    again = run("ics", "--out", "feeds", "--private", now=NOW, ONCALL_FEED_SECRET=secrets[1])
    assert "(0 files changed)" in again.err


@pytest.mark.parametrize(
    ("secret", "said"),
    [("", "the environment variable ONCALL_FEED_SECRET is not set"), ("hunter2", "shorter than 20 characters")],
)
def test_a_secret_that_is_none(run: Run, team: MakeTeam, secret: str, said: str) -> None:
    """Without a secret, or with one that can be guessed, nothing is written."""
    made = team(FILES)
    refused = run("ics", "--out", "feeds", "--private", now=NOW, ONCALL_FEED_SECRET=secret)
    assert refused.code == 1
    assert said in refused.err
    assert "hunter2" not in refused.err
    assert not (made.root / "feeds").exists()


GAP = """\
changes:
  - start: 2026-11-25T09:00:00-05:00
    end: 2026-11-26T09:00:00-05:00
    person: nobody
"""
DUTIES = """\
holidays: [2026-11-26]
duties:
  - {id: audit, title: "Answer the audit, please", rrule: "FREQ=DAILY", at: "11:00", runbook: audit}
  - {id: water, title: Water the plants, rrule: "FREQ=WEEKLY;BYDAY=WE", role: secondary}
"""


def test_gaps_and_duties(run: Run, team: MakeTeam) -> None:
    """On request a feed also tells when nobody is on call, and what falls due, when, and whose it is."""
    team(
        {
            **FILES,
            "rotations/platform/rotation.yaml": ROTATION + DUTIES,
            "rotations/platform/overrides/2026-11-25-nobody.yaml": GAP,
        }
    )
    two_days = ("--from", "2026-11-25 09:00", "--to", "2026-11-27 12:00")
    printed = run("ics", "platform", *two_days, "--gaps", "--duties", now=NOW, ONCALL_TZ="America/New_York")
    told = [(event.summary, str(event.start)) for event in events(printed.out) if "On call" not in event.summary]
    assert told == [
        ("Water the plants (Bob Tanaka)", "2026-11-25"),
        ("Nobody on call (platform primary)", "2026-11-25 14:00:00+00:00"),
        ("Answer the audit, please (Alice Moreau)", "2026-11-25 16:00:00+00:00"),
        ("Answer the audit, please (Alice Moreau)", "2026-11-27 16:00:00+00:00"),
    ]
    mine = run("ics", *two_days, "--duties", "--person", "bob", now=NOW, ONCALL_TZ="America/New_York")
    assert [event.summary for event in events(mine.out) if "On call" not in event.summary] == [told[0][0]]


def test_whole_days(run: Run, team: MakeTeam) -> None:
    """A week is seven days, which no other week has too, and the times stand in the words."""
    team(FILES)
    found = events(window(run, "platform", "--role", "primary", "--all-day").out)
    assert [(str(event.start), str(event.end)) for event in found] == [
        ("2026-11-24", "2026-12-01"),
        ("2026-12-01", "2026-12-08"),
    ]
    assert "2026-11-24 09:00 to 2026-12-01 09:00 America/New_York." in found[0].description


def test_alarms(run: Run, team: MakeTeam) -> None:
    """People's own feeds ring on request, and no other does."""
    made = team(FILES)
    printed = window(run, "--person", "bob", "--alarm", "1 day", "--alarm", "30m").out
    assert printed.count("TRIGGER:-P1D\r\n") == printed.count("TRIGGER:-PT30M\r\n") == 3
    run("ics", "--out", "feeds", "--alarm", "1 day", now=NOW)
    ringing = {path for path, data in tree(made.root / "feeds").items() if b"VALARM" in data}
    assert ringing == {"people/alice.ics", "people/bob.ics"}


def test_a_rotation_without_shifts(run: Run, team: MakeTeam) -> None:
    """Its feed is there and empty, so that whoever subscribed sees nothing wrong."""
    made = team(
        {
            **FILES,
            "rotations/support/rotation.yaml": FILES["rotations/support/rotation.yaml"].replace("2026-01", "2031-01"),
        }
    )
    assert run("ics", "--out", "feeds", now=NOW).code == 0
    assert events(made.read("feeds/rotations/support.ics")) == []


def test_what_stands_in_the_way(run: Run, team: MakeTeam, tmp_path: Path) -> None:
    """A file of somebody else, a link that leads away, the records themselves: refused, and nothing is written."""
    made = team({**FILES, "mine/all.ics": "BEGIN:VCALENDAR\r\nPRODID:theirs\r\n"})
    (tmp_path / "away").mkdir()
    (made.root / "linked").mkdir()
    (made.root / "linked/people").symlink_to(tmp_path / "away")
    for folder, said in (
        ("mine", "is there already and is none of ours"),
        ("linked", "leads out of the set of feeds"),
        (".", "would stand among the team's records"),
        ("oncall.yaml/feeds", "cannot be written: Not a directory"),
        ("rotations", "would stand among the team's records"),
    ):
        before = tree(made.root)
        refused = run("ics", "--out", folder, now=NOW)
        assert (refused.code, refused.out) == (1, "")
        assert said in refused.err
        assert tree(made.root) == before
    assert not list((tmp_path / "away").iterdir())
