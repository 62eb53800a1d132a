"""A web server of this machine: it reads requests, has them answered, and writes the answers; nothing more."""

from __future__ import annotations

import errno
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from oncall_cli.errors import Refused

_SECONDS = 30
"""So long a client may take for a request, and keep an idle connection."""


class Request(NamedTuple):
    """What a client asks for, as far as it matters to anybody here."""

    method: str
    target: str
    host: str
    known: str = ""
    """What it says it has: the value of ``If-None-Match``."""
    since: str = ""
    """The value of ``If-Modified-Since``."""


class Reply(NamedTuple):
    """What it is answered: the status, the headers, and the body, which a HEAD and a 304 do without."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


Respond = Callable[[Request], Reply]


class WebServer:
    """Listens at one address until it is interrupted, or told to end."""

    def __init__(self, host: str, port: int, respond: Respond) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        handler = type("Handler", (_Handler,), {"respond": staticmethod(respond)})
        server = type("Server", (_Server,), {"address_family": family})
        try:
            self._server: ThreadingHTTPServer = server((host, port), handler)
        except (OSError, OverflowError) as wrong:
            raise _refusal(host, port, wrong) from None

    @property
    def address(self) -> str:
        """The address to open, with the port that was free where none was named."""
        host, port = self._server.server_address[:2]
        name = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{name}:{port}/"

    def run(self, ready: Callable[[], None]) -> None:
        """Answer until the process is interrupted, which is passed on, or asked to end, which is not."""
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=self._server.shutdown).start())
        ready()
        try:
            self._server.serve_forever(poll_interval=0.2)
        finally:
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def server_bind(self) -> None:
        """Bind without asking a name server for the name of this machine, which may take long."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "oncall", ""
    timeout = _SECONDS
    respond: Respond

    def __getattr__(self, name: str) -> Any:
        """Answer every method, also those that nobody has heard of."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        asked = {name: self.headers.get(name, "") for name in ("Host", "If-None-Match", "If-Modified-Since")}
        try:
            reply = self.respond(Request(self.command, self.path, *asked.values()))
        except Exception as wrong:
            # Say that it failed, and not how: that is for whoever runs it.
            print(f"{self.command} failed with {type(wrong).__name__}", file=sys.stderr)
            reply = Reply(500, {"Content-Type": "text/plain; charset=utf-8"}, b"This could not be answered.\n")
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        if self.command not in ("GET", "HEAD") or self._has_body():
            # What it sent along is not read, so that nothing else can be read from this connection.
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD" and reply.status != 304:
            self.wfile.write(reply.body)

    def _has_body(self) -> bool:
        return self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers

    def log_message(self, format: str, *args: Any) -> None:
        """Keep no log: paths of private feeds are secrets."""


def _refusal(host: str, port: int, wrong: OSError | OverflowError) -> Refused:
    """Return what stands in the way of listening, and what to do."""
    place = f"port {port} of {host}"
    number = wrong.errno if isinstance(wrong, OSError) else None
    if number == errno.EADDRINUSE:
        return Refused(f"{place} is in use", "name another with --port, or '--port 0' for any that is free")
    if number == errno.EACCES:
        return Refused(f"{place} may not be used by you", "name one above 1023 with --port")
    said = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else str(wrong)
    return Refused(f"{place} cannot be used: {said}", "name an address of this machine with --host, and a --port")
