"""``# oncall: ignore[W401] reason``: what it hides, what it does not, and that it is told when it is no use."""

from __future__ import annotations

from pathlib import Path

from oncall_cli.model.time import parse_instant
from oncall_cli.repository.everything import Checked, checked

NOW = parse_instant("2026-11-24T10:00:00-05:00")
PERSON = "rotations/people/bob.yaml"
ROTATION = "rotations/platform/rotation.yaml"
RUNBOOK = "runbooks/labels.md"
KEY = "-----BEGIN " + "PRIVATE KEY-----"

FILES = {
    "oncall.yaml": "name: Team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "name: Alice\n",
    PERSON: "name: Bob\ntime_off:\n  - {from: 2026-12-01, until: 2026-12-03}{beside}\n",
    ROTATION: 'name: P\nhandoff: {every: 1 week, at: "tuesday 09:00"}\n'
    "roster: [{from: 2026-01-06, members: [alice, bob]}]\n",
}


def check(folder: Path, **files: str) -> tuple[list[str], int]:
    """Return the codes and lines of what is found when bob's time off has a comment beside it or above."""
    return said(_check(folder, FILES | {PERSON: FILES[PERSON].replace("{beside}", ""), **files}))


def _check(folder: Path, files: dict[str, str]) -> Checked:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return checked(folder, NOW)


def said(found: Checked) -> tuple[list[str], int]:
    return [f"{problem.place.line} {problem.code}" for problem in found.problems], found.ignored


def with_comment(comment: str) -> dict[str, str]:
    return FILES | {PERSON: FILES[PERSON].replace("{beside}", comment)}


def test_without(tmp_path: Path) -> None:
    """The finding that the others hide is there."""
    assert check(tmp_path) == (["3 W401"], 0)


def test_at_the_end_of_the_line(tmp_path: Path) -> None:
    """A comment with a reason hides the finding of its line, and is counted."""
    found = _check(tmp_path, with_comment("  # oncall: ignore[W401] carol covers"))
    assert said(found) == ([], 1)


def test_on_the_line_before(tmp_path: Path) -> None:
    """A comment alone on its line stands for the next line that says something, whatever comments lie between."""
    text = FILES[PERSON].replace("{beside}", "").replace("  - {", "  # oncall: ignore[W401] x\n  # her wedding\n  - {")
    assert said(_check(tmp_path, FILES | {PERSON: text})) == ([], 1)


def test_not_on_the_line_after(tmp_path: Path) -> None:
    """A comment beside another line hides nothing, and is told."""
    text = FILES[PERSON].replace("{beside}", "").replace("name: Bob", "name: Bob  # oncall: ignore[W401] carol covers")
    assert said(_check(tmp_path, FILES | {PERSON: text})) == (["1 W504", "3 W401"], 0)


def test_several_codes(tmp_path: Path) -> None:
    """One comment may name several rules; the one that finds nothing is told."""
    found = _check(tmp_path, with_comment("  # oncall: ignore[W401, W402] carol covers"))
    assert said(found) == (["3 W504"], 1)


def test_without_a_reason(tmp_path: Path) -> None:
    """Without a reason it hides nothing, and is a finding itself."""
    found = _check(tmp_path, with_comment("  # oncall: ignore[W401]"))
    assert said(found) == (["3 W401", "3 W503"], 0)


def test_what_a_file_must_be_cannot_be_ignored(tmp_path: Path) -> None:
    """A file that cannot be read is told, whatever it says."""
    text = "name: Bob\nphone: 1  # oncall: ignore[E110] for later\n"
    assert said(_check(tmp_path, FILES | {PERSON: text})) == (["2 E110", "2 W504"], 0)


def test_in_a_text(tmp_path: Path) -> None:
    """In quotes or in a block it is a text like any other."""
    quoted = FILES[PERSON].replace("{beside}", "") + 'note: "see # oncall: ignore[W401] there"\n'
    block = FILES[ROTATION] + "note: |\n  write\n  # oncall: ignore[W402] above the line\n"
    assert said(_check(tmp_path, FILES | {PERSON: quoted, ROTATION: block})) == (["3 W401"], 0)


def test_in_markdown(tmp_path: Path) -> None:
    """In the head of a runbook it is a comment of YAML, in its text one of HTML."""
    head = f"---\n# oncall: ignore[W502] an example\ntitle: {KEY}\n---\n"
    body = f"# Text\n\n<!-- oncall: ignore[W502] an example -->\n{KEY}\n\n# oncall: ignore[W502] a heading\n{KEY}\n"
    files = with_comment("  # oncall: ignore[W401] x") | {RUNBOOK: head + body}
    assert said(_check(tmp_path, files)) == (["11 W502"], 3)


def test_of_a_rule_that_is_off(tmp_path: Path) -> None:
    """A rule that is not held finds nothing, which is not the comment's fault."""
    files = with_comment("  # oncall: ignore[W401] x") | {"oncall.yaml": FILES["oncall.yaml"] + "rules: {W401: off}\n"}
    assert said(_check(tmp_path, files)) == ([], 0)
