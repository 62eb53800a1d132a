"""Feeds under paths that nobody guesses: whoever has the secret, and nobody else, can tell them."""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Iterable

from oncall_cli.practice.feeds import Feed

FOLDER = "private"
LEAST_LENGTH = 20
"""How long a secret is at least, so that it is not found by trying."""
# 160 bits
_LENGTH = 32


def private_path(path: str, secret: str) -> str:
    """Return where a file of the set stands: in a folder of its own, whose name only the secret leads to."""
    said = hmac.digest(secret.encode(), path.encode(), "sha256")
    token = b32encode(said).decode("ascii").lower()[:_LENGTH]
    return f"{FOLDER}/{token}/{path.rpartition('/')[2]}"


def private_set(feeds: Iterable[Feed], secret: str) -> list[Feed]:
    """Return the same feeds under their private paths."""
    return [feed._replace(path=private_path(feed.path, secret)) for feed in feeds]
