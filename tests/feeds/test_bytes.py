"""What we write ourselves is byte for byte what icalendar writes, whatever the data say."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import example, given, settings
from hypothesis import strategies as st

from oncall_cli.model.time import DAY, MINUTE, Instant
from oncall_cli.render.ics_lines import Event, Head, calendar_bytes, folded, plain_lines, plain_text
from tests.feeds.reference import reference_bytes

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
