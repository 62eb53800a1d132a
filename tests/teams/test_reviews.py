"""Reviews and their actions in the lives of the teams: policy, document, meeting, and what is followed until done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from oncall_cli.repository.new_team_reviews import COE, POSTMORTEM
from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

FRIDAY = "2026-11-20T10:00:00-08:00"
REGISTRY = "2026-11-19-registry-pulls"
FOLDER = "rotations/infra/incidents/2026"
STORE = "2026-11-04-object-store-full"
TEAMS = {
    "infrastructure": ("luca", "2026-11-19-registry-pulls"),
    "shield": ("petra", "2026-11-11-login-loop"),
    "weekly": ("mila", "2026-11-14-grey-tiles"),
    "sprint": ("aisha", "2026-11-05-checkout-down"),
}


def test_m6_an_outage_over_ten_minutes_gets_a_document(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """M6, P7: timeline, impact and open questions are in it; it has an owner and a day; one commit has it all."""
    clone = stand_in("infrastructure", "luca")
    assert REGISTRY in run("agenda", now=FRIDAY).out.partition("## Reviews that nobody has begun")[2]
    made = run("incident", "review", "registry", now=FRIDAY)
    assert made.code == 0, made.err
    assert clone.last_commit()[1:] == (
        f"Begin the review of {REGISTRY}",
        [f"{FOLDER}/{REGISTRY}.md", f"{FOLDER}/{REGISTRY}.yaml"],
    )
    document = clone.read(f"{FOLDER}/{REGISTRY}.md")
    assert "From 2026-11-19T08:27:00-08:00" not in document
    for said in (
        "# Builds cannot pull images",
        "Builds failed for 25 minutes",
        'Alert "Registry pull errors 38% for 5 minutes" (luca)',
        "## Open questions",
    ):
        assert said in document, document
    review = ask("incident", "show", REGISTRY, now=FRIDAY)["review"]
    # five business days after Thursday 19 November: Thanksgiving is a holiday of the rotation
    assert review == {
        "path": f"{FOLDER}/{REGISTRY}.md",
        "state": "draft",
        "owner": "luca",
        "due": "2026-11-27",
    }
    assert run("check", now=FRIDAY).code == 0


def test_m6_what_people_wrote_survives_when_the_record_goes_on(stand_in: StandIn, run: Run) -> None:
    """Words, and a timeline that somebody corrected, stay; the facts and the actions become what the record says."""
    clone = stand_in("infrastructure", "luca")
    clone.commit({"templates/review/postmortem.md": POSTMORTEM}, "Add a template")
    run("incident", "review", "registry", now=FRIDAY)
    path = f"{FOLDER}/{REGISTRY}.md"
    mine = clone.read(path).replace(
        "_Three sentences that somebody understands who was not there._", "It was the cache."
    )
    mine = mine.replace("Took cache-2 out of the pool (luca)", "Took cache-2 out of the pool, at last (luca)")
    clone.commit({path: mine}, "Write the review")
    run(
        "action",
        "add",
        "Warm the caches",
        "--incident",
        "registry",
        "--owner",
        "kira",
        "--due",
        "2026-12-01",
        now=FRIDAY,
    )
    again = run("incident", "review", "registry", now=FRIDAY)
    assert again.code == 0, again.err
    assert "'timeline' was changed by hand and stays as it is" in again.err
    document = clone.read(path)
    assert "- [ ] Warm the caches (kira, 2026-12-01)\n" in document
    assert "It was the cache." in document
    assert "Took cache-2 out of the pool, at last (luca)" in document
    removed = [line for line in clone.last_diff().splitlines() if line.startswith("-") and not line.startswith("---")]
    assert all(
        re.match(r"-(?:<!-- oncall:(?:actions|questions) |None yet|- What will be different)", one) for one in removed
    )
    before = clone.commits()
    assert "Nothing is new." in run("incident", "review", "registry", now=FRIDAY).out
    assert clone.commits() == before


def test_m7_reviews_and_actions_are_followed_until_done(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """M7, R8: what is overdue is on the first screen and in the meeting until somebody says that it is done."""
    clone = stand_in("infrastructure", "ines")
    screen = run(now=FRIDAY).out
    assert re.search(rf"review overdue +{STORE}: due 2026-11-18, draft, jonas", screen)
    assert re.search(rf"action item +{STORE}/2, OVERDUE 3d: [^()]+\(ines\)", screen)
    agenda = run("agenda", now=FRIDAY).out
    assert (
        f"## Reviews that are overdue\n\n- The object store refuses writes ({STORE}, jonas, due 2026-11-18)\n" in agenda
    )
    assert "Rebalance every week, not when it hurts (due 2026-11-17, ines" in agenda
    assert run("incident", "review", "object-store", "--state", "in-review", now=FRIDAY).code == 0
    assert "## Reviews\n\n- The object store" in run("agenda", now=FRIDAY).out
    assert run("incident", "review", "object-store", "--state", "presented", now=FRIDAY).code == 0
    assert run("action", "done", f"{STORE}/2", "--at", "yesterday 17:00", now=FRIDAY).code == 0
    assert clone.last_commit()[1] == f"ines has done {STORE}/2"
    done = next(one for one in ask("action", "list", "--all", now=FRIDAY) if one["id"] == f"{STORE}/2")
    assert (done["state"], done["done"], done["overdue"]) == ("done", "2026-11-19", False)
    screen = run(now=FRIDAY).out
    assert "review overdue" not in screen
    assert "OVERDUE" not in run("action", "list", now=FRIDAY).out
    again = run("action", "done", f"{STORE}/2", now=FRIDAY)
    assert (again.code, "is done already, on 2026-11-19" in again.err) == (1, True)
    done_again = run("incident", "review", "object-store", "--state", "presented", now=FRIDAY)
    assert (done_again.code, "is 'presented' already" in done_again.err) == (1, True)


def test_m5_an_improvement_that_no_incident_asked_for(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """M5: Kira speaks up for a gap in safety: it is a record of its own, and stands in every list."""
    clone = stand_in("infrastructure", "kira")
    made = run(
        "action", "add", "Rehearse a restore", "--kind", "improvement", "--priority", "high", "--due", "2026-11-19",
        "--link", "https://example.com/issues/7", now=FRIDAY,
    )  # fmt: skip
    assert made.code == 0, made.err
    assert clone.read("rotations/infra/actions/2026/2026-11-20-rehearse-a-restore.yaml") == (
        "title: Rehearse a restore\nowner: kira\ndue: 2026-11-19\nstate: open\nkind: improvement\npriority: high\n"
        "link: https://example.com/issues/7\ncreated: 2026-11-20T10:00:00-08:00\n"
    )
    assert run("check", now=FRIDAY).code == 0
    assert [one["id"] for one in ask("action", "list", "--owner", "kira", now=FRIDAY)] == [
        "2026-11-20-rehearse-a-restore"
    ]
    assert "Rehearse a restore (due 2026-11-19, kira" in run("agenda", now=FRIDAY).out
    same = run("action", "add", "Rehearse a restore", now=FRIDAY)
    assert "2026-11-20-rehearse-a-restore-2" in same.out
    assert run("action", "done", "rehearse-a-restore-2", now=FRIDAY).code == 0
    assert "can mean" in run("action", "done", "rehearse", now=FRIDAY).err


def test_v12_when_it_is_quiet_the_start_screen_has_the_oldest_first(stand_in: StandIn, run: Run) -> None:
    """V12: whoever begins a shift sees what reviews left to do, overdue first."""
    stand_in("shield", "petra")
    run("action", "add", "Later", "--due", "2026-12-24", "--owner", "petra", now="2026-11-20T10:00:00-05:00")
    started = run("start", now="2026-11-23T09:00:00-05:00")
    assert started.code == 0, started.err
    quiet = started.out.partition("When it is quiet")[2].split("\n\n")[0]
    assert quiet.index("2026-11-11-login-loop/1") < quiet.index("2026-11-20-later")
    assert "OVERDUE" in quiet.splitlines()[1]


@pytest.mark.parametrize("team", sorted(TEAMS))
def test_the_template_of_every_team_writes_a_review(team: str, stand_in: StandIn, run: Run) -> None:
    """R8, P7: whatever a team's own template asks for, the record fills it."""
    person, incident = TEAMS[team]
    clone = stand_in(team, person)
    made = run("incident", "review", incident, "--as", person, now=FRIDAY)
    assert made.code == 0, made.err
    paths = [path for path in clone.last_commit()[2] if path.endswith(".md")]
    assert clone.read(paths[0]).startswith("# ")


