"""What is ours is published once, what is others' arrives, and nobody's work is lost or moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from oncall_cli.errors import GitInTheWay
from oncall_cli.repository.settle import drop_aside, set_aside
from tests.repository.clones import Clone, Remote, leftovers
from tests.repository.records import ALICE, BOB, CAROL, COVER, TEAM

SHIFT = "rotations/platform/shifts/2026/2026-11-24-alice-primary.yaml"
LOG = "person: alice\nrole: primary\nlog:\n  - at: 2026-11-24T09:00:00-05:00\n    by: alice\n    text: On duty\n"
COVER_TEXT = (
    "kind: cover\nchanges:\n  - role: primary\n    start: 2026-11-24T09:00:00-05:00\n"
    "    end: 2026-11-24T17:00:00-05:00\n    person: bob\n"
)


def entry(at: str, text: str, by: str = "bob") -> str:
    return f"  - at: 2026-11-24T{at}:00-05:00\n    by: {by}\n    text: {text}\n"


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    return Remote(tmp_path, {**TEAM, SHIFT: LOG, "notes.txt": "one\ntwo\nthree\n"})


@pytest.fixture
def alice(remote: Remote) -> Clone:
    return remote.clone("alice")


@pytest.fixture
def bob(remote: Remote) -> Clone:
    return remote.clone("bob")


def equal(*clones: Clone) -> bool:
    """Whether all stand at the remote's tip, with clean files and nothing left behind."""
    tips = {clone.tip() for clone in clones} | {clone.tip("origin/main") for clone in clones}
    clean = all(clone.git("status", "--porcelain") == "" and not leftovers(clone) for clone in clones)
    return len(tips) == 1 and clean


def test_a_record_goes_out_and_arrives(remote: Remote, alice: Clone, bob: Clone) -> None:
    """One clone publishes, the other takes; both know what is upstream."""
    alice.record(COVER, COVER_TEXT, "Bob covers")
    done = alice.sync()
    assert ([one.subject for one in done.pushed], done.received, done.fine) == (["Bob covers"], 0, True)
    done = bob.sync()
    assert (done.pushed, done.received, done.fine) == ((), 1, True)
    assert bob.read(COVER) == COVER_TEXT
    assert equal(alice, bob)
    assert alice.sync() == alice.sync()
    assert remote.subjects() == ["Bob covers", "The team begins"]


def test_two_logs_that_grew(remote: Remote, alice: Clone, bob: Clone) -> None:
    """Both write into one shift; both lines are there, by time, each in the commit of who wrote it."""
    bob.record(SHIFT, LOG + entry("10:00", "Looking"), "Bob looks")
    bob.sync()
    alice.record(SHIFT, LOG + entry("09:30", "Paged", "alice"), "Alice is paged")
    before = alice.git("log", "-1", "--format=%an %ae %ad %cd %B")
    done = alice.sync()
    assert [one.subject for one in done.pushed] == ["Alice is paged"]
    assert alice.git("log", "-1", "--format=%an %ae %ad %cd %B") == before
    bob.sync()
    assert bob.read(SHIFT) == LOG + entry("09:30", "Paged", "alice") + entry("10:00", "Looking")
    assert equal(alice, bob)
    assert remote.subjects() == ["Alice is paged", "Bob looks", "The team begins"]


def test_a_kill_between_the_push_and_the_branch_doubles_nothing(remote: Remote, alice: Clone, bob: Clone) -> None:
    """A commit that is upstream under another name is known by its mark."""
    bob.record(COVER, COVER_TEXT, "Bob covers")
    bob.sync()
    alice.edit(ALICE, "name: Alice", "name: Alice B.", "Rename Alice")
    head = alice.tip()
    alice.sync()
    # as if the process had died before it moved the branch: all else that a sync does has happened
    alice.git("reset", "--quiet", "--hard", head)
    done = alice.sync()
    assert (done.pushed, done.waiting, done.received) == ((), (), 1)
    assert equal(alice)
    assert remote.subjects().count("Rename Alice") == 1


