"""Two versions of a record are one record: by what they say, with the comments of both."""

from __future__ import annotations

import pytest

from oncall_cli.repository.merge import Versions, merge_file

SHIFT = "rotations/platform/shifts/2026/2026-11-24-alice-primary.yaml"
ROTATION = "rotations/platform/rotation.yaml"
PERSON = "rotations/people/alice.yaml"
RUNBOOK = "runbooks/disk.md"

LOG = """\
person: alice
role: primary
log:
  - at: 2026-11-24T09:00:00-05:00
    by: alice
    text: Reporting for duty
"""
TURNS = """\
name: Platform
handoff: {every: 1 week, at: tuesday 09:00}
roster:
  # the beginning
  - from: 2026-01-06
    members: [alice, bob]
duties:
  - id: audit
    title: Answer the audit
  - id: triage
    title: Look at new issues
"""


def entry(at: str, text: str, by: str = "bob") -> str:
    return f"  - at: 2026-11-24T{at}:00-05:00\n    by: {by}\n    text: {text}\n"


def merge(path: str, base: str | None, ours: str | None, theirs: str | None):
    return merge_file(path, Versions(*(None if one is None else one.encode() for one in (base, ours, theirs))))


def merged(path: str, base: str | None, ours: str | None, theirs: str | None) -> str:
    found = merge(path, base, ours, theirs)
    assert found.disagreements == ()
    assert found.data is not None
    return found.data.decode()


def disputed(path: str, base: str | None, ours: str | None, theirs: str | None):
    found = merge(path, base, ours, theirs)
    assert found.disagreements
    return [(".".join(map(str, one.field)), one.ours, one.theirs) for one in found.disagreements]


def test_two_logs_that_grew_are_one_by_time() -> None:
    """Entries of both sides stand in the order of their times, whoever merges; the diff is the change."""
    ours = LOG + entry("09:30", "Paged") + entry("10:30", "Fixed")
    theirs = LOG + entry("10:00", "Looking")
    together = LOG + entry("09:30", "Paged") + entry("10:00", "Looking") + entry("10:30", "Fixed")
    assert merged(SHIFT, LOG, ours, theirs) == together
    assert merged(SHIFT, LOG, theirs, ours) == together


def test_an_entry_that_both_added_stands_once() -> None:
    """The same line on both sides is the same line."""
    both = LOG + entry("09:30", "Paged")
    assert merged(SHIFT, LOG, both, both + entry("09:40", "Again")) == both + entry("09:40", "Again")


def test_an_entry_taken_back_is_gone_and_the_others_stay() -> None:
    """An undone line does not come back with the other side's new one."""
    base = LOG + entry("09:30", "Wrong window")
    assert merged(SHIFT, base, LOG, base + entry("10:00", "Right")) == LOG + entry("10:00", "Right")


def test_an_entry_that_both_corrected_is_kept_in_both_forms() -> None:
    """No text that somebody wrote into a log is lost."""
    base = LOG + entry("09:30", "Pgaed")
    found = merged(SHIFT, base, LOG + entry("09:30", "Paged"), LOG + entry("09:30", "Paged by mail"))
    assert found == LOG + entry("09:30", "Paged") + entry("09:30", "Paged by mail")


def test_fields_are_merged_one_by_one() -> None:
    """Different fields are both taken; the same value twice is no dispute."""
    base = "name: Alice\ntimezone: Europe/Berlin\n"
    ours = "name: Alice B.\ntimezone: Europe/Paris\n"
    theirs = "name: Alice\ntimezone: Europe/Paris\ncontact:\n  chat: alice\n"
    assert merged(PERSON, base, ours, theirs) == ("name: Alice B.\ntimezone: Europe/Paris\ncontact:\n  chat: alice\n")


def test_a_field_changed_twice_is_told_with_both_values() -> None:
    """The dispute names the field and what each side says."""
    base = "name: Alice\ncontact: {phone: '1'}\n"
    ours, theirs = base.replace("'1'", "'2'"), base.replace("'1'", "'3'")
    assert disputed(PERSON, base, ours, theirs) == [("contact.phone", "2", "3")]


