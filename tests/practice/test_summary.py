"""A summary is drafted from the log, and what was handed over does not get lost."""

from __future__ import annotations

from oncall_cli.model.record import Source
from oncall_cli.model.request import Request
from oncall_cli.model.time import Instant
from oncall_cli.practice.summary import carried_over, draft_summary
from oncall_cli.practice.worked import worked
from tests.practice.records import at, entry


def test_the_draft_counts_what_was_done_and_then_tells_it() -> None:
    log = (
        entry("17 09:00", "dan", "Reporting for duty", "start"),
        entry("17 10:00", "dan", "Answered Brightbox", "mail"),
        entry("17 11:00", "dan", "Answered Parcelo", "mail"),
        entry("17 12:00", "dan", "Export is slow", "issue"),
        entry("18 12:00", "dan", "Renewed the certificate", "task"),
        entry("18 13:00", "dan", "Coffee machine is fixed"),
        entry("24 09:00", "dan", "End of watch", "end"),
    )
    assert draft_summary(log) == (
        "2 mails answered, 1 issue created, 1 task done.\n"
        "- Answered Brightbox\n"
        "- Answered Parcelo\n"
        "- Export is slow\n"
        "- Renewed the certificate\n"
        "- Coffee machine is fixed"
    )


def test_an_incident_counts_once_however_much_is_said_about_it() -> None:
    log = (
        entry("17 10:00", "dan", "Paged", "incident", "2026-11-17-api"),
        entry("17 11:00", "dan", "Resolved", "incident", "2026-11-17-api"),
        entry("17 12:00", "dan", "Another", "incident"),
    )
    assert draft_summary(log).splitlines()[0] == "2 incidents handled."


def test_a_quiet_watch_says_so() -> None:
    begun = entry("17 09:00", "dan", "Reporting for duty", "start")
    assert draft_summary([begun]) == "Quiet: nothing was logged."
    assert draft_summary([entry("17 09:00", "dan", "Read along")]) == "Nothing but notes.\n- Read along"


def test_what_was_handed_over_is_proposed_unless_named_or_done() -> None:
    handed_over = ["Release 482 must wait", "Brightbox wants the review", "Replica lag"]
    log = [
        entry("17 10:00", "dan", "Done: brightbox wants the review", "task"),
        entry("17 11:00", "dan", "Replica lag", "note"),
    ]
    assert carried_over(handed_over, ["release 482 must wait"], log) == ["Replica lag"]


def test_requests_are_counted_from_their_records_by_section_with_time() -> None:
    """V14, V15: whoever forgot to log has not forgotten to count the time."""
    requests = [
        request("10", "access", 40),
        request("11", "access", 45, closed=at("18 12:00")),
        request("12", None, 0),
        request("13", "billing", 600, received=at("02 09:00"), spent_at="03 09:00"),
    ]
    work = worked(requests, [], at("17 09:00"), at("24 09:00"))
    logged = entry("17 10:00", "dan", "New: request 10", "request", "2026-11-17-request-10")
    assert draft_summary([logged], work=work).splitlines() == [
        "3 requests handled.",
        "- Requests: 2 access (1h 25m, 1 open), 1 no section (1 open)",
        "- New: request 10",
    ]
    assert draft_summary([], work=work).splitlines()[0] == "3 requests handled."


def request(
    number: str,
    section: str | None,
    minutes: int,
    received: Instant | None = None,
    closed: Instant | None = None,
    spent_at: str = "18 11:00",
) -> Request:
    spent = [{"at": at(spent_at), "by": "dan", "time": f"{minutes} minutes"}] if minutes else []
    made = Request.model_validate(
        {
            "title": number,
            "section": section,
            "received": received or at("17 10:00"),
            "spent": spent,
            "closed": closed,
            "status": "closed" if closed else "open",
        }
    )
    made.read_from(f"2026-11-17-request-{number}", Source("", {}))
    return made
