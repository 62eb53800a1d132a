"""The commands there are, where each lives, and in which panel of ``--help`` it stands.

The door reads this table alone; a command's module, and all that it needs, is imported when it is called.
"""

from __future__ import annotations

from oncall_cli.commands.entry import CALENDARS, REPOSITORY, REVIEW, Entry
from oncall_cli.commands.table_schedule import SCHEDULE_COMMANDS
from oncall_cli.commands.table_work import WORK_COMMANDS

COMMANDS = (
    *SCHEDULE_COMMANDS,
    *WORK_COMMANDS,
    Entry("check", REVIEW, "Check every file and the schedule eight weeks ahead.", "check", "check"),
    Entry(
        "diff",
        REVIEW,
        "Say what a change does to the people: shifts, gaps, load, conflicts, and why.",
        "diff",
        "diff",
    ),
    Entry("schema", REVIEW, "Print what a kind of file may say, as JSON Schema for editors.", "schema", "schema"),
    Entry("fmt", REVIEW, "Put files into their canonical form.", "fmt", "fmt"),
    Entry(
        "textconv",
        REVIEW,
        "Print a rotation's file and the schedule that it means, for 'git diff'.",
        "textconv",
        "textconv",
        hidden=True,
    ),
    Entry(
        "explain",
        REVIEW,
        "Explain the rules of the check, with a wrong and a right example of each.",
        "explain",
        "explain",
    ),
    Entry("ics", CALENDARS, "Write calendar feeds (.ics) of shifts.", "ics", "ics"),
    Entry("site", CALENDARS, "Write a static site: who is on call, the weeks, people, incidents.", "site", "site"),
    Entry("serve", CALENDARS, "Serve the site on this machine, always as the files are.", "serve", "serve"),
    Entry("commit", REPOSITORY, "Commit files that were edited by hand, once they are valid.", "commit", "commit"),
    Entry(
        "history",
        REPOSITORY,
        "Tell who did what when: the commits of the team, of a path or of a record.",
        "history",
        "history",
    ),
    Entry("undo", REPOSITORY, "Take the last change by oncall back, with a new commit.", "undo", "undo"),
    Entry(
        "doctor",
        REPOSITORY,
        "Say whether git, the machine and the program can be relied on, and what to do.",
        "doctor",
        "doctor",
    ),
    Entry("init", REPOSITORY, "Begin a new team's repository.", "init", "init"),
    Entry(
        "completion",
        REPOSITORY,
        "Print a script that lets your shell complete commands and names.",
        "completion",
        "completion",
    ),
    Entry("shape", REPOSITORY, "Print what may follow a command.", "completion", "shape", hidden=True),
    Entry("sync", REPOSITORY, "Push what oncall committed, and take what others did.", "sync", "share"),
    Entry(
        "merge-driver",
        REPOSITORY,
        "Merge a record by what it says, for git: %O %A %B %P.",
        "merge_driver",
        "merge_driver",
        hidden=True,
    ),
)
