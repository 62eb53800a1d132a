"""The commands of every day and of the schedule."""

from __future__ import annotations

from oncall_cli.commands.entry import EVERY_DAY, SCHEDULE, Entry, listing

SCHEDULE_COMMANDS = (
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
        commands=listing(
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
        commands=listing(
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
)
