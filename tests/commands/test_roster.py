"""``oncall rotation join|leave|replace|reorder``: the exact diffs, what is told, and what is refused."""

from __future__ import annotations

import json

import pytest

from oncall_cli.repository.mark import mark_of
from tests.commands.shift_team import person
from tests.conftest import MakeTeam, Run, TeamFolder

WHERE = "rotations/platform/rotation.yaml"
ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}

# The order is that of the desks.
roster:
  - from: 2026-11-03
    members: [alice, bob, carol, dan]  # by hand

roles:
  primary: {}
"""
WITH_SECONDARY = f"{ROTATION}  secondary: {{offset: 1}}\n"
NAMES = ("Alice", "Bob", "Carol", "Dan", "Erin")
TEAM = {
    "oncall.yaml": "name: Platform team\ntimezone: America/New_York\n",
    **{f"rotations/people/{name.lower()}.yaml": person(name) for name in NAMES},
    "rotations/people/gone.yaml": person("Gone", "active: false\n"),
    WHERE: ROTATION,
}
# Carol has the week of Tuesday 17 November, Dan the next one.
NOW = "2026-11-18T10:00:00-05:00"
ZONE = {"ONCALL_TZ": "America/New_York"}


def head(path: str) -> str:
    return f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n"


def new_version(since: str, members: str) -> str:
    """The diff of the rotation that a change of roster makes."""
    return f"""\
{head(WHERE)}@@ -5,6 +5,8 @@ handoff: {{every: 1 week, at: "tuesday 09:00"}}
 roster:
   - from: 2026-11-03
     members: [alice, bob, carol, dan]  # by hand
+  - from: {since}
+    members: [{members}]
 
 roles:
   primary: {{}}
"""  # noqa: W293 - as git prints it


def made(team: MakeTeam, **files: str) -> TeamFolder:
    return team(
        {**TEAM, **{f"rotations/platform/{name.replace('__', '/')}.yaml": text for name, text in files.items()}}
    )


CASES = {
    "join erin": ("2026-12-01", "alice, bob, carol, dan, erin", "erin joins the roster of platform from 2026-12-01"),
    "join erin --when next-handoff": (
        "2026-11-24",
        "dan, erin, alice, bob, carol",
        "erin joins the roster of platform from 2026-11-24",
    ),
    "leave bob": ("2026-11-24", "dan, alice, carol", "bob leaves the roster of platform from 2026-11-24"),
    "leave carol": ("2026-11-24", "dan, alice, bob", "carol leaves the roster of platform from 2026-11-24"),
    "leave dan --from 2026-11-24": (
        "2026-11-24",
        "alice, bob, carol",
        "dan leaves the roster of platform from 2026-11-24",
    ),
    "leave bob --from 2026-12-02": (
        "2026-12-08",
        "carol, dan, alice",
        "bob leaves the roster of platform from 2026-12-08",
    ),
    "replace bob erin": (
        "2026-11-24",
        "dan, alice, erin, carol",
        "erin replaces bob in the roster of platform from 2026-11-24",
    ),
    "reorder alice carol bob dan": (
        "2026-11-24",
        "dan, alice, carol, bob",
        "Reorder the roster of platform from 2026-11-24",
    ),
    "reorder alice carol bob dan --when end-of-cycle": (
        "2026-12-01",
        "alice, carol, bob, dan",
        "Reorder the roster of platform from 2026-12-01",
    ),
}


@pytest.mark.parametrize("words", CASES)
def test_the_change_is_one_dated_version(team: MakeTeam, run: Run, words: str) -> None:
    """Whoever is on call stays until the handoff, and the diff is the new version."""
    since, members, subject = CASES[words]
    folder = made(team)
    outcome = run("rotation", *words.split(), now=NOW, **ZONE)
    assert (outcome.code, folder.last_diff()) == (0, new_version(since, members))
    message = folder.git("log", "-1", "--format=%B").strip()
    assert message == f"{subject}\n\nOncall-Change: {mark_of(message)}"
    assert f"new version from {since}: {members.replace(',', '')}\n" in outcome.out
    assert run("check", now=NOW).code == 0


def test_who_was_told_of_a_turn_keeps_it_and_the_command_says_so(team: MakeTeam, run: Run) -> None:
    """This week's secondary is next week's primary, and leaves after it."""
    folder = made(team, rotation=WITH_SECONDARY)
    outcome = run("rotation", "leave", "dan", now=NOW, **ZONE)
    assert "  - from: 2026-12-01\n    members: [alice, bob, carol]\n" in folder.read(WHERE)
    assert (
        """\
  last turn of Dan: ends Tue 1 Dec 09:00, in 12d 23h
  not at the handoff of Tue 24 Nov 09:00 already: a place that has been told is
    kept, and Dan knows, as secondary, of the turn from Tue 24 Nov 09:00; who
    cannot stand it gives it away with 'oncall cover'
