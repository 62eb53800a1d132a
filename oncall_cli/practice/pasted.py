"""Text that was pasted from a terminal: kept as what was to be read, without what only moved a cursor."""

from __future__ import annotations

import re

MOST = 32 * 1024
LEFT_OUT = "(the rest was left out)"

# Colours, titles of windows, movements of the cursor: ECMA-48 control sequences and operating system commands.
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x1b\\|\x07|$)|\x1b[ -/]*[0-~]")
_OTHER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def pasted(data: bytes) -> str:
    """Return the text of what was pasted, at most ``MOST`` of it, with a word where the rest was left out."""
    whole = len(data) <= MOST
    text = data[:MOST].decode("utf-8", "replace").replace("\r\n", "\n")
    lines = [_line(line) for line in text.split("\n")]
    kept = "\n".join(lines).strip("\n")
    return kept if whole else f"{kept.rstrip('�')}\n{LEFT_OUT}"


def _line(line: str) -> str:
    """Return a line as the terminal showed it in the end: a progress bar overwrites what stood there."""
    plain = _SEQUENCE.sub("", line)
    shown = next((part for part in reversed(plain.split("\r")) if part.strip()), "")
    return _OTHER.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode("ascii"), shown).rstrip()
