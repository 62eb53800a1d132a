"""The way out to chat, mail and the like: what is posted, to addresses that come from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from oncall_cli.errors import Refused
from oncall_cli.practice.posting import Post

PATIENCE = 3.0
MISSING = "posting needs an optional part of the program, which is not installed"
INSTALL = "pip install 'oncall-cli[notify]'"


class Delivery(NamedTuple):
    """What became of a post at one destination; ``why`` says what went wrong, and never the address."""

    destination: str
    ok: bool
    why: str = ""


def personal(address: str, ways: Mapping[str, str]) -> str:
    """Return the address of a person, from one with placeholders."""
    for way, said in ways.items():
        address = address.replace(f"{{{way}}}", quote(said, safe=""))
    return address


def deliver(addresses: Mapping[str, str], post: Post, patience: float = PATIENCE) -> list[Delivery]:
    """Post to each destination at the same time, waiting for ``patience`` seconds at most.

    Raise ``Refused`` when the optional part that knows how is missing.
    """
    if not addresses:
        return []
    # all of this is imported by whoever has something to post, and every command that may post names this module
    from concurrent.futures import ThreadPoolExecutor

    try:
        import apprise  # noqa: F401
    except ImportError:
        raise Refused(MISSING, hint=INSTALL) from None
    with ThreadPoolExecutor(len(addresses)) as pool:
        found = [pool.submit(_deliver, name, addresses[name], post, patience) for name in sorted(addresses)]
        return [each.result() for each in found]


def _deliver(destination: str, address: str, post: Post, patience: float) -> Delivery:
    import logging

    from apprise import Apprise, AppriseAsset, AppriseResultStatus, PersistentStoreMode

    # what the library logs may hold the address, which is a secret
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    told = Apprise(asset=AppriseAsset(app_id="oncall", storage_mode=PersistentStoreMode.MEMORY))
    if not told.add(address):
        return Delivery(destination, False, "its variable does not hold an address that can be posted to")
    result = told.notify(title=post.title, body=post.body, body_format="text", timeout=patience)
    if result.status == AppriseResultStatus.TIMEOUT:
        return Delivery(destination, False, f"no answer within {patience:g} seconds")
    return Delivery(destination, bool(result), "" if result else "it did not take the post")
