"""Markdown files with front matter: ``runbooks/<slug>.md`` and ``templates/<kind>/<slug>.md``."""

from __future__ import annotations

from oncall_cli.model.record import Day, Id, Record, Text


class Runbook(Record):
    """How to diagnose and mitigate what an alert tells of."""

    title: Text
    services: tuple[Text, ...] = ()
    alerts: tuple[Text, ...] = ()
    owner: Id | None = None
    reviewed: Day | None = None


class Template(Record):
    """The head of a template for a message, a review or a handoff summary."""

    title: Text
    subject: Text | None = None
