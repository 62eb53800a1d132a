"""The part of ``oncall init`` that sets up git's drivers, in a team's repository that exists."""

from __future__ import annotations

import sys
from pathlib import Path

from oncall_cli.render.change import change_text, plan_text
from oncall_cli.render.drivers import drivers_text
from oncall_cli.repository.commit import Change, Committed, commit_change, diff_text
from oncall_cli.repository.drivers import ATTRIBUTES_FILE, attributes_with_drivers, set_up
from oncall_cli.repository.files import WorkTree


def attributes_of(folder: Path) -> dict[str, bytes]:
    """Return the file of git's attributes as it should be; nothing where it is so already."""
    new = attributes_with_drivers(WorkTree(folder).read(ATTRIBUTES_FILE))
    return {} if new is None else {ATTRIBUTES_FILE: new}


def set_up_drivers(root: Path, *, dry_run: bool) -> int:
    """Commit the attributes that are missing, and give this clone's git its settings."""
    files = attributes_of(root)
    change = Change(files, "Let git compare and merge records by what they mean")
    if dry_run:
        print(plan_text(Committed("", tuple(files), change.subject), diff_text(root, change)))
        return 0
    made = commit_change(root, change) if files else None
    print(drivers_text(set_up(root)))
    if made:
        print(change_text(made), file=sys.stderr)
    return 0
