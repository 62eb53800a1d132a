"""The incidents that are open, found without reading the others: the same ones that reading all of them finds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oncall_cli.repository.files import Overlay, WorkTree
from oncall_cli.repository.reading import TeamRepository

ROTATION = 'name: Web\nhandoff: {every: 1 week, at: "monday 09:00"}\nroster: [{from: 2020-01-06, members: [al]}]\n'
HEAD = "title: Down\nseverity: sev1\n"

SPELLED = {
    "2020-01-01-plain": f"{HEAD}status: resolved\n",
    "2020-01-02-said-why": f"{HEAD}status: resolved  # at last\n",
    "2020-01-03-quoted": f'{HEAD}status: "resolved"\n',
    "2020-01-04-windows": f"{HEAD}status: resolved\n".replace("\n", "\r\n"),
    "2020-01-05-spaced": f"{HEAD}status:   resolved\n",
    "2020-01-06-open": f"{HEAD}status: open\n",
    "2020-01-07-no-word": HEAD,
    "2021-01-08-in-a-text": f"{HEAD}note: |\n  status: resolved\nstatus: acknowledged\n",
    "2021-01-09-in-brackets": "{title: Down, severity: sev1, status: resolved}\n",
    "2021-01-10-far-down": f"{HEAD}note: |\n{'  a long text' * 500}\nstatus: resolved\n",
    "2021-01-11-mitigated": f"{HEAD}status: mitigated\n",
    "2026-01-12-resolved-not": f"{HEAD}status: open  # status: resolved\n",
}
OPEN = {
    "2020-01-06-open",
    "2020-01-07-no-word",
    "2021-01-08-in-a-text",
    "2021-01-11-mitigated",
    "2026-01-12-resolved-not",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"oncall.yaml": "name: T\n", "rotations/web/rotation.yaml": ROTATION}
    files |= {f"rotations/web/incidents/{name[:4]}/{name}.yaml": text for name, text in SPELLED.items()}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    return tmp_path


def test_they_are_those_that_reading_all_finds_newest_first(root: Path) -> None:
    everything = TeamRepository(root).incidents("web")
    slow = [record.id for record in everything if record.status != "resolved"]
    assert set(slow) == OPEN
    assert [record.id for record in TeamRepository(root).open_incidents("web")] == sorted(slow, reverse=True)
    # Through other files than those on disk, as a commit has them, it is the same.
    other = TeamRepository(root, Overlay(WorkTree(root), {}))
    assert [record.id for record in other.open_incidents("web")] == sorted(slow, reverse=True)


def test_what_says_that_it_is_resolved_is_not_read_further(root: Path) -> None:
    repository = TeamRepository(root)
    repository.open_incidents("web")
    read = {Path(path).stem for path in repository.paths_read}
    assert read & {"2020-01-01-plain", "2020-01-02-said-why", "2020-01-04-windows"} == set()


def test_an_old_one_that_is_open_counts_and_an_invalid_one_is_told(root: Path) -> None:
    (root / "rotations/web/incidents/2020/2020-01-08-bad.yaml").write_text("title: Bad\nstatus: burning\n")
    repository = TeamRepository(root)
    assert "2020-01-06-open" in [record.id for record in repository.open_incidents("web")]
    assert next(problem.place.path for problem in repository.problems).endswith("2020-01-08-bad.yaml")


def test_a_link_out_of_the_repository_and_a_pipe_are_not_followed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text(f"{HEAD}status: open\n")
    folder = root / "rotations/web/incidents/2026"
    (folder / "2026-02-01-link.yaml").symlink_to(outside)
    os.mkfifo(folder / "2026-02-02-pipe.yaml")
    repository = TeamRepository(root)
    assert {record.id for record in repository.open_incidents("web")} == OPEN
    assert len(repository.problems) == 2


def test_one_incident_is_read_alone(root: Path) -> None:
    repository = TeamRepository(root)
    found = repository.incident("web", "2020-01-03-quoted")
    assert found is not None
    assert (found.id, repository.paths_read) == (
        "2020-01-03-quoted",
        ["rotations/web/incidents/2020/2020-01-03-quoted.yaml"],
    )
    assert repository.incident("web", "2020-01-03-quote") is None
