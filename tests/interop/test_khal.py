"""khal, subscribed to a feed, shows whom the schedule names."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from oncall_cli.model.time import Instant, utc
from oncall_cli.render.people import names_of
from oncall_cli.schedule.walls import WallClock
from tests.interop.published import END, START, TEAMS, four_zones, published, team_of
from tests.interop.readers import PARSERS

pytestmark = pytest.mark.skipif(
    find_spec("khal") is None, reason="khal is not installed: pip install 'oncall-cli[interop]'"
)


@pytest.mark.parametrize(("team", "rotation"), [("example", "platform"), ("four zones", "lord-howe")])
def test_khal_at(tmp_path: Path, team: str, rotation: str) -> None:
    """`khal at`, asked for a hundred random instants of a year in the rotation's zone."""
    made = team_of(TEAMS.get(team) or four_zones(tmp_path / "team"))
    published(made.root, tmp_path / "feeds")
    schedule = made.schedules[rotation]
    clock, dice = WallClock(schedule.zone), random.Random(rotation)
    asked: dict[str, str] = {}
    while len(asked) < 100:
        instant = Instant(dice.randrange(START, END) // 60 * 60)
        wall = clock.wall(instant)
        # what the wall shows twice, khal cannot be asked for
        if clock.instant(wall) == clock.instant(wall, last=True):
            people = schedule.at("primary", instant).people
            name = names_of(people, made.people)
            asked[f"{utc(Instant(wall)):%Y-%m-%d %H:%M}"] = f"On call: {name} ({rotation} primary)"
    feed = tmp_path / "feeds" / "rotations" / f"{rotation}-primary.ics"
    command = [sys.executable, str(PARSERS / "at_khal.py"), str(feed), str(tmp_path / "khal"), str(schedule.zone)]
    done = subprocess.run(command, input=json.dumps(list(asked)), capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert dict(zip(asked, json.loads(done.stdout), strict=True)) == {when: [label] for when, label in asked.items()}
