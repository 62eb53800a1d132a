"""What a shift hands over, in the forms in which a team wants it: a chat, a page, an issue, their own template."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.commands.shift_team import AFTER_BOB, BOB, BOBS_SHIFT, TEAM
from tests.conftest import MakeTeam, Run

NOW = "2026-11-18T15:00:00Z"
HOSTILE = BOBS_SHIFT.replace(
    "summary: One page at night.",
    "summary: '<script>alert(1)</script> [here](javascript:alert(1)) ![seen](https://example.com/pixel) @channel'",
)
TEXT = """\
Handoff: Platform (primary)
- Bob, Tue 10 Nov 09:00 – Tue 17 Nov 09:02 (America/New_York)
- Shift: 2026-11-10-bob-primary
- Next: Carol, from Tue 17 Nov 09:00

Summary
One page at night.

Ongoing
- The export still runs on the wrong replica

Log
- Tue 10 Nov 09:00 Bob start: Reporting for duty
- Thu 12 Nov 02:14 Bob incident: Paged for replica lag
- Fri 13 Nov 16:30 Jo announcement: Network drill on Saturday
"""
TEMPLATE = """\
---
title: Our way
subject: "{{ rotation.name }}, {{ person }}"
---
{{ shift.summary }} Next: {{ next }}. {{ shift.started | moment }}
{% for section in worked.sections %}{{ section.name }} {{ section.minutes }}{% endfor %}
"""
REQUEST = """\
title: VPN for the new hire
section: access
received: 2026-11-12T10:00:00-05:00
spent:
  - {at: 2026-11-12T11:00:00-05:00, by: bob, time: 20 minutes}
"""


def test_a_chat_gets_text_without_markup(team: MakeTeam, run: Run) -> None:
    team(AFTER_BOB)
    assert run("handoff", "--format", "text", now=NOW).out == TEXT


def test_a_page_stands_alone_and_lets_no_markup_in(team: MakeTeam, run: Run) -> None:
    team({**AFTER_BOB, BOB: HOSTILE})
    page = run("handoff", "--format", "html", now=NOW).out
    assert page.startswith("<!doctype html>\n")
    assert "default-src 'none'" in page
    assert "<title>Handoff: Platform (primary), Bob</title>" in page
    assert "<h2>Summary</h2>\n<p>&lt;script&gt;alert(1)" in page
    assert not any(bad in page for bad in ("<script", "<img", 'href="javascript', "src="))
    assert page == run("handoff", "--format", "html", now="2026-12-24T15:00:00Z").out


def test_a_template_may_not_bring_markup_in_either(team: MakeTeam, run: Run) -> None:
    template = "---\ntitle: '<b>Bold</b>'\n---\n<script>alert(1)</script> {{ shift.summary }}\n"
    team({**AFTER_BOB, BOB: HOSTILE, "templates/handoff/bad.md": template})
    page = run("handoff", "--template", "bad", "--format", "html", now=NOW).out
    assert "<title>&lt;b&gt;Bold&lt;/b&gt;</title>" in page
    assert not any(bad in page for bad in ("<script", "<img", 'href="javascript', "src="))


def test_an_issue_is_one_click_away(team: MakeTeam, run: Run) -> None:
    """R10."""
    settings = "repository: https://github.com/example/team\n"
    team({**AFTER_BOB, "oncall.yaml": TEAM["oncall.yaml"] + settings})
    outcome = run("handoff", "--format", "issue", now=NOW)
    address = urlsplit(outcome.out.strip())
    said = parse_qs(address.query)
    assert (outcome.code, address.path) == (0, "/example/team/issues/new")
    assert said["title"] == ["Handoff: Platform (primary), Bob"]
    assert "- The export still runs on the wrong replica" in said["body"][0]
    assert "must not be public" in outcome.err
    [data] = json.loads(run("handoff", "--format", "issue", "--json", now=NOW).out)["data"]
    assert data == {"id": "2026-11-10-bob-primary", "url": outcome.out.strip()}


def test_a_team_that_says_no_repository_has_no_place_for_issues(team: MakeTeam, run: Run) -> None:
    team(AFTER_BOB)
    outcome = run("handoff", "--format", "issue", now=NOW)
    assert (outcome.code, outcome.out, "set 'repository: https://" in outcome.err) == (1, "", True)


def test_the_teams_own_template_knows_what_was_worked_on(team: MakeTeam, run: Run) -> None:
    request = {"rotations/platform/requests/2026/2026-11-12-vpn.yaml": REQUEST}
    team({**AFTER_BOB, **request, "templates/handoff/ours.md": TEMPLATE})
    outcome = run("handoff", "--template", "ours", now=NOW)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "One page at night. Next: Carol. Tue 10 Nov 09:00\naccess 20\n"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ shift.sumary }}", "there is no 'shift.sumary'"),
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{% for a in shift.log %}{% endfr %}", "endfr"),
    ],
)
def test_a_template_with_a_missing_value_says_which(team: MakeTeam, run: Run, template: str, words: str) -> None:
    team({**AFTER_BOB, "templates/handoff/bad.md": f"---\ntitle: Bad\n---\n{template}\n"})
    outcome = run("handoff", "--template", "bad", now=NOW)
    assert (outcome.code, outcome.out, words in outcome.err) == (1, "", True), outcome.err
    assert "the template 'handoff/bad' cannot be filled in" in outcome.err
    assert "templates/handoff/bad.md" in outcome.err


def test_there_is_no_such_template(team: MakeTeam, run: Run) -> None:
    team({**AFTER_BOB, "templates/handoff/ours.md": TEMPLATE})
    outcome = run("handoff", "--template", "theirs", now=NOW)
    assert (outcome.code, "there is no handoff template 'theirs'" in outcome.err) == (3, True)
