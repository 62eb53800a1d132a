"""Files and folders that stand where records do and are none, and names that no record may have."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from oncall_cli.errors import Place, Problem
from oncall_cli.model.scalar import parse_id
from oncall_cli.model.time import parse_date
from oncall_cli.repository.files import Files, unreadable
from oncall_cli.repository.layout import PEOPLE, Claim, claim, may_hold_records

TOP_FOLDERS = ("rotations", "runbooks", "templates")
WELCOME = ("README.md",)


def strays(files: Files, besides: Collection[str] = ()) -> Iterator[Problem]:
    """Yield a problem for each file or folder that no kind of record claims, and for each wrong name.

    Some folders may have been looked at already.
    """
    for folder in TOP_FOLDERS:
        yield from strays_in(files, folder, besides)


def name_problems(path: str) -> Iterator[Problem]:
    """Yield what is wrong with the name of a record's file."""
    claimed = claim(path)
    if claimed and claimed.kind.name == "rotation":
        yield from _bad_id(path, claimed.id)
    elif claimed:
        yield from _bad_name(path, claimed)


def strays_in(files: Files, folder: str, besides: Collection[str] = ()) -> Iterator[Problem]:
    """Yield such a problem for what stands in one folder, or below it."""
    try:
        names = files.list(folder)
    except OSError as wrong:
        yield unreadable(folder, "folder", wrong)
        return
    if _is_rotation_without_file(folder, names):
        hint = "add it, or move the folder elsewhere"
        yield Problem("E120", Place(folder), f"'{folder}' holds no 'rotation.yaml'", hint)
    for name in names:
        if name.startswith(".") or name in WELCOME:
            continue
        path = f"{folder}/{name.rstrip('/')}"
        if not name.endswith("/"):
            yield from _file_problems(path)
        elif path not in besides:
            yield from _folder_problems(files, path, besides)


def _is_rotation_without_file(folder: str, names: tuple[str, ...]) -> bool:
    top, _, rotation = folder.partition("/")
    is_rotation = top == "rotations" and rotation not in ("", PEOPLE) and "/" not in rotation
    return is_rotation and "rotation.yaml" not in names


def _folder_problems(files: Files, path: str, besides: Collection[str]) -> Iterator[Problem]:
    if not may_hold_records(path):
        hint = "move it out of the folders that hold records"
        yield Problem("E120", Place(path), f"the folder '{path}' is none that holds records", hint)
        return
    if path.startswith("rotations/") and path.count("/") == 1:
        yield from _bad_id(path, path.rpartition("/")[2])
    yield from strays_in(files, path, besides)


def _file_problems(path: str) -> Iterator[Problem]:
    claimed = claim(path)
    if claimed:
        yield from _bad_name(path, claimed)
    elif not (path.endswith(".md") and "/incidents/" in path):
        hint = "rename it to '.yaml'" if path.endswith(".yml") else "move it away, or give it a record's name"
        yield Problem("E120", Place(path), f"'{path}' is no kind of record", hint)


def _bad_name(path: str, claimed: Claim) -> Iterator[Problem]:
    if claimed.kind.name == "rotation":
        return
    wrong_ids = [problem for part in claimed.id.split("/") for problem in _bad_id(path, part)]
    yield from wrong_ids
    if claimed.kind.dated and not wrong_ids:
        yield from _bad_date(path, claimed)


def _bad_id(path: str, name: str) -> Iterator[Problem]:
    try:
        parse_id(name)
    except ValueError as wrong:
        yield Problem("E121", Place(path), str(wrong), "rename it; its name is the record's id")


def _bad_date(path: str, claimed: Claim) -> Iterator[Problem]:
    date = claimed.id[:10]
    try:
        parse_date(date)
    except ValueError as wrong:
        yield Problem("E121", Place(path), f"the name must begin with a date: {wrong}", "rename it")
        return
    if claimed.id[10:11] != "-":
        yield Problem("E121", Place(path), "after the date the name needs '-' and words", "rename it")
    if claimed.year is not None and claimed.year != date[:4]:
        message = f"a record of {date[:4]} stands in the folder '{claimed.year}'"
        yield Problem("E121", Place(path), message, f"move it into '{date[:4]}/'")
