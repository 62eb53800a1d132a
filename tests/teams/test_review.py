"""A change of schedule as a pull request: what the team's people read before they merge it."""

from __future__ import annotations

from tests.conftest import Run
from tests.render.test_diff_markdown import look
from tests.teams.conftest import Ask, StandIn

FRIDAY = "2026-11-20T10:00:00-05:00"
SEVENTH = ("--from", "2026-12-07 09:00", "--to", "2026-12-07 17:00")


def plain(text: str) -> str:
    """Return a text without its line breaks."""
    return " ".join(text.split())


def test_r2_that_support_takes_over_is_a_pull_request(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R2: Cleo's day off goes to Dario and support to Brandt; both are asked, and the conflict is solved."""
    clone = stand_in("sprint", "cleo")
    run("timeoff", "add", "--from", "2026-12-07", "--until", "2026-12-08", now=FRIDAY)
    clone.git("switch", "--quiet", "--create", "seventh")
    support = ("cover", "brandt", "--for", "dario", "--role", "support", "--rotation", "product", *SEVENTH)
    assert run(*support, now=FRIDAY).code == 0
    assert run("cover", "dario", "--for", "cleo", *SEVENTH, now=FRIDAY).code == 0
    told = ask("diff", "main...seventh", now=FRIDAY)
    assert [(each["role"], each["before"], each["after"], each["past"]) for each in told["changes"]] == [
        ("primary", ["cleo"], ["dario"], False),
        ("support", ["dario"], ["brandt"], False),
    ]
    assert [each["why"] for each in told["changes"]] == [
        [
            "the cover '2026-12-07-dario-covers-cleo' is new: dario for cleo "
            "(rotations/product/overrides/2026-12-07-dario-covers-cleo.yaml)"
        ],
        [
            "the cover '2026-12-07-brandt-covers-dario' is new: brandt for dario "
            "(rotations/product/overrides/2026-12-07-brandt-covers-dario.yaml)"
        ],
    ]
    assert [each["person"] for each in told["people"]] == ["brandt", "cleo", "dario"]
    assert told["gaps"]["after"] == told["gaps"]["before"]
    assert (told["collisions"], told["two_places"]) == ([], [])
    assert [each["person"] for each in told["solved"]] == ["cleo"]
    comment = run("diff", "main...seventh", "--format", "md", now=FRIDAY)
    assert comment.code == 0
    look(comment.out)
    assert "2 shifts change hands, 0 gaps open, next change Mon 7 Dec 09:00" in comment.out
    assert "times are in America/New_York" in comment.out


def test_r2_a_pull_request_that_forgets_support_says_so(stand_in: StandIn, run: Run) -> None:
    """R2: by hand only the primary is changed, and Dario would have both places."""
    clone = stand_in("sprint", "cleo")
    clone.git("switch", "--quiet", "--create", "seventh")
    cover = """\
kind: cover
changes:
  - role: primary
    start: 2026-12-07T09:00:00-05:00
    end: 2026-12-07T17:00:00-05:00
    person: dario
    instead_of: cleo
"""
    clone.commit({"rotations/product/overrides/2026-12-07-dario.yaml": cover})
    comment = run("diff", "main...HEAD", "--format", "md", now=FRIDAY).out
    assert "1 conflict" in comment.splitlines()[0]
    assert "has TWO PLACES at once, product primary and product support: Mon 7 Dec 09:00 – 17:00" in comment


def test_d2_a_change_of_the_schedule_is_posted_where_everybody_sees_it(stand_in: StandIn, run: Run) -> None:
    """D2: a page that needs nothing else, and the same bytes whoever makes it and wherever they sit."""
    clone = stand_in("students", "mara")
    clone.git("switch", "--quiet", "--create", "covers")
    day = ("--for", "esra", "--shift", "2026-12-11", "--reason", "A wedding")
    assert run("cover", "--auto", *day, now=FRIDAY).code == 0
    words = ("diff", "main...covers", "--format")
    page = run(*words, "html", now=FRIDAY)
    assert page.code == 0
    assert "1 shift changes hands, 0 gaps open, next change Fri 11 Dec 13:00" in page.out
    assert "Ana Figueroa" in page.out
    assert "<script" not in page.out
    comment = run(*words, "md", now=FRIDAY).out
    look(comment)
    for elsewhere in ({"ONCALL_TZ": "Asia/Tokyo"}, {"ONCALL_PERSON": "ana"}, {"TZ": "Europe/Berlin", "COLUMNS": "200"}):
        assert run(*words, "html", now=FRIDAY, **elsewhere).out == page.out
        assert run(*words, "md", now=FRIDAY, **elsewhere).out == comment