def test_a_record_cannot_write_markup_into_a_document(stand_in: StandIn, run: Run) -> None:
    """Escapes, HTML, a forged marker and a long output are text in the document, as rendered."""
    clone = stand_in("infrastructure", "luca")
    clone.commit({"templates/review/postmortem.md": POSTMORTEM}, "Add a template")
    clone.change(
        f"{FOLDER}/{REGISTRY}.yaml",
        "    text: Took cache-2 out of the pool\n",
        "    text: |\n      $ regctl drain\n      ```\n      <!-- oncall:end timeline -->\n      # no heading\n"
        "  - at: 2026-11-19T08:53:00-08:00\n    by: luca\n"
        '    text: "<script>alert(1)</script> **loud** <!-- oncall:end timeline -->"\n',
    )
    assert run("incident", "review", "registry", now=FRIDAY).code == 0
    path = f"{FOLDER}/{REGISTRY}.md"
    shown = MarkdownIt("commonmark").render(clone.read(path))
    assert "<script>" not in shown
    assert "<strong>loud" not in shown
    assert "<h1>no heading" not in shown
    assert shown.index("no heading") < shown.index("<h2>Detection</h2>")
    clone.change(f"{FOLDER}/{REGISTRY}.yaml", "status: mitigated", "status: resolved")
    assert "Nothing is new." in run("incident", "review", "registry", now=FRIDAY).out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["registry", "--state", "finished"], 2, "there are 'draft', 'in review', 'presented', 'done'"),
        (["registry", "--state", "done"], 1, "has no review yet"),
        (["registry", "--owner", "zed"], 3, "there is no person 'zed'"),
        (["registry", "--template", "nothing"], 3, "there is no template of a review 'nothing'"),
        (["registry", "--due", "someday"], 2, "someday"),
        (["2026-11"], 2, "can mean"),
        (["nowhere"], 3, "there is no incident 'nowhere'"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(
    stand_in: StandIn, run: Run, words: list[str], code: int, said: str
) -> None:
    """Nothing is written; the message names what is wrong and what there is."""
    clone = stand_in("infrastructure", "luca")
    before = clone.commits()
    found = run("incident", "review", *words, now=FRIDAY)
    assert (found.code, said in found.err) == (code, True), found.err
    assert clone.commits() == before
    assert clone.git("status", "--porcelain") == ""


def test_a_document_elsewhere_is_left_to_its_people(stand_in: StandIn, run: Run) -> None:
    """A record that names a page outside of its folder is not written to; the message names the line."""
    clone = stand_in("infrastructure", "luca")
    clone.change(
        f"{FOLDER}/{STORE}.yaml", "review: {state: draft,", "review: {path: ../../../../../README.md, state: draft,"
    )
    found = run("incident", "review", "object-store", now=FRIDAY)
    assert found.code == 1
    assert f"{FOLDER}/{STORE}.yaml:" in found.err


def test_init_writes_the_templates_of_our_own_team() -> None:
    """The templates that a new team begins with are those of the example."""
    ours = Path(__file__).parents[2] / "templates" / "review"
    assert (ours / "postmortem.md").read_text(encoding="utf-8") == POSTMORTEM
    assert (ours / "coe.md").read_text(encoding="utf-8") == COE
