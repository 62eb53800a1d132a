"""Every feed of every team, read by five parsers that are not ours, shows at each instant of a year who is on call."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from oncall_cli.model.time import Instant, format_instant
from tests.conftest import Run
from tests.interop.published import END, START, TEAMS, ZONES, Team, edges_of, four_zones, published, shown, team_of
from tests.interop.readers import READERS, Events, Reader

FOUR = "four-zones"
MACHINES = [zone for zone, _ in ZONES.values()]
Index = dict[str, list[dict[str, str | None]]]
READERS_OR_NOT = [
    pytest.param(reader, id=reader.name, marks=pytest.mark.skipif(bool(reader.lacks), reason=reader.lacks))
    for reader in READERS
]


class Feeds:
    """The feeds of all teams in one folder, by the name of the team, and what was read in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "feeds"
        roots = {**TEAMS, FOUR: four_zones(folder / FOUR)}
        self.teams: dict[str, Team] = {name: team_of(root) for name, root in roots.items()}
        self.index: Index = {name: published(root, self.folder / name) for name, root in roots.items()}
        self._read: dict[tuple[str, str, str], dict[str, Events]] = {}

    def read(self, reader: Reader, zone: str, team: str = "") -> dict[str, Events]:
        """Return what a reader in a zone finds in the feeds of all teams, or of one."""
        key = reader.name, zone, team
        if key not in self._read:
            self._read[key] = reader.read(self.folder / team, zone)
        return self._read[key]


@pytest.fixture(scope="session")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Feeds:
    return Feeds(tmp_path_factory.mktemp("interop"))


def test_no_event_comes_twice(feeds: Feeds) -> None:
    """No UID stands twice in a feed."""
    for path in feeds.folder.rglob("*.ics"):
        uids = re.findall(rb"\nUID:([^\r]+)", path.read_bytes().replace(b"\r\n ", b""))
        assert len(uids) == len(set(uids)) == path.read_bytes().count(b"BEGIN:VEVENT"), path


@pytest.mark.parametrize("reader", READERS_OR_NOT)
def test_every_feed_of_every_team(feeds: Feeds, reader: Reader) -> None:
    """At each instant of a year it shows who is on call, and where nobody is."""
    read = feeds.read(reader, MACHINES[0])
    assert read.keys() == {f"{name}/{feed['path']}" for name, index in feeds.index.items() for feed in index}
    for name, index in feeds.index.items():
        for feed in index:
            agree(f"{name}/{feed['path']}", read[f"{name}/{feed['path']}"], feeds.teams[name].expected(feed))


@pytest.mark.parametrize("zone", MACHINES[1:])
@pytest.mark.parametrize("reader", READERS_OR_NOT)
def test_whatever_the_zone_of_the_machine(feeds: Feeds, reader: Reader, zone: str) -> None:
    """It is the same on machines of four zones, with handoffs in the missing and the repeated hours of four zones."""
    read = feeds.read(reader, zone, FOUR)
    for feed in feeds.index[FOUR]:
        agree(f"{feed['path']} in {zone}", read[str(feed["path"])], feeds.teams[FOUR].expected(feed))


def agree(place: str, events: Events, expected: Events) -> None:
    """Hold the two against each other from each edge to the next."""
    edges = edges_of(events, expected)
    for edge, theirs, ours in zip(edges, shown(events, edges), shown(expected, edges), strict=True):
        assert theirs == ours, f"{place} at {format_instant(Instant(edge))}"


@pytest.mark.parametrize("reader", READERS_OR_NOT)
def test_whom_the_program_names(feeds: Feeds, reader: Reader, run: Run) -> None:
    """`oncall who` at random instants, and at those around both changes of the clocks."""
    read, team = feeds.read(reader, MACHINES[1], FOUR), feeds.teams[FOUR]
    dice = random.Random(8)
    days = [Instant(dice.randrange(START, END)) for _ in range(4)]
    for start in (1793496600, 1806213600):  # about when Berlin and New York change in autumn and in spring
        days += [Instant(start + dice.randrange(-3, 10) * 86400 // 2) for _ in range(4)]
    for instant in days:
        asked = run("-C", str(team.root), "who", "--json", "--at", format_instant(instant))
        for each in json.loads(asked.out)["data"]:
            events: Events = read[f"rotations/{each['rotation']}-primary.ics"]
            [label] = [summary for begin, end, summary in events if begin <= instant < end]
            names = " and ".join(team.people[person].name for person in each["people"])
            assert label == f"On call: {names} ({each['rotation']} primary)"