"""
        in outcome.out
    )


def test_now_is_the_next_handoff(team: MakeTeam, run: Run) -> None:
    folder = made(team)
    outcome = run("rotation", "leave", "carol", "--when", "now", now=NOW, **ZONE)
    assert "whoever is on call stays until the handoff." in " ".join(outcome.out.split())
    assert folder.last_diff() == new_version("2026-11-24", "dan, alice, bob")


def test_the_plan_comes_first_and_a_dry_run_stops_there(team: MakeTeam, run: Run) -> None:
    folder = made(team)
    before = folder.git("rev-parse", "HEAD")
    outcome = run("rotation", "leave", "dan", "--dry-run", now=NOW, **ZONE)
    assert outcome.out.startswith("Dan leaves the roster of platform, from Tue 24 Nov 09:00, in 5d 23h.\n")
    assert "Tue 24 Nov 09:00 – Tue 1 Dec 09:00 primary Dan → Alice" in " ".join(outcome.out.split())
    assert "+    members: [alice, bob, carol]\n" in outcome.out
    assert (folder.git("rev-parse", "HEAD"), folder.git("status", "--porcelain")) == (before, "")


def test_a_newcomers_week_that_falls_on_a_holiday_is_told(team: MakeTeam, run: Run) -> None:
    """A join that pushes a week to somebody who is away says so before the commit."""
    folder = team(
        {
            **TEAM,
            "rotations/people/alice.yaml": person("Alice", "time_off:\n  - {from: 2027-01-06, until: 2027-01-09}\n"),
        }
    )
    outcome = run("rotation", "join", "erin", "--dry-run", now=NOW, **ZONE)
    assert "! Alice is AWAY and platform primary: Wed 6 Jan 2027 00:00 – Sat 9 Jan 00:00\n" in outcome.out
    assert folder.git("status", "--porcelain") == ""


def test_json(team: MakeTeam, run: Run) -> None:
    made(team)
    outcome = run("rotation", "replace", "bob", "erin", "--json", now=NOW)
    data = json.loads(outcome.out)["data"]
    assert data["versions"] == [
        {"from": "2026-11-24", "members": [["dan"], ["alice"], ["erin"], ["carol"]], "new": True}
    ]
    assert (data["rotation"], data["start"], data["asked"]) == (
        "platform",
        "2026-11-24T14:00:00Z",
        "2026-11-24T14:00:00Z",
    )
    assert data["plan"]["changes"][0]["after"] == ["erin"]


def test_a_version_that_has_not_begun_is_edited_in_place(team: MakeTeam, run: Run) -> None:
    """Two changes of one week make one version, and taking one of them back leaves none of it."""
    folder = made(team)
    run("rotation", "join", "erin", now=NOW, **ZONE)
    outcome = run("rotation", "leave", "erin", now=NOW, **ZONE)
    assert (
        folder.last_diff()
        == f"""\
{head(WHERE)}@@ -6,7 +6,7 @@ roster:
   - from: 2026-11-03
     members: [alice, bob, carol, dan]  # by hand
   - from: 2026-12-01
-    members: [alice, bob, carol, dan, erin]
+    members: [alice, bob, carol, dan]
 
 roles:
   primary: {{}}
