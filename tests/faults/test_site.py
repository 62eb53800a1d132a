"""Whatever goes wrong while a site is replaced: pages are whole, links lead somewhere, the next call mends it."""

from __future__ import annotations

import errno
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands.test_site import FILES, ROTATION, links_of
from tests.faults import shim
from tests.faults.program import Program
from tests.faults.shim import Call, Fault, Order

pytestmark = pytest.mark.skipif(bool(shim.missing()), reason=shim.missing() or "it can be built")

NOW = "2026-11-24T10:00:00-05:00"
KINDS = (
    (Fault.KILL, 0, False),
    (Fault.KILL_AFTER, 0, False),
    (Fault.TEAR, 0, False),
    (Fault.FAIL, errno.ENOSPC, True),
    (Fault.FAIL, errno.EIO, False),
)
LEAVES = {
    **FILES,
    "rotations/people/carol.yaml": "name: Carol Nwosu\n",
    "rotations/platform/rotation.yaml": ROTATION.replace("[alice, bob]", "[alice, carol]"),
}


class Sites(NamedTuple):
    """A team of which somebody leaves while another joins: what its site is before and after, and the calls between."""

    program: Program
    team: Path
    public: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    calls: list[Call]

    def restore(self) -> None:
        """Put the old site back."""
        shutil.rmtree(self.public, ignore_errors=True)
        for path, data in self.before.items():
            (self.public / path).parent.mkdir(parents=True, exist_ok=True)
            (self.public / path).write_bytes(data)

    def judge(self, fault: Fault, at: int, error: int, sticky: bool) -> None:
        """Let one fault happen, look at what is there, and let the next call mend it."""
        self.restore()
        ended = build(self, Order(fault, at, error, sticky))
        place = f"{fault.name} {error} at {at}, {self.calls[at - 1].text}"
        assert "Traceback" not in ended.err, place
        if ended.code == 1:
            assert ("is as it was" in ended.err) == (shown(self.public) == shown_of(self.before)), (place, ended.err)
        assert (self.public / "CNAME").read_bytes() == b"ours", place
        for path, data in shown(self.public).items():
            assert data in (self.before.get(path), self.after.get(path)), (place, path)
        assert not list(missing(self.public)), place
        build(self, Order(Fault.COUNT))
        assert contents(self.public) == self.after, place


def missing(public: Path) -> Iterator[tuple[Path, str]]:
    """Yield where the pages that can be reached from the first one lead to nothing."""
    seen, ahead = set[Path](), [public / "index.html"]
    while ahead:
        page = ahead.pop()
        seen.add(page)
        for target in (each.partition("#")[0] for each in links_of(page).leads if "://" not in each):
            there = (page.parent / target).resolve() if target else page
            if not there.is_file():
                yield page, target
            elif there.suffix == ".html" and there not in seen:
                ahead.append(there)


def build(sites: Sites, order: Order):
    return sites.program.run(sites.team, ("site", "--out", str(sites.public)), order, ONCALL_NOW=NOW)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def shown(folder: Path) -> dict[str, bytes]:
    return shown_of(contents(folder))


def shown_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what a web server shows: all but the list and what is being prepared."""
    return {path: data for path, data in files.items() if not path.startswith(".oncall-site")}


def write(folder: Path, files: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    folder = tmp_path_factory.mktemp("sites")
    team, public = folder / "team", folder / "public"
    with Program(folder, public) as program:
        begun = Sites(program, team, public, {}, {}, [])
        write(team, FILES)
        write(public, {"CNAME": "ours"})
        assert build(begun, Order(Fault.COUNT)).code == 0
        before = contents(public)
        write(team, {path: text for path, text in LEAVES.items() if path != "rotations/people/bob.yaml"})
        assert build(begun, Order(Fault.COUNT)).code == 0
        calls = [program.control.call(number) for number in range(1, program.control.count() + 1)]
        made = begun._replace(before=before, after=contents(public), calls=calls)
        assert "people/bob.html" in made.before
        assert "people/bob.html" not in made.after
        yield made


def test_a_sample_of_points(sites: Sites) -> None:
    """Each kind of fault at calls that are drawn by lot, the same ones in each run."""
    drawn = random.Random("site")
    for fault, error, sticky in KINDS:
        fitting = [at for at, call in enumerate(sites.calls, 1) if call.writes or fault != Fault.TEAR]
        for at in drawn.sample(fitting, 2):
            sites.judge(fault, at, error, sticky)


@pytest.mark.faults
@pytest.mark.parametrize(("fault", "error", "sticky"), KINDS, ids=str)
def test_every_point(sites: Sites, fault: Fault, error: int, sticky: bool) -> None:
    """Every call that changes a file of the site."""
    for at, call in enumerate(sites.calls, 1):
        if call.writes or fault != Fault.TEAR:
            sites.judge(fault, at, error, sticky)
