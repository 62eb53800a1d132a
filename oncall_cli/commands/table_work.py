"""The commands of incidents and requests."""

from __future__ import annotations

from oncall_cli.commands.entry import INCIDENTS, REQUESTS, Entry, listing

WORK_COMMANDS = (
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
        commands=listing(
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
)
