"""What we write ourselves is byte for byte what icalendar writes, whatever the data say."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oncall_cli.model.time import DAY, MINUTE, Instant
from oncall_cli.practice.feeds import About, duties_of, entries_of, gaps_of, one_feed
from oncall_cli.render.ics import FeedContext, feed_bytes, feed_events, feed_head
from oncall_cli.render.ics_lines import Event, Head, calendar_bytes, folded, plain_lines, plain_text
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.schedule.compile import compile_schedule
from tests.feeds.reference import reference_bytes
from tests.interop.published import START, TEAMS

SOON = Instant(START + 60 * DAY)

# What ends values, lines and parameters, what takes several octets, and what is tied to its neighbour.
HOSTILE = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(list('\\\\\\,;:"^\r\n\t Nn\x00\x1b\u2028\u202e日🦊é\x85'))),
    max_size=120,
)
PLAIN = HOSTILE.map(plain_text)
DAYS = st.integers(0, 60_000)
# of ids, times and the team's slug
UIDS = st.text("abcxyz019.-@", min_size=1, max_size=160)
INSTANTS = st.integers(0, 60_000 * DAY).map(Instant)
TIMED = st.builds(Event, UIDS, INSTANTS, INSTANTS, PLAIN, HOSTILE.map(plain_lines), INSTANTS, st.integers(0, 2**31 - 1))
WHOLE = TIMED.flatmap(
    lambda event: st.builds(
        lambda first, last: event._replace(start=Instant(first * DAY), end=Instant(last * DAY), whole_days=True),
        DAYS,
        DAYS,
    )
)
ALARMS = st.lists(st.integers(0, 60 * 24 * 40).map(MINUTE.__mul__), max_size=3)


@settings(deadline=None, max_examples=200)
@given(PLAIN, st.lists(TIMED | WHOLE, max_size=2), ALARMS)
@example("\\" * 200, [], [])
@example("x" * 66 + "\\N" * 40 + "^" * 80, [], [0])
def test_the_same_bytes_as_icalendar(title: str, events: list[Event], alarms: list[int]) -> None:
    """Texts, folds, dates, times and alarms."""
    head = Head(plain_text(title), "steelblue", "#4682b4")
    assert calendar_bytes(head, events, alarms) == reference_bytes(head, events, alarms)


@pytest.mark.parametrize("team", TEAMS)
@pytest.mark.parametrize("all_day", [False, True])
def test_the_feeds_of_teams(team: str, all_day: bool) -> None:
    """All that a team's calendar holds, gaps and duties too, and one that rings."""
    repository = TeamRepository(TEAMS[team])
    people = repository.people()
    found, zones = [], {}
    for name, record in repository.rotations().items():
        schedule = compile_schedule(record, repository.overrides(name))
        zones[name] = schedule.zone
        gaps, duties = gaps_of(schedule, START, SOON), duties_of(record, schedule, START, SOON)
        found.append(entries_of(schedule, START, SOON)._replace(gaps=gaps, duties=duties))
    context = FeedContext(repository.team().name, people, dict.fromkeys(zones, START), zones, all_day, (DAY, 0))
    for about in (About(), About(person=min(people))):
        feed = one_feed("Title", found, about)
        alarms = context.alarms if about.person else ()
        assert feed_bytes(feed, context) == reference_bytes(feed_head(feed), feed_events(feed, context), alarms)


@given(HOSTILE)
def test_a_line_is_cut_into_lines_of_75_octets(said: str) -> None:
    """None is longer, and joined they are what they were."""
    line = plain_text(said)
    cut = folded(line).encode().split(b"\r\n ")
    assert all(len(part) <= 74 for part in cut)
    assert b"".join(cut).decode() == line


def test_writing_needs_no_icalendar() -> None:
    """It takes longer to load than a feed takes to write."""
    modules = "import sys, oncall_cli.render.ics, oncall_cli.commands.ics; print('icalendar' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", modules], capture_output=True, check=True, text=True)
    assert said.stdout == "False\n"
