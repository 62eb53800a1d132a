"""Who stands in when somebody cannot: the team with primary and support, and the students between their lectures."""

from __future__ import annotations

import shlex

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

FRIDAY = "2026-11-20T10:00:00-05:00"
TUESDAY = "2026-11-24T10:00:00-05:00"
SEVENTH = ("--from", "2026-12-07 09:00", "--to", "2026-12-07 17:00")


def plain(text: str) -> str:
    """Return a text without its line breaks."""
    return " ".join(text.split())


def test_r2_support_takes_over_when_the_primary_is_away(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R2: Cleo is away on 7 December; Dario, her support, is primary that day, and Brandt supports him."""
    clone = stand_in("sprint", "cleo")
    away = run("timeoff", "add", "--from", "2026-12-07", "--until", "2026-12-08", "--note", "A funeral", now=FRIDAY)
    assert away.code == 0
    assert "Mon 7 Dec 09:00 – 17:00 product primary could cover, best first: " in plain(away.out)
    both = run("cover", "dario", "--for", "cleo", *SEVENTH, now=FRIDAY)
    assert both.code == 1
    assert "'dario' is support of 'product' from Mon 2026-12-07 09:00 to 17:00, and cannot be primary" in both.err
    [told] = [line for line in both.err.splitlines() if "oncall cover PERSON" in line]
    first = shlex.split(told.partition("oncall ")[2].replace("PERSON", "brandt"))
    assert run(*first, now=FRIDAY).code == 0
    assert run("cover", "dario", "--for", "cleo", *SEVENTH, now=FRIDAY).code == 0
    author, subject, paths = clone.last_commit()
    assert (author, subject) == ("cleo@example.com", "dario covers for cleo on product (primary), 2026-12-07")
    assert paths == ["rotations/product/overrides/2026-12-07-dario-covers-cleo.yaml"]
    held = {each["role"]: each["people"] for each in ask("who", "product", "--at", "2026-12-07 12:00", now=FRIDAY)}
    assert held == {"primary": ["dario"], "support": ["brandt"]}
    after = {each["role"]: each["people"] for each in ask("who", "product", "--at", "2026-12-08 12:00", now=FRIDAY)}
    assert after == {"primary": ["cleo"], "support": ["dario"]}
    assert "cleo" not in run("check", now=FRIDAY).out


def test_r2_support_takes_over_at_once(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R2: on Tuesday Brandt is ill; Cleo takes it, until 5 o'clock, and nobody thinks that there is support."""
    clone = stand_in("sprint", "cleo")
    assert run("take", now=TUESDAY).code == 0
    folder = "rotations/product/overrides"
    assert clone.last_commit() == (
        "cleo@example.com",
        "cleo takes over from brandt on product (primary)",
        [f"{folder}/2026-11-24-cleo-covers-brandt.yaml", f"{folder}/2026-11-24-nobody-support.yaml"],
    )
    [primary, support] = ask("who", "product", now=TUESDAY)
    assert (primary["people"], primary["end"], support["people"]) == (["cleo"], "2026-11-24T22:00:00Z", [])
    assert run("start", now=TUESDAY).code == 0
    assert run("check", now=TUESDAY).code == 0


def test_d1_whoever_is_at_a_lecture_cannot_cover(stand_in: StandIn, run: Run) -> None:
    """D1: on a Wednesday morning all the others have lectures, and Mara learns it at once."""
    stand_in("students", "mara")
    away = run("timeoff", "add", "esra", "--from", "2026-12-16", "--until", "2026-12-17", now=FRIDAY)
    assert away.code == 0
    told = plain(away.out)
    assert "Wed 16 Dec 09:00 – 13:00 desk primary nobody is free: Ana Figueroa is not available then" in told
    assert "oncall cover PERSON --for esra --shift 2026-12-16 --rotation desk" in told
    auto = run("cover", "--auto", "--for", "esra", "--shift", "2026-12-16", now=FRIDAY)
    assert auto.code == 1
    assert "nobody of the roster can cover: ana is not available then; ben is not available then" in auto.err


def test_d1_a_cover_is_found_among_those_who_have_no_lecture(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """D1: Esra is away on a Friday afternoon; Ana has no lecture then, and the desk stays staffed."""
    clone = stand_in("students", "esra")
    [found] = ask("timeoff", "add", "--from", "2026-12-11", "--until", "2026-12-12", now=FRIDAY)["collisions"]
    assert [each["person"] for each in found["candidates"]] == ["ana"]
    assert {each["person"]: each["reason"] for each in found["others"]}["ben"] == "is not available then"
    assert found["command"] == "oncall cover ana --for esra --shift 2026-12-11 --rotation desk"
    chosen = run("cover", "--auto", "--for", "esra", "--shift", "2026-12-11", "--reason", "A wedding", now=FRIDAY)
    assert chosen.code == 0
    assert "Chosen as the best of those who are free: Ana Figueroa (rested, " in chosen.out
    assert clone.last_commit()[1] == "ana covers for esra on desk (primary), 2026-12-11"
    [afternoon] = ask("who", "desk", "--at", "2026-12-11 15:00", now=FRIDAY)
    assert (afternoon["people"], afternoon["source"]) == (["ana"], "override")
    assert ask("gaps", "desk", "--from", "2026-12-11", "--to", "2026-12-12", now=FRIDAY) == []
    assert "'esra' is away until 2026-12-12" not in run("check", now=FRIDAY).out
