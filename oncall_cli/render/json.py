"""JSON output: one envelope, sorted keys, the same bytes for the same answer."""

from __future__ import annotations

import json
import re
from typing import Any

from oncall_cli.render.text import HIDDEN


def to_json(value: Any) -> str:
    """Return ``value`` as JSON with sorted keys; what a terminal would obey is escaped, other characters are kept."""
    return HIDDEN.sub(_escaped, json.dumps(value, sort_keys=True, ensure_ascii=False, indent=2))


def _escaped(found: re.Match[str]) -> str:
    """Return the escape of JSON, which means the same: such a character stands within a text at most."""
    return json.dumps(found[0])[1:-1] if found[0] != "\x7f" else "\\u007f"


def answer_json(data: Any) -> str:
    """Return an answer in the envelope that scripts may rely on."""
    return to_json({"version": 1, "data": data})
