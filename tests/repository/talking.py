"""A server of any kind of manners on this machine, for one test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"

Talk = Callable[[socket.socket, threading.Event], None]


@contextmanager
def server(talk: Talk) -> Iterator[str]:
    """Talk to whoever connects, byte by byte if need be, until the test is over."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.02)

    def one(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                talk(connection, over)
            except OSError:
                pass

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/status"
    finally:
        over.set()
        serving.join()
        listening.close()


def says(data: bytes) -> Talk:
    return lambda connection, _: connection.sendall(data)


def silent(_: socket.socket, over: threading.Event) -> None:
    over.wait(30)


def drips(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(OK + b"Content-Length: 1000\r\n\r\n")
    while not over.wait(0.05):
        connection.sendall(b"x")


def drips_headers(connection: socket.socket, over: threading.Event) -> None:
    while not over.wait(0.05):
        connection.sendall(b"H")


def ten_megabytes(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(OK + b"\r\n")
    for _ in range(160):
        connection.sendall(b"x" * 65536)
