"""What a finding is known by from one run to the next, wherever in its file it has moved to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from oncall_cli.render.findings import Findings

# Messages that name another line of the file would change with every line above it.
_LINE = re.compile(r"\bline \d+")


def fingerprints(found: Findings) -> Iterator[str]:
    """Yield a fingerprint for each finding, of its code, file and message; those that are alike are counted."""
    seen: dict[tuple[str, ...], int] = {}
    for problem in found.problems:
        key = (problem.code, found.path(problem), _LINE.sub("line", problem.message))
        seen[key] = seen.get(key, 0) + 1
        yield hashlib.sha256("\0".join((*key, str(seen[key]))).encode()).hexdigest()
