"""Each team's own handoff, in every form."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.teams.conftest import TEAMS, StandIn

TEMPLATES = sorted((path.parents[2].name, path.stem) for path in TEAMS.glob("*/templates/handoff/*.md"))
MEMBERS = {"infrastructure": "luca", "shield": "petra", "sprint": "aisha", "students": "ana", "weekly": "juna"}


@pytest.mark.parametrize(("name", "template"), TEMPLATES)
def test_every_template_can_be_filled_in(stand_in: StandIn, run: Run, name: str, template: str) -> None:
    stand_in(name, MEMBERS[name])
    for form in ("md", "text", "html", "issue"):
        outcome = run("handoff", "--template", template, "--format", form, now="2026-11-20T15:00:00Z")
        assert (outcome.code, bool(outcome.out.strip())) == (0, True), outcome.err
