"""``oncall fmt``: files in canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.invocation import Invocation
from oncall_cli.commands.options import AsJson
from oncall_cli.errors import OncallError, Unreadable
from oncall_cli.render.failure import problems_json, problems_text
from oncall_cli.render.fmt import fmt_data, fmt_text, forms_diff
from oncall_cli.render.json import answer_json
from oncall_cli.render.text import one_line
from oncall_cli.repository.files import WorkTree
from oncall_cli.repository.find import find_root
from oncall_cli.repository.formatting import forms, is_record, path_in, records_below, write_forms

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", help="Files or folders; default: every record.", show_default=False),
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 when a file would change.")]
Diff = Annotated[bool, typer.Option("--diff", "--dry-run", help="Write nothing; print what would change.")]


def fmt(
    ctx: typer.Context, path: Paths = None, check: Check = False, diff: Diff = False, as_json: AsJson = False
) -> int:
    """Put files into their canonical form.

    Values, comments, blank lines and the order of keys stay. Files are written, not committed; an invalid
    one is told, and left alone.
    """
    given: Invocation = ctx.obj
    asked = [given.folder / each for each in path or ()]
    first = asked[0] if asked else given.folder
    root = find_root(first if first.is_dir() else first.parent)
    found = forms(WorkTree(root), _records(root, asked))
    written = not (check or diff)
    problems = found.problems + (write_forms(root, found.changed) if written else [])
    failed = {problem.place.path for problem in problems}
    changed = [form for form in found.changed if form.path not in failed]
    if as_json:
        print(answer_json(fmt_data(changed, found.read, written=written)))
    elif diff:
        print(forms_diff(changed), end="\n" if changed else "")
    else:
        print(fmt_text(changed, found.read - len(failed), written=written))
    if problems:
        print((problems_json if as_json else problems_text)(problems), file=sys.stderr)
        return Unreadable.exit_code
    return OncallError.exit_code if check and changed else 0


def _records(root: Path, asked: list[Path]) -> list[str]:
    """Return the records that were asked for; a file that is none is told of."""
    files = WorkTree(root)
    found: list[str] = []
    for each in asked or [root]:
        path = path_in(root, each)
        if each.is_dir():
            found += records_below(files, path)
        elif is_record(path):
            found.append(path)
        else:
            print(f"{one_line(path)} is no record, and is left as it is.", file=sys.stderr)
    return found
