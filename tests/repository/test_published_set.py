"""A set of files is replaced as a whole, or stays what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from oncall_cli.errors import Refused
from oncall_cli.repository.published_set import FEEDS, publish_set

OLD = {"a.ics": b"old", "k.ics": b"old", "people/gone.ics": b"old"}
NEW = {"a.ics": b"new", "added/x.ics": b"new", "k.ics": b"new"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def publish(folder: Path, files: dict[str, bytes]) -> None:
    publish_set(folder / "out", files, folder / "team", FEEDS)


def shown(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in contents(folder / "out").items() if path != FEEDS.list}


@pytest.mark.parametrize("name", ["a.ics", "k.ics"])
def test_a_file_that_cannot_be_replaced(tmp_path: Path, name: str) -> None:
    """What was replaced before it is put back, what is new is taken away, and the sentence says so truly."""
    publish(tmp_path, OLD)
    (tmp_path / "out" / name).unlink()
    (tmp_path / "out" / name).mkdir()
    with pytest.raises(Refused, match="the set of feeds is as it was"):
        publish(tmp_path, NEW)
    assert shown(tmp_path) == {path: data for path, data in OLD.items() if path != name}
    (tmp_path / "out" / name).rmdir()
    publish(tmp_path, NEW)
    assert shown(tmp_path) == NEW
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [FEEDS.list, "a.ics", "added", "k.ics"]
