"""Three outages that were told in public, replayed from the times that were published.

Facts only: GitLab 31 January 2017 (about.gitlab.com/blog/2017/02/01/gitlab-dot-com-database-incident), Amazon S3
28 February 2017 (aws.amazon.com/message/41926), GitHub 21 October 2018 (github.blog, "October 21 post-incident
analysis"). What was not published, such as when somebody acknowledged, is left out here as well.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import MakeTeam, Run, TeamFolder

MINUTE, HOUR = 60, 3600


def files(zone: str, title: str) -> dict[str, str]:
    return {
        "oncall.yaml": f"name: {title}\ntimezone: {zone}\n",
        "rotations/people/ada.yaml": "name: Ada\ngit_emails: [ada@example.com]\n",
        "rotations/people/bo.yaml": "name: Bo\ngit_emails: [bo@example.com]\n",
        "rotations/site/rotation.yaml": (
            'name: Site\nhandoff: {every: 1 week, at: "monday 09:00"}\n'
            "roster:\n  - {from: 2017-01-02, members: [ada]}\n"
        ),
        "templates/message/investigating.md": "---\ntitle: Investigating\n---\nWe are looking into it.\n",
        "templates/message/resolved.md": "---\ntitle: Resolved\n---\nIt is over.\n",
    }


@pytest.fixture
def replay(team: MakeTeam, run: Run) -> Any:
    """Replay an outage: each line is what somebody said, the arguments of one command, at the time of the story."""

    def play(zone: str, title: str, told: list[tuple[str, tuple[str, ...]]]) -> tuple[TeamFolder, dict[str, Any]]:
        made = team(files(zone, title), "ada@example.com")
        for now, words in told:
            outcome = run(*words, now=now, ONCALL_TZ=zone)
            assert outcome.code == 0, (words, outcome.err)
        name = next((made.root / "rotations/site/incidents").glob("*/*.yaml")).stem
        shown = run("incident", "show", name, "--json", now=told[-1][0])
        assert run("check", now=told[-1][0]).code == 0, run("check", now=told[-1][0]).out
        assert made.git("rev-list", "--count", "HEAD").strip() == str(len(told) + 1), "a commit for each command"
        return made, json.loads(shown.out)["data"]

    return play


def kinds(record: dict[str, Any]) -> list[str]:
    return [entry["kind"] for entry in record["timeline"]]


def test_gitlab_31_january_2017(replay: Any, run: Run) -> None:
    """Writes lock up at 21:00, the page comes at 22:00, the removal is stopped at 23:27, the site is back at 18:14."""
    told = [
        (
            "2017-01-31T22:00:00Z",
            (
                *("incident", "open", "Database replication lags", "--sev", "2", "-r", "site"),
                *("--service", "postgresql", "--impact-from", "21:00"),
            ),
        ),
        (
            "2017-01-31T23:27:00Z",
            ("incident", "note", "The removal of a data directory is stopped: it ran on db1 instead of db2"),
        ),
        ("2017-01-31T23:28:00Z", ("incident", "severity", "1", "--because", "the primary database is gone")),
        ("2017-02-01T18:14:00Z", ("incident", "impact", "--to", "18:14", "Six hours of database data are lost")),
        ("2017-02-01T18:14:00Z", ("incident", "resolve", "-m", "GitLab.com is back online")),
    ]
    _, record = replay("UTC", "GitLab", told)
    assert (record["severity"], record["status"]) == ("sev1", "resolved")
    assert record["seconds"] == {
        "detect": 1 * HOUR,
        "acknowledge": None,
        "mitigate": None,
        "resolve": 21 * HOUR + 14 * MINUTE,  # 21:00 to midnight are 3 h, then 18 h 14 m
        "outage": 21 * HOUR + 14 * MINUTE,
    }
    assert kinds(record) == ["opened", "note", "severity", "impact", "resolved"]
    assert record["id"] == "2017-01-31-database-replication-lags"


def test_amazon_s3_28_february_2017(replay: Any, run: Run) -> None:
    """A command at 09:37 in Seattle; reads are served again at 12:26, all is at 13:54."""
    zone = "America/Los_Angeles"
    told = [
        (
            "2017-02-28T09:37:00-08:00",
            (
                *("incident", "open", "Requests to S3 in Northern Virginia fail", "--sev", "1"),
                *("--impact-from", "9:37am", "--service", "s3", "--alert", "Removed more servers than intended"),
            ),
        ),
        (
            "2017-02-28T11:37:00-08:00",
            ("incident", "note", "The service health dashboard can be updated again"),
        ),
        ("2017-02-28T12:26:00-08:00", ("incident", "mitigate", "-m", "The index subsystem serves GET, LIST, DELETE")),
        # Told afterwards, with the time at which it was.
        ("2017-02-28T13:54:00-08:00", ("incident", "note", "The index subsystem has recovered", "--at", "1:18pm")),
        ("2017-02-28T13:54:00-08:00", ("incident", "resolve", "-m", "The placement subsystem has recovered")),
        (
            "2017-02-28T13:54:00-08:00",
            ("incident", "impact", "2017-02-28-requests-to-s3-in-northern-virginia-fail", "--to", "13:54"),
        ),
    ]
    _, record = replay(zone, "S3", told)
    assert record["seconds"] == {
        "detect": 0,
        "acknowledge": None,
        "mitigate": 2 * HOUR + 49 * MINUTE,
        "resolve": 4 * HOUR + 17 * MINUTE,
        "outage": 4 * HOUR + 17 * MINUTE,
    }
    assert record["resolved"] == "2017-02-28T13:54:00-08:00"
    times = [entry["at"][11:16] for entry in record["timeline"]]
    assert times == ["09:37", "11:37", "12:26", "13:18", "13:54", "13:54"]


def test_github_21_october_2018(replay: Any, run: Run) -> None:
    """Connectivity is lost at 22:52 for 43 seconds; service is degraded for 24 hours and 11 minutes."""
    name = "2018-10-21-databases-have-diverged"
    told = [
        (
            "2018-10-21T22:54:00Z",
            (
                "incident",
                "open",
                "Databases have diverged",
                "--sev",
                "2",
                "--impact-from",
                "22:52",
                "--service",
                "mysql",
            ),
        ),
        ("2018-10-21T23:02:00Z", ("incident", "ack", "-m", "Topologies of several clusters are unexpected")),
        (
            "2018-10-21T23:09:00Z",
            ("message", "render", "investigating", "--incident", name, "--to", "status", "--sent"),
        ),
        ("2018-10-21T23:11:00Z", ("incident", "assign", "commander", "bo")),
        ("2018-10-21T23:13:00Z", ("incident", "severity", "1", "--because", "status is red")),
        ("2018-10-21T23:19:00Z", ("incident", "note", "Webhooks and Pages builds are paused")),
        ("2018-10-22T16:24:00Z", ("incident", "mitigate", "-m", "Replicas are in sync, the old topology is back")),
        ("2018-10-22T23:03:00Z", ("incident", "resolve", "-m", "Every webhook and build has been processed")),
        ("2018-10-22T23:03:00Z", ("message", "render", "resolved", "--incident", name, "--to", "status", "--sent")),
        ("2018-10-22T23:03:00Z", ("incident", "impact", name, "--to", "23:03")),
    ]
    _, record = replay("UTC", "GitHub", told)
    assert record["seconds"] == {
        "detect": 2 * MINUTE,
        "acknowledge": 8 * MINUTE,
        "mitigate": 17 * HOUR + 32 * MINUTE,
        "resolve": 24 * HOUR + 11 * MINUTE,
        "outage": 24 * HOUR + 11 * MINUTE,
    }
    assert record["responders"] == {"commander": "bo"}
    assert "bo takes over as commander from ada" in [entry["text"] for entry in record["timeline"]]
    page = run("incident", "show", name, now="2018-10-23T09:00:00Z", ONCALL_TZ="UTC").out
    assert "customers investigating Sun 21 Oct 23:09 to status; resolved Mon 22 Oct 23:03" in " ".join(page.split())
