"""The user's own editor, the one that git would open; what is written there is kept until it is in a commit."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from oncall_cli.errors import GitInTheWay, OncallError, Overtaken, Refused
from oncall_cli.repository.atomic import replace
from oncall_cli.repository.git import Git
from oncall_cli.repository.git_state import locate

SCISSORS = "------------------------ >8 ------------------------"


def draft_file(root: Path, name: str) -> Path:
    """Return where a text is kept while it is written: beside git's own files, outside of the team's."""
    return locate(Git(root)).common_dir.resolve() / "oncall" / f"{name}.md"


def kept_draft(path: Path) -> str | None:
    """Return what was written before and has not come into a commit; None without it."""
    try:
        return _above(path.read_text("utf-8", errors="replace")) or None
    except OSError:
        return None


def edited(root: Path, path: Path, text: str, note: str) -> str:
    """Let the user edit a text; return what stands above the scissors, empty when they left nothing there."""
    editor = _editor(root)
    before, given = kept_draft(path), f"{text}\n\n{SCISSORS}\n{note}\n".encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, given, None)
        _run(editor, path)
        return _above(path.read_text("utf-8"))
    except OSError as wrong:
        raise Refused(f"'{path}': {wrong.strerror or wrong}", hint=_HINT) from None
    except UnicodeDecodeError:
        raise Refused("what the editor wrote is not UTF-8", hint=f"it is in '{path}'") from None
    except OncallError as failure:
        if before is None and path.exists() and path.read_bytes() == given:
            path.unlink()
            raise
        kept = f"what you wrote is in '{path}', and 'oncall end' goes on with it"
        raise type(failure)(failure.message, f"{failure.hint}; {kept}") from None


@contextmanager
def written(root: Path, text: str, name: str) -> Iterator[str]:
    """Give a new text as somebody left it in their editor; where what follows fails, say where it is kept."""
    draft = draft_file(root, name)
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        replace(draft, text.encode(), None)
        _run(_editor(root), draft)
        yield draft.read_text("utf-8", errors="replace")
    except OncallError as wrong:
        kept = f"your text is kept in {draft}"
        wrong.hint = f"{wrong.hint}; {kept}" if wrong.hint else kept
        if isinstance(wrong, Overtaken):
            # the command must not begin anew and open an empty draft
            raise Refused(wrong.message, wrong.hint, wrong.place) from None
        raise
    discard([draft])


def discard(paths: Iterable[Path]) -> None:
    """Forget what was written, for it is in a commit now."""
    for path in paths:
        path.unlink(missing_ok=True)


def _editor(root: Path) -> str:
    answer = Git(root).ask("var", "GIT_EDITOR")
    if answer.status != 0 or not answer.out.strip():
        raise GitInTheWay("git knows no editor to open", "set EDITOR, or give the text with -m")
    return answer.out.strip()


def _run(editor: str, path: Path) -> None:
    """Open the editor as git does, whose setting may be a line for the shell."""
    shell = shutil.which("sh")
    words = [shell, "-c", f'{editor} "$@"', editor, str(path)] if shell else [*shlex.split(editor), str(path)]
    try:
        status = subprocess.run(words, check=False).returncode
    except OSError as wrong:
        raise Refused(f"the editor '{editor}' cannot be opened: {wrong.strerror}", hint=_HINT) from None
    if status in (126, 127):
        raise Refused(f"the editor '{editor}' cannot be opened", hint=_HINT)
    if status != 0:
        raise Refused(f"the editor '{editor}' ended with status {status}, and nothing was changed", hint=_HINT)


_HINT = "set EDITOR, or give the text with -m"


def _above(text: str) -> str:
    return text.split(SCISSORS, 1)[0].strip()