def test_the_users_files_stay_as_they_are(remote: Remote, alice: Clone, bob: Clone) -> None:
    """What is staged, edited or unknown to git is the same bytes afterwards, for git as well."""
    bob.record(COVER, COVER_TEXT, "Bob covers")
    bob.sync()
    alice.edit(ALICE, "name: Alice", "name: Alice B.")
    alice.write({"notes.txt": "one\nmine\nthree\n", "draft.txt": "draft\n", BOB: "name: Bob T.\n"})
    alice.git("add", BOB)
    before = alice.git("status", "--porcelain"), alice.git("diff"), alice.git("diff", "--cached")
    assert alice.sync().fine
    assert (alice.git("status", "--porcelain"), alice.git("diff"), alice.git("diff", "--cached")) == before
    assert alice.read(COVER) == COVER_TEXT
    assert alice.tip() == remote.git("rev-parse", "main").strip()


@pytest.mark.parametrize("staged", [False, True])
def test_an_edited_file_that_others_changed_keeps_the_branch(bob: Clone, alice: Clone, staged: bool) -> None:
    """What is ours is published all the same; once the edit is away, the branch follows."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    alice.record(COVER, COVER_TEXT, "Bob covers")
    head = alice.tip()
    alice.write({BOB: "name: Bobby\n"})
    if staged:
        alice.git("add", BOB)
    done = alice.sync()
    assert (done.blocked, done.fine, [one.subject for one in done.pushed]) == ((BOB,), False, ["Bob covers"])
    assert (alice.tip(), alice.read(BOB)) == (head, "name: Bobby\n")
    alice.git("restore", "--staged", "--worktree", BOB)
    assert alice.sync().fine
    assert alice.read(BOB) == "name: Bob T.\n"
    assert equal(alice)


def test_a_file_of_the_same_name_that_git_does_not_know(alice: Clone, bob: Clone) -> None:
    """It is the user's unless it says the same."""
    bob.record(COVER, COVER_TEXT, "Bob covers")
    bob.sync()
    alice.write({COVER: "mine\n"})
    assert alice.sync().blocked == (COVER,)
    assert alice.read(COVER) == "mine\n"
    alice.write({COVER: COVER_TEXT})
    assert alice.sync().fine
    assert equal(alice)


def test_files_deleted_and_folders_left_empty(alice: Clone, bob: Clone) -> None:
    """A deletion arrives, and no empty folder stays."""
    bob.record(COVER, COVER_TEXT, "Bob covers")
    bob.sync()
    alice.sync()
    alice.record(COVER, None, "No cover")
    alice.sync()
    bob.sync()
    assert not (bob.root / COVER).parent.exists()
    assert equal(alice, bob)


def test_the_same_field_twice_is_set_aside_and_the_rest_is_published(remote: Remote, alice: Clone, bob: Clone) -> None:
    """The commit in dispute is kept and told with both values and both people; what comes after it goes out."""
    bob.edit(ALICE, "name: Alice", "name: Alice of Bob", "Bob names Alice")
    bob.sync()
    alice.edit(ALICE, "name: Alice", "name: Alice of Alice", "Alice names herself")
    alice.record(COVER, COVER_TEXT, "Bob covers")
    alice.edit(ALICE, "name: Alice of Alice", "name: Alice III", "Alice changes her mind")
    done = alice.sync()
    assert [one.subject for one in done.pushed] == ["Bob covers"]
    assert [one.commit.subject for one in done.aside] == ["Alice names herself", "Alice changes her mind"]
    [dispute] = done.aside[0].disputes
    assert (dispute.path, dispute.about.field, dispute.about.ours, dispute.about.theirs, dispute.other) == (
        ALICE,
        ("name",),
        "Alice of Alice",
        "Alice of Bob",
        "Bob",
    )
    assert "name: Alice of Bob" in alice.read(ALICE)
    assert equal(alice)
    assert remote.subjects() == ["Bob covers", "Bob names Alice", "The team begins"]
    again = alice.sync()
    assert again.fine
    assert len(set_aside(alice.root)[1]) == 2