"""  # noqa: W293 - as git prints it
    )
    assert "changed version from 2026-12-01: alice bob carol dan\n" in outcome.out


def test_a_later_version_is_changed_too_and_a_reorder_leaves_it(team: MakeTeam, run: Run) -> None:
    later = ROTATION.replace("\nroles", "  - from: 2027-01-05\n    members: [erin, alice, bob, carol, dan]\n\nroles")
    folder = made(team, rotation=later)
    outcome = run("rotation", "reorder", "alice", "carol", "bob", "dan", now=NOW, **ZONE)
    assert "the version from 2027-01-05 keeps its order\n" in outcome.out
    assert "[erin, alice, bob, carol, dan]" in folder.read(WHERE)
    run("rotation", "leave", "bob", now=NOW, **ZONE)
    assert "members: [dan, alice, carol]\n  - from: 2027-01-05\n    members: [erin, alice, carol, dan]" in folder.read(
        WHERE
    )


def test_history_is_rewritten_only_by_name(team: MakeTeam, run: Run) -> None:
    folder = made(team)
    outcome = run("rotation", "replace", "bob", "erin", "--rewrite-history", now=NOW, **ZONE)
    assert outcome.code == 0
    assert "    members: [alice, erin, carol, dan]  # by hand\n" in folder.read(WHERE)
    assert folder.git("log", "-1", "--format=%B").startswith(
        "erin replaces bob in the roster of platform and rewrites its history\n\nHistory is rewritten:"
    )


REFUSALS = {
    "join erinn": (3, "did you mean 'erin'?"),
    "join bob": (1, "'bob' is in the roster of 'platform' already: alice bob carol dan"),
    "join gone": (1, "'gone' has left"),
    "leave erin": (1, "'erin' is not in the roster"),
    "leave danny": (1, "did you mean 'dan'?"),
    "replace erin bob": (1, "'erin' is not in the roster"),
    "replace bob carol": (1, "'carol' is in the roster of 'platform' already"),
    "replace bob gone": (1, "'gone' has left"),
    "replace bob nobody-here": (3, "there is no person 'nobody-here'"),
    "reorder alice bob carol": (1, "leaves out 'dan'"),
    "reorder alice bob carol dan dan": (1, "names too often 'dan'"),
    "reorder alice bob carol erin": (1, "leaves out 'dan' and names strangers 'erin'"),
    "reorder bob carol dan alice": (1, "nothing would change"),
    "leave bob --from 2026-11-10": (1, "is in the past"),
    "leave bob --from 2026-12-01 --when now": (2, "both say when"),
    "leave bob --rewrite-history --when now": (2, "has no beginning"),
    "leave bob support": (3, "there is no rotation 'support'"),
    "leave bob --layer emea": (1, "has no layer 'emea'"),
    "join erin --shadow soon": (2, "'soon' is not a duration"),
}


@pytest.mark.parametrize("words", REFUSALS)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(team: MakeTeam, run: Run, words: str) -> None:
    folder = made(team)
    before = folder.git("rev-parse", "HEAD")
    outcome = run("rotation", *words.split(), now=NOW, **ZONE)
    code, message = REFUSALS[words]
    assert (outcome.code, message in outcome.err) == (code, True), outcome.err
    assert (folder.git("rev-parse", "HEAD"), folder.git("status", "--porcelain")) == (before, "")


def test_the_last_member_cannot_leave(team: MakeTeam, run: Run) -> None:
    folder = made(team, rotation=ROTATION.replace("alice, bob, carol, dan", "bob"))
    outcome = run("rotation", "leave", "bob", now=NOW)
    assert outcome.code == 1
    assert "'bob' is the last member of 'platform'" in outcome.err
    assert "oncall rotation replace bob SOMEBODY platform" in outcome.err
    assert folder.git("log", "--oneline").count("\n") == 1


def test_where_it_is_not_plain_which_rotation_is_meant_it_must_be_said(team: MakeTeam, run: Run) -> None:
    """Who is in one roster only is found there; a newcomer could be meant for any."""
    support = ROTATION.replace("Platform", "Support").replace("alice, bob", "alice, erin")
    folder = team({**TEAM, "rotations/support/rotation.yaml": support})
    assert run("rotation", "leave", "bob", now=NOW).code == 0
    assert "support" not in folder.last_diff()
    doubt = run("rotation", "leave", "carol", now=NOW)
    assert (doubt.code, "there are platform, support" in doubt.err) == (2, True)
    assert run("rotation", "join", "bob", now=NOW).code == 2
    assert run("rotation", "join", "bob", "-r", "support", now=NOW).code == 0
    assert run("rotation", "join", "erin", "platform", "-r", "support", now=NOW).code == 2


LAYERS = """\
name: Network
timezone: UTC
layers:
  - name: emea
    timezone: Europe/Berlin
    handoff: {every: 1 week, at: "monday 08:00"}
    hours: ["daily 08:00-20:00"]
    roster:
      - {from: 2026-11-02, members: [alice, bob]}
  - name: apac
    timezone: Asia/Tokyo
    handoff: {every: 1 week, at: "monday 08:00"}
    hours: ["daily 08:00-20:00"]
    roster:
      - {from: 2026-11-02, members: [carol, bob]}
