"""The schemas accept what our reader accepts, and refuse what it refuses as far as a schema can."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema.parsers.yaml import construct_yaml_implementation, impl2loader
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from oncall_cli.model.hours import Hours
from oncall_cli.model.person import Account
from oncall_cli.model.record import Count, Day, Flag, Id, Moment, Part, Record, Text
from oncall_cli.model.rotation import Member
from oncall_cli.model.time import ClockTime, Duration, HandoffTime, LocalMoment, Period
from oncall_cli.model.zone import Zone, zone_names
from oncall_cli.render.schema import record_schema, schema_text
from oncall_cli.render.schema_files import schema_file
from oncall_cli.repository.frontmatter import split_head
from oncall_cli.repository.layout import KINDS, Kind, claim
from oncall_cli.repository.parse import problems_in
from oncall_cli.repository.syntax import Tree, read_text
from oncall_cli.repository.validate import record_from
from tests.conftest import Run

ROOT = Path(__file__).parent.parent.parent
ROOTS = [ROOT, *sorted(file.parent for file in (ROOT / "tests" / "teams").glob("*/oncall.yaml"))]
load_yaml = impl2loader(construct_yaml_implementation(), construct_yaml_implementation(pure=True))


class Probe(Record):
    """A record with a field of each scalar type."""

    text: Text | None = None
    name: Id | None = None
    count: Count | None = None
    flag: Flag | None = None
    instant: Moment | None = None
    day: Day | None = None
    clock: ClockTime | None = None
    local: LocalMoment | None = None
    duration: Duration | None = None
    period: Period | None = None
    handoff: HandoffTime | None = None
    hours: Hours | None = None
    zone: Zone | None = None
    member: Member = ()
    account: Account | None = None


PROBE = record_schema("probe", Probe)
VALIDATOR = Draft7Validator(PROBE, format_checker=FormatChecker())


def any_case(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(words, st.randoms(use_true_random=False)).map(
        lambda drawn: "".join(drawn[1].choice((letter, letter.upper())) for letter in drawn[0])
    )


blanks = st.sampled_from(["", " ", "  ", "\t"])
some_blanks = st.sampled_from([" ", "  ", "\t "])
numbers = st.integers(0, 999_999).flatmap(
    lambda number: st.sampled_from([str(number), f"{number:06d}", f"{number:02d}"])
)
units = any_case(
    st.sampled_from(["m", "min", "minute", "minutes", "h", "hour", "hours", "d", "day", "days", "w", "week", "weeks"])
)
months = any_case(st.sampled_from(["month", "months"]))
clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
days = any_case(st.sampled_from(["monday", "mon", "tue", "wednesday", "thu", "friday", "sat", "sunday"]))
day_lists = st.lists(st.one_of(days, st.builds("{}-{}".format, days, days)), min_size=1, max_size=3).map(",".join)
ends = st.one_of(clocks, st.just("24:00"))
dates = st.dates().map(date.isoformat)
offsets = st.one_of(st.just("Z"), st.builds("{}{}".format, st.sampled_from("+-"), clocks))

ACCEPTED: dict[str, st.SearchStrategy[str]] = {
    "text": st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20),
        st.sampled_from(
            ["NO", "yes", "True", "007", "0x1F", "1e5", "12:30", "-1.5", ".inf", ".nan", "1_000", "2026-11-24"]
        ),
    ),
    "name": st.one_of(
        st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}", fullmatch=True),
        st.sampled_from(["007", "1e5", "1e-5", "0x1f", "true", "2026-11-24", "on", "0"]),
    ),
    "count": st.one_of(numbers, st.sampled_from(["007", "0", "999999"])),
    "flag": st.sampled_from(["true", "false"]),
    "instant": st.builds(
        "{}{}{}{}{}".format, dates, st.sampled_from("T "), clocks, st.sampled_from(["", ":59"]), offsets
    ),
    "day": dates,
    "clock": clocks,
    "local": st.one_of(dates, st.builds("{}{}{}".format, dates, st.sampled_from("T "), clocks)),
    "duration": st.builds("{}{}{}{}{}".format, blanks, numbers, blanks, units, blanks),
    "period": st.builds("{}{}{}{}{}".format, blanks, numbers, blanks, st.one_of(units, months), blanks),
    "handoff": st.builds(
        "{}{}{}{}".format,
        blanks,
        st.one_of(
            st.just(""),
            st.builds("{}{} ".format, days, blanks),
            st.integers(1, 31).map("{} ".format),
            st.integers(1, 31).map("{:02d} ".format),
        ),
        clocks,
        blanks,
    ),
    "hours": st.one_of(
        any_case(st.just("always")),
        st.builds("{}{}{}-{}".format, st.one_of(any_case(st.just("daily")), day_lists), some_blanks, clocks, ends),
        st.builds("{}{}{} - {} {}{}".format, days, some_blanks, clocks, days, ends, blanks),
    ),
    "zone": st.sampled_from(sorted(zone_names())),
    "account": st.from_regex(r"[A-Za-z0-9_.-]{1,9}", fullmatch=True) | st.sampled_from(["007", "1.5", "true", "1e-5"]),
    "member": st.sampled_from(["alice", "007", "[alice, 7]", "[true]"]),
}

fields = st.sampled_from(sorted(ACCEPTED))


def ours(text: str) -> bool:
    """Tell whether our reader accepts a file."""
    tree = read_text(text, "probe.yaml")
    return isinstance(tree, Tree) and isinstance(record_from(Probe, tree, "probe.yaml", "probe"), Probe)


def theirs(text: str) -> Any:
    """Return what another reader of YAML makes of a file."""
    return load_yaml(BytesIO(text.encode()))


@settings(max_examples=600, deadline=None)
@given(drawn=fields.flatmap(lambda name: st.tuples(st.just(name), ACCEPTED[name])), style=st.sampled_from("p'\""))
def test_what_we_accept_is_accepted(drawn: tuple[str, str], style: str) -> None:
    """Plain or quoted, whatever another reader takes it for: the schema never refuses what we accept."""
    name, value = drawn
    spelled = {"p": value, "'": "'" + value.replace("'", "''") + "'", '"': json.dumps(value)}[style]
    text = f"{name}: {spelled}\n"
    assume(ours(text))
    assert VALIDATOR.is_valid(theirs(text)), text


@pytest.mark.parametrize(
    "name", ["name", "account", "count", "clock", "duration", "handoff", "hours", "local", "day", "instant"]
)
def test_what_is_accepted_we_accept(name: str) -> None:
    """The pattern of a scalar lets no text through that our reader refuses."""
    pattern = PROBE["properties"][name]["pattern"]

    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(f"(?a:{pattern})").map(lambda value: re.sub(r"\s", " ", value.removesuffix("\n"))))
    def check(value: str) -> None:
        assume(len(value) <= 64)
        # a pattern knows no calendar, and no size: 30 February and 300 years are for `oncall check`
        assume(not re.search(r"\d{5}", value) or name != "duration")
        assume(not re.search(r"-\d\d-(29|30|31)|0000-", value))
        assert ours(f"{name}: {json.dumps(value)}\n"), value

    check()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": []},
        {"name": "nobody"},
        {"name": "Alice"},
        {"name": "a--b"},
        {"name": -1},
        {"name": "a" * 65},
        {"count": 1.5},
        {"count": -1},
        {"count": 1_000_000},
        {"flag": "yes"},
        {"instant": "2026-11-24T09:00:00"},
        {"day": "2026-02-30"},
        {"day": 2026},
        {"clock": 900},
        {"clock": "24:00"},
        {"clock": "9:00"},
        {"local": "2026-11-24 9:00"},
        {"duration": 5},
        {"duration": "5"},
        {"duration": "1 month"},
        {"period": "0 weeks"},
        {"period": "5 minutes"},
        {"handoff": "tuesday"},
        {"handoff": "32 09:00"},
        {"hours": "weekdays 09:00-17:00"},
        {"zone": "Berlin"},
        {"member": []},
        {"member": ["a", "a"]},
        {"account": "@alice"},
        {"unknown": "x"},
    ],
    ids=str,
)
def test_what_no_scalar_accepts(wrong: dict[str, Any]) -> None:
    """A value of the wrong shape is refused before anybody commits it."""
    assert not VALIDATOR.is_valid(wrong)


def record_files() -> Iterator[tuple[Kind, Path, str]]:
    for root in ROOTS:
        for file in sorted([root / "oncall.yaml", *root.glob("r*/**/*.*"), *root.glob("templates/**/*.md")]):
            path = file.relative_to(root).as_posix()
            if found := claim(path):
                yield found.kind, file, path


def head_of(file: Path) -> bytes:
    text = file.read_text(encoding="utf-8")
    return (split_head(text, file.name)[1] if file.suffix == ".md" else text).encode()


def check_with_their_program(tmp_path: Path, kind: Kind, files: list[Path]) -> None:
    """Hold files against the schema of their kind with ``check-jsonschema``."""
    schema = tmp_path / f"{kind.name}.schema.json"
    schema.write_text(schema_text(kind.name, kind.record), encoding="utf-8")
    copies = []
    for number, file in enumerate(files):
        copies.append(tmp_path / f"{kind.name}-{number}.yaml")
        copies[-1].write_bytes(head_of(file))
    words = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, copies)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_all_teams_validate(kind: Kind, tmp_path: Path) -> None:
    """Every record of the example team and of the five teams passes in the program that others use."""
    files = [file for found, file, _ in record_files() if found is kind]
    assert files
    check_with_their_program(tmp_path, kind, files)


def test_what_we_write_validates(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So does what `oncall init`, `oncall rotation new` and `oncall person add` write."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Alice Moreau")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "alice@example.com")
    root = tmp_path / "new"
    assert run("init", str(root), "--person", "alice", "--person", "bob", "--timezone", "Europe/Berlin").code == 0
    new = ["rotation", "new", "desk", "--every", "1 day", "--at", "09:00", "--member", "bob"]
    assert run("-C", str(root), *new, "--hours", "monday-friday 09:00-17:00").code == 0
    assert run("-C", str(root), "person", "add", "carol", "--name", "Carol", "--email", "carol@example.com").code == 0
    written = [path for path in root.rglob("*.*") if claim(path.relative_to(root).as_posix())]
    assert len(written) >= 10
    for kind in KINDS:
        if files := [path for path in written if claim(path.relative_to(root).as_posix()).kind is kind]:
            check_with_their_program(tmp_path, kind, files)


ROTATION = "rotations/a/rotation.yaml"
LIST = 'handoff: {every: 1 week, at: "tuesday 09:00"}\nroster: [{from: 2026-01-06, members: [b]}]\n'
LAYER = f"layers:\n  - {{{', '.join(LIST.strip().splitlines())}}}\n"
OVERRIDE = "rotations/a/overrides/2026-11-24-b.yaml"
WHEN = "start: 2026-11-24T09:00:00Z, end: 2026-11-25T09:00:00Z"

WRONG = [
    ("oncall.yaml", "name: A\nnmae: B\n"),
    ("oncall.yaml", "timezone: UTC\n"),
    ("oncall.yaml", "name:\n"),
    ("oncall.yaml", "name: A\ntimezone: Berlin\n"),
    ("oncall.yaml", "name: A\nseverities: {sev1: {respond: 5 minutes}}\n"),
    ("oncall.yaml", "name: A\nseverities: {Sev1: {title: B}}\n"),
    ("oncall.yaml", "name: A\nseverities: {sev1: }\n"),
    ("oncall.yaml", "name: A\npolicy: {frozen: 3}\n"),
    ("oncall.yaml", "- name: A\n"),
    ("rotations/people/a.yaml", "name: A\ncontact: a@example.com\n"),
    ("rotations/people/a.yaml", "name: A\ntime_off: [{from: 2026-11-24}]\n"),
    ("rotations/people/a.yaml", "name: A\nactive: 'no'\n"),
    (ROTATION, "name: A\n"),
    (ROTATION, f"name: A\n{LIST.splitlines()[0]}\n"),
    (ROTATION, f"name: A\n{LIST}{LAYER}"),
    (ROTATION, f"name: A\n{LIST.replace('[b]', '[]')}"),
    (ROTATION, f"name: A\n{LIST.replace('1 week', 'weekly')}"),
    (ROTATION, f"name: A\n{LIST}hours: [office]\n"),
    (ROTATION, f"name: A\n{LIST}roles: {{shadow: [{{person: b}}]}}\n"),
    (ROTATION, f"name: A\n{LIST}roles: {{secondary: {{offset: one}}}}\n"),
    (ROTATION, f"name: A\n{LIST}checklists: {{start: [{{ready: b}}]}}\n"),
    (ROTATION, f"name: A\n{LIST}duties: [{{id: b, title: c, at: 9}}]\n"),
    (OVERRIDE, "reason: A\n"),
    (OVERRIDE, "changes: []\n"),
    (OVERRIDE, f"changes: [{{{WHEN}}}]\n"),
    (OVERRIDE, f"kind: holiday\nchanges: [{{{WHEN}, person: b}}]\n"),
    (OVERRIDE, f"changes: [{{{WHEN}, person: b, instead_of: nobody}}]\n"),
    ("rotations/a/incidents/2026/2026-11-24-b.yaml", "title: A\nseverity: sev1\nstatus: fixed\n"),
    (
        "rotations/a/shifts/2026/2026-11-24-b-primary.yaml",
        "person: b\nrole: primary\nlog: [{at: now, by: b, text: c}]\n",
    ),
    ("rotations/a/requests/2026/2026-11-24-b.yaml", "title: A\nreceived: yesterday\n"),
]

FINE = [
    (ROTATION, f"name: A\n{LAYER}handoff:\nhours: []\nroster: []\non_holidays: open\n"),
    (ROTATION, f"name: 7\n{LIST}layers:\nroles: {{primary: , secondary: {{offset: '1'}}, shadow: []}}\n"),
    (
        ROTATION,
        f"name: yes\n{LIST.replace('[b]', '[7, [b, c], true]')}checklists: {{start: [12, true, {{text: 9}}]}}\n",
    ),
    (OVERRIDE, f"changes: [{{{WHEN}, person: nobody}}]\n"),
    ("oncall.yaml", "name: on\nrules: {W402: off}\ndestinations: {a: }\nseverities:\n"),
]


def errors_in(path: str, text: str) -> list[Any]:
    kind = claim(path).kind
    validator = Draft7Validator(record_schema(kind.name, kind.record), format_checker=FormatChecker())
    return list(validator.iter_errors(theirs(text)))


@pytest.mark.parametrize(("path", "text"), WRONG)
def test_wrong_files_are_refused(path: str, text: str) -> None:
    """What an editor underlines is what `oncall check` would report."""
    assert errors_in(path, text)
    assert problems_in(path, text.encode())


@pytest.mark.parametrize(("path", "text"), FINE)
def test_unusual_files_are_fine(path: str, text: str) -> None:
    """What our reader takes for text, or for nothing, is no mistake in an editor either."""
    assert problems_in(path, text.encode()) == []
    assert errors_in(path, text) == []


def parts_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    yield from (part for part in schema["definitions"].values() if "properties" in part)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_everything_is_described(kind: Kind) -> None:
    """Each record, part and field says what it is, and the schema is one of draft 7."""
    schema = record_schema(kind.name, kind.record)
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    for part in parts_of(schema):
        assert part["description"]
        assert part["additionalProperties"] is False
        for key, field in part["properties"].items():
            assert field["description"], f"{kind.name}: say in the model, below '{key}', what it is"


def test_every_scalar_has_an_example_that_it_accepts() -> None:
    """What an editor offers is valid."""
    for name, field in PROBE["properties"].items():
        if name not in ("text", "note"):
            [example] = field["examples"]
            assert VALIDATOR.is_valid(theirs(f"{name}: {example}\n"))
            assert example in field["description"]


def test_the_paths_are_those_of_the_records() -> None:
    """An editor finds the same schema for a path as our reader."""
    for kind in KINDS:
        for glob in schema_file(kind.name, kind.record).globs:
            assert claim(glob.replace("*", "2026-11-24-x")).kind is kind
    for kind, _, path in record_files():
        matching = [
            each.name for each in KINDS for glob in schema_file(each.name, each.record).globs if fits(path, glob)
        ]
        assert matching == [kind.name]


def fits(path: str, glob: str) -> bool:
    return re.fullmatch(re.escape(glob).replace(r"\*", "[^/]*"), path) is not None


def test_the_same_models_give_the_same_bytes() -> None:
    """Neither the order of a set nor the time shows."""
    words = [sys.executable, "-m", "oncall_cli", "schema", "rotation"]
    seen = {
        subprocess.run(words, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_the_command(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`oncall schema` lists the kinds, prints one, writes all; no team's repository is needed."""
    monkeypatch.chdir(tmp_path)
    listed = run("schema")
    assert [line.split()[0] for line in listed.out.splitlines() if line[0] != " "] == [kind.name for kind in KINDS]
    assert [each["kind"] for each in json.loads(run("schema", "--json").out)["data"]] == [kind.name for kind in KINDS]
    assert json.loads(run("schema", "override").out)["$id"] == "urn:oncall-cli:schema:override"
    assert run("schema", "rota").code == 3
    assert run("schema", "rotation", "--out", "x").code == 2
    made = run("schema", "--out", "x/y")
    assert (made.code, made.err) == (0, f"Wrote 10 schemas to {tmp_path}/x/y (11 files changed).\n")
    known = json.loads(made.out)["yaml.schemas"]
    assert known[f"{tmp_path}/x/y/rotation.schema.json"] == ["rotations/*/rotation.yaml"]
    assert all(Path(file).exists() for file in known)
    index = json.loads((tmp_path / "x/y/index.json").read_text())
    assert {each["url"] for each in index["schemas"]} == {f"{kind.name}.schema.json" for kind in KINDS}
    assert "(0 files changed)" in run("schema", "--out", "x/y").err


def test_a_part_without_texts_below_its_fields() -> None:
    """A field that nobody has described yet still says what it needs."""

    class Bare(Part):
        """Something."""

        at: Moment

    class Holder(Record):
        """Holds it."""

        bare: Bare

    found = record_schema("holder", Holder)["definitions"]["Bare"]["properties"]["at"]
    assert found["description"] == "It needs an instant, such as '2026-11-24T09:00:00-05:00'."
