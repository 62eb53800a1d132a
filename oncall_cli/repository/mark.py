"""The mark that our commits bear: the one trailer that we write, by which a change is known wherever it goes."""

from __future__ import annotations

import re
import secrets

TRAILER = "Oncall-Change"
_LAST_LINES = re.compile(rf"(?:^|\n){TRAILER}: ([0-9a-f]{{16}})\s*\Z")
_A_TRAILER = re.compile(r"[A-Za-z0-9-]+: .")


def marked(subject: str, body: str = "") -> str:
    """Return the message of a new commit of ours; replayed on another parent, it keeps its mark."""
    paragraphs = [subject, body.strip("\n"), f"{TRAILER}: {secrets.token_hex(8)}"]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def mark_of(message: str) -> str | None:
    """Return the mark of a commit's message; None for a commit that somebody made with git alone."""
    found = _LAST_LINES.search(message)
    return found[1] if found else None


def with_mark(message: str, mark: str) -> str:
    """Return a message that a hook has changed with the mark as its last line again."""
    line = f"{TRAILER}: {mark}"
    said = "\n".join(one for one in message.rstrip().split("\n") if one != line).rstrip()
    last = said.rpartition("\n\n")[2].split("\n")
    # next to other trailers it is one of them; behind text it needs a paragraph of its own
    joined = "\n\n" in said and all(_A_TRAILER.match(one) for one in last)
    return f"{said}{chr(10) if joined else chr(10) * 2}{line}\n"
