"""``--push``: what a command has committed is shared at once, in few seconds, or waits for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oncall_cli.commands.session import Session
from oncall_cli.errors import OncallError
from oncall_cli.render.sync import pushed_text
from oncall_cli.render.text import visible
from oncall_cli.repository.sync import Wish, sync

if TYPE_CHECKING:
    from oncall_cli.repository.commit import Committed
    from oncall_cli.repository.sync import Synced

SECONDS = 3.0


class Push:
    """What became of ``--push``: whatever it was, the command has made its commit and ends as it would have."""

    def __init__(self, session: Session, made: Committed) -> None:
        self._made = made
        self._width = session.given.width
        self._done: Synced | None = None
        self._why = ""
        try:
            self._done = sync(session.repository.root, Wish(SECONDS))
        except OncallError as failure:
            hint = f": {failure.hint}" if failure.hint else ""
            self._why = f"{failure.message}{hint}"

    def data(self) -> dict[str, Any]:
        """Return what to tell a script: on top of others' commits, the commit has another name."""
        made = self._made
        found = (one.sha for one in (self._done.pushed if self._done else ()) if one.mark == made.mark)
        name = next(found, None)
        return {"pushed": name is not None, "commit": name[: len(made.sha_short)] if name else made.sha_short}

    def text(self) -> str:
        """Return what to tell a person."""
        if self._done is None:
            return f"Saved, not pushed: {visible(self._why)}"
        return pushed_text(self._done, self._width)
