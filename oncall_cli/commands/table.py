"""The commands there are, where each lives, and in which panel of ``--help`` it stands.

The door reads this table alone; a command's module, and all that it needs, is imported when it is called.
"""

from __future__ import annotations

from typing import NamedTuple

EVERY_DAY = "Every day"
SCHEDULE = "Schedule"
INCIDENTS = "Incidents"
REQUESTS = "Requests"
REVIEW = "Review"
CALENDARS = "Calendars"
REPOSITORY = "Repository"


class Entry(NamedTuple):
    """A command: its words, its panel, one line of help, and the function that does it."""

    name: str
    panel: str
    summary: str
    module: str = ""
    function: str = ""
    commands: tuple[Entry, ...] = ()
    hidden: bool = False
    """Whether it is for programs alone, as those that git calls; help does not list it."""


def _listing(noun: str, module: str, plural: str, *more: Entry) -> tuple[Entry, ...]:
    return (
        Entry("list", "", f"List the {plural}.", module, f"list_{noun}"),
        Entry("show", "", f"Show one {noun}.", module, f"show_{noun}"),
        *more,
    )


COMMANDS = (
    Entry("who", EVERY_DAY, "Say who is on call, who is next, and who if they do not answer.", "who", "who"),
    Entry(
        "start",
        EVERY_DAY,
        "Report for duty: begin your shift and see what you need to know.",
        "start",
        "start",
    ),
    Entry(
        "done", EVERY_DAY, "Tick off an item of the shift's checklists, or see what is left of them.", "done", "done"
    ),
    Entry("log", EVERY_DAY, "Write a line into the log of the shift; without one, show it.", "log", "log"),
    Entry("end", EVERY_DAY, "End your watch: close the shift with a summary drafted from its log.", "end", "end"),
    Entry(
        "duty",
        EVERY_DAY,
        "List the recurring duties, and say that one is done.",
        commands=(
            Entry("list", "", "List the duties that fall due, with what the log says of them.", "duty", "list_duty"),
            Entry("done", "", "Say that a duty is done.", "duty", "done_duty"),
        ),
    ),
    Entry("probe", EVERY_DAY, "Look at the pages that tell how production is: up, slow or down.", "probe", "probe"),
    Entry("handoff", EVERY_DAY, "Print what a shift hands over, as Markdown.", "handoff", "handoff"),
    Entry(
        "remind",
        EVERY_DAY,
        "Tell people about a shift that begins soon, or that changed since they were told, once each.",
        "remind",
        "remind",
    ),
    Entry(
        "schedule",
        SCHEDULE,
        "List who is on call when, for rotations or for a person.",
        "schedule",
        "schedule",
    ),
    Entry("calendar", SCHEDULE, "Draw a month, or a few weeks, as a grid.", "calendar", "calendar"),
    Entry("gaps", SCHEDULE, "List the times that were promised and that nobody covers.", "gaps", "gaps"),
    Entry(
        "load",
        SCHEDULE,
        "Say how the load is shared: hours, nights, weekends, holidays and pages of each person.",
        "load",
        "load",
    ),
    Entry(
        "why",
        SCHEDULE,
        "Explain why somebody is on call: rule, roster version, override, commit.",
        "why",
        "why",
    ),
    Entry(
        "rotation",
        SCHEDULE,
        "List and show rotations, and change who takes turns.",
        commands=_listing(
            "rotation",
            "rotation",
            "rotations",
            Entry("new", "", "Begin a new rotation.", "rotation_new", "new_rotation"),
            Entry("join", "", "Let somebody join the roster, at the end of its order.", "roster", "join"),
            Entry(
                "leave",
                "",
                "Let somebody leave the roster, with the covers and swaps that lie ahead.",
                "roster",
                "leave",
            ),
            Entry("replace", "", "Give somebody's seat in the roster to somebody else.", "roster", "replace"),
            Entry(
                "reorder",
                "",
                "Change the order of the members; whoever's turn is next keeps it.",
                "roster",
                "reorder",
            ),
        ),
    ),
    Entry(
        "person",
        SCHEDULE,
        "List and show people, and add somebody.",
        commands=_listing(
            "person",
            "person",
            "people",
            Entry("add", "", "Add somebody to the people of the team.", "person_add", "add_person"),
        ),
    ),
    Entry("cover", SCHEDULE, "Cover for somebody, or let somebody cover: a shift or a part of it.", "cover", "cover"),
    Entry("swap", SCHEDULE, "Exchange two shifts of two people.", "swap", "swap"),
    Entry("take", SCHEDULE, "Take over now, until the present shift hands off.", "take", "take"),
    Entry(
        "override",
        SCHEDULE,
        "List, show, make and remove overrides.",
        commands=(
            Entry("list", "", "List the overrides that are under way or to come.", "override", "list_override"),
            Entry("show", "", "Show one override.", "override", "show_override"),
            Entry("nobody", "", "Leave a role to nobody for a while, on purpose.", "override", "nobody_override"),
            Entry("remove", "", "Take an override back: one that has begun ends now.", "override", "remove_override"),
        ),
    ),
    Entry(
        "timeoff",
        SCHEDULE,
        "List, add and remove time off, and see who could cover.",
        commands=(
            Entry("list", "", "List the time off that is under way or to come.", "timeoff", "list_timeoff"),
            Entry(
                "add", "", "Say that somebody is away, and see who could cover their shifts.", "timeoff", "add_timeoff"
            ),
            Entry("remove", "", "Take time off back, by its first day.", "timeoff", "remove_timeoff"),
        ),
    ),
    Entry(
        "holidays",
        SCHEDULE,
        "List and import holidays.",
        commands=(
            Entry("list", "", "List the holidays.", "holidays", "list_holidays"),
            Entry(
                "import",
                "",
                "Freeze the public holidays of a country into the rotations.",
                "holidays",
                "import_holidays",
            ),
        ),
    ),
    Entry(
        "incident",
        INCIDENTS,
        "Open incidents, work on them, list, show, review and measure them.",
        commands=(
            Entry(
                "open",
                "",
                "Open an incident, and see who is on call, which runbook fits, and what its severity demands.",
                "incident_open",
                "open_incident",
            ),
            Entry(
                "ack",
                "",
                "Acknowledge an incident: you have it, and command it until you hand it over.",
                "incident_work",
                "ack_incident",
            ),
            Entry(
                "note",
                "",
                "Write down what happens: words, what a command printed, a link.",
                "incident_tell",
                "note_incident",
            ),
            Entry(
                "impact",
                "",
                "Say since when, until when and how an incident hurt, and when it was noticed.",
                "incident_tell",
                "impact_incident",
            ),
            Entry(
                "severity",
                "",
                "Say that an incident is worse, or less bad, than it seemed.",
                "incident_tell",
                "severity_incident",
            ),
            Entry(
                "assign",
                "",
                "Give somebody a role in an incident: commander, communications, scribe, or your own.",
                "incident_tell",
                "assign_incident",
            ),
            Entry(
                "link", "", "Link an incident to an address, or to another incident.", "incident_tell", "link_incident"
            ),
            Entry(
                "escalate",
                "",
                "Show who is next when nobody answers or nothing fits, and take that step.",
                "escalate",
                "escalate",
            ),
            Entry("mitigate", "", "Say that an incident hurts nobody any more.", "incident_work", "mitigate_incident"),
            Entry(
                "resolve",
                "",
                "Say that an incident is solved, and hear what is still to be written.",
                "incident_work",
                "resolve_incident",
            ),
            Entry(
                "reopen",
                "",
                "Say that an incident is back: it is not mitigated and not resolved any more.",
                "incident_work",
                "reopen_incident",
            ),
            Entry(
                "merge",
                "",
                "Let an incident that was opened twice go on as one: its timeline goes along, and it points there.",
                "incident_tell",
                "merge_incident",
            ),
            Entry(
                "review",
                "",
                "Write the review of an incident, or renew what is written from its record; say how far it is.",
                "review",
                "review_incident",
            ),
            Entry("list", "", "List the incidents that are open, the newest first.", "incident", "list_incident"),
            Entry("show", "", "Show one incident with its timeline.", "incident", "show_incident"),
            Entry(
                "metrics",
                "",
                "Measure incidents: time to detect, acknowledge, mitigate, resolve; medians and p90 with their counts.",
                "incident_metrics",
                "metrics_incident",
            ),
        ),
    ),
    Entry(
        "escalate",
        INCIDENTS,
        "Show who is next when nobody answers or nothing fits, and take that step.",
        "escalate",
        "escalate",
    ),
    Entry(
        "watch",
        INCIDENTS,
        "Tell the next level about incidents that nobody acknowledged in time, once each.",
        "escalate",
        "watch",
    ),
    Entry(
        "runbook",
        INCIDENTS,
        "List and show runbooks, find the one for an alert, begin one.",
        commands=_listing(
            "runbook",
            "runbook",
            "runbooks",
            Entry(
                "find",
                "",
                "Find the runbook for a pasted alert, whatever its numbers and hosts are.",
                "runbook",
                "find_runbook",
            ),
            Entry("new", "", "Begin a runbook, filled in with what an incident taught.", "runbook_new", "new_runbook"),
        ),
    ),
    Entry(
        "action",
        INCIDENTS,
        "List action items, add one, and say that one is done.",
        commands=(
            Entry(
                "list", "", "List the action items that are open, overdue and oldest first.", "action", "list_action"
            ),
            Entry(
                "add",
                "",
                "Add an action item: to an incident, or one of its own such as an improvement.",
                "action",
                "add_action",
            ),
            Entry("done", "", "Say that an action item is done.", "action", "done_action"),
        ),
    ),
    Entry(
        "request",
        REQUESTS,
        "Open support requests, work on them, list and export them.",
        commands=(
            Entry(
                "open",
                "",
                "Open a support request, from a line, a mail or standard input.",
                "request_open",
                "open_request",
            ),
            Entry("ack", "", "Acknowledge a support request.", "request_work", "ack_request"),
            Entry(
                "delegate",
                "",
                "Hand a support request to whoever suits better; it is still yours to close.",
                "request_work",
                "delegate_request",
            ),
            Entry("note", "", "Write down a note, an attempt that failed, or a link.", "request_work", "note_request"),
            Entry(
                "time",
                "",
                "Count the time that a support request took; the limits of the policy speak up.",
                "request_work",
                "time_request",
            ),
            Entry(
                "issue",
                "",
                "Print the address that makes an issue of a support request; or keep the issue's number.",
                "request_work",
                "issue_request",
            ),
            Entry(
                "defer",
                "",
                "Let a support request wait for a meeting; 'oncall agenda' has it then.",
                "request_work",
                "defer_request",
            ),
            Entry("close", "", "Close a support request, with what solved it.", "request_work", "close_request"),
            Entry(
                "list",
                "",
                "List the support requests that are open, those that need somebody first.",
                "request",
                "list_request",
            ),
            Entry("show", "", "Show one support request.", "request", "show_request"),
            Entry(
                "export",
                "",
                "Export the support requests as a table, with the same columns every time; by when they came.",
                "request",
                "export_request",
            ),
        ),
    ),
    Entry(
        "message",
        REQUESTS,
        "List the templates, and fill one in for customers.",
        commands=(
            Entry("list", "", "List the templates.", "message", "list_message"),
            Entry(
                "render",
                "",
                "Fill in a template with an incident or a support request, and write down that it was sent.",
                "message",
                "render_message",
            ),
        ),
    ),
    Entry(
        "agenda",
        REQUESTS,
        "Print what a meeting has to talk about: deferred requests, reviews, what is overdue.",
        "agenda",
        "agenda",
    ),
    Entry(
        "report",
        REQUESTS,
        "Tell what a period was like: incidents, requests, interruptions, duties, load, coverage.",
        "report",
        "report",
    ),
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