"""


def test_a_layer_has_a_roster_and_a_clock_of_its_own(team: MakeTeam, run: Run) -> None:
    """A date is one on the layer's wall, and the version stands in its list in its style."""
    folder = made(team, rotation=LAYERS)
    assert "several layers: emea, apac" in run("rotation", "join", "erin", now=NOW).err
    outcome = run("rotation", "leave", "carol", "--from", "2026-11-23", now=NOW, ONCALL_TZ="America/Los_Angeles")
    assert outcome.code == 0, outcome.err
    assert folder.read(WHERE).endswith("members: [carol, bob]}\n      - {from: 2026-11-23, members: [bob]}\n")
    assert (
        folder.git("log", "-1", "--format=%s").strip() == "carol leaves the roster of platform (apac) from 2026-11-23"
    )
    assert run("rotation", "leave", "bob", "--layer", "emea", now=NOW).code == 0


def test_a_weekday_rotation(team: MakeTeam, run: Run) -> None:
    """On a Friday after the handoff, the next one is Monday's."""
    desk = ROTATION.replace('every: 1 week, at: "tuesday 09:00"', 'every: 1 day, at: "09:00"').replace(
        "\nroles", '\nhours: ["monday-friday 09:00-17:00"]\n\nroles'
    )
    folder = made(team, rotation=desk)
    run("rotation", "leave", "alice", now="2026-11-20T10:00:00-05:00")
    # Tue 3 Nov alice ... Fri 20 Nov bob, Mon 23 Nov carol
    assert "  - from: 2026-11-23\n    members: [carol, dan, bob]\n" in folder.read(WHERE)


COVER = """\
kind: cover
changes:
  - role: primary
    start: 2026-11-23T12:00:00-05:00
    end: 2026-11-25T12:00:00-05:00
    person: bob
reason: Carol and Dan are at the dentist
created: 2026-11-10T09:00:00-05:00
"""
SWAP = """\
kind: swap
changes:
  - role: primary
    start: 2026-11-24T09:00:00-05:00
    end: 2026-12-01T09:00:00-05:00
    person: bob
    instead_of: dan
  - role: primary
    start: 2026-12-08T09:00:00-05:00
    end: 2026-12-15T09:00:00-05:00
    person: dan
    instead_of: bob
created: 2026-11-10T09:00:00-05:00
"""
GOES = """\
diff --git a/rotations/platform/overrides/2026-11-23-cover.yaml b/rotations/platform/overrides/2026-11-23-cover.yaml
--- a/rotations/platform/overrides/2026-11-23-cover.yaml
+++ b/rotations/platform/overrides/2026-11-23-cover.yaml
@@ -2,7 +2,7 @@ kind: cover
 changes:
   - role: primary
     start: 2026-11-23T12:00:00-05:00
-    end: 2026-11-25T12:00:00-05:00
+    end: 2026-11-24T09:00:00-05:00
     person: bob
 reason: Carol and Dan are at the dentist
 created: 2026-11-10T09:00:00-05:00
"""


def test_who_leaves_promises_nothing_any_more(team: MakeTeam, run: Run) -> None:
    """Covers end with the turns, a swap goes as a whole, and each is told of."""
    swap = "rotations/platform/overrides/2026-11-24-swap.yaml"
    folder = made(team, **{"overrides__2026-11-23-cover": COVER, "overrides__2026-11-24-swap": SWAP})
    outcome = run("rotation", "leave", "bob", now=NOW, **ZONE)
    assert outcome.code == 0, outcome.err
    cover, gone, roster = folder.last_diff().split("diff --git ")[1:]
    assert f"diff --git {cover}" == GOES
    assert gone.startswith(f"a/{swap} b/{swap}\ndeleted file mode 100644\n")
    assert f"diff --git {roster}" == new_version("2026-11-24", "dan, alice, carol")
    told = " ".join(outcome.out.split())
    assert "2026-11-23-cover: Bob (primary, Tue 24 Nov 09:00 – Wed 25 Nov 12:00); that ends then" in told
    assert (
        "2026-11-24-swap: Bob for Dan (primary, Tue 24 Nov 09:00 – Tue 1 Dec 09:00); the whole swap is dissolved"
        in told
    )
    assert run("check", now=NOW).code == 0


