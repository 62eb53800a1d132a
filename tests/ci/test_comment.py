"""The script that keeps one comment up to date, against a server that answers as the git hosts do."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "oncall_cli/ci/comment.py"
MARKER = "<!-- oncall plan -->"


class HostServer(HTTPServer):
    """Keeps the comments of one request, and what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.comments: list[dict[str, Any]] = []
        self.heads: dict[int, str] = {7: "abc"}
        self.tokens: set[str] = set()

    def add(self, body: str, *, bot: bool) -> None:
        user = {"type": "Bot" if bot else "User", "id": 1 if bot else 2}
        self.comments.append({"id": len(self.comments) + 1, "body": body, "user": user, "author": user})


class Answers(BaseHTTPRequestHandler):
    server: HostServer

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path.endswith("/pulls"):
            assert "head=eve:topic" in query
            self.answer([{"number": number, "head": {"sha": sha}} for number, sha in self.server.heads.items()])
        elif path == "/user":
            self.answer({"id": 1})
        elif "page=" in query:
            page = int(query.rpartition("page=")[2]) - 1
            self.answer(self.server.comments[page * 100 : page * 100 + 100])
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self.server.add(self.body(), bot=True)
        self.answer({})

    def do_PATCH(self) -> None:
        self.server.comments[int(self.path.rpartition("/")[2]) - 1]["body"] = self.body()
        self.answer({})

    do_PUT = do_PATCH

    def body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def answer(self, data: object) -> None:
        self.server.tokens.add(self.headers.get("Authorization") or self.headers["PRIVATE-TOKEN"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[HostServer]:
    server = HostServer()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    say(tmp_path, "1 shift changes hands.", changes=1)
    return tmp_path


def say(plan: Path, text: str, changes: int) -> None:
    data = {"changes": [{}] * changes, "records": [], "gaps": {"before": [], "after": []}}
    (plan / "plan.md").write_text(text)
    (plan / "plan.json").write_text(json.dumps({"version": 1, "data": data}))


def comment(server: HostServer, plan: Path, *more: str, kind: str = "github") -> subprocess.CompletedProcess[str]:
    address = f"http://127.0.0.1:{server.server_port}"
    environment = {
        "GITHUB_API_URL": address,
        "GITHUB_REPOSITORY": "team/on-call",
        "CI_API_V4_URL": address,
        "CI_PROJECT_ID": "3",
        "TOKEN": "s3cret",
    }
    words = [sys.executable, str(SCRIPT), kind, str(plan), *more]
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_one_comment_is_written_and_then_renewed(host: HostServer, plan: Path, kind: str) -> None:
    for number in range(150):
        host.add(f"comment {number}", bot=False)
    host.add(f"{MARKER}\nwritten by a stranger", bot=False)
    assert "wrote" in comment(host, plan, "--number", "7", kind=kind).stdout
    assert "up to date" in comment(host, plan, "--number", "7", kind=kind).stdout
    say(plan, "2 shifts change hands.", changes=2)
    assert "renewed" in comment(host, plan, "--number", "7", kind=kind).stdout
    assert [each["body"] for each in host.comments[150:]] == [
        f"{MARKER}\nwritten by a stranger",
        f"{MARKER}\n2 shifts change hands.",
    ]
    assert host.tokens <= {"Bearer s3cret", "s3cret"}


def test_a_change_of_nothing_is_no_comment(host: HostServer, plan: Path) -> None:
    """It only renews one that says something else."""
    say(plan, "Nothing changes.", changes=0)
    assert comment(host, plan, "--number", "7").returncode == 0
    assert host.comments == []
    host.add(f"{MARKER}\n1 shift changes hands.", bot=True)
    comment(host, plan, "--number", "7")
    assert host.comments[0]["body"] == f"{MARKER}\nNothing changes."


def test_the_number_is_that_of_the_request_with_this_commit(host: HostServer, plan: Path) -> None:
    """A branch of that name is not enough: anybody can choose a name."""
    source = ("--owner", "eve", "--branch", "topic", "--commit")
    assert "no open request" in comment(host, plan, *source, "abd").stdout
    assert host.comments == []
    assert "request 7" in comment(host, plan, *source, "abc").stdout
    assert len(host.comments) == 1


def test_a_host_that_refuses_is_told_in_a_sentence(host: HostServer, plan: Path) -> None:
    done = comment(host, plan / "nowhere", "--number", "7")
    assert done.returncode == 1
    assert done.stderr.startswith("the plan is not on the request: ")
    assert "s3cret" not in done.stderr
    assert "Traceback" not in done.stderr