def test_a_field_edited_and_deleted_is_a_dispute() -> None:
    """Deleting says something too."""
    base = "name: Alice\nnote: Left-handed\n"
    found = merge(PERSON, base, "name: Alice\n", "name: Alice\nnote: Right-handed\n")
    assert [one.field for one in found.disagreements] == [("note",)]


def test_plain_lists_are_merged_as_sets_in_order() -> None:
    """Two additional addresses are both there, and one taken away is gone."""
    base = "name: Alice\ngit_emails: [a@x.org, b@x.org]\n"
    ours = "name: Alice\ngit_emails: [a@x.org, b@x.org, c@x.org]\n"
    theirs = "name: Alice\ngit_emails: [d@x.org, b@x.org]\n"
    assert merged(PERSON, base, ours, theirs) == "name: Alice\ngit_emails: [d@x.org, b@x.org, c@x.org]\n"


def test_time_off_of_both_sides() -> None:
    """Two absences are two; one absence with two ends is a dispute."""
    base = "name: Alice\n"
    ours = base + "time_off:\n  - {from: 2026-12-24, until: 2026-12-27}\n"
    theirs = base + "time_off:\n  - {from: 2026-12-01, until: 2026-12-03}\n"
    found = merged(PERSON, base, ours, theirs)
    assert found.index("2026-12-01") < found.index("2026-12-24")
    assert disputed(PERSON, ours, ours.replace("-27", "-28"), ours.replace("-27", "-30")) == [
        ("time_off.2026-12-24.until", "2026-12-28", "2026-12-30")
    ]


def test_a_roster_version_added_on_each_side() -> None:
    """Both versions stand, by date; comments and the duties stay as they are."""
    version = "  - from: {}\n    members: [alice, bob, {}]\n"
    ours = TURNS.replace("duties:", version.format("2026-06-02", "carol") + "duties:")
    theirs = TURNS.replace("duties:", version.format("2026-03-03", "dan") + "duties:")
    both = version.format("2026-03-03", "dan") + version.format("2026-06-02", "carol")
    assert merged(ROTATION, TURNS, ours, theirs) == TURNS.replace("duties:", both + "duties:")


def test_the_same_roster_version_changed_twice() -> None:
    """The order of turns is one value: two different ones are a dispute."""
    ours = TURNS.replace("[alice, bob]", "[alice, bob, carol]")
    theirs = TURNS.replace("[alice, bob]", "[alice, bob, dan]")
    assert disputed(ROTATION, TURNS, ours, theirs) == [
        ("roster.2026-01-06.members", ["alice", "bob", "carol"], ["alice", "bob", "dan"])
    ]


def test_duties_are_merged_by_id() -> None:
    """One side changes a duty, the other removes another one and adds a third."""
    ours = TURNS.replace("Answer the audit", "Answer the IAM audit")
    theirs = TURNS.replace("  - id: triage\n    title: Look at new issues\n", "  - id: report\n    title: Report\n")
    assert merged(ROTATION, TURNS, ours, theirs) == theirs.replace("Answer the audit", "Answer the IAM audit")


def test_duties_put_into_two_orders_are_a_dispute() -> None:
    """The list is in order of priority."""
    third = "  - id: report\n    title: Report\n"
    base = TURNS + third
    head, audit, triage = TURNS.partition("  - id: audit\n    title: Answer the audit\n")
    one = head + triage + third + audit
    two = head + third + audit + triage
    assert disputed(ROTATION, base, one, two) == [
        ("duties", ["triage", "report", "audit"], ["report", "audit", "triage"])
    ]


def test_comments_of_both_sides_survive() -> None:
    """What is no data is merged by its lines where both logs grew in one place."""
    ours = "# mine\n" + LOG + entry("09:30", "Paged")
    theirs = LOG.replace("role: primary", "role: primary  # as asked") + entry("10:00", "Looking")
    found = merged(SHIFT, LOG, ours, theirs)
    assert found == "# mine\n" + LOG.replace("role: primary", "role: primary  # as asked") + entry(
        "09:30", "Paged"
    ) + entry("10:00", "Looking")


