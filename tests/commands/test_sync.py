"""`oncall sync` and `--push`: what is told, with which exit code, and that nobody's record depends on a network."""

from __future__ import annotations

import json
import time

import pytest

from tests.repository.clones import Clone, Remote
from tests.repository.records import ALICE, BOB, TEAM

PEOPLE = {
    "rotations/people/alice.yaml": "name: Alice\ngit_emails: [alice@example.com]\n",
    "rotations/people/bob.yaml": "name: Bob\ngit_emails: [bob@example.com]\n",
}
NOW = "2026-11-24T15:00:00Z"


@pytest.fixture
def remote(tmp_path) -> Remote:
    return Remote(tmp_path, {**TEAM, **PEOPLE})


@pytest.fixture
def alice(remote, monkeypatch) -> Clone:
    made = remote.clone("alice")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def bob(remote) -> Clone:
    return remote.clone("bob")


def test_sync_tells_what_went_out_and_what_arrived(run, alice, bob):
    """Numbers and subjects; then nothing is left to do."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    assert run("-C", str(bob.root), "sync").out.startswith("Pushed 1 commit to origin/main:\n")
    run("log", "--as", "alice", "All is calm", now=NOW)
    done = run("sync")
    subject = alice.subjects()[0]
    short = alice.tip()[:8]
    assert done == (
        0,
        f"Pushed 1 commit to origin/main:\n  {short}  {subject}\nReceived 1 commit from origin/main.\n",
        "",
    )
    assert run("sync").out == "Nothing to share: this branch and origin/main are the same.\n"


def test_push_shares_the_commit_of_a_command(run, remote, alice):
    """Every command that makes a commit can push it, and says so; JSON has it as a field."""
    done = run("log", "--push", "All is calm", now=NOW)
    assert done.code == 0
    assert done.err.endswith("Pushed to origin/main.\n")
    assert remote.subjects()[0] == alice.subjects()[0]
    found = json.loads(
        run("timeoff", "add", "--from", "2026-12-24", "--until", "2026-12-27", "--push", "--json", now=NOW).out
    )["data"]
    assert found["pushed"] is True
    assert remote.git("rev-parse", "main").strip().startswith(found["commit"])
    assert "pushed" not in json.loads(run("log", "--json", "More", now=NOW).out)["data"]
    assert "1 commit not pushed: oncall sync" in run(now=NOW).out


def test_a_push_that_fails_costs_no_record(run, remote, alice):
    """The command ends as it would have; the commit waits."""
    remote.bare.rename(remote.bare.with_name("away"))
    done = run("log", "--push", "All is calm", now=NOW)
    assert done.code == 0
    assert "Saved, 1 commit waiting: 'origin' cannot be reached" in " ".join(done.err.split())
    done = run("log", "--push", "--json", "Still", now=NOW)
    assert (done.code, json.loads(done.out)["data"]["pushed"]) == (0, False)
    assert "Saved, 2 commits waiting" in done.err
    code, out, err = run("sync")
    assert (code, err) == (4, "")
    assert "Saved, 2 commits waiting" in out


def test_push_waits_for_nobody(run, remote, alice):
    """A remote that hangs is left after three seconds."""
    remote.hook("pre-receive", "sleep 30")
    begun = time.monotonic()
    done = run("log", "--push", "All is calm", now=NOW)
    assert time.monotonic() - begun < 6
    assert (done.code, "did not answer within 3 s" in " ".join(done.err.split())) == (0, True)


def test_push_without_a_remote_and_with_a_dry_run(run, remote, alice):
    """The first is told with what to do; the second shares nothing."""
    there = remote.subjects()
    assert run("log", "--push", "--dry-run", "All is calm", now=NOW).code == 0
    assert remote.subjects() == there
    alice.git("remote", "remove", "origin")
    done = run("log", "--push", "All is calm", now=NOW)
    assert done.code == 0
    assert "Saved, not pushed: there is no remote to share with: git remote add origin URL" in done.err
    assert run("sync").code == 4


def test_a_contradiction_is_told_with_both_values_and_both_people(run, alice, bob):
    """Exit code 4, the field, the values, the people, and how to settle it; then it is quiet."""
    bob.edit(ALICE, "name: Alice", "name: Alice of Bob", "Bob names Alice")
    bob.sync()
    alice.edit(ALICE, "name: Alice", "name: Alice of Alice", "Alice names herself")
    short = alice.tip()[:8]
    done = run("sync")
    mark = json.loads(run("sync", "--list", "--json").out)["data"][0]["mark"]
    assert done == (
        4,
        "Received 1 commit from origin/main.\n"
        "1 commit is set aside, contradicting what is in origin/main:\n\n"
        f"  {short}  Alice names herself\n"
        f"    {ALICE}: name\n"
        "      yours (Alice)  Alice of Alice\n"
        "      theirs (Bob)   Alice of Bob\n"
        f"    The files say theirs. To keep yours, make the change again, or 'git\n"
        f"    cherry-pick {short}'; then, or to let it be: oncall sync --drop {mark[:8]}\n",
        "",
    )
    assert run("sync").code == 0
    listed = run("sync", "--list").out
    assert "yours (Alice)  Alice of Alice" in listed
    assert run("sync", "--drop", "zzz").code == 3
    assert run("sync", "--drop", mark[:8]).code == 0
    assert run("sync", "--list").out == "Nothing is set aside.\n"


def test_who_contradicts_is_not_who_only_touched_the_file(run, alice, bob):
    """Alice's own earlier commit on the same file stands above Bob's by then; it was Bob all the same."""
    bob.edit(ALICE, "name: Alice", "name: Alice of Bob", "Bob names Alice")
    bob.sync()
    alice.edit(ALICE, "git_emails", "note: Early riser\ngit_emails", "Alice tells of her mornings")
    alice.edit(ALICE, "name: Alice", "name: Alice of Alice", "Alice names herself")
    done = run("sync")
    assert done.code == 4
    assert "      theirs (Bob)   Alice of Bob\n" in done.out


def test_sync_for_scripts(run, alice, bob):
    """One answer with everything in it."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    alice.commit({"mine.txt": "mine\n"}, "My own work")
    found = json.loads(run("sync", "--json").out)["data"]
    assert (found["upstream"], found["pushed"], found["received"], found["behind"]) == ("origin/main", [], 1, True)
    assert [one["subject"] for one in found["yours"]] == ["My own work"]
    text = run("sync").out
    assert "origin/main has 1 commit that this branch has not." in text
    assert "'oncall sync --rebase' puts your own on top" in " ".join(text.split())
    assert run("sync", "--rebase").code == 0
    assert alice.subjects()[:2] == ["My own work", "Rename Bob"]