def test_the_same_incident_opened_twice_is_two_files(remote: Remote, alice: Clone, bob: Clone) -> None:
    """Neither record is lost or mixed with the other; what was written into ours goes where ours is."""
    path = "rotations/platform/incidents/2026/2026-11-24-db.yaml"
    text = "title: {}\nseverity: sev1\n"
    bob.record(path, text.format("Database down"), "Bob opens an incident")
    bob.sync()
    alice.record(path, text.format("No logins"), "Alice opens an incident")
    alice.edit(path, "sev1\n", "sev2\n", "Alice lowers it")
    done = alice.sync()
    there = path.replace("-db", "-db-2")
    assert done.renamed == ((path, there),)
    assert (done.fine, len(done.pushed)) == (True, 2)
    assert alice.read(path) == text.format("Database down")
    assert alice.read(there) == text.format("No logins").replace("sev1", "sev2")
    bob.sync()
    assert equal(alice, bob)


def test_what_was_set_aside_is_settled(alice: Clone, bob: Clone) -> None:
    """By forgetting it, or by taking the commit up again; the commit itself can always be found."""
    bob.edit(ALICE, "name: Alice", "name: Alice of Bob", "Bob names Alice")
    bob.edit(BOB, "name: Bob", "name: Bob of Bob", "Bob names himself")
    bob.sync()
    alice.edit(ALICE, "name: Alice", "name: Mine", "One")
    alice.edit(BOB, "name: Bob", "name: His", "Two")
    aside = alice.sync().aside
    marks = {one.commit.subject: one.commit.mark or "" for one in aside}
    assert drop_aside(alice.root, marks["One"][:6]).subject == "One"
    assert [one.commit.subject for one in set_aside(alice.root)[1]] == ["Two"]
    alice.git("cherry-pick", "--strategy-option=theirs", f"refs/oncall/aside/{marks['Two']}")
    assert [one.subject for one in alice.sync().pushed] == ["Two"]
    assert set_aside(alice.root)[1] == []
    assert alice.read(BOB) == "name: His\n"
    assert alice.git("log", "-1", "--format=%s", f"refs/oncall/aside/{marks['One']}") == "One\n"


def test_edited_here_and_deleted_there(alice: Clone, bob: Clone) -> None:
    """Neither wins in silence."""
    bob.record(CAROL, "name: Carol\n", "Carol joins")
    bob.sync()
    alice.sync()
    bob.record(CAROL, None, "Carol leaves")
    bob.sync()
    alice.edit(CAROL, "Carol", "Caroline", "Rename Carol")
    [aside] = alice.sync().aside
    assert aside.disputes[0].about.why == "one side deleted the file"
    assert aside.disputes[0].other == "Bob"
    assert not (alice.root / CAROL).exists()
    assert equal(alice)


def test_the_users_own_commits_are_never_pushed_or_moved(remote: Remote, alice: Clone, bob: Clone) -> None:
    """Ours are published without them; the branch keeps them, and all syncs agree about what is where."""
    alice.commit({"notes.txt": "mine\n"}, "My own work")
    alice.record(COVER, COVER_TEXT, "Bob covers")
    head = alice.tip()
    done = alice.sync()
    assert ([one.subject for one in done.pushed], [one.subject for one in done.users]) == (
        ["Bob covers"],
        ["My own work"],
    )
    assert remote.subjects() == ["Bob covers", "The team begins"]
    assert (alice.tip(), done.behind) == (head, False)
    bob.sync()
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    alice.edit(ALICE, "name: Alice", "name: Alice B.", "Rename Alice")
    head = alice.tip()
    done = alice.sync()
    assert ([one.subject for one in done.pushed], done.behind, alice.tip()) == (["Rename Alice"], True, head)
    assert remote.subjects() == ["Rename Alice", "Rename Bob", "Bob covers", "The team begins"]
    done = alice.sync(rebase=True)
    assert alice.subjects() == ["My own work", *remote.subjects()]
    assert alice.git("status", "--porcelain") == ""
    assert remote.subjects()[0] == "Rename Alice"
    assert alice.read(BOB) == "name: Bob T.\n"