def test_what_would_be_invalid_together_is_a_dispute() -> None:
    """Each change is valid alone; together they say two things that exclude each other."""
    base = TURNS
    ours = base + "on_holidays: closed\nhours: [monday-friday 09:00-17:00]\n"
    theirs = base.replace("handoff: {every: 1 week, at: tuesday 09:00}\n", "").replace(
        "roster:\n  # the beginning\n  - from: 2026-01-06\n    members: [alice, bob]\n",
        "layers:\n  - name: day\n    handoff: {every: 1 week, at: tuesday 09:00}\n"
        "    roster:\n      - from: 2026-01-06\n        members: [alice, bob]\n",
    )
    assert "would be invalid" in merge(ROTATION, base, ours, theirs).disagreements[0].why


def test_a_file_deleted_by_one_and_edited_by_the_other() -> None:
    """Deleted by both it is gone; deleted and left alone as well; deleted and edited is a dispute."""
    assert merge(PERSON, "name: A\n", None, None).data is None
    assert merge(PERSON, "name: A\n", None, "name: A\n") == merge(PERSON, "name: A\n", "name: A\n", None)
    assert merge(PERSON, "name: A\n", None, "name: B\n").disagreements[0].field == ()


def test_the_same_file_made_twice() -> None:
    """Identical it is one; what both sides only added to is merged; two values of a field are a dispute."""
    assert merged(SHIFT, None, LOG, LOG) == LOG
    other = LOG.partition("log:")[0] + "log:\n" + entry("09:30", "Paged")
    assert merged(SHIFT, None, LOG, other) == LOG + entry("09:30", "Paged")
    assert disputed(PERSON, None, "name: A\n", "name: B\n") == [("name", "A", "B")]


def test_a_runbook_is_merged_in_its_head_and_in_its_text() -> None:
    """The head by its fields, the text by its lines."""
    base = "---\ntitle: Disk full\nservices: [api]\n---\n\nOne\n\nTwo\n\nThree\n"
    ours = base.replace("[api]", "[api, web]").replace("One", "First")
    theirs = base.replace("[api]", "[api, db]").replace("Three", "Third")
    found = merged(RUNBOOK, base, ours, theirs)
    assert found == "---\ntitle: Disk full\nservices: [api, db, web]\n---\n\nFirst\n\nTwo\n\nThird\n"
    clash = merge(RUNBOOK, base, base.replace("Two", "2"), base.replace("Two", "II"))
    assert "lines of the text" in clash.disagreements[0].why
    assert b"<<<<<<< " in (clash.data or b"")


def test_only_the_disputed_field_stands_between_markers() -> None:
    """A person sees the two values, and all the rest as it is merged."""
    base = "name: Alice\ntimezone: Europe/Berlin\ngit_emails: [a@x.org]\n"
    ours = "name: Alice\ntimezone: Europe/Paris\ngit_emails: [a@x.org, o@x.org]\n"
    theirs = "name: Alice B.\ntimezone: Europe/Rome\ngit_emails: [a@x.org]\n"
    assert (merge(PERSON, base, ours, theirs).data or b"").decode() == (
        "name: Alice B.\n<<<<<<< ours\ntimezone: Europe/Paris\n=======\ntimezone: Europe/Rome\n>>>>>>> theirs\n"
        "git_emails: [a@x.org, o@x.org]\n"
    )


@pytest.mark.parametrize("path", ["README.txt", "rotations/platform/notes.txt"])
def test_what_is_no_record_is_merged_by_lines(path: str) -> None:
    """As git does, with a conflict where both changed a line."""
    assert merged(path, "1\n2\n3\n", "one\n2\n3\n", "1\n2\nthree\n") == "one\n2\nthree\n"
    assert merge(path, "1\n", "2\n", "3\n").disagreements


def test_a_version_that_cannot_be_read_is_merged_by_lines() -> None:
    """Somebody's broken file does not stop the merge of what is valid afterwards, and nothing else is taken."""
    base = "name: Alice\ntimezone: Europe/Berlin\n\n\nnote: x\n"
    assert merge(PERSON, base, base.replace("x", "y"), base.replace("timezone", "tz")).disagreements
    assert merged(PERSON, base.replace("timezone", "tz"), base.replace("x", "y"), base) == base.replace("x", "y")
