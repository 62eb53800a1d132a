"""Every command that writes, each with the repository it is called in. A new command is one more row."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from tests.commands.shift_team import AFTER_BOB, CAROL, ROTATION, RUNNING, person
from tests.faults import mess

REQUEST = "2026-11-18-export"
INCIDENT = "2026-11-18-checkout"
REVIEWED = "2026-11-17-labels"
OVERRIDE = "2027-03-02-cover"
HOOK = '#!/bin/sh\ngit diff --cached --name-only > "$(git rev-parse --git-dir)/seen"\n'

TEAM = {
    f"rotations/platform/requests/2026/{REQUEST}.yaml": """\
title: The export is late
requester: Kim
received: 2026-11-18T11:00:00-05:00
status: open
""",
    "templates/message/thanks.md": "---\ntitle: Thanks\n---\nWe look at {{ request.title }}.\n",
    f"rotations/platform/incidents/2026/{INCIDENT}.yaml": """\
title: Checkout answers 5xx
severity: sev2
detected: 2026-11-18T11:00:00-05:00
responders: {commander: carol}
""",
    **AFTER_BOB,
    **mess.COMMITTED,
    f"rotations/platform/incidents/2026/{REVIEWED}.yaml": """\
title: Labels are late
severity: sev2
status: resolved
mitigated: 2026-11-18T11:20:00-05:00
resolved: 2026-11-18T11:30:00-05:00
actions:
  - {id: limit-the-batch, title: Limit the batch, owner: alice}
""",
    "templates/review/postmortem.md": """\
---
title: Postmortem
---
# {{ incident.title }}

<!-- oncall:actions -->
{% for action in incident.actions %}- {{ action.title }}
{% endfor -%}
<!-- oncall:end actions -->
""",
    "rotations/platform/rotation.yaml": ROTATION.replace("  start:\n", "  start:\n    - Read the last summary\n"),
    CAROL: RUNNING,
    "rotations/people/dan.yaml": person("Dan"),
    "rotations/people/alice.yaml": person("Alice", "time_off:\n  - {from: 2027-02-01, until: 2027-02-08}\n"),
    f"rotations/platform/overrides/{OVERRIDE}.yaml": """\
kind: cover
changes:
  - role: primary
    start: 2027-03-02T09:00:00-05:00
    end: 2027-03-02T17:00:00-05:00
    person: bob
""",
}


def team(root: Path) -> Path:
    """A team with a shift under way, and the user's own work in every state; return where commands are called."""
    mess.begin(root, TEAM)
    mess.leave(root)
    return root


def team_edited_by_hand(root: Path) -> Path:
    """The same, with an edit that ``oncall commit`` is to take."""
    team(root)
    mess.write(root, {"rotations/people/dan.yaml": person("Dan", "contact: {phone: '+1-212-555-0104'}\n")})
    return root


def team_to_take_back(root: Path) -> Path:
    """The same, after a change that the program has made."""
    mess.begin(root, TEAM)
    mess.write(root, {"rotations/people/erin.yaml": person("Erin")})
    mess.git(root, "add", "rotations/people/erin.yaml")
    mess.git(root, "commit", "--quiet", "--message", "Add erin to the people\n\nOncall-Change: 0123456789abcdef\n")
    mess.leave(root)
    return root


class _Up(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@cache
def _page() -> str:
    """Serve a page of this machine until the process ends; return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Up)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def team_with_a_page(root: Path) -> Path:
    """The same, with a page to look at that is up."""
    page = ROTATION.replace('"https://status.example.com"', f'"{_page()}", probe: true')
    mess.begin(root, {**TEAM, "rotations/platform/rotation.yaml": page})
    mess.leave(root)
    return root


def team_with_hooks(root: Path) -> Path:
    """The same, with hooks that write."""
    team(root)
    for name in ("pre-commit", "commit-msg", "post-commit"):
        mess.write(root, {f".git/hooks/{name}": HOOK})
        (root / ".git/hooks" / name).chmod(0o755)
    return root


def team_in_linked_worktree(root: Path) -> Path:
    """The same, in a work tree beside the one that the repository began with."""
    mess.begin(root / "main", TEAM)
    mess.git(root / "main", "worktree", "add", "--quiet", "-b", "side", "../side")
    mess.age(root)
    mess.git(root / "side", "update-index", "--refresh")
    mess.leave(root / "side")
    return root / "side"


def no_team(root: Path) -> Path:
    """A repository of the user's own, in which no team has begun."""
    mess.begin(root, {path: text for path, text in mess.COMMITTED.items() if path.startswith(("notes", ".git"))})
    mess.leave(root)
    return root


def nothing(root: Path) -> Path:
    """An empty folder, without git."""
    root.mkdir()
    return root


class Scenario(NamedTuple):
    """A command, where it is called, and what comes next: another command, and where that may refuse a third."""

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[Path], Path] = team
    following: tuple[str, ...] = ("log", "The next line")
    reads: tuple[str, ...] = ("who",)
    then: tuple[str, ...] = ()
    # The next command may find that there is nothing left to do.
    may_refuse: bool = False


