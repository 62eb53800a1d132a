"""What somebody means by a word: a path first, then a whole id, then a part of one."""

from __future__ import annotations

import pytest

from oncall_cli.errors import WrongUsage
from oncall_cli.repository.named_paths import NamedPath, named_path, nothing_named

KNOWN = (
    "oncall.yaml",
    "rotations/people/bob.yaml",
    "rotations/people/bobby.yaml",
    "rotations/platform/rotation.yaml",
    "rotations/platform/overrides/2026-11-25-concert.yaml",
    "rotations/web/rotation.yaml",
    "rotations/web/overrides/2026-11-25-concert.yaml",
    "runbooks/platform-lag.md",
    "rotations/README.md",
)


@pytest.mark.parametrize(
    ("said", "folder", "expected"),
    [
        ("bob", "", NamedPath("rotations/people/bob.yaml", True)),
        ("bobb", "", NamedPath("rotations/people/bobby.yaml", True)),
        ("platform", "", NamedPath("rotations/platform", False)),
        ("lag", "", NamedPath("runbooks/platform-lag.md", True)),
        ("rotations/people", "", NamedPath("rotations/people", False)),
        ("./rotations/people/", "", NamedPath("rotations/people", False)),
        ("bob.yaml", "rotations/people", NamedPath("rotations/people/bob.yaml", True)),
        ("../web", "rotations/people", NamedPath("rotations/web", False)),
        ("rotations/README.md", "", NamedPath("rotations/README.md", True)),
        ("web", "rotations", NamedPath("rotations/web", False)),
        ("zoe", "", None),
        ("../../x", "rotations", None),
    ],
)
def test_one_thing(said: str, folder: str, expected: NamedPath | None) -> None:
    assert named_path(said, KNOWN, folder) == expected


@pytest.mark.parametrize("said", ["2026-11-25-concert", "concert", "b"])
def test_several_things(said: str) -> None:
    with pytest.raises(WrongUsage, match=rf"'{said}' may be .*, rotations/"):
        named_path(said, KNOWN)


def test_nothing() -> None:
    failure = nothing_named("platfrom", KNOWN)
    assert (failure.exit_code, "did you mean 'platform'?" in failure.hint) == (3, True)
