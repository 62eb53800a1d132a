"""The mark that our commits bear: the one trailer that we write, by which a change is known wherever it goes."""

from __future__ import annotations

import re
import secrets

TRAILER = "Oncall-Change"
_LAST_LINES = re.compile(rf"(?:^|\n){TRAILER}: ([0-9a-f]{{16}})\s*\Z")


def marked(subject: str, body: str = "") -> str:
    """Return the message of a new commit of ours; replayed on another parent, it keeps its mark."""
    paragraphs = [subject, body.strip("\n"), f"{TRAILER}: {secrets.token_hex(8)}"]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def mark_of(message: str) -> str | None:
    """Return the mark of a commit's message; None for a commit that somebody made with git alone."""
    found = _LAST_LINES.search(message)
    return found[1] if found else None
