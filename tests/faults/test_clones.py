"""Clones that share one log through kills and outages keep every line, once, and nothing stays behind."""

from __future__ import annotations

import pytest

from tests.faults.clones import Aftermath, Storm, weather_and_writers


def hold(left: Aftermath) -> None:
    assert left.acknowledged, left.text()
    assert (left.lost, left.doubled, left.left, left.failed) == ([], [], [], []), left.text()
    assert left.equal, left.text()
    assert left.pushes_a_record <= 2, left.text()


def test_a_short_storm(tmp_path):
    """Three clones, a few lines each, with kills and outages."""
    hold(weather_and_writers(tmp_path, Storm(clones=3, records=3, seconds=0.5, kills=0.4)))


@pytest.mark.faults
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_long_storm(tmp_path, seed):
    """Eight clones, 25 lines each, at a line a second."""
    hold(weather_and_writers(tmp_path, Storm(seed=seed)))
