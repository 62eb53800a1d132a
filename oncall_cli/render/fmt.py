"""What ``oncall fmt`` did, or would do, to which files."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.render.text import visible

if TYPE_CHECKING:
    from oncall_cli.repository.formatting import Formed


def fmt_text(changed: Sequence[Formed], read: int, *, written: bool) -> str:
    """Return the files that changed, or would, and a verdict."""
    lines = [visible(form.path) for form in changed]
    if not changed:
        return f"{_files(read)} in canonical form."
    kept = read - len(changed)
    done = "laid out anew" if written else "not in canonical form"
    return "\n".join([*lines, f"{_files(len(changed))} {done}, {kept} left as {'they are' if kept != 1 else 'it is'}."])


def forms_diff(changed: Iterable[Formed]) -> str:
    """Return what would change, as a patch."""
    return "".join(line for form in changed for line in _diff(form)).rstrip("\n")


def fmt_data(changed: Sequence[Formed], read: int, *, written: bool) -> dict[str, Any]:
    """Return the same for a script."""
    return {"changed": [form.path for form in changed], "read": read, "written": written and bool(changed)}


def _diff(form: Formed) -> Iterable[str]:
    before, after = (_visible_lines(data) for data in (form.before, form.after))
    for line in difflib.unified_diff(before, after, f"a/{form.path}", f"b/{form.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _visible_lines(data: bytes) -> list[str]:
    # carriage returns are spelled out
    *lines, last = visible(data.decode("utf-8", "replace")).split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _files(number: int) -> str:
    return f"{number} file{'' if number == 1 else 's'}"
