"""Each rule of ``oncall check``, by a team that breaks it: the files beside what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from oncall_cli.checks.table import RULES
from oncall_cli.errors import Problem
from oncall_cli.model.time import parse_instant
from oncall_cli.practice.owners import BEGIN as OWNERS_BEGIN
from oncall_cli.practice.owners import END as OWNERS_END
from oncall_cli.repository.everything import checked

NOW = parse_instant("2026-11-24T10:00:00-05:00")

TEAM = """\
name: Platform team
timezone: America/New_York
"""
ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice, bob]
"""
OVERRIDE = """\
changes:
  - start: 2026-11-25T18:00:00-05:00
    end: 2026-11-25T23:00:00-05:00
    person: bob
    instead_of: alice
created: 2026-11-01T10:00:00-05:00
"""
GOOD = {
    "oncall.yaml": TEAM,
    "rotations/people/alice.yaml": "name: Alice\n",
    "rotations/people/bob.yaml": "name: Bob\n",
    "rotations/platform/rotation.yaml": ROTATION,
    "rotations/platform/overrides/2026-11-25-cover.yaml": OVERRIDE,
    "runbooks/label-queue.md": "---\ntitle: Labels\n---\nText\n",
}

Files = Mapping[str, str]


def found(folder: Path, files: Files) -> list[Problem]:
    for path, text in {**GOOD, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return checked(folder, NOW).problems


def places(problems: list[Problem]) -> list[str]:
    return [f"{problem.place} {problem.code}" for problem in problems]


R = "rotations/platform/rotation.yaml"
O = "rotations/platform/overrides/2026-11-25-cover.yaml"  # noqa: E741
S = "rotations/platform/shifts/2026/2026-11-17-bob-primary.yaml"
I = "rotations/platform/incidents/2026/2026-11-18-labels.yaml"  # noqa: E741
Q = "rotations/platform/requests/2026/2026-11-18-key.yaml"

SHIFT = """\
person: bob
role: primary
scheduled: {start: 2026-11-17T09:00:00-05:00, end: 2026-11-24T09:00:00-05:00}
"""
INCIDENT = "title: Labels are late\nseverity: sev3\n"
REQUEST = "title: A key\nreceived: 2026-11-18T10:00:00-05:00\n"

WEEKLY_OF_THREE = ROTATION.replace("[alice, bob]", "[alice, bob, carol]")
CAROL = {"rotations/people/carol.yaml": "name: Carol\n"}
NO_OVERRIDE = {O: OVERRIDE.replace("2026-11-25T", "2026-01-07T").replace("    instead_of: alice\n", "")}
PAIR = ROTATION + "roles:\n  primary: {}\n  secondary: {offset: 1}\n"
# Put together here, so that nobody who searches this repository for secrets finds one.
TOKEN = "ghp_" + "aB3dE6gH9" * 4
HOOK = "https://hooks.slack" + ".com/services/T00000000/B00000000/s3cretS3cret"
FEED = "https://calendar.example.com/alice/private-" + "0123456789abcdef" * 2 + "/basic.ics"

WRONG: dict[str, tuple[Files, list[str]]] = {
    "E101": (
        {R: ROTATION + "<<<<<<< HEAD\ndescription: Ours\n=======\ndescription: Theirs\n>>>>>>> theirs\n"},
        [f"{R}:6:1 E101"],
    ),
    "E102": ({R: ROTATION.replace("[alice, bob]", "[alice, bob")}, [f"{R}:5:14 E102"]),
    "E102 without a head": ({"runbooks/label-queue.md": "Text\n"}, ["runbooks/label-queue.md:1:1 E102"]),
    "E103": ({R: ROTATION + "channels:\n  - name: #oncall\n"}, [f"{R}:7:11 E103"]),
    "E104": ({R: ROTATION + "name: Again\n"}, [f"{R}:6:1 E104"]),
    "E105": ({R: "# later\n"}, [f"{R}:1:1 E105"]),
    "E106": (
        {R: ROTATION + "".join(f"k{number}: 0\n" for number in range(102))},
        [*(f"{R}:{line}:1 E110" for line in range(6, 106)), f"{R}:106:1 E106"],
    ),
    "E110": ({R: ROTATION + "handof: {}\n"}, [f"{R}:6:1 E110"]),
    "E111": ({"rotations/people/bob.yaml": "timezone: UTC\n"}, ["rotations/people/bob.yaml:1:1 E111"]),
    "E112": ({R: ROTATION.replace("[alice, bob]", "alice")}, [f"{R}:5:5 E112"]),
    "E113": ({R: ROTATION.replace("tuesday", "tusday")}, [f"{R}:2:26 E113"]),
    "E114": ({O: OVERRIDE + "kind: covr\n"}, [f"{O}:7:1 E114"]),
    "E120": ({"runbooks/notes.txt": "Text\n"}, ["runbooks/notes.txt:1:1 E120"]),
    "E121": (
        {O.replace("2026-11-25-", ""): OVERRIDE.replace("11-25", "01-07")},
        ["rotations/platform/overrides/cover.yaml:1:1 E121"],
    ),
    "E201 in a roster": (
        {R: ROTATION.replace("[alice, bob]", "[alice, [bob, carol]]")},
        [f"{R}:5:28 E201"],
    ),
    "E201 in a list of stints": (
        {R: ROTATION + "roles:\n  shadow:\n    - {person: erin, from: 2026-11-17, until: 2026-11-24}\n"},
        [f"{R}:8:8 E201"],
    ),
    "E201 in an escalation": (
        {R: ROTATION + "escalation:\n  - {notify: primary}\n  - {after: 5 minutes, notify: desk}\n"},
        [f"{R}:8:24 E201"],
    ),
    "E201 in an override": (
        {O: OVERRIDE.replace("person: bob", "person: [bob, zoe]") + "requested_by: yan\nagreed_by: [bob, xu]\n"},
        [f"{O}:4:19 E201", f"{O}:7:1 E201", f"{O}:8:18 E201"],
    ),
    "E201 in a shift": (
        {
            S: SHIFT + "log:\n  - {at: 2026-11-17T09:00:00-05:00, by: zoe, text: Hello}\naccepted: {by: yan, at: "
            "2026-11-17T09:00:00-05:00}\n"
        },
        [f"{S}:5:37 E201", f"{S}:6:12 E201"],
    ),
    "E201 in an incident": (
        {I: INCIDENT + "responders: {commander: zoe}\nreview: {owner: yan}\nactions:\n  - {title: Mend, owner: xu}\n"},
        [f"{I}:3:14 E201", f"{I}:4:10 E201", f"{I}:6:19 E201"],
    ),
    "E201 in a request": (
        {Q: REQUEST + "delegated_to: zoe\n"},
        [f"{Q}:3:1 E201"],
    ),
    "E202 in the coverage": (
        {R: ROTATION + "coverage:\n  roles: [primary, secondary]\n"},
        [f"{R}:6:1 E301", f"{R}:7:20 E202"],
    ),
    "E202 in a duty": (
        {R: ROTATION + "duties:\n  - {id: audit, title: Audit, role: secondary}\n"},
        [f"{R}:7:31 E202"],
    ),
    "E202 in an override": (
        {O: OVERRIDE.replace("person: bob\n    instead_of: alice", "person: bob\n    role: secondry")},
        [f"{O}:5:5 E202"],
    ),
    "E203 in a duty": (
        {R: ROTATION + "duties:\n  - {id: labels, title: Labels, runbook: label-queu}\n"},
        [f"{R}:7:33 E203"],
    ),
    "E203 in an incident": (
        {I: INCIDENT + "runbook: labels\n"},
        [f"{I}:3:1 E203"],
    ),
    "E204": (
        {I: "title: Labels are late\nseverity: sev9\n"},
        [f"{I}:2:1 E204"],
    ),
    "E205": (
        {
            "rotations/people/alice.yaml": "name: Alice\ngit_emails: [a@example.com]\n",
            "rotations/people/bob.yaml": "name: Bob\ngit_emails: [b@example.com, A@Example.com]\n",
        },
        ["rotations/people/bob.yaml:2:29 E205"],
    ),
    "E206 by its person": (
        {S: SHIFT.replace("bob", "alice")},
        [f"{S}:1:1 E206"],
    ),
    "E206 by its day": (
        {S: SHIFT.replace("11-17T09", "11-18T09")},
        [f"{S}:1:1 E206"],
    ),
    "E207": (
        {"oncall.yaml": TEAM + "rules: {W401: off, W499: off, E301: maybe}\n"},
        ["oncall.yaml:3:20 E207", "oncall.yaml:3:31 E207"],
    ),
    "E301 by the hours of the layers": (
        {R: ROTATION + 'hours: ["monday-friday 09:00-17:00"]\ncoverage: {hours: ["daily 09:00-17:00"]}\n'},
        [f"{O}:5:5 E303", f"{R}:7:1 E301"],
    ),
    "E302 by a version that never begins": (
        {R: ROTATION + "  - {from: 2026-12-02, members: [bob]}\n" + "  - {from: 2026-12-08, members: [bob, alice]}\n"},
        [f"{R}:6:5 E302"],
    ),
    "E302 by a member whose turns are all empty": (
        {
            O: OVERRIDE.replace("    instead_of: alice\n", ""),
            R: ROTATION.replace('every: 1 week, at: "tuesday 09:00"', 'every: 1 day, at: "00:00", skip_empty: false')
            .replace("2026-01-06", "2026-01-05")
            .replace("[alice, bob]", "[alice, alice, alice, alice, alice, bob, alice]")
            + 'hours: ["monday-friday 09:00-17:00"]\n',
        },
        [f"{R}:5:50 E302", f"{R}:5:55 W403"],
    ),
    "E303": (
        {O: OVERRIDE.replace("instead_of: alice", "instead_of: bob")},
        [f"{O}:5:5 E303"],
    ),
    "W304": (
        {
            "rotations/platform/overrides/2026-11-25-again.yaml": OVERRIDE.replace("11-01", "11-02"),
            "rotations/platform/overrides/2026-01-07-past.yaml": OVERRIDE.replace("11-25", "01-07"),
            "rotations/platform/overrides/2026-01-07-same.yaml": OVERRIDE.replace("11-25", "01-07"),
        },
        ["rotations/platform/overrides/2026-11-25-again.yaml:2:5 W304"],
    ),
    "E305": (
        {"rotations/people/bob.yaml": "name: Bob\nactive: false\n"},
        [f"{O}:4:5 E305", f"{R}:5:22 E305"],
    ),
    "W306": (
        {R: ROTATION + "  - {from: 2026-12-09, members: [bob, alice]}\n"},
        [f"{R}:6:6 W306"],
    ),
    "W307": (
        {**NO_OVERRIDE, R: PAIR.replace("[alice, bob]", "[alice]")},
        [f"{R}:5:15 W307"],
    ),
    "W307 by an offset of a whole round": (
        {**NO_OVERRIDE, R: PAIR.replace("offset: 1", "offset: 2")},
        [f"{R}:5:15 W307"],
    ),
    "W401": (
        {
            "rotations/people/alice.yaml": "name: Alice\ntime_off:\n"
            "  - {from: 2026-01-01, until: 2026-11-01}\n"
            "  - {from: 2026-11-26, until: 2026-11-27}\n"
        },
        ["rotations/people/alice.yaml:4:5 W401"],
    ),
    "W402": (
        {"rotations/people/bob.yaml": 'name: Bob\navailability: ["monday-friday 09:00-17:00"]\n'},
        ["rotations/people/bob.yaml:2:1 W402"],
    ),
    "W403": (
        {**CAROL, **NO_OVERRIDE, R: WEEKLY_OF_THREE.replace("[alice, bob", "[bob, alice, bob, alice, bob")},
        [],
    ),
    "W403 by an order that favours one": (
        {
            **CAROL,
            **NO_OVERRIDE,
            R: ROTATION.replace("1 week", "1 day").replace("tuesday ", "").replace("bob", "bob, alice, alice, carol"),
        },
        [f"{R}:5:34 W403"],
    ),
    "W404": (
        {
            **CAROL,
            R: WEEKLY_OF_THREE,
            O: "kind: cover\nchanges:\n"
            "  - {start: 2026-12-01T09:00:00-05:00, end: 2026-12-08T09:00:00-05:00, person: alice}\n"
            "  - {start: 2026-12-15T09:00:00-05:00, end: 2026-12-22T09:00:00-05:00, person: alice}\n",
        },
        [f"{O}:1:1 W404"],
    ),
    "W405": (
        {R: PAIR},
        [f"{O}:4:5 W405"],
    ),
    "W406": (
        {I: INCIDENT + "review: {due: 2026-11-23}\n"},
        [f"{I}:3:10 W406"],
    ),
    "W407": (
        {I: INCIDENT + "actions:\n  - {title: Mend it, due: 2026-11-23}\n  - {title: Test it, due: 2026-11-24}\n"},
        [f"{I}:4:22 W407"],
    ),
    "W408": (
        {Q: REQUEST, Q.replace("key", "late"): REQUEST.replace("11-18T10:00", "11-24T09:00")},
        [f"{Q}:2:1 W408"],
    ),
    "W409": (
        {
            I: INCIDENT.replace("sev3", "sev1") + "status: mitigated\n",
            I.replace("labels", "burning"): INCIDENT.replace("sev3", "sev1"),
        },
        [f"{I}:2:1 W409"],
    ),
    "W421": (
        {I: INCIDENT + "status: resolved\n", I.replace("labels", "known"): INCIDENT + "status: mitigated\n"},
        [f"{I}:3:1 W421"],
    ),
    "W422": (
        {
            "runbooks/label-queue.md": "---\ntitle: Labels\n---\n\n# The queue\n\nSee [it](label-queue.md#the-queue), "
            "[gone](gone.md),\n[web](https://example.com/gone.md), `[code](gone.md)`, [there](#nowhere),\n"
            "[folder](../rotations/platform), [up](/runbooks/label-queue.md), [else](../docs/page.md)\n\n"
            "```\n[block](gone.md)\n```\n\n[named]: ../rotations/people/zed.yaml\n",
        },
        [
            "runbooks/label-queue.md:7:44 W422",
            "runbooks/label-queue.md:8:64 W422",
            "runbooks/label-queue.md:15:10 W422",
        ],
    ),
    "W423": (
        {
            "runbooks/label-queue.md": "---\ntitle: Labels\nreviewed: 2025-11-23\n---\nWait.\n",
            "runbooks/other.md": "---\ntitle: Other\nreviewed: 2025-11-24\n---\nWait.\n",
        },
        ["runbooks/label-queue.md:3:1 W423"],
    ),
    "W502": (
        {
            "rotations/people/bob.yaml": f"name: Bob\nnote: {FEED}\n",
            "runbooks/label-queue.md": f"---\ntitle: Labels\n---\nWrite to {HOOK}\n\n    token {TOKEN}\n",
            "rotations/platform/README.md": f"Ask with {TOKEN}\n",
        },
        [
            "rotations/people/bob.yaml:2:41 W502",
            "rotations/platform/README.md:1:10 W502",
            "runbooks/label-queue.md:4:18 W502",
            "runbooks/label-queue.md:6:11 W502",
        ],
    ),
    "W503": (
        {R: ROTATION + "links: [{title: A, url: x}]  # oncall: ignore[W402]\n# oncall: ignore everything\n"},
        [f"{R}:6:30 W503", f"{R}:7:1 W503"],
    ),
    "W504": (
        {R: ROTATION + "hours: [always]  # oncall: ignore[W402, E999, E110] we know\n"},
        [f"{R}:6:18 W504"] * 3,
    ),
    "E208": (
        {R: ROTATION + "duties:\n  - {id: audit, title: Audit, rrule: every weekday}\n"},
        [f"{R}:7:31 E208"],
    ),
    "W410": (
        {
            "rotations/platform/shifts/2026/2026-11-03-bob-primary.yaml": (
                "person: bob\nrole: primary\nstarted: 2026-11-03T09:00:00-05:00\n"
                "scheduled: {start: 2026-11-03T09:00:00-05:00, end: 2026-11-10T09:00:00-05:00}\n"
            )
        },
        ["rotations/platform/shifts/2026/2026-11-03-bob-primary.yaml:3:1 W410"],
    ),
    "W424": (
        {
            I: INCIDENT + "detected: 2026-11-24T08:00:00-05:00\n",
            I.replace("labels", "queue"): INCIDENT + "detected: 2026-11-24T08:05:00-05:00\n",
        },
        [f"{I.replace('labels', 'queue')}:1:1 W424"],
    ),
    "W505": ({"CODEOWNERS": f"* @all\n{OWNERS_BEGIN}\n/oncall.yaml @alice\n{OWNERS_END}\n"}, ["CODEOWNERS:2:1 W505"]),
    "W506": (
        {R: ROTATION.replace("  - from", "    - from").replace("    members", "      members")},
        [f"{R}:1:1 W506"],
    ),
    "W501": (
        {
            "oncall.yaml": TEAM + "destinations: {log: https://hooks.example.com/s3cret}\n",
            R: ROTATION + "destinations: {log: ONCALL_LOG, pager: s3cret-token}\n",
        },
        ["oncall.yaml:3:16 W501", f"{R}:6:33 W501"],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_rule(name: str, tmp_path: Path) -> None:
    """What is wrong is found at its line and column, and nothing else is."""
    files, expected = WRONG[name]
    problems = found(tmp_path, files)
    assert places(problems) == expected, [f"{problem.place} {problem.message}" for problem in problems]
    assert all(problem.hint or problem.code.startswith("E11") for problem in problems)
    assert not any("s3cret" in problem.message + problem.hint for problem in problems)


def test_good(tmp_path: Path) -> None:
    """The team from which the wrong ones are made breaks no rule."""
    assert found(tmp_path, {}) == []


def test_every_rule_has_a_case() -> None:
    """A rule that is added is shown to find something."""
    assert {name[:4] for name in WRONG} == {rule.code for rule in RULES if not rule.needs_base}
    assert len({rule.code for rule in RULES}) == len(RULES)