OTHERS = """\
kind: swap
changes:
  - {role: primary, start: 2026-12-08T09:00:00-05:00, end: 2026-12-15T09:00:00-05:00, person: bob, instead_of: alice}
  - {role: primary, start: 2026-12-01T09:00:00-05:00, end: 2026-12-08T09:00:00-05:00, person: alice, instead_of: bob}
created: 2026-11-10T09:00:00-05:00
"""


def with_a_swap(team: MakeTeam) -> TeamFolder:
    """Alice and Bob have exchanged their weeks of December under a roster that goes on with Dan, Bob, Alice."""
    roster = ROTATION.replace("[alice, bob, carol, dan]", "[carol, dan, bob, alice]").replace("11-03", "11-17")
    return made(team, rotation=roster, **{"overrides__2026-12-01-swap": OTHERS})


@pytest.mark.parametrize("words", ["reorder carol dan alice bob", "leave dan --from 2026-11-24"])
def test_what_others_agreed_on_is_not_left_without_effect_unasked(team: MakeTeam, run: Run, words: str) -> None:
    """Nobody finds out on the day that the other half of their swap is no more."""
    folder = with_a_swap(team)
    before = folder.git("rev-parse", "HEAD")
    for more in ((), ("--dry-run",)):
        outcome = run("rotation", *words.split(), *more, now=NOW, **ZONE)
        assert outcome.code == 1
        assert (
            "nothing is changed: an override would stand in, or a part of it, for somebody who has none" in outcome.err
        )
        assert "'2026-12-01-swap' of 'platform'" in outcome.err
        assert "--end-overrides" in outcome.err
    assert (folder.git("rev-parse", "HEAD"), folder.git("status", "--porcelain")) == (before, "")
    asked = run("rotation", *words.split(), "--end-overrides", now=NOW, **ZONE)
    assert asked.code == 0, asked.err
    assert "the whole swap is dissolved" in " ".join(asked.out.split())
    assert (
        folder.git("diff", "--name-status", "HEAD~").splitlines()[0]
        == "D\trotations/platform/overrides/2026-12-01-swap.yaml"
    )
    assert run("check", now=NOW).code == 0


def test_what_keeps_its_sense_stays(team: MakeTeam, run: Run) -> None:
    """A roster that changes after the swap leaves it alone, though others may be ended."""
    folder = with_a_swap(team)
    assert run("rotation", "join", "erin", "--from", "2026-12-15", "--end-overrides", now=NOW, **ZONE).code == 0
    assert folder.read("rotations/platform/overrides/2026-12-01-swap.yaml") == OTHERS


def test_history_is_rewritten_past_what_others_stood(team: MakeTeam, run: Run) -> None:
    """What an override did in the past is settled: it is no finding of a check that nobody can mend."""
    past = COVER.replace("11-23", "11-10").replace("11-25", "11-11").replace("bob", "alice\n    instead_of: bob")
    folder = made(team, **{"overrides__2026-11-10-cover": past})
    outcome = run("rotation", "reorder", "dan", "carol", "bob", "alice", "--rewrite-history", now=NOW, **ZONE)
    assert outcome.code == 0, outcome.err
    assert folder.read("rotations/platform/overrides/2026-11-10-cover.yaml") == past
    assert run("check", now=NOW).code == 0


def test_the_plan_of_a_version_that_has_not_begun_is_as_true(team: MakeTeam, run: Run) -> None:
    """An edit in place of a version far ahead is planned from there, not from now."""
    made(team)
    assert run("rotation", "leave", "dan", "--from", "2027-03-16", now=NOW, **ZONE).code == 0
    again = run("rotation", "leave", "carol", "--from", "2027-03-16", "--dry-run", now=NOW, **ZONE).out
    assert "0 shifts change hands" not in again
    assert "Carol → " in again
    far = run("rotation", "leave", "carol", "--from", "2033-03-16", "--dry-run", now=NOW, **ZONE).out
    assert "0 shifts change hands" not in far


def test_a_secondary_needs_two(team: MakeTeam, run: Run) -> None:
    """The last but one cannot leave when the one who stays would hold both roles."""
    folder = made(team, rotation=WITH_SECONDARY)
    for leaver in ("dan", "carol"):
        assert run("rotation", "leave", leaver, now=NOW, **ZONE).code == 0
    before = folder.git("rev-parse", "HEAD")
    seen = run("rotation", "leave", "bob", now=NOW, **ZONE)
    assert seen.code == 1
    assert "somebody would hold two roles at once" in seen.err
    assert folder.git("rev-parse", "HEAD") == before
