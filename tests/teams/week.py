"""A week in the life of a team: commands in order, by several people, each at its own time."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from tests.conftest import Outcome, Run
from tests.teams.conftest import Clone


class Week:
    """A team at work; every step must succeed, and its commits bear the time of the story."""

    def __init__(self, clone: Clone, run: Run) -> None:
        self.clone = clone
        self.run = run
        self.told: list[str] = []

    def step(self, who: str, when: str, line: str, code: int = 0) -> Outcome:
        """Let somebody give a command at their own keyboard."""
        self.clone.hand_to(who)
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        outcome = self.run(*shlex.split(line), now=when, **dates)
        assert outcome.code == code, outcome
        assert self.clone.git("status", "--porcelain") == "", line
        return outcome

    def keep(self, title: str, text: str) -> None:
        """Keep what was printed for the golden."""
        self.told.append(f"===== {title} =====\n\n{text}")

    def hold(self, golden: Callable[[str, str], None], name: str, address: str = "http://127.0.0.1") -> None:
        """Hold what happened against the golden: the subjects of the commits, then what was kept."""
        subjects = self.clone.git("log", "--reverse", "--format=%an, %ad: %s", "--date=format:%a %d %H:%M")
        story = subjects.splitlines()[1:]
        text = "\n".join(["===== commits =====", "", *story, "", *self.told])
        golden(f"week/{name}.txt", text.replace(address, "http://pages"))


def squeezed(text: str) -> str:
    """Return a screen's words, wherever its lines break."""
    return " ".join(text.split())
