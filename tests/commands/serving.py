"""The real program as a server, for tests: started on a free port, asked over sockets, ended by signals."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

PROJECT = Path(__file__).parents[2]
NOW = "2026-11-18T15:00:00Z"


class Got(NamedTuple):
    """An answer: its status, its headers by their names in small letters, and its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def data(self) -> Any:
        return json.loads(self.body)


class Running:
    """A server at work."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Got:
        """Ask for one path, over a connection of its own; underscores in the names of headers are hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=named)
            answer = connection.getresponse()
            return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


def environment(**more: str) -> dict[str, str]:
    """Return the environment of the test, with a clock that stands still and a zone."""
    return {**os.environ, "ONCALL_NOW": NOW, "ONCALL_TZ": "UTC", "PYTHONPATH": str(PROJECT), **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "oncall_cli", "serve", *arguments]


@contextmanager
def serving(root: Path, *arguments: str, **more: str) -> Iterator[Running]:
    """Start the program on a free port, and end it in any case."""
    with subprocess.Popen(
        command("--port", "0", *arguments),
        cwd=root, env=environment(**more), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        try:
            said = ""
            while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/", said)):
                line = process.stderr.readline()
                assert line, f"the server ended: {said}"
                said += line
            yield Running(process, int(found[1]))
        finally:
            process.kill()