def test_the_users_commit_on_top_is_left_there(remote: Remote, alice: Clone) -> None:
    """Ours below it are pushed as they are; nothing needs to move."""
    alice.record(COVER, COVER_TEXT, "Bob covers")
    alice.commit({"notes.txt": "mine\n"}, "My own work")
    head = alice.tip()
    done = alice.sync()
    assert (alice.tip(), done.behind, done.fine) == (head, False, True)
    assert remote.subjects() == ["Bob covers", "The team begins"]


def test_moving_the_users_commits_stops_at_a_contradiction(alice: Clone, bob: Clone) -> None:
    """The branch stays, with a sentence that names the commit and the file."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    alice.commit({BOB: "name: Bobby\n"}, "My own name for Bob")
    head = alice.tip()
    done = alice.sync(rebase=True)
    assert f"'My own name for Bob' contradicts what is upstream in '{BOB}'" in done.stays
    assert (alice.tip(), done.fine) == (head, False)


def test_a_merge_of_the_users_is_theirs(remote: Remote, alice: Clone, bob: Clone) -> None:
    """Ours below it are published; the merge is not made again."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    alice.record(COVER, COVER_TEXT, "Bob covers")
    alice.git("pull", "--quiet", "--no-rebase", "--no-edit")
    head = alice.tip()
    assert [one.subject for one in alice.sync().pushed] == ["Bob covers"]
    bob.sync()
    bob.edit(BOB, "name: Bob T.", "name: Bob", "Rename Bob again")
    bob.sync()
    assert "is a merge" in alice.sync(rebase=True).stays
    assert alice.tip() == head
    assert remote.subjects().count("Bob covers") == 1


def test_another_git_at_work(remote: Remote, alice: Clone, bob: Clone) -> None:
    """What is ours is published; the branch follows when the other git has ended."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    alice.record(COVER, COVER_TEXT, "Bob covers")
    lock = alice.root / ".git" / "index.lock"
    lock.touch()
    done = alice.sync()
    assert ([one.subject for one in done.pushed], "another git command" in done.stays) == (["Bob covers"], True)
    lock.unlink()
    assert alice.sync().fine
    assert equal(alice)


def test_an_upstream_that_was_rewritten(remote: Remote, alice: Clone, bob: Clone) -> None:
    """Ours go on top of what it is now; what was taken out of it is not pushed again, and kept here."""
    bob.record(COVER, COVER_TEXT, "Bob covers")
    bob.sync()
    alice.sync()
    old = alice.tip()
    bob.git("reset", "--quiet", "--hard", "HEAD~1")
    bob.commit({"notes.txt": "other\n"}, "Another history")
    bob.git("push", "--quiet", "--force", "origin", "main")
    alice.edit(ALICE, "name: Alice", "name: Alice B.", "Rename Alice")
    done = alice.sync()
    assert [one.subject for one in done.pushed] == ["Rename Alice"]
    assert remote.subjects() == ["Rename Alice", "Another history", "The team begins"]
    assert done.before.startswith("refs/oncall/before/")
    assert alice.git("merge-base", "--is-ancestor", old, done.before) == ""
    assert not (alice.root / COVER).exists()
    assert equal(alice)


def test_an_upstream_that_was_set_back(remote: Remote, alice: Clone, bob: Clone) -> None:
    """What was taken out is not pushed again by whoever still has it, however often they share."""
    bob.record(COVER, COVER_TEXT, "Bob covers")
    bob.sync()
    alice.sync()
    bob.git("push", "--quiet", "--force", "origin", "HEAD~1:main")
    for _ in range(2):
        assert alice.sync().pushed == ()
    assert remote.subjects() == ["The team begins"]
    alice.edit(ALICE, "name: Alice", "name: Alice B.", "Rename Alice")
    done = alice.sync()
    assert remote.subjects() == ["Rename Alice", "The team begins"]
    assert done.before.startswith("refs/oncall/before/")
    assert alice.sync().fine
    assert equal(alice)


def test_a_dry_run_changes_nothing(remote: Remote, alice: Clone, bob: Clone) -> None:
    """It fetches, and says what would happen."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    alice.record(COVER, COVER_TEXT, "Bob covers")
    head, there = alice.tip(), remote.subjects()
    done = alice.sync(dry_run=True)
    assert ([one.subject for one in done.waiting], done.received, done.pushed) == (["Bob covers"], 1, ())
    assert (alice.tip(), remote.subjects()) == (head, there)


