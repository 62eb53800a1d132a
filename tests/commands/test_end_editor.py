"""``oncall end`` at a terminal: the draft goes through the user's editor, and is never lost."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.shift_team import CAROL, RUNNING, TEAM
from tests.conftest import MakeTeam, Run, TeamFolder

OVER = "2026-11-24T09:03:00-05:00"
KEPT = Path(".git/oncall/summary-platform-2026-11-17-carol-primary.md")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


@pytest.fixture
def watch(team: MakeTeam) -> TeamFolder:
    return team({**TEAM, CAROL: RUNNING}, "carol@example.com")


def end(watch: TeamFolder, editor: str, *arguments: str, **environment: str) -> tuple[int, str]:
    """End the watch at a real terminal, with a line of shell for an editor: ``$1`` is the file."""
    inside, outside = pty.openpty()
    command = [sys.executable, "-m", "oncall_cli", "end", *arguments]
    package = str(Path(__file__).parents[2])
    given = {**os.environ, "ONCALL_NOW": OVER, "PYTHONPATH": package, "TERM": "xterm", **environment}
    if editor:
        given["EDITOR"] = f"sh -c {shlex.quote(editor)} sh"
    try:
        done = subprocess.run(
            command,
            cwd=watch.root,
            env=given,
            stdin=outside,
            stdout=outside,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            encoding="utf-8",
        )
    finally:
        os.close(inside)
        os.close(outside)
    return done.returncode, done.stderr


def test_the_draft_is_edited_and_what_stands_above_the_scissors_is_the_summary(watch: TeamFolder, run: Run) -> None:
    """D9: only what cannot be known is asked for."""
    run("log", "Told Brightbox", "--kind", "mail", now="2026-11-18T12:00:00-05:00")
    editor = 'cp "$1" seen.txt; sed -i "s/Told Brightbox/Told Brightbox everything/" "$1"'
    code, said = end(watch, editor)
    assert (code, watch.git("status", "--short")) == (0, "?? seen.txt\n"), said
    seen = watch.read("seen.txt")
    assert seen.startswith("1 mail answered.\n- Told Brightbox\n- Missed: Answer the IAM audit (")
    assert "\n\n------------------------ >8 ------------------------\nA draft from the log and the records: " in seen
    summary = watch.read(CAROL).partition("summary:")[2]
    assert "- Told Brightbox everything\n" in summary
    assert ">8" not in summary
    assert not (watch.root / KEPT).exists()


def test_an_empty_summary_lets_the_watch_go_on(watch: TeamFolder) -> None:
    code, said = end(watch, ': > "$1"')
    assert (code, "the summary is empty, so the watch goes on" in said) == (1, True)
    assert (watch.read(CAROL), watch.git("log", "--format=%s")) == (RUNNING, "The team begins\n")
    assert not (watch.root / KEPT).exists()


@pytest.mark.parametrize(
    ("editor", "words"),
    [("exit 3", "ended with status 3, and nothing was changed"), ("no-such-editor-there", "cannot be opened")],
)
def test_an_editor_that_fails_changes_nothing(watch: TeamFolder, editor: str, words: str) -> None:
    code, said = end(watch, editor)
    assert (code, words in said, "give the text with -m" in said) == (1, True, True)
    assert watch.read(CAROL) == RUNNING
    assert not (watch.root / KEPT).exists()


def test_what_was_written_is_kept_when_the_commit_is_refused_and_offered_again(watch: TeamFolder) -> None:
    hook = watch.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    code, said = end(watch, 'echo "A week of my own words" > "$1"')
    assert (code, watch.read(CAROL)) == (4, RUNNING)
    assert f"what you wrote is in '{watch.root.resolve() / KEPT}', and 'oncall end' goes on with it" in said
    hook.unlink()
    code, said = end(watch, 'echo "and more" | cat - "$1" > both; mv both "$1"')
    assert (code, "going on with what you wrote before" in said) == (0, True)
    assert "and more\n  A week of my own words\n" in watch.read(CAROL)
    assert not (watch.root / KEPT).exists()


def test_an_editor_that_fails_after_it_wrote_loses_nothing(watch: TeamFolder) -> None:
    code, said = end(watch, 'echo "Half a week" > "$1"; exit 1')
    assert (code, "what you wrote is in '" in said) == (1, True)
    assert (watch.root / KEPT).read_text() == "Half a week\n"


@pytest.mark.parametrize("arguments", [("-m", "Quiet."), ("--no-edit",), ("--dry-run",), ("--json",)])
def test_no_editor_is_opened_when_nothing_is_to_be_edited(watch: TeamFolder, arguments: tuple[str, ...]) -> None:
    code, said = end(watch, 'echo "Edited" > "$1"', *arguments)
    assert (code, "Edited" in watch.read(CAROL)) == (0, False), said


def test_the_log_goes_on_while_the_editor_is_open(watch: TeamFolder) -> None:
    """No lock is held, and a line that somebody logs meanwhile survives."""
    log = f"{shlex.quote(sys.executable)} -m oncall_cli log Meanwhile"
    code, said = end(watch, log)
    assert code == 0, said
    subjects = watch.git("log", "--format=%s").splitlines()
    assert subjects[:2] == ["carol ends the watch on platform (primary)", "carol logs on platform: Meanwhile"]
    assert "text: Meanwhile" in watch.read(CAROL)


def test_what_is_not_text_is_kept_and_offered_again(watch: TeamFolder) -> None:
    code, said = end(watch, "printf 'A caf\\351 broke' > \"$1\"")
    assert (code, "what the editor wrote is not UTF-8" in said) == (1, True)
    assert (watch.root / KEPT).read_bytes() == b"A caf\xe9 broke"
    code, said = end(watch, "sed -i 's/A caf.* broke/A cafe broke/' \"$1\"")
    assert (code, "summary: A cafe broke\n" in watch.read(CAROL)) == (0, True), said
