"""Whatever the bytes, the loader returns: a record that can be told, or problems with their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.repository.loading import BAD, GOOD, said_of, spoilt_files


@given(spoilt_files())
@settings(max_examples=300, deadline=None)
def test_spoilt_files_are_refused_or_accepted(spoilt: tuple[str, bytes]) -> None:
    """A real file with a few bytes changed raises nothing; the long run is ``tests/faults/fuzz_loader.py``."""
    said_of(*spoilt)


@pytest.mark.parametrize(("path", "data"), GOOD, ids=[path for path, _ in GOOD])
def test_every_record_of_every_team_is_one(path: str, data: bytes) -> None:
    """The files that are spoilt are valid before."""
    assert said_of(path, data)


@pytest.mark.parametrize(("path", "data"), BAD, ids=[str(number) for number in range(len(BAD))])
def test_every_bad_file_is_told(path: str, data: bytes) -> None:
    """So are the bad ones, accepted or not."""
    said_of(path, data)
