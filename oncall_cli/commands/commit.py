"""``oncall commit``: what was edited by hand, once it is valid, with the plan of what it does to the schedule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from oncall_cli.commands.acting import likely_reader
from oncall_cli.commands.change import Outcome
from oncall_cli.commands.options import AsJson, DryRun
from oncall_cli.commands.plan import shown_plan, team_state
from oncall_cli.commands.session import Session
from oncall_cli.errors import Problem, Severity, Unreadable
from oncall_cli.model.time import Instant
from oncall_cli.render.failure import problems_text
from oncall_cli.render.hand_edit import hand_edit_body, hand_edit_subject
from oncall_cli.render.plan_data import plan_data
from oncall_cli.repository.change_diff import diff_between
from oncall_cli.repository.commit import Change, commit_change
from oncall_cli.repository.everything import all_problems
from oncall_cli.repository.hand_edits import HandEdits, hand_edits, path_in

Edited = Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files; new and deleted ones too.")]
Message = Annotated[
    str | None,
    typer.Option("--message", "-m", metavar="TEXT", help="What the commit says; default: what was edited."),
]
# the shape of files, and what they name; the rest of the rules is about the schedule, and the plan shows that
_REFUSED = ("E1", "E2")


def commit(
    ctx: typer.Context, files: Edited, message: Message = None, dry_run: DryRun = False, as_json: AsJson = False
) -> int:
    """Commit files that were edited by hand, once they are valid."""
    session = Session(ctx.obj)
    likely_reader(session)
    root = session.repository.root
    edits = hand_edits(root, [path_in(root, session.given.folder, file) for file in files])
    _refuse_wrong(session, edits, session.now)
    plan = _plan(session, edits, as_json=as_json)
    subject, body = _message(edits, message)
    change = Change(edits.edited, subject, body, base=edits.edited, by_hand=True)
    diff = diff_between(edits.committed, edits.edited) if dry_run else ""
    outcome = Outcome(session, commit_change(root, change, dry_run=dry_run), diff, as_json)
    outcome.show({"plan": plan}, "")
    return 0


def _message(edits: HandEdits, said: str | None) -> tuple[str, str]:
    subject, _, body = (said or "").strip().partition("\n")
    return (subject, body.strip()) if subject else (hand_edit_subject(edits), hand_edit_body(edits))


def _refuse_wrong(session: Session, edits: HandEdits, now: Instant) -> None:
    """Refuse edits that make a file invalid, or that name what does not exist; all of them are told."""
    root = session.repository.root
    wrong = [
        problem
        for problem in all_problems(root, edits.after.files, now, remembers=session.remembers)
        if problem.severity is Severity.ERROR and problem.code.startswith(_REFUSED)
    ]
    if any(problem.place.path not in edits.edited for problem in wrong):
        known = {_what(problem) for problem in all_problems(root, edits.before.files, now)}
        wrong = [each for each in wrong if _what(each) not in known or each.place.path in edits.edited]
    if wrong:
        if not session.given.for_script and wrong[1:]:
            session.tell(problems_text(wrong[1:]))
        raise Unreadable.of(wrong[0]._replace(message=f"nothing is committed: {wrong[0].message}"))


def _what(problem: Problem) -> tuple[str, str, str]:
    """Return what makes a problem the same in another state of the file, where lines have moved."""
    return problem.code, problem.place.path, problem.message


def _plan(session: Session, edits: HandEdits, *, as_json: bool) -> dict[str, Any] | None:
    """Show what the edits do to the schedule, where they do something."""
    try:
        edits.before.team()
    except Unreadable:
        return None
    before = team_state(edits.before)
    after = team_state(edits.after, before)
    return None if before == after else plan_data(shown_plan(session, before, after, as_json=as_json))
