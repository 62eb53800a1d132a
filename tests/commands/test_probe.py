"""``oncall probe``: the pages of a rotation, looked at from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.commands.shift_team import CAROL, ROTATION, TEAM, WEDNESDAY, WITH_CAROL
from tests.conftest import MakeTeam, Run


class Pages(BaseHTTPRequestHandler):
    """A status document, and nothing else."""

    def do_GET(self) -> None:
        there = self.path.startswith("/status.json")
        self.send_response(200 if there else 503)
        self.end_headers()
        if there:
            self.wfile.write(b'{"status": {"indicator": "none"}}')

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def pages() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def with_links(address: str, *, down: bool) -> dict[str, str]:
    links = f"""\
links:
  - {{title: Status page, url: "{address}/status.json", probe: true, json: status.indicator, expect: none}}
  - {{title: Not probed, url: "{address}/other"}}
"""
    if down:
        links += f'  - {{title: Tiles, url: "{address}/tiles", probe: true}}\n'
    line = next(each for each in ROTATION.splitlines() if each.startswith("links:"))
    return {**WITH_CAROL, "rotations/platform/rotation.yaml": ROTATION.replace(f"{line}\n", links)}


def test_what_is_up_and_what_is_down(team: MakeTeam, run: Run) -> None:
    """D5, R12: what is down stands first, and the exit code says it to a script."""
    with pages() as address:
        team(with_links(address, down=True), "carol@example.com")
        outcome = run("probe", now=WEDNESDAY)
        said = json.loads(run("probe", "--json", now=WEDNESDAY).out)["data"]
    first, second = [" ".join(line.split()) for line in outcome.out.splitlines() if not line.startswith("    ")]
    assert outcome.code == 1
    assert (first[:10], second[:14]) == ("DOWN Tiles", "up Status page")
    assert "status 503" in outcome.out
    assert "'status.indicator' is 'none'" in outcome.out
    assert [(each["title"], each["state"], each["status"]) for each in said] == [
        ("Status page", "up", 200),
        ("Tiles", "down", 503),
    ]


def test_all_is_well(team: MakeTeam, run: Run) -> None:
    with pages() as address:
        team(with_links(address, down=False), "carol@example.com")
        assert run("probe", "platform", now=WEDNESDAY).code == 0


def test_what_was_seen_is_written_into_the_log(team: MakeTeam, run: Run) -> None:
    """D5: one entry for all pages, in one commit."""
    with pages() as address:
        made = team(with_links(address, down=True), "carol@example.com")
        assert run("probe", "--log", now=WEDNESDAY).code == 1
        assert made.git("log", "-1", "--format=%s") == "carol probes the pages of platform\n"
        assert f'text: "Probed. down: Tiles (status 503 ({address}/tiles)); up: Status page"' in made.read(CAROL)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--seconds", "0"), 2, "is no time to wait"),
        (("--seconds", "nan"), 2, "is no time to wait"),
        (("platfrom",), 3, "there is no rotation 'platfrom'"),
    ],
)
def test_what_cannot_be_probed(team: MakeTeam, run: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    team(WITH_CAROL)
    outcome = run("probe", *arguments)
    assert (outcome.code, words in outcome.err) == (code, True)


def test_no_page_is_marked(team: MakeTeam, run: Run) -> None:
    team(TEAM)
    outcome = run("probe")
    assert (outcome.code, "mark a link of a rotation with 'probe: true'" in outcome.err) == (3, True)