def test_a_remote_that_is_down(remote: Remote, alice: Clone) -> None:
    """The record is saved and waits; the sentence says why."""
    alice.record(COVER, COVER_TEXT, "Bob covers")
    remote.bare.rename(remote.bare.with_name("away"))
    done = alice.sync()
    assert [one.subject for one in done.waiting] == ["Bob covers"]
    assert "cannot be reached" in done.why
    remote.bare.with_name("away").rename(remote.bare)
    assert alice.sync().fine
    assert equal(alice)


def test_a_remote_that_refuses(remote: Remote, alice: Clone, bob: Clone) -> None:
    """Its words are told; what others did arrives nevertheless."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    remote.hook("pre-receive", "echo 'the branch is protected' >&2; exit 1")
    alice.record(COVER, COVER_TEXT, "Bob covers")
    done = alice.sync()
    assert "the branch is protected" in done.why
    assert alice.read(BOB) == "name: Bob T.\n"
    assert [one.subject for one in done.waiting] == ["Bob covers"]
    remote.hook("pre-receive", "")
    assert [one.subject for one in alice.sync().pushed] == ["Bob covers"]
    assert equal(alice)


def test_a_remote_that_hangs(remote: Remote, alice: Clone) -> None:
    """The budget is kept, no process stays, and the next sync is not hindered."""
    import time

    remote.hook("pre-receive", "sleep 60")
    alice.record(COVER, COVER_TEXT, "Bob covers")
    begun = time.monotonic()
    done = alice.sync(1)
    assert time.monotonic() - begun < 3
    assert "did not answer within 1 s" in done.why
    remote.hook("pre-receive", "")
    assert alice.sync().fine
    assert equal(alice)


def test_a_stale_lock_on_our_own_ref(alice: Clone, bob: Clone) -> None:
    """What a killed fetch left does not block any later one."""
    bob.record(COVER, COVER_TEXT, "Bob covers")
    bob.sync()
    lock = alice.root / ".git/refs/oncall/upstream/origin/main.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    assert alice.sync().fine
    assert equal(alice)


def meanwhile(remote: Remote, clone: Clone, command: str) -> None:
    """Let something happen in a clone while its push is under way, once."""
    elsewhere = f"unset $(git rev-parse --local-env-vars) GIT_QUARANTINE_PATH; cd '{clone.root}'"
    remote.hook("pre-receive", f"[ -e once ] && exit 0; touch once; {elsewhere}; {command}")


def test_a_commit_made_while_a_sync_is_under_way(remote: Remote, alice: Clone, bob: Clone) -> None:
    """It is shared as well, on top of what was on its way."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    words = "-m Meanwhile -m 'Oncall-Change: 0123456789abcdef'"
    meanwhile(remote, alice, f"echo 'name: Carol' > {CAROL}; git add {CAROL}; git commit --quiet {words}")
    alice.record(COVER, COVER_TEXT, "Bob covers")
    done = alice.sync()
    assert [one.subject for one in done.pushed] == ["Bob covers", "Meanwhile"]
    assert remote.subjects() == ["Meanwhile", "Bob covers", "Rename Bob", "The team begins"]
    assert equal(alice)


def test_a_branch_checked_out_while_a_sync_is_under_way(remote: Remote, alice: Clone, bob: Clone) -> None:
    """The other branch is not touched, nor the files; back on the first, all is as it should be."""
    bob.edit(BOB, "name: Bob", "name: Bob T.", "Rename Bob")
    bob.sync()
    meanwhile(remote, alice, "git switch --quiet --create other")
    alice.record(COVER, COVER_TEXT, "Bob covers")
    head = alice.tip()
    done = alice.sync()
    assert ([one.subject for one in done.pushed], "switch back" in done.stays) == (["Bob covers"], True)
    assert (alice.tip("other"), alice.tip("main"), alice.git("status", "--porcelain")) == (head, head, "")
    alice.git("switch", "--quiet", "main")
    assert alice.sync().fine
    assert equal(alice)


