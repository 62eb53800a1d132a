"""Messages to customers: from a template and a record, as text, mail, link; and written down when they go out."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.commands.shift_team import WEDNESDAY, WITH_CAROL
from tests.conftest import MakeTeam, Run, TeamFolder

INCIDENT = "rotations/platform/incidents/2026/2026-11-18-api-5xx.yaml"
REQUEST = "rotations/platform/requests/2026/2026-11-18-vpn.yaml"
CAROL = "rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml"
FILES = {
    **WITH_CAROL,
    INCIDENT: (
        "title: API answers 5xx\nseverity: sev1\ndetected: 2026-11-18T10:02:00-05:00\nservices: [api, web]\n"
        "impact: {text: Uploads fail.}\ntimeline:\n  - {at: 2026-11-18T10:02:00-05:00, by: carol, text: Paged}\n"
    ),
    REQUEST: "title: VPN for ana\nrequester: ana@example.com\nreceived: 2026-11-18T11:00:00-05:00\n",
    "templates/message/identified.md": (
        '---\ntitle: Found\nsubject: "Identified: {{ incident.title }}"\n---\n'
        "Since {{ incident.detected | clock }} on {{ incident.detected | day }}: {{ incident.impact.text }}\n"
        "{% for one in incident.actions %}- {{ one.title }}\n{% else %}Nothing to do.\n{% endfor %}"
    ),
    "templates/message/ticket.md": "---\ntitle: Ticket\n---\nYour ticket is {{ request.issue }}.\n",
    "templates/message/thanks.md": (
        '---\ntitle: Thanks\nsubject: "Re: {{ request.title }}"\n---\nÜber das VPN:\n\nsoon.\n'
    ),
    "templates/message/endless.md": ("---\ntitle: Endless\n---\n{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}\n"),
}


@pytest.fixture
def folder(team: MakeTeam) -> TeamFolder:
    return team(FILES, email="carol@example.com")


def test_the_templates_there_are(folder: TeamFolder, run: Run) -> None:
    assert [line.split()[0] for line in run("message", "list").out.splitlines()] == [
        "message/endless",
        "message/identified",
        "message/thanks",
        "message/ticket",
    ]


def test_a_message_is_made_of_the_record(folder: TeamFolder, run: Run) -> None:
    """In the team's own time of day, with a word of warning, and nothing is written."""
    outcome = run("message", "render", "identified", "--incident", "5xx", now=WEDNESDAY)
    assert outcome.code == 0, outcome.err
    assert outcome.out == (
        "Subject: Identified: API answers 5xx\n\nSince 10:02 on Wed 18 Nov: Uploads fail.\nNothing to do.\n"
    )
    assert "no names, addresses, keys" in outcome.err
    assert folder.git("status", "--porcelain") == ""


def test_a_mail_and_a_link(folder: TeamFolder, run: Run, tmp_path: Path) -> None:
    """It goes to who asked, unless somebody else is named; both ways keep every letter."""
    out = tmp_path / "mail.eml"
    outcome = run("message", "render", "thanks", "--request", "vpn", "--eml", str(out), "--mailto", now=WEDNESDAY)
    mail = message_from_bytes(out.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"], mail["X-Unsent"]) == ("ana@example.com", "Re: VPN for ana", "1")
    assert mail.get_content() == "Über das VPN:\r\n\r\nsoon.\r\n"
    link = urlsplit(outcome.out.strip())
    assert (link.scheme, link.path) == ("mailto", "ana@example.com")
    assert parse_qs(link.query) == {"subject": ["Re: VPN for ana"], "body": ["Über das VPN:\r\n\r\nsoon."]}
    same = out.read_bytes()
    run("message", "render", "thanks", "--request", "vpn", "--eml", str(out), now=WEDNESDAY)
    assert out.read_bytes() == same


def test_what_went_out_is_on_the_record_and_in_the_log(folder: TeamFolder, run: Run) -> None:
    words = ("message", "render", "identified", "--incident", "5xx", "--to", "Customers", "--sent", "--at", "11:40")
    outcome = run(*words, now=WEDNESDAY)
    assert outcome.code == 0, outcome.err
    assert folder.git("log", "-1", "--format=%s", "--name-only").split("\n\n")[1].split() == [INCIDENT, CAROL]
    assert [line for line in folder.last_diff().splitlines() if line.startswith("-") and line[:3] != "---"] == []
    shown = json.loads(run("incident", "show", "2026-11-18-api-5xx", "--json").out)["data"]
    assert shown["messages"] == [
        {"template": "message/identified", "to": "Customers", "at": "2026-11-18T11:40:00-05:00", "by": "carol"}
    ]
    assert shown["timeline"][-1] == {
        "at": "2026-11-18T11:40:00-05:00",
        "by": "carol",
        "kind": "message",
        "text": "Sent 'message/identified' to Customers",
    }
    assert "kind: mail" in folder.read(CAROL)


def test_an_answer_to_a_request_is_written_down(folder: TeamFolder, run: Run) -> None:
    assert run("message", "render", "thanks", "--request", "vpn", "--sent", now=WEDNESDAY).code == 0
    shown = json.loads(run("request", "show", "vpn", "--json").out)["data"]
    assert shown["messages"][0]["to"] == "ana@example.com"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("ticket --request vpn", 1, "cannot be filled in: text, line 1: there is no 'request.issue'"),
        ("identified", 1, "'incident' is undefined"),
        ("endless", 1, "it calls itself without end"),
        ("nothing", 3, "there is no template 'nothing'"),
        ("t", 2, "'t' can mean"),
        ("identified --incident 5xx --request vpn", 2, "not both"),
        ("identified --incident none", 3, "there is no incident 'none'"),
        ("ticket --sent", 1, "'request' is undefined"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(folder: TeamFolder, run: Run, words: str, code: int, said: str) -> None:
    outcome = run("message", "render", *words.split(), now=WEDNESDAY)
    assert (outcome.code, said in outcome.err, outcome.out) == (code, True, ""), outcome.err
    assert folder.git("rev-list", "--count", "HEAD") == "1\n"


def test_without_a_clipboard(folder: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(folder.root) / "nowhere"))
    outcome = run("message", "render", "thanks", "--request", "vpn", "--copy", now=WEDNESDAY)
    assert outcome.code == 1
    assert "no clipboard that can be reached" in outcome.err
    assert "soon." in outcome.out


def test_with_one(folder: TeamFolder, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program of that name, as a desktop has it."""
    tool = tmp_path / "bin" / "wl-copy"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\n/bin/cat > {tmp_path}/copied\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tool.parent))
    assert run("message", "render", "thanks", "--request", "vpn", "--copy", now=WEDNESDAY).code == 0
    assert (tmp_path / "copied").read_text() == "Subject: Re: VPN for ana\n\nÜber das VPN:\n\nsoon."
