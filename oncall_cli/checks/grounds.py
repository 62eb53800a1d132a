"""Where the files put somebody on call."""

from __future__ import annotations

from oncall_cli.checks.mentions import in_override, in_rotation
from oncall_cli.checks.records import RotationRecords
from oncall_cli.errors import Place
from oncall_cli.schedule.shift import Shift


def why(each: RotationRecords, shift: Shift, person: str) -> Place:
    """Return where the person is put on call: in the override, or at their last mention in the rotation."""
    named = [mention for mention in in_rotation(each.rotation) if mention.person == person]
    for override in each.overrides:
        if override.id == shift.override:
            named += [mention for mention in in_override(override) if mention.person == person]
    return named[-1].place
