"""A small team, as the tests of this room need it."""

from __future__ import annotations

TEAM = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "# Reach Alice\nname: Alice\ngit_emails: [alice@example.com]\n",
    "rotations/people/bob.yaml": "name: Bob\n",
    "rotations/platform/rotation.yaml": (
        "name: Platform\n"
        "handoff: {every: 1 week, at: tuesday 09:00}\n"
        "roster:\n"
        "  - from: 2026-01-06\n"
        "    members: [alice, bob]\n"
    ),
}

ALICE = "rotations/people/alice.yaml"
BOB = "rotations/people/bob.yaml"
CAROL = "rotations/people/carol.yaml"
COVER = "rotations/platform/overrides/2026-11-24-cover.yaml"
