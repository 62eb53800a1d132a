"""What ``oncall init --ci`` adds to a team that begins, or that has begun."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from oncall_cli.commands.change import Planned, commit_planned
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused
from oncall_cli.practice.owners import owned_section, with_section
from oncall_cli.render.begun import HOST_NAMES, ci_text
from oncall_cli.repository.begin import missing_files
from oncall_cli.repository.ci_files import ci_files, default_branch, owners_file, refuse_below_top
from oncall_cli.repository.files import Overlay, WorkTree
from oncall_cli.repository.git import Git
from oncall_cli.repository.owner_files import Host
from oncall_cli.repository.reading import TeamRepository


def add_ci(session: Session, host: Host, *, dry_run: bool) -> int:
    """Add what is missing, and renew the owners, in one commit."""
    root = session.repository.root
    refuse_below_top(root)
    after = ci_change(root, host, {})
    if not after:
        raise Refused(f"everything for {HOST_NAMES[host]} is there, and the owners are up to date")
    before = {path: session.repository.files.read(path) for path in after}
    subject = (
        f"Let {HOST_NAMES[host]} check the on-call repository" if _is_new(before) else "Bring the owners up to date"
    )
    outcome = commit_planned(session, Planned(before, after), subject, dry_run=dry_run, as_json=False)
    outcome.show({}, ci_text(host, include=(root / ".gitlab-ci.yml").exists() and ".gitlab-ci.yml" not in after))
    return 0


def ci_change(root: Path, host: Host, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what is to be written beside the files of a team that may be about to begin."""
    found = missing_files(root, ci_files(host, default_branch(Git(_existing(root)))))
    repository = TeamRepository(root, Overlay(WorkTree(root), files))
    path = owners_file(root, host)
    before = WorkTree(root).read(path) or b""
    text = with_section(before.decode("utf-8", "replace"), owned_section(repository.people(), repository.rotations()))
    return found if text.encode() == before else {**found, path: text.encode()}


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.is_dir())


def _is_new(before: Mapping[str, bytes | None]) -> bool:
    return len(before) > 1 or None in before.values()
