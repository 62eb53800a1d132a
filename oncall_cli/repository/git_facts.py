"""What ``oncall doctor`` finds out about git and the repository; nothing is changed and no network is used."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from oncall_cli.errors import GitInTheWay
from oncall_cli.practice.git_health import STALE, Branch, GitFacts, Hooks, Identity, Lock, Locks, Shape
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import Repository, locate, under_way
from oncall_cli.repository.journal_place import FOLDER, JOURNAL
from oncall_cli.repository.lock import is_held
from oncall_cli.repository.strays import TOP_FOLDERS

if TYPE_CHECKING:
    from oncall_cli.model.person import Person

_HOOKS = (
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "reference-transaction",
    "post-index-change",
    "pre-push",
)
_LOCKS = ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock")
_LEFTOVER = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
_A_RECORD = "rotations/x/rotation.yaml"


def git_facts(root: Path, people: Mapping[str, Person], acting: str | None, now: int) -> GitFacts:
    """Return what there is to know; a repository that git does not open leaves the reason."""
    git = Git(root)
    try:
        version = _version(git.tell("--version"))
    except GitInTheWay:
        return GitFacts((), None)
    identity = _identity(git, people)._replace(acting=acting)
    try:
        places = locate(git)
    except GitInTheWay as reason:
        return GitFacts(version, (reason.message, reason.hint), identity)
    return GitFacts(
        version, None, identity, _branch(git, places, now), _locks(git, places, now), _hooks(git), _shape(git, places)
    )


def _version(said: str) -> tuple[int, ...]:
    found = re.search(r"\d+(?:\.\d+)+", said)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def _identity(git: Git, people: Mapping[str, Person]) -> Identity:
    name, email = git.identity()
    folded = (email or "").casefold()
    found = [who for who, person in people.items() if folded in (known.casefold() for known in person.git_emails)]
    return Identity(name, email, tuple(found), left=any(not people[who].active for who in found))


def _branch(git: Git, places: Repository, now: int) -> Branch:
    name = git.ask("symbolic-ref", "--quiet", "--short", "HEAD").out.strip() or None
    upstream = git.ask("rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}")
    counts = git.ask("rev-list", "--left-right", "--count", "@{upstream}...HEAD", "--")
    behind, ahead = map(int, counts.out.split()) if counts.status == 0 else (0, 0)
    return Branch(
        name,
        under_way(places.git_dir),
        tuple(git.ask("remote").out.split()),
        upstream.out.strip() if upstream.status == 0 else None,
        ahead,
        behind,
        _age(places.git_dir / "FETCH_HEAD", now),
    )


def _locks(git: Git, places: Repository, now: int) -> Locks:
    names = [folder / name for folder in {places.git_dir, places.common_dir} for name in _LOCKS]
    refs = [Path(folder) / name for folder, _, files in os.walk(places.common_dir / "refs") for name in files]
    there = {path: old for path in (*names, *refs) if path.suffix == ".lock" and (old := _age(path, now)) is not None}
    return Locks(
        tuple(Lock(os.path.relpath(path, git.folder), old) for path, old in sorted(there.items())),
        is_held(places.common_dir),
        tuple(path for path in leftovers(git) if (_age(git.folder / path, now) or 0) >= STALE),
        _age(places.git_dir / FOLDER / JOURNAL, now),
        tuple(
            sorted(os.path.relpath(path, git.folder) for path in (places.git_dir / FOLDER).glob(f"{JOURNAL}.unread-*"))
        ),
    )


def leftovers(git: Git) -> list[str]:
    """Return the temporary files that a dead command of ours left beside records, which git does not know."""
    listed = git.ask("ls-files", "-z", "--others", "--", ".").out.split("\0")
    mine = [path for path in listed if _LEFTOVER.fullmatch(path.rpartition("/")[2])]
    return sorted(path for path in mine if "/" not in path or path.split("/")[0] in TOP_FOLDERS)


def _hooks(git: Git) -> Hooks:
    folder = git.folder / git.tell("rev-parse", "--git-path", "hooks").rstrip("\n")
    there = [name for name in _HOOKS if (folder / name).is_file()]
    run = [name for name in there if os.access(folder / name, os.X_OK)]
    passed_over = [name for name in there if name not in run]
    return Hooks(git.setting("core.hooksPath"), tuple(run), tuple(passed_over))


def _shape(git: Git, places: Repository) -> Shape:
    said = git.tell("rev-parse", "--is-shallow-repository", "--show-superproject-working-tree").splitlines()
    attributes = git.ask("check-attr", "-z", "merge", "diff", "--", _A_RECORD).out.split("\0")
    merge, diff = (attributes[2], attributes[5]) if len(attributes) >= 6 else ("", "")
    return Shape(
        shallow=said[0] == "true",
        sparse=git.setting("core.sparseCheckout") == "true",
        superproject=bool(said[1:]),
        linked=places.git_dir.resolve() != places.common_dir.resolve(),
        merge=merge,
        merge_driver=git.setting(f"merge.{merge}.driver") is not None,
        diff=diff,
        diff_driver=any(git.setting(f"diff.{diff}.{key}") is not None for key in ("command", "textconv")),
    )


def _age(path: Path, now: int) -> int | None:
    """Return for how many seconds a file has been as it is; None where there is none."""
    try:
        return max(0, now - int(path.stat().st_mtime))
    except OSError:
        return None
