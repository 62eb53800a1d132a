"""Whatever is done to a team's files, to the clock and by whomever is asked: what is kept is what would be said."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.cache.asking import TEAM, ask, rewrite
from tests.conftest import TeamFolder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not tell when a file was last changed")

ASKED = (("who",), ("who", "platform"), ("who", "network"), ("who", "--json"), ("--as", "carol", "who", "platform"))
# What one word of a file may become: the same size, another size, what cannot be read.
WORDS = (
    ("alice", "carol"),
    ("carol", "erika"),
    ("erika", "alice"),
    ("0101", "0199"),
    ("1 week", "2 days"),
    ("08:00", "20:00"),
    ("New_York", "Chicago"),
    ("Tokyo", "Seoul"),
    ("Berlin", "Lisbon"),
    ("roster:", "rooster:"),
    ("members: [", "members: [[erika, alice], "),
)
PATHS = sorted(TEAM)
PEOPLE = ("alice", "carol", "erika", "nobody")
SPANS = some.one_of(some.integers(0, 90), some.integers(0, 40_000), some.integers(0, 90 * 86_400))
COVER = "kind: cover\nchanges:\n  - {{role: primary, start: {start}, end: {end}, person: {person}}}\n"


def instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Life(RuleBasedStateMachine):
    """A team's repository through edits, covers, checkouts and time, asked after each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.team = TeamFolder(self.folder / "team")
        self.now = datetime(2026, 10, 20, 12, tzinfo=UTC)
        self.reader: dict[str, str] = {}
        self.team.root.mkdir()
        self.team.git("init", "--quiet", "--initial-branch=main")
        self.team.git("config", "user.name", "Alice")
        self.team.git("config", "user.email", "alice@example.com")
        self.team.commit(TEAM)
        self.team.git("tag", "begun")

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(path=some.sampled_from(PATHS), words=some.sampled_from(WORDS), back=some.booleans())
    def edit_in_place(self, path: str, words: tuple[str, str], back: bool) -> None:
        """With the time of the change set back, as unpacking does, or not."""
        target = self.team.root / path
        if target.is_file():
            text = target.read_text(encoding="utf-8")
            times = target.stat() if back else None
            rewrite(target, text.replace(*words) if words[0] in text else text.replace(*words[::-1]), times=times)

    @rule(path=some.sampled_from(PATHS), words=some.sampled_from(WORDS))
    def replace(self, path: str, words: tuple[str, str]) -> None:
        """As most editors do: another file takes the name."""
        target = self.team.root / path
        if target.is_file():
            beside = target.with_suffix(".new")
            beside.write_text(target.read_text(encoding="utf-8").replace(*words), encoding="utf-8")
            beside.replace(target)

    @rule(start=SPANS, length=some.integers(1, 500_000), person=some.sampled_from(PEOPLE))
    def cover(self, start: int, length: int, person: str) -> None:
        begin = self.now + timedelta(seconds=start)
        text = COVER.format(start=instant(begin), end=instant(begin + timedelta(seconds=length)), person=person)
        self.team.write({f"rotations/platform/overrides/{begin:%Y-%m-%d}-{person}.yaml": text})

    @rule(path=some.sampled_from([*PATHS, "rotations/platform/overrides", "rotations/network"]))
    def take_away(self, path: str) -> None:
        target = self.team.root / path
        if path != "oncall.yaml" and target.is_dir():
            shutil.rmtree(target)
        elif path != "oncall.yaml":
            target.unlink(missing_ok=True)

    @rule(path=some.sampled_from(["rotations/people/alice.yaml", "rotations/network", "rotations/people"]))
    def put_a_link_in_its_place(self, path: str) -> None:
        """The same file or folder, elsewhere: its content is as before, and it may no longer be read."""
        target = self.team.root / path
        if target.exists() and not target.is_symlink():
            aside = Path(tempfile.mkdtemp(dir=self.folder)) / target.name
            target.rename(aside)
            target.symlink_to(aside)

    @rule()
    def go_back(self) -> None:
        """As a checkout or a pull does: several files at once."""
        self.team.git("clean", "-ffdxq")
        self.team.git("reset", "--quiet", "--hard", "begun")

    @rule(path=some.sampled_from([*PATHS, "rotations", "rotations/people"]))
    def touch(self, path: str) -> None:
        if (self.team.root / path).exists():
            os.utime(self.team.root / path)

    @rule(seconds=SPANS)
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(seconds=some.integers(0, 100_000))
    def set_the_clock_back(self, seconds: int) -> None:
        self.now -= timedelta(seconds=seconds)

    @rule(
        name=some.sampled_from(["ONCALL_TZ", "TZ"]), zone=some.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"])
    )
    def be_elsewhere(self, name: str, zone: str) -> None:
        self.reader[name] = zone

    @rule(width=some.integers(30, 90))
    def have_a_window(self, width: int) -> None:
        self.reader["COLUMNS"] = str(width)

    @invariant()
    def what_is_kept_is_what_would_be_said(self) -> None:
        around = {"ONCALL_NOW": instant(self.now), "ONCALL_REPO": str(self.team.root), **self.reader}
        with mock.patch.dict(os.environ, around):
            for arguments in ASKED:
                usual = ask(*arguments, kept=False)
                assert ask(*arguments)[:3] == usual[:3], arguments
                assert ask(*arguments)[:3] == usual[:3], arguments


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=12, stateful_step_count=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
