"""``oncall schema``: what each kind of file may say, for editors."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.invocation import Invocation
from oncall_cli.commands.options import AsJson
from oncall_cli.commands.session import one_of
from oncall_cli.errors import WrongUsage
from oncall_cli.render.json import answer_json
from oncall_cli.render.schema_files import files_of, kinds_data, kinds_text, schema_file, settings_text
from oncall_cli.repository.layout import KINDS
from oncall_cli.repository.publish import publish

WantedKind = Annotated[
    str | None, typer.Argument(metavar="[KIND]", help="One kind of record, such as 'rotation'.", show_default=False)
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="A folder for all schemas and their index.", show_default=False),
]


def schema(ctx: typer.Context, kind: WantedKind = None, out: Out = None, as_json: AsJson = False) -> int:
    """Print what a kind of file may say, as JSON Schema for editors.

    Without KIND it lists the kinds. With --out it writes all schemas, and prints the setting that makes an
    editor use them.
    """
    given: Invocation = ctx.obj
    if kind is not None and out is not None:
        raise WrongUsage("a folder gets the schemas of all kinds", hint="leave KIND out, or --out")
    wanted = None if kind is None else one_of(kind, [each.name for each in KINDS], "kind of record")
    schemas = [schema_file(each.name, each.record) for each in KINDS if wanted in (None, each.name)]
    if out is not None:
        folder = Path(os.path.abspath(given.folder / out))
        changed = publish(folder, files_of(schemas))
        print(f"Wrote {len(schemas)} schemas to {folder} ({len(changed)} files changed).", file=sys.stderr)
        print(settings_text(schemas, folder))
    elif kind is not None:
        print(schemas[0].text, end="")
    else:
        print(answer_json(kinds_data(schemas)) if as_json else kinds_text(schemas, given.width))
    return 0
