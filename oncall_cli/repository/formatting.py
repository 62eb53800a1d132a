"""Puts files of the work tree into canonical form, as any formatter does: written, not committed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import NothingFound, Place, Problem, Refused
from oncall_cli.repository.atomic import replace
from oncall_cli.repository.canonical import canonical
from oncall_cli.repository.files import Files
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import locate
from oncall_cli.repository.layout import claim, may_hold_records
from oncall_cli.repository.lock import writing
from oncall_cli.repository.parse import problems_in
from oncall_cli.repository.safe_path import refuse_unsafe_path
from oncall_cli.repository.strays import WELCOME


class Formed(NamedTuple):
    """A file that is not in canonical form: what it says now, and what it would say."""

    path: str
    before: bytes
    after: bytes


class Forms(NamedTuple):
    """What a formatter found: files to change, files that nobody may touch yet and why, and how many it read."""

    changed: list[Formed]
    problems: list[Problem]
    read: int


def records_below(files: Files, folder: str = "") -> Iterator[str]:
    """Yield the paths of the records in a folder, and in those below it."""
    for name in files.list(folder):
        path = f"{folder}/{name}".lstrip("/")
        if path.endswith("/") and may_hold_records(path[:-1]):
            yield from records_below(files, path[:-1])
        elif is_record(path):
            yield path


def is_record(path: str) -> bool:
    """Tell whether a file is a record, and no page that welcomes readers of its folder."""
    name = path.rpartition("/")[2]
    return claim(path) is not None and name not in WELCOME and not name.startswith(".")


def path_in(root: Path, given: Path) -> str:
    """Return the path that a user gave, as one in the repository; raise for one that is not there."""
    real = Path(os.path.realpath(given.parent)) / given.name if given.name not in ("", "..") else given.resolve()
    if not real.exists():
        raise NothingFound(f"there is no '{given}'", "name a file or a folder of the team's repository")
    if not real.is_relative_to(root):
        raise Refused(f"'{given}' is not in the team's repository '{root}'", "name a file or a folder inside it")
    path = real.relative_to(root).as_posix()
    return "" if path == "." else path


def forms(files: Files, paths: Iterable[str]) -> Forms:
    """Return what the canonical form of records would change; an invalid one is a problem, and left alone."""
    found = Forms([], [], len(ordered := sorted(set(paths))))
    for path in ordered:
        try:
            data = files.read(path) or b""
            if problems := problems_in(path, data):
                found.problems.extend(problems)
            elif (after := canonical(path, data)) != data:
                found.changed.append(Formed(path, data, after))
        except (OSError, Refused) as wrong:
            found.problems.append(_problem(path, wrong))
    return found


def write_forms(root: Path, changed: Iterable[Formed]) -> list[Problem]:
    """Write the files, each whole or not at all; return what kept one of them from it."""
    problems = []
    with _alone(root):
        for form in changed:
            try:
                _write(root, form)
            except (OSError, Refused) as wrong:
                problems.append(_problem(form.path, wrong))
    return problems


def _write(root: Path, form: Formed) -> None:
    refuse_unsafe_path(root, form.path)
    target = root / form.path
    if target.read_bytes() != form.before:
        raise Refused("the file was changed by somebody else a moment ago", "run the command again")
    replace(target, form.after, stat.S_IMODE(target.stat().st_mode))


def _alone(root: Path) -> AbstractContextManager[int | None]:
    """Wait for other commands that change files; outside of git there is none to wait for."""
    git = Git(root)
    in_git = git.ask("rev-parse", "--is-inside-work-tree").out.strip() == "true"
    return writing(locate(git).common_dir) if in_git else nullcontext()


def _problem(path: str, wrong: OSError | Refused) -> Problem:
    if isinstance(wrong, Refused):
        return Problem("E101", wrong.place or Place(path), wrong.message, wrong.hint)
    return Problem("E101", Place(path), f"the file cannot be changed: {wrong.strerror or wrong}")
