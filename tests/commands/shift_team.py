"""A small team for the tests of a shift: alice, bob, carol take weeks from Tuesday 09:00 in New York."""

from __future__ import annotations

ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-11-03
    members: [alice, bob, carol]
roles:
  primary:
    responsibilities: Answers the page within 5 minutes.
  secondary: {offset: 1}
checklists:
  start:
    - text: Put your name in the topic
      ready: "On call for {{ rotation }}: {{ person }}"
duties:
  - {id: pages, title: Answer pages}
  - {id: audit, title: Answer the IAM audit, rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", at: "11:00"}
holidays: [2026-11-26]
links: [{title: Status page, url: "https://status.example.com"}]
channels: [{name: "#oncall", url: "https://chat.example.com/oncall"}]
"""

BOB = "rotations/platform/shifts/2026/2026-11-10-bob-primary.yaml"
CAROL = "rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml"

BOBS_SHIFT = """\
# Bob's week
person: bob
role: primary
started: 2026-11-10T09:00:00-05:00
ended: 2026-11-17T09:02:00-05:00
scheduled:
  start: 2026-11-10T09:00:00-05:00
  end: 2026-11-17T09:00:00-05:00
log:
  - at: 2026-11-10T09:00:00-05:00
    by: bob
    kind: start
    text: Reporting for duty
  - at: 2026-11-12T02:14:00-05:00
    by: bob
    kind: incident
    text: Paged for replica lag
  - at: 2026-11-13T16:30:00-05:00
    by: jo
    kind: announcement
    text: Network drill on Saturday
summary: One page at night.
ongoing:
  - The export still runs on the wrong replica
"""

RUNNING = """\
person: carol
role: primary
started: 2026-11-17T09:05:00-05:00
scheduled:
  start: 2026-11-17T09:00:00-05:00
  end: 2026-11-24T09:00:00-05:00
log:
  - at: 2026-11-17T09:05:00-05:00
    by: carol
    kind: start
    text: Reporting for duty  # on time

# what was ticked off
checklist:
  - {text: Put your name in the topic, done: 2026-11-17T09:06:00-05:00, by: carol}
"""


def person(name: str, more: str = "") -> str:
    return f"name: {name}\ngit_emails: [{name.lower()}@example.com]\n{more}"


PEOPLE = {f"rotations/people/{name.lower()}.yaml": person(name) for name in ("Alice", "Bob", "Carol", "Jo")}

TEAM = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    **PEOPLE,
    "rotations/platform/rotation.yaml": ROTATION,
}

AFTER_BOB = {**TEAM, BOB: BOBS_SHIFT}
WITH_CAROL = {**AFTER_BOB, CAROL: RUNNING}

SUPPORT = {
    "rotations/support/rotation.yaml": """\
name: Support
handoff: {every: 1 day, at: "09:00"}
hours: [monday-friday 09:00-17:00]
roster:
  - from: 2026-11-02
    members: [jo, alice]
"""
}

TUESDAY = "2026-11-17T09:05:00-05:00"
WEDNESDAY = "2026-11-18T12:00:00-05:00"
