"""Where a support request stands: by when it must be acknowledged, how long it took, what is asked of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.errors import Refused
from oncall_cli.model.record import Source
from oncall_cli.model.request import Request
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.team import Policy
from oncall_cli.model.time import DAY, HOUR, MINUTE, Instant, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.new_issue import new_issue_url
from oncall_cli.practice.new_request import arrived, request_id
from oncall_cli.practice.requests import (
    Limit,
    acknowledge_by,
    in_order,
    limits_crossed,
    parse_spent,
    queue,
    seconds_spent,
)
from oncall_cli.schedule.compile import compile_schedule
from tests.schedule.build import rotation

# Office hours in Chicago.
OFFICE = compile_schedule(rotation(hours=["monday-friday 09:00-17:00"]), [])
CLOCK = compile_schedule(rotation(), [])
FRIDAY = parse_instant("2026-11-20T16:30:00-06:00")


def request(name: str = "2026-11-20-vpn", **said: Any) -> Request:
    record = Request.model_validate({"title": "VPN", "received": FRIDAY, **said})
    record.read_from(name, Source(f"rotations/platform/requests/2026/{name}.yaml", {}))
    return record


def spent(*minutes: int) -> list[dict[str, Any]]:
    return [{"at": FRIDAY, "by": "ana", "time": f"{each} minutes"} for each in minutes]


def test_the_clock_of_a_request_runs_while_somebody_is_on_call() -> None:
    """One that comes half an hour before the weekend has the other half on Monday."""
    assert acknowledge_by(OFFICE, FRIDAY, HOUR) == parse_instant("2026-11-23T09:30:00-06:00")
    assert acknowledge_by(CLOCK, FRIDAY, HOUR) == FRIDAY + HOUR


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 20 * DAY // MINUTE), st.integers(1, 8 * HOUR // MINUTE))
def test_until_it_is_due_somebody_was_on_call_for_as_long_as_the_limit(minutes: int, limit: int) -> None:
    """Counted minute by minute."""
    received = Instant(FRIDAY + minutes * MINUTE)
    due = acknowledge_by(OFFICE, received, limit * MINUTE)
    stood = sum(bool(OFFICE.at(PRIMARY, Instant(each)).people) for each in range(received, due, MINUTE))
    assert stood == limit
    assert OFFICE.at(PRIMARY, Instant(due - 1)).people


def test_what_needs_somebody_first_stands_first() -> None:
    found = queue(
        [
            request("a", status="deferred", acknowledged=FRIDAY, defer_to="stand-up"),
            request("b", status="acknowledged", acknowledged=FRIDAY),
            request("c", received=FRIDAY + HOUR),
            request("d"),
            request("e", status="closed"),
            request("f", received=FRIDAY - HOUR),
        ],
        CLOCK,
        Policy(),
        Instant(FRIDAY + HOUR + 1),
    )
    assert [each.request.id for each in found] == ["f", "d", "c", "b", "a", "e"]
    assert [each.request.id for each in found if each.is_overdue(Instant(FRIDAY + HOUR + 1))] == ["f", "d"]
    assert in_order(reversed(found), Instant(FRIDAY + HOUR + 1)) == found


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ({"spent": spent(30)}, []),
        ({"spent": spent(20, 11)}, [Limit.ISSUE]),
        ({"spent": spent(31), "issue": "#12"}, []),
        ({"spent": spent(121)}, [Limit.ISSUE, Limit.STOP]),
        ({"spent": spent(121), "issue": "#12", "status": "deferred"}, []),
        ({"spent": spent(121), "status": "closed"}, []),
    ],
)
def test_the_limits_speak_up_until_they_are_answered(said: dict[str, Any], limits: list[Limit]) -> None:
    assert limits_crossed(request(**said), Policy()) == limits


def test_time_adds_up() -> None:
    assert seconds_spent(request(spent=spent(20, 15))) == 35 * MINUTE


@pytest.mark.parametrize(
    ("said", "minutes"), [("+20m", 20), ("1h30m", 90), ("2h", 120), ("45 minutes", 45), ("1 hour", 60)]
)
def test_time_of_work_is_said_shortly(said: str, minutes: int) -> None:
    assert parse_spent(said) == minutes


@pytest.mark.parametrize("said", ["", "20", "-20m", "0m", "25h", "m", "1d"])
def test_what_is_no_time_of_work(said: str) -> None:
    with pytest.raises(ValueError, match="no time of work"):
        parse_spent(said)


def test_a_free_name() -> None:
    zone = Zone.parse("America/Chicago")
    assert request_id("VPN für Ana!", FRIDAY, zone, []) == "2026-11-20-vpn-fur-ana"
    assert request_id("VPN", FRIDAY, zone, ["2026-11-20-vpn", "2026-11-20-vpn-2"]) == "2026-11-20-vpn-3"
    assert request_id("要求", FRIDAY, zone, []) == "2026-11-20-request"


def test_a_mail() -> None:
    mail = (
        b"From: Ana B <ana@example.com>\r\nSubject: =?utf-8?q?K=C3=BChlung?= is down\r\n"
        b"Date: Fri, 20 Nov 2026 16:30:00 -0600\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\nhelp.\r\n"
    )
    found = arrived(mail)
    assert (found.title, found.requester, found.sent) == ("Kühlung is down", "ana@example.com", FRIDAY)
    assert (found.text, found.is_mail) == ("Hello,\nhelp.", True)


def test_a_mail_in_html_alone_or_broken_still_becomes_a_request() -> None:
    html = b"From: a@example.com\nSubject: Hi\nContent-Type: text/html\n\n<p>Help</p>\n"
    assert arrived(html).text == "<p>Help</p>"
    odd = b"From: a@example.com\nSubject: Hi\nDate: yesterday\nContent-Type: text/plain; charset=nonsense\n\nHelp\n"
    assert (arrived(odd).title, arrived(odd).sent) == ("Hi", None)


def test_a_text_is_its_first_line() -> None:
    assert arrived(b"VPN for ana\n\nShe begins on Monday.\n")[:2] == ("VPN for ana", "She begins on Monday.")


@pytest.mark.parametrize("data", [b"", b" \n", b"\x89PNG\r\n\0\0\0"])
def test_what_is_neither(data: bytes) -> None:
    with pytest.raises(Refused):
        arrived(data)


@given(st.binary(max_size=400))
def test_nothing_that_comes_in_breaks_it(data: bytes) -> None:
    for head in (b"", b"From: a@example.com\nSubject: x\n"):
        try:
            found = arrived(head + data)
        except Refused:
            continue
        assert found.title
        assert all(char.isprintable() or char in "\n\t" for char in found.title + found.text)


@pytest.mark.parametrize(
    ("repository", "url"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/issues/new?title=A%20%26%20B&body=x%0Ay&template=bug.md"),
        (
            "https://gitlab.example.com/a/b.git",
            "https://gitlab.example.com/a/b/-/issues/new?issue%5Btitle%5D=A%20%26%20B"
            "&issue%5Bdescription%5D=x%0Ay&issuable_template=bug.md",
        ),
    ],
)
def test_the_page_of_a_new_issue_is_filled_in(repository: str, url: str) -> None:
    assert new_issue_url(repository, "A & B", "x\ny", "bug.md") == url


@pytest.mark.parametrize("repository", [None, "git@github.com:a/b", "javascript:alert(1)", "/a/b"])
def test_there_must_be_a_page(repository: str | None) -> None:
    with pytest.raises(Refused):
        new_issue_url(repository, "A", "b")


def test_an_address_stays_short() -> None:
    assert len(new_issue_url("https://github.com/a/b", "A", "x" * 100_000)) < 8_000
