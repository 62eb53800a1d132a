"""Four processes in one clone take turns, and nobody's line is lost."""

from __future__ import annotations

from pathlib import Path

from tests.faults.four import four


def test_four_processes_write_into_one_log(tmp_path: Path) -> None:
    """Every line is acknowledged, in one commit and once in the log; history is a line, the user's files as before."""
    result = four(tmp_path / "team", 5)
    assert len(result.acknowledged) == result.asked == len(result.commits)
    assert result.lost() == []
    assert (result.merges, result.status) == (0, "")