def test_edits_that_are_in_the_way_are_named(run, alice, bob):
    """Exit code 4 and what to do."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    alice.write({BOB: "name: Bobby\n"})
    done = run("sync")
    assert done.code == 4
    assert f"others changed what you have edited: '{BOB}'" in " ".join(done.out.split())


def test_a_dry_run_says_what_would_be_shared(run, alice, bob):
    """Nothing is pushed or taken."""
    alice.edit(ALICE, "name: Alice", "name: Alice B.", "Rename Alice")
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    out = run("sync", "--dry-run").out
    assert "Would push 1 commit to origin/main:" in out
    assert "Would receive 1 commit from origin/main." in out


@pytest.mark.parametrize("seconds", ["0", "-1"])
def test_a_time_that_is_none(run, alice, seconds):
    """Wrong usage."""
    assert run("sync", "--timeout", seconds).code == 2


def test_push_is_an_option_of_what_commits(run, alice):
    """Every command that says what it would commit can share it; those that commit nothing cannot."""
    for words in (["log"], ["cover"], ["commit"], ["rotation", "join"], ["override", "remove"]):
        assert "--push" in run(*words, "--help").out, words
    for words in (["init"], ["sync"], ["who"], ["remind"]):
        assert "--push" not in run(*words, "--help").out, words
