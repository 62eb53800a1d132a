"""WHEN, as people write it on the command line."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.time import format_instant, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.when import parse_when

NEW_YORK = Zone("America/New_York")
NOW = parse_instant("2026-11-24T12:00:00-05:00")  # a Tuesday


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("now", "2026-11-24T17:00:00Z"),
        ("14:30", "2026-11-24T19:30:00Z"),
        ("9am", "2026-11-24T14:00:00Z"),
        ("9:30 PM", "2026-11-25T02:30:00Z"),
        ("12am", "2026-11-24T05:00:00Z"),
        ("12pm", "2026-11-24T17:00:00Z"),
        ("today", "2026-11-24T05:00:00Z"),
        ("tomorrow", "2026-11-25T05:00:00Z"),
        ("Yesterday 8am", "2026-11-23T13:00:00Z"),
        ("+2h30m", "2026-11-24T19:30:00Z"),
        ("+1d 2h", "2026-11-25T19:00:00Z"),
        ("-20m", "2026-11-24T16:40:00Z"),
        ("in 2h", "2026-11-24T19:00:00Z"),
        ("in 90 minutes", "2026-11-24T18:30:00Z"),
        ("2h ago", "2026-11-24T15:00:00Z"),
        ("1 week ago", "2026-11-17T17:00:00Z"),
        ("2026-11-26", "2026-11-26T05:00:00Z"),
        ("2026-11-26 09:00", "2026-11-26T14:00:00Z"),
        ("2026-11-26T09:00:30", "2026-11-26T14:00:30Z"),
        ("2026-11-26 9am", "2026-11-26T14:00:00Z"),
        ("2026-11-26 09:00+01:00", "2026-11-26T08:00:00Z"),
        ("2026-11-26T09:00:00-03:30", "2026-11-26T12:30:00Z"),
        ("2026-11-26T09:00Z", "2026-11-26T09:00:00Z"),
        ("2026-11-26 09:00 Europe/Berlin", "2026-11-26T08:00:00Z"),
        ("2026-11-26 09:00Europe/Berlin", "2026-11-26T08:00:00Z"),
        ("2026-11-26 Europe/Berlin", "2026-11-25T23:00:00Z"),
        ("14:30 UTC", "2026-11-24T14:30:00Z"),
        ("  tomorrow   09:00  Asia/Tokyo ", "2026-11-26T00:00:00Z"),  # it is the 25th there already
    ],
)
def test_every_form(text: str, instant: str) -> None:
    """Each form means one instant, whether it is for a plan or for a log."""
    assert format_instant(parse_when(text, NOW, NEW_YORK)) == instant
    assert format_instant(parse_when(text, NOW, NEW_YORK, past=True)) == instant


@pytest.mark.parametrize(
    ("text", "following", "previous"),
    [
        ("tue", "2026-12-01T05:00:00Z", "2026-11-24T05:00:00Z"),
        ("tuesday 14:00", "2026-11-24T19:00:00Z", "2026-11-17T19:00:00Z"),
        ("tue 12:00", "2026-11-24T17:00:00Z", "2026-11-24T17:00:00Z"),
        ("Mon 09:00", "2026-11-30T14:00:00Z", "2026-11-23T14:00:00Z"),
        ("wed 9am Europe/Berlin", "2026-11-25T08:00:00Z", "2026-11-18T08:00:00Z"),
    ],
)
def test_weekdays_are_next_for_plans_and_last_for_logs(text: str, following: str, previous: str) -> None:
    """A weekday is the nearest in the direction that makes sense; now itself counts for both."""
    assert format_instant(parse_when(text, NOW, NEW_YORK)) == following
    assert format_instant(parse_when(text, NOW, NEW_YORK, past=True)) == previous


def test_lengths_are_elapsed_time_and_days_are_the_walls() -> None:
    """Over the change of clocks ``+1d`` is 24 hours and ``tomorrow`` keeps the time of day."""
    now = parse_instant("2026-10-31T12:00:00-04:00")
    assert parse_when("+1d", now, NEW_YORK) == parse_instant("2026-11-01T11:00:00-05:00")
    assert parse_when("tomorrow 12:00", now, NEW_YORK) == parse_instant("2026-11-01T12:00:00-05:00")


def test_missing_and_repeated_times() -> None:
    """A skipped time is the jump, a repeated one its first time, as everywhere."""
    assert parse_when("2026-03-08 02:30", NOW, NEW_YORK) == parse_instant("2026-03-08T03:00:00-04:00")
    assert parse_when("2026-11-01 01:30", NOW, NEW_YORK) == parse_instant("2026-11-01T01:30:00-04:00")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "'' is not a time that can be understood: write 'now', '14:30'"),
        ("soon", "'soon' is not a time"),
        ("9", "'9' is not a time"),
        ("+5", "'+5' is not a time"),
        ("mon soon", "'mon soon' is not a time"),
        ("25:00", "'25:00' says a time of day that no clock shows"),
        ("13pm", "'13pm' says a time of day that no clock shows"),
        ("2026-11-31", "'2026-11-31' is not a date"),
        ("14:30 Europe/Berln", "'Europe/Berln' is not a time zone: did you mean 'Europe/Berlin'?"),
        ("+999999w", "'+999999w' is too far away"),
    ],
)
def test_what_is_no_time_gets_a_sentence(text: str, part: str) -> None:
    """The message repeats what was written and says what can be."""
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - its sentence is looked at
        parse_when(text, NOW, NEW_YORK)
    assert part in str(refused.value)


@given(st.text(max_size=25) | st.from_regex(r"[0-9a-z:+ /TZ-]{0,25}", fullmatch=True))
def test_nothing_but_a_sentence_comes_of_anything(text: str) -> None:
    """Whatever is written, the answer is an instant or a ``ValueError``."""
    with suppress(ValueError):
        parse_when(text, NOW, NEW_YORK)
