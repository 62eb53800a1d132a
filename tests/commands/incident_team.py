"""A team with an escalation policy, of which carol stands the week and dan's network is called last."""

from __future__ import annotations

from tests.commands.shift_team import ROTATION, WITH_CAROL

LADDER = """\
escalation:
  - {notify: primary}
  - {after: 5 minutes, notify: secondary}
  - {after: 15 minutes, rotation: network}
  - {after: 30 minutes, notify: datacenter}
contacts:
  - {id: datacenter, name: Granite remote hands, phone: "+1-800-555-0193", note: Cage 12}
"""

NETWORK = """\
name: Network
handoff: {every: 1 week, at: "monday 09:00"}
roster:
  - {from: 2026-11-02, members: [dan]}
"""

INCIDENTS = {
    **WITH_CAROL,
    "rotations/people/dan.yaml": "name: Dan\ncontact: {phone: '+1-617-555-0100', email: dan@example.com}\n",
    "rotations/platform/rotation.yaml": ROTATION + LADDER,
    "rotations/network/rotation.yaml": NETWORK,
    "runbooks/checkout.md": "---\ntitle: Checkout answers 5xx\nalerts: [checkout 5xx ratio 20%]\n---\n\n# Roll back\n",
    "templates/message/investigating.md": "---\ntitle: Investigating\n---\nWe are looking into it.\n",
    "templates/message/monitoring.md": "---\ntitle: Monitoring\n---\nIt is mended; we watch it.\n",
    "templates/message/resolved.md": "---\ntitle: Resolved\n---\nIt is over.\n",
}
"""Wednesday: carol is primary and on shift, alice is secondary."""

NAME = "2026-11-18-checkout-5xx"
PATH = f"rotations/platform/incidents/2026/{NAME}.yaml"
NEW_YORK = {"ONCALL_TZ": "America/New_York"}


def at(clock: str, day: int = 18) -> str:
    """Return an instant of that week in New York."""
    return f"2026-11-{day:02d}T{clock}:00-05:00"
