"""A folder of pages that belong together, replaced so that whoever looks, at any moment, finds pages that fit.

The new files are first written into a folder of their own, where whatever goes wrong leaves the old site as it was.
Then they take their places: what others link to before what links to it, the first page last. What the site no longer
has is removed after that. A list of what was written stands beside the pages, so that no file of others is touched.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.repository.atomic import make_durable, replace, write_durably

LIST = ".oncall-site.json"
"""Which files of the folder are the site's, with the hash of each; with two while one takes the place of another."""

STAGE = ".oncall-site.new"
_FIRST_PAGE = "index.html"
_RECORDS = ("rotations", "runbooks", "templates")


class Published(NamedTuple):
    """What became of a site's files."""

    changed: list[str]
    removed: list[str]


def publish_site(folder: Path, files: Mapping[str, bytes], root: Path) -> Published:
    """Make the folder hold the site and return what changed; other files in it survive.

    The folder is none of those of the records below ``root``.
    """
    _refuse_records(folder.absolute().resolve(), root.resolve())
    try:
        return _publish(folder, files)
    except OSError as wrong:
        message = f"'{wrong.filename or folder}' cannot be written: {wrong.strerror or wrong}"
        raise Refused(f"{message}; the site is as it was", hint="choose another place with --out") from None


def _publish(folder: Path, files: Mapping[str, bytes]) -> Published:
    ours = _listed(folder)
    changed = [path for path in sorted(files, key=_order) if not _holds(folder / path, files[path])]
    _refuse_others(folder, changed, ours)
    gone = [path for path in ours.keys() - files.keys() if _is_as_written(folder / path, ours[path])]
    if not changed and not gone and ours.keys() == files.keys():
        return Published([], [])
    folder.mkdir(parents=True, exist_ok=True)
    stage = folder / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    try:
        _stage(folder, stage, {path: files[path] for path in changed})
        hashes = {path: _hash(data) for path, data in files.items()}
        # From here on the list knows the files of both sites: what a site cut short leaves, the next clears away.
        _list(folder, {path: f"{ours.get(path, '')} {hashes.get(path, '')}".strip() for path in {*ours, *hashes}})
        for path in changed:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(stage / path, folder / path)
        _remove(folder, gone)
        _list(folder, hashes)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Published(changed, sorted(gone))


def _order(path: str) -> tuple[int, int, str]:
    """Return where in the order of replacing a file stands: pages after what they show, the first of all last."""
    return int(path.endswith(".html")), -path.count("/") if path != _FIRST_PAGE else 1, path


def _stage(folder: Path, stage: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        write_durably(stage / path, data, _mode(folder / path))


def _mode(target: Path) -> int | None:
    return stat.S_IMODE(target.stat().st_mode) if target.exists() else None


def _remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that nothing is left in."""
    for path in paths:
        (folder / path).unlink()
        for parent in (folder / path).relative_to(folder).parents[:-1]:
            if any((folder / parent).iterdir()):
                break
            (folder / parent).rmdir()


def _refuse_records(folder: Path, root: Path) -> None:
    """Refuse to write among the records, whose folders have the names of the site's."""
    inside = [folder == root, *(folder.is_relative_to(root / name) for name in (*_RECORDS, ".git"))]
    if any(inside):
        message = f"the site would stand among the team's records, in '{folder}'"
        raise Refused(message, hint="choose another folder with --out, such as 'public'")


def _refuse_others(folder: Path, paths: Iterable[str], ours: Mapping[str, str]) -> None:
    """Refuse to replace a file that no site put there, and to write through a link."""
    for path in paths:
        target = folder / path
        for step in (target, *(folder / parent for parent in Path(path).parents[:-1])):
            if step.is_symlink():
                raise Refused(
                    f"'{step}' is a link, and leads out of the site", hint="remove it, or choose another --out"
                )
        if target.exists() and path not in ours:
            hint = "move it away, or choose another folder with --out"
            raise Refused(f"'{target}' is there already and is no page of ours; the site is as it was", hint=hint)


def _listed(folder: Path) -> dict[str, str]:
    """Return the files that the last site wrote, with their hashes; one that is no list names none."""
    try:
        said = json.loads((folder / LIST).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    files = said.get("files") if isinstance(said, dict) else None
    if not isinstance(files, dict):
        return {}
    return {path: known for path, known in files.items() if isinstance(known, str) and _is_below(path)}


def _list(folder: Path, files: Mapping[str, str]) -> None:
    text = json.dumps({"files": files, "note": "The files that 'oncall site' wrote."}, indent=0, sort_keys=True)
    replace(folder / LIST, f"{text}\n".encode(), None)
    make_durable(folder)


def _is_below(path: str) -> bool:
    parts = path.split("/")
    return not ({"", ".", ".."} & set(parts)) and "\\" not in path and ":" not in path


def _holds(target: Path, data: bytes) -> bool:
    return target.is_file() and not target.is_symlink() and target.read_bytes() == data


def _is_as_written(target: Path, known: str) -> bool:
    return target.is_file() and not target.is_symlink() and _hash(target.read_bytes()) in known.split()


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]