_THANKSGIVING = ("--from", "2026-11-27 09:00", "--to", "2026-11-27 17:00")
_BEGIN = ("init", "--name", "Desk", "--timezone", "Europe/Berlin", "--rotation", "desk", "--person", "carol")
_LOG = ("log", "Restarted the importer")
_PERSON = ("person", "add", "erin", "--name", "Erin", "--email", "erin@example.com")
_AGAIN = {"following": _BEGIN, "reads": ("--help",), "may_refuse": True, "then": _PERSON}

SCENARIOS = (
    Scenario("start", ("start", "--as", "alice")),
    Scenario("log", _LOG),
    Scenario("end", ("end", "--summary", "Quiet"), following=_PERSON),
    Scenario("cover", ("cover", "carol", "--for", "alice", "--shift", "next", "--role", "primary")),
    Scenario("swap", ("swap", "alice", "bob", "--role", "primary")),
    Scenario("take", ("take", "--as", "bob"), following=_PERSON),
    Scenario("override nobody", ("override", "nobody", *_THANKSGIVING, "--reason", "Closed", "--role", "primary")),
    Scenario("override remove", ("override", "remove", OVERRIDE)),
    Scenario("timeoff add", ("timeoff", "add", "bob", "--from", "2027-01-04", "--until", "2027-01-11")),
    Scenario("timeoff remove", ("timeoff", "remove", "alice", "2027-02-01")),
    Scenario("holidays import", ("holidays", "import", "US", "--year", "2026")),
    Scenario(
        "rotation new",
        ("rotation", "new", "desk", "--every", "1 week", "--at", "monday 09:00", "--member", "dan", "--member", "jo"),
    ),
    Scenario("rotation join", ("rotation", "join", "dan", "platform")),
    Scenario("rotation leave", ("rotation", "leave", "bob", "platform")),
    Scenario("rotation replace", ("rotation", "replace", "bob", "dan", "platform")),
    Scenario("rotation reorder", ("rotation", "reorder", "carol", "bob", "alice")),
    Scenario("person add", _PERSON),
    Scenario("done", ("done", "Read the last")),
    Scenario("duty done", ("duty", "done", "audit")),
    Scenario("action add", ("action", "add", "Rehearse", "it", "--owner", "bob", "-r", "platform")),
    Scenario("action done", ("action", "done", "limit-the-batch")),
    Scenario("incident review", ("incident", "review", REVIEWED, "--owner", "bob")),
    Scenario("runbook new", ("runbook", "new", "--from", REVIEWED)),
    Scenario("request open", ("request", "open", "Move", "the", "bucket", "--ack")),
    Scenario("request ack", ("request", "ack", REQUEST)),
    Scenario("request note", ("request", "note", REQUEST, "Looked", "at", "the", "queue")),
    Scenario("request time", ("request", "time", REQUEST, "+20m")),
    Scenario("request close", ("request", "close", REQUEST, "--solution", "Ran it again")),
    Scenario("request delegate", ("request", "delegate", REQUEST, "bob")),
    Scenario("request defer", ("request", "defer", REQUEST, "stand-up")),
    Scenario("request issue", ("request", "issue", REQUEST, "#12")),
    Scenario("message", ("message", "render", "thanks", "--request", REQUEST, "--sent")),
    Scenario("undo", ("undo",), team_to_take_back),
    Scenario("incident open", ("incident", "open", "Labels are late", "--sev", "3")),
    Scenario("incident ack", ("incident", "ack", INCIDENT)),
    Scenario("incident note", ("incident", "note", INCIDENT, "Looked", "at", "the", "pool")),
    Scenario("incident resolve", ("incident", "resolve", INCIDENT, "-m", "Rolled back")),
    Scenario("incident impact", ("incident", "impact", INCIDENT, "--from", "10:50", "Nobody", "can", "pay")),
    Scenario("incident severity", ("incident", "severity", INCIDENT, "1")),
    Scenario("incident assign", ("incident", "assign", INCIDENT, "scribe", "bob")),
    Scenario("incident link", ("incident", "link", INCIDENT, "https://status.example.com")),
    Scenario("incident escalate", ("incident", "escalate", INCIDENT, "--yes")),
    Scenario("incident mitigate", ("incident", "mitigate", INCIDENT)),
    Scenario("incident reopen", ("incident", "reopen", REVIEWED)),
    Scenario("incident merge", ("incident", "merge", REVIEWED, INCIDENT)),
    Scenario("escalate", ("escalate", INCIDENT, "--yes")),
    Scenario("watch", ("watch", "--once")),
    Scenario("probe", ("probe", "--log"), team_with_a_page),
    Scenario("commit", ("commit", "rotations/people/dan.yaml"), team_edited_by_hand),
    Scenario("init", _BEGIN, no_team, **_AGAIN),
    Scenario("init, no git", _BEGIN, nothing, **_AGAIN),
    Scenario("log, with hooks", _LOG, team_with_hooks),
    Scenario("log, linked worktree", _LOG, team_in_linked_worktree),
)
