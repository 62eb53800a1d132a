"""Whom a drawing means can be told by letters alone, and does not depend on what is drawn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.render.marks import marks_of

IDS = st.sets(st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,2})?", fullmatch=True), max_size=40)


@settings(deadline=None)
@given(IDS)
def test_nobody_shares_their_letters(team):
    """Each person has letters of their own, which begin as their id does."""
    marks = marks_of(team)
    assert set(marks) == team
    assert len({mark.letters for mark in marks.values()}) == len(team)
    assert all(marks[person].letters[0] == person[0].upper() for person in team)


@settings(deadline=None)
@given(IDS)
def test_a_small_team_shares_no_colour(team):
    """Up to twelve people are told apart by colour as well."""
    twelve = sorted(team)[:12]
    assert len({mark.fill for mark in marks_of(twelve).values()}) == len(twelve)


@settings(deadline=None)
@given(IDS, st.from_regex(r"[a-z]{4}", fullmatch=True))
def test_a_newcomer_changes_the_letters_of_namesakes_only(team, newcomer):
    """Whoever begins with another letter keeps theirs."""
    before, after = marks_of(team), marks_of({*team, newcomer})
    others = [person for person in team if person[0] != newcomer[0]]
    assert [before[person].letters for person in others] == [after[person].letters for person in others]


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_black_is_legible_on_every_colour():
    """By the measure of WCAG, with more than its strictest contrast."""
    fills = {mark.fill for mark in marks_of(f"p{number}" for number in range(50)).values()}
    assert all((luminance(fill) + 0.05) / 0.05 > 7 for fill in fills)
