"""The text of the files that ``oncall init`` writes; ``@word@`` is filled in."""

from __future__ import annotations

from oncall_cli.repository.new_team_reviews import COE, POSTMORTEM

TEAM = """\
# The team. Everything but `name` has a default.
name: @team@
timezone: @timezone@  # the default of every rotation and person

# repository: https://github.com/example/on-call  # for links

# How bad an incident can be, how soon somebody must respond, and whether it is reviewed afterwards.
severities:
  sev1: {title: Customers cannot work, respond: 5 minutes, review: true}
  sev2: {title: Some customers are hindered, respond: 15 minutes, review: true}
  sev3: {title: Nobody notices yet, respond: 4 hours}

# Names of environment variables. An address with a token in it never goes into a file.
# destinations: {operations_log: ONCALL_OPERATIONS_LOG}
"""

ROTATION = """\
# Who is on call, and when. Every time of day in this file is on the wall clocks of `timezone`.
name: @title@
timezone: @timezone@

# When the next member takes over: "monday 09:00" with weeks, "09:00" with days or hours,
# "1 09:00" with months. It stays at 09:00 when the clocks change.
handoff: {every: 1 week, at: "monday 09:00"}

# Members take turns in this order; the first turn is the first member's. To change the list, add a
# version with a later `from`: what has been does not change.
roster:
  - from: @since@
    members: [@members@]
  # - from: 2030-01-07
  #   members: [@members@, somebody-new]

# Without `hours` somebody is on call around the clock.
# hours:
#   - "monday-friday 09:00-17:00"

roles:
  primary:
    responsibilities: |
      Answers the page, and leads until somebody else says "I have it".
  # The member after: this week's secondary is next week's primary. Needs two members.
  # secondary: {offset: 1}

# Whom to call when nobody answers: a role, a person, or somebody from `contacts`.
escalation:
  - {notify: primary}
  # - {after: 5 minutes, notify: secondary}
  # - {after: 15 minutes, notify: provider}
# contacts:
#   - {id: provider, name: The hosting provider's emergency desk, phone: "+1-555-0190"}

# The promise that `oncall check` holds the schedule to.
coverage:
  hours: [always]
  roles: [primary]

# `oncall start` and `oncall end` show these.
checklists:
  start:
    - Read what the last shift handed over
    - Send yourself a test page and answer it
  end:
    - Hand over whatever is still going on

# Tasks that come again, in the order of their priority.
# duties:
#   - id: backups
#     title: Look at last night's backup
#     rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
#     at: "10:00"

# Days on which no duty falls due.
# holidays: [2030-12-25]

# links:
#   - {title: Status page, url: "https://status.example.com", probe: true}
# channels:
#   - {name: "#oncall", url: "https://chat.example.com/oncall"}

# Somebody cannot take their turn? A file overrides/<date>-<words>.yaml beside this one says who does:
#
# kind: cover
# changes:
#   - role: primary
#     start: 2030-01-09T18:00:00+00:00
#     end: 2030-01-10T09:00:00+00:00
#     person: somebody-else
#     instead_of: @first@
# reason: Concert
"""

README = """\
# On call: @heading@

Who is on call, what they did, and what to do when something breaks. Plain files, kept by `oncall`.

| you want to | do |
|---|---|
| know who is on call | `oncall who` |
| see the next weeks | `oncall schedule`, `oncall calendar` |
| begin and end your shift | `oncall start`, `oncall log "what happened"`, `oncall end` |
| look at it in a browser, or subscribe to it in a calendar | `oncall site --out public`, and publish that folder |
| know that the files are right | `oncall check` |

- `oncall.yaml`: the team, its severities and its policy
- `rotations/@rotation@/rotation.yaml`: who takes turns and when; it explains itself
- `rotations/people/`: how to reach each of us, and when we are away
- `runbooks/`: what to do when an alert fires
- `templates/`: texts to start from
"""

RUNBOOK = """\
---
title: A service does not answer
services: []
alerts: []
---

# A service does not answer

Copy this page for each alert that pages you. Above, `alerts` holds the alert's own words, so that
the page is found by them.

## Diagnosis

1. Who notices, and since when? Look at the status page and at the latest deploy.

## Mitigation

- Put the latest deploy back.

## If that does not help

Call the next step of the escalation: `oncall who` names it.
"""

HANDOFF = """\
---
title: Handoff
subject: "Handoff: {{ rotation.name }}, {{ shift.person }}"
---
# Handoff of {{ rotation.name }}

{{ shift.summary }}

## Still going on

{% for item in shift.ongoing -%}
- {{ item }}
{% else -%}
Nothing.
{% endfor %}
"""

INVESTIGATING = """\
---
title: We are looking into it
subject: "Investigating: {{ incident.title }}"
---
We are investigating a problem. You may see errors or delays.

We will write again within 30 minutes.
"""

RESOLVED = """\
---
title: It is over
subject: "Resolved: {{ incident.title }}"
---
The problem is solved. {{ incident.impact.text }}

We will write down what happened and what we change.
"""

PAGES = {
    "README.md": README,
    "oncall.yaml": TEAM,
    "rotations/@rotation@/rotation.yaml": ROTATION,
    "runbooks/service-does-not-answer.md": RUNBOOK,
    "templates/handoff/shift.md": HANDOFF,
    "templates/message/investigating.md": INVESTIGATING,
    "templates/message/resolved.md": RESOLVED,
    "templates/review/coe.md": COE,
    "templates/review/postmortem.md": POSTMORTEM,
}
