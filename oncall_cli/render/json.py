"""JSON output: one envelope, sorted keys, the same bytes for the same answer."""

from __future__ import annotations

import json
from typing import Any


def to_json(value: Any) -> str:
    """Return ``value`` as JSON with sorted keys; characters outside ASCII are kept, controls are escaped."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, indent=2)


def answer_json(data: Any) -> str:
    """Return an answer in the envelope that scripts may rely on."""
    return to_json({"version": 1, "data": data})