def test_without_a_remote_or_an_upstream(alice: Clone) -> None:
    """Each has a sentence with the command that helps."""
    alice.git("branch", "--quiet", "--unset-upstream")
    with pytest.raises(GitInTheWay) as refused:
        alice.sync()
    assert "git push --set-upstream origin main" in refused.value.hint
    alice.git("remote", "remove", "origin")
    with pytest.raises(GitInTheWay, match="no remote") as refused:
        alice.sync()
    assert "git remote add origin" in refused.value.hint


def test_what_keeps_from_writing_keeps_from_sharing(alice: Clone) -> None:
    """A detached HEAD and a merge under way are refused."""
    alice.git("switch", "--quiet", "--detach")
    with pytest.raises(GitInTheWay, match="no branch is checked out"):
        alice.sync()
    alice.git("switch", "--quiet", "main")
    (alice.root / ".git" / "MERGE_HEAD").write_text(alice.tip() + "\n")
    with pytest.raises(GitInTheWay, match="a merge is under way"):
        alice.sync()


def test_a_remote_without_the_branch(remote: Remote, alice: Clone) -> None:
    """The first push is the user's."""
    alice.git("switch", "--quiet", "--create", "side")
    alice.git("config", "branch.side.remote", "origin")
    alice.git("config", "branch.side.merge", "refs/heads/side")
    with pytest.raises(GitInTheWay, match="no branch 'origin/side' yet"):
        alice.sync()


def test_signed_commits_are_signed_again(remote: Remote, alice: Clone, bob: Clone, tmp_path: Path) -> None:
    """A commit that is made again on others' is signed as the user's configuration asks."""
    import shutil
    import subprocess

    if not shutil.which("ssh-keygen"):
        pytest.skip("ssh-keygen is not installed")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    for name, value in {"gpg.format": "ssh", "user.signingKey": f"{key}.pub", "commit.gpgSign": "true"}.items():
        alice.git("config", name, value)
    bob.record(COVER, COVER_TEXT, "Bob covers")
    bob.sync()
    alice.edit(ALICE, "name: Alice", "name: Alice B.", "Rename Alice")
    alice.sync()
    assert "gpgsig" in alice.git("cat-file", "commit", "HEAD")
    assert equal(alice)


def test_modes_and_line_ends(remote: Remote, alice: Clone, bob: Clone) -> None:
    """A script arrives as a script, and text with the line ends of this disk."""
    alice.git("config", "core.autocrlf", "true")
    script = bob.root / "tool.sh"
    bob.write({"tool.sh": "#!/bin/sh\n"})
    script.chmod(0o755)
    bob.git("add", "tool.sh")
    bob.git("commit", "--quiet", "--message", "A tool")
    bob.git("push", "--quiet", "origin", "main")
    assert alice.sync().fine
    assert (alice.root / "tool.sh").stat().st_mode & 0o111
    assert (alice.root / "tool.sh").read_bytes() == b"#!/bin/sh\r\n"
    assert alice.git("status", "--porcelain") == ""


def test_the_root_may_be_a_folder_of_the_repository(tmp_path: Path) -> None:
    """Records are known by their paths below the root, wherever git's top is."""
    remote = Remote(tmp_path, {f"ops/{path}": text for path, text in {**TEAM, SHIFT: LOG}.items()})
    alice, bob = (Clone(remote.clone(name).root / "ops") for name in ("alice", "bob"))
    alice.record(SHIFT, LOG + entry("09:30", "Paged"), "One")
    bob.record(SHIFT, LOG + entry("10:00", "Fixed"), "Two")
    assert alice.sync().fine
    assert bob.sync().fine
    assert bob.read(SHIFT) == LOG + entry("09:30", "Paged") + entry("10:00", "Fixed")
    assert bob.git("status", "--porcelain") == ""
