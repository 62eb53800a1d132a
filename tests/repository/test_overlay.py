"""Files with some of them replaced: what a change would make of a work tree, without writing it."""

from __future__ import annotations

from pathlib import Path

from oncall_cli.repository.files import Overlay, WorkTree


def test_what_is_replaced_is_read_and_the_rest_is_below(tmp_path: Path) -> None:
    """New files and folders are listed with the others, removed ones are not; the disk stays as it was."""
    (tmp_path / "rotations/web").mkdir(parents=True)
    (tmp_path / "rotations/web/rotation.yaml").write_bytes(b"old")
    (tmp_path / "rotations/web/notes.yaml").write_bytes(b"notes")
    files = Overlay(
        WorkTree(tmp_path),
        {
            "rotations/web/rotation.yaml": b"new",
            "rotations/web/notes.yaml": None,
            "rotations/web/overrides/one.yaml": b"1",
            "rotations/app/rotation.yaml": b"app",
            "rotations/gone/rotation.yaml": None,
            "oncall.yaml": b"name: x",
        },
    )
    assert files.list("") == ("oncall.yaml", "rotations/")
    assert files.list("rotations") == ("app/", "web/")
    assert files.list("rotations/web") == ("overrides/", "rotation.yaml")
    assert files.list("rotations/web/overrides") == ("one.yaml",)
    assert files.list("rotations/we") == ()
    assert files.read("rotations/web/rotation.yaml") == b"new"
    assert files.read("rotations/web/notes.yaml") is None
    assert files.read("rotations/app/rotation.yaml") == b"app"
    assert (tmp_path / "rotations/web/rotation.yaml").read_bytes() == b"old"
