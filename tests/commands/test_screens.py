"""What a person sees, at 80 columns and without colour, on the example team and the five teams."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TEAMS = ROOT / "tests" / "teams"

NOW = "2026-11-24T10:00:00-05:00"

SCREENS = {
    "who": (ROOT, ["who"], {}),
    "who-berlin": (ROOT, ["who", "platform"], {"ONCALL_TZ": "Europe/Berlin"}),
    "who-night": (TEAMS / "students", ["who", "desk", "--at", "2026-11-24 22:00"], {"ONCALL_PERSON": "ana"}),
    "who-group": (TEAMS / "students", ["who", "imports", "--at", "2026-12-05 10:30"], {"ONCALL_PERSON": "ana"}),
    "schedule": (TEAMS / "weekly", ["schedule", "web", "--to", "2027-01-20"], {"ONCALL_PERSON": "mila"}),
    "schedule-person": (TEAMS / "sprint", ["schedule", "--person", "cleo"], {"ONCALL_PERSON": "cleo"}),
    "calendar": (TEAMS / "weekly", ["calendar", "web", "--month", "2026-12"], {"ONCALL_PERSON": "mila"}),
    "calendar-weeks": (TEAMS / "students", ["calendar", "desk", "--weeks", "2"], {"ONCALL_PERSON": "ana"}),
    "calendar-sun": (
        ROOT,
        ["calendar", "network", "--from", "2026-11-23", "--to", "2026-11-29"],
        {"ONCALL_PERSON": "mei"},
    ),
    "calendar-roles": (ROOT, ["calendar", "platform", "--month", "2026-12"], {"ONCALL_TZ": "Europe/Berlin"}),
    "calendar-all": (ROOT, ["calendar", "--weeks", "2"], {"ONCALL_TZ": "America/New_York"}),
    "calendar-clocks": (ROOT, ["calendar", "network", "--from", "2026-10-20", "--weeks", "2"], {"ONCALL_TZ": "UTC"}),
    "calendar-infra": (TEAMS / "infrastructure", ["calendar", "--weeks", "1"], {"ONCALL_PERSON": "ines"}),
    "calendar-shield": (TEAMS / "shield", ["calendar", "--weeks", "1"], {"ONCALL_PERSON": "petra"}),
    "calendar-sprint": (TEAMS / "sprint", ["calendar", "--month", "2026-11"], {"ONCALL_PERSON": "cleo"}),
    "gaps": (TEAMS / "students", ["gaps"], {"ONCALL_PERSON": "ana"}),
    "rotations": (ROOT, ["rotation", "list"], {}),
    "rotation": (ROOT, ["rotation", "show", "network"], {}),
    "people": (TEAMS / "shield", ["person", "list"], {}),
    "person": (TEAMS / "weekly", ["person", "show", "juna"], {}),
    "overrides": (ROOT, ["override", "list"], {}),
    "incidents": (TEAMS / "infrastructure", ["incident", "list", "--all"], {}),
    "requests": (TEAMS / "shield", ["request", "list"], {}),
    "runbooks": (TEAMS / "infrastructure", ["runbook", "list"], {}),
    "explain": (ROOT, ["explain"], {}),
    "explain-rules": (ROOT, ["explain", "e110", "W401", "E312"], {}),
    "help": (ROOT, ["--help"], {}),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_person_sees(name, run, golden):
    """Each screen is as it was last reviewed, and fits the terminal."""
    root, arguments, environment = SCREENS[name]
    seen = run("-C", str(root), *arguments, now=NOW, **environment)
    golden(f"{name}.txt", seen.out)
    assert "\x1b" not in seen.out
    assert all(len(line) <= 80 for line in seen.out.splitlines())


def test_the_first_screen(run, golden, tmp_path):
    """`oncall` alone tells where things stand, for the person who asks; beside no git that has commits of its own."""
    shutil.copytree(TEAMS / "shield", tmp_path / "shield")
    seen = run("-C", str(tmp_path / "shield"), now=NOW, ONCALL_PERSON="petra")
    assert seen.code == 0
    golden("home.txt", seen.out)


def test_colour_is_for_a_terminal_and_says_nothing_alone(run):
    """Without colour, in a pipe, nothing is lost."""
    plain = run("-C", str(ROOT), "who", now=NOW)
    assert "nobody" not in plain.out
    assert "Alice Moreau" in plain.out
