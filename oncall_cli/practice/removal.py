"""Taking an override back: one that is still to come goes, one under way ends, one that is over stays."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.override import Override
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.setting import Setting
from oncall_cli.practice.stamps import stamp


class Removal(NamedTuple):
    """What taking an override back writes, and whether it had begun."""

    edit: RecordEdit
    begun: bool


def is_over(override: Override, now: Instant) -> bool:
    """Tell whether all that an override changes is past."""
    return all(one.end <= now for one in override.changes)


def removal(setting: Setting, override: Override, zone: Zone) -> Removal:
    """Return what takes the rest of an override back; raise ``Refused`` for one that is over."""
    now = setting.now
    if is_over(override, now):
        end = max(one.end for one in override.changes)
        raise Refused(
            f"'{override.id}' is over since {setting.said(end)}: it is history, and stays",
            hint=f"see it with 'oncall override show {override.id}'",
            place=override.place(),
        )
    if all(one.start >= now for one in override.changes):
        return Removal(RecordEdit(override.path, deleted=True), begun=False)
    numbered = list(enumerate(override.changes))
    ends = [(("changes", number, "end"), stamp(now, zone)) for number, one in numbered if one.start < now < one.end]
    gone = [("changes", number) for number, one in numbered if one.start >= now]
    return Removal(RecordEdit(override.path, sets=ends, removes=gone), begun=True)
