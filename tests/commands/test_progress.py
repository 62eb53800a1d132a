"""How far a check has come is told to whoever watches, and to nobody else."""

from __future__ import annotations

import pytest

from oncall_cli.commands.progress import Progress


def test_it_is_told_once_for_each_hundredth_and_taken_away(capsys: pytest.CaptureFixture[str]) -> None:
    """One line of standard error, which is empty in the end."""
    progress = Progress(watched=True)
    for done in range(0, 10_000, 10):
        progress(done, 10_000)
    progress.end()
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\r") == 101
    assert "\r\x1b[K5,000 of 10,000 files\r" in told.err
    assert told.err.endswith("\r\x1b[K")


@pytest.mark.parametrize(("watched", "total"), [(False, 10_000), (True, 2000)])
def test_nothing_is_told_to_scripts_or_of_little(capsys: pytest.CaptureFixture[str], watched: bool, total: int) -> None:
    """Not even that the line is taken away."""
    progress = Progress(watched=watched)
    progress(1, total)
    progress.end()
    assert capsys.readouterr().err == ""
