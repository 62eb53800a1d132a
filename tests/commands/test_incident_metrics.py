"""The numbers of incidents as the command gives them."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.teams.conftest import TEAMS

NOW = "2026-11-20T10:00:00-08:00"
INFRA = str(TEAMS / "infrastructure")
FOLDER = TEAMS / "infrastructure" / "rotations" / "infra" / "incidents" / "2026"


@pytest.mark.parametrize("form", ["text", "csv", "svg", "json"])
def test_the_numbers_of_a_team(form: str, run: Run, golden: Callable[[str, str], None]) -> None:
    """R9: counts, medians and p90 with their definitions, and who responded in time; in four forms."""
    said = run("-C", INFRA, "incident", "metrics", "--by", "severity", "--format", form, now=NOW)
    assert said.code == 0, said.err
    golden(f"incident-metrics.{'txt' if form == 'text' else form}", said.out.replace("\r\n", "\n"))


def test_text_fits_and_defines(run: Run) -> None:
    """On 80 columns, every time is told with its count and its definition, and no mean."""
    said = run("-C", INFRA, "incident", "metrics", now=NOW).out
    assert max(map(len, said.splitlines())) <= 80
    for word in ("detect", "acknowledge", "mitigate", "resolve", "median", "p90", "in time"):
        assert f"\n  {word}: " in said
    assert "mean time" not in said
    assert "average" not in said


def test_the_picture_is_well_formed_and_readable(run: Run, tmp_path: Path) -> None:
    """The SVG parses, holds no script and names its numbers; the same data gives the same bytes."""
    words = ("-C", INFRA, "incident", "metrics", "--format", "svg")
    assert run(*words, "--out", str(tmp_path / "a.svg"), now=NOW).code == 0
    assert run(*words, "--out", str(tmp_path / "b.svg"), now=NOW).code == 0
    data = (tmp_path / "a.svg").read_bytes()
    assert data == (tmp_path / "b.svg").read_bytes()
    tree = ElementTree.fromstring(data)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert "script" not in tags
    assert {"title", "desc", "rect", "text"} <= tags


@pytest.mark.parametrize("by", ["service", "rotation", "month"])
def test_other_groups(by: str, run: Run) -> None:
    """Each form agrees on the counts of the groups."""
    data = json.loads(run("-C", INFRA, "incident", "metrics", "--by", by, "--json", now=NOW).out)["data"]
    table = run("-C", INFRA, "incident", "metrics", "--by", by, "--format", "csv", now=NOW).out
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["by"] == by and row["measure"] == "incidents"]
    assert {row["group"]: int(row["count"]) for row in rows} == {each["name"]: each["count"] for each in data["groups"]}
    names = {"service": ["compute", "object-store", "registry"], "rotation": ["infra"], "month": ["2026-11"]}
    assert [each["name"] for each in data["groups"]] == names[by]


def test_a_period_and_its_edges(run: Run) -> None:
    """From the moment on, before the other; an empty period says so; one that runs backwards is refused."""
    words = ["-C", INFRA, "incident", "metrics"]
    found = json.loads(
        run(
            *words,
            "--from",
            "2026-11-11 04:26",
            "--to",
            "2026-11-19 08:29",
            "--json",
            now=NOW,
            ONCALL_TZ="America/Los_Angeles",
        ).out
    )["data"]
    assert (found["total"]["count"], found["total"]["resolve"]["median"]) == (1, 2760)
    none = run(*words, "--from", "2026-01-01", "--to", "2026-02-01", now=NOW)
    assert (none.code, none.out.startswith("No incident was noticed ")) == (0, True)
    back = run(*words, "--from", "2026-02-01", "--to", "2026-01-01", now=NOW)
    assert (back.code, "before it begins" in back.err) == (2, True)
    assert run(*words, "-r", "nowhere", now=NOW).code == 3
