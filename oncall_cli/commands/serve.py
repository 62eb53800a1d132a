"""``oncall serve``: the site, its feeds and answers in JSON, on this machine, always as the files are."""

from __future__ import annotations

import threading
from typing import Annotated
from urllib.parse import urlsplit

import typer

from oncall_cli.commands.serve_data import data_at, is_data
from oncall_cli.commands.session import Session
from oncall_cli.commands.site import Contacts, Private, ScheduleOnly
from oncall_cli.commands.site_making import SiteWishes
from oncall_cli.commands.workshop import Workshop
from oncall_cli.errors import NothingFound, OncallError, Unreadable, WrongUsage
from oncall_cli.render.failure import failure_json
from oncall_cli.render.text import in_sentence
from oncall_cli.render.web import error_reply, file_reply, is_ours, json_reply, path_of, problems_reply
from oncall_cli.repository.web_server import Reply, Request, WebServer

_PORT = 8765
_STATUS = {WrongUsage: 400, NothingFound: 404, Unreadable: 503}

Port = Annotated[
    int, typer.Option("--port", metavar="N", min=0, max=65535, help="Where it listens; 0 is any port that is free.")
]
Host = Annotated[
    str,
    typer.Option("--host", metavar="ADDRESS", help="On which address; others than this machine's own let others in."),
]
Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="NAME", help="A name by which this machine may be asked.", show_default=False),
]


def serve(
    ctx: typer.Context,
    port: Port = _PORT,
    host: Host = "127.0.0.1",
    allow: Allow = None,
    contacts: Contacts = False,
    schedule_only: ScheduleOnly = False,
    private: Private = False,
) -> int:
    """Serve the site of 'oncall site' to browsers, calendars and scripts of this machine, until Ctrl-C.

    It is made anew when a file changes. Answers in JSON stand at /who.json and /schedule.json, and for one rotation
    at /rotations/ROTATION/who.json. It changes nothing, and keeps no log.
    """
    session = Session(ctx.obj)
    workshop = Workshop(session.given, SiteWishes(None, contacts, schedule_only, private), session.tell)
    front = _Front(workshop, session, tuple(allow or ()), contacts=contacts)
    server = WebServer(host, port, front.reply)
    workshop.start()
    told = f"Serving '{in_sentence(str(session.repository.root))}' at {server.address} until Ctrl-C."
    try:
        server.run(lambda: session.tell(told))
    finally:
        workshop.end()
    return 0


class _Front:
    """Answers requests from what the workshop has made."""

    def __init__(self, workshop: Workshop, session: Session, names: tuple[str, ...], *, contacts: bool) -> None:
        self._workshop = workshop
        self._clock = session.given.clock
        self._names = names
        self._contacts = contacts
        # The records of one state are read when they are first asked for, by one request at a time.
        self._one = threading.Lock()

    def reply(self, request: Request) -> Reply:
        """Return the answer to a request, whatever it asks."""
        path = path_of(request)
        as_json = path is not None and path.endswith(".json")
        if not is_ours(request.host, self._names):
            message = "this name is none of this machine's; --allow lets it be one"
            return error_reply(403, message, as_json=as_json)
        if request.method not in ("GET", "HEAD"):
            return error_reply(405, "nothing can be changed here", as_json=as_json, Allow="GET, HEAD")
        if path is None:
            return error_reply(400, "this is no address")
        if is_data(path):
            return self._data(request, path)
        made = self._workshop.current()
        if made.trouble and not made.resources:
            return json_reply(request, made.trouble.json, 503) if as_json else problems_reply(made.trouble.lines)
        return file_reply(request, path, made.resources, self._clock())

    def _data(self, request: Request, path: str) -> Reply:
        """Return an answer as of now; none while a file is invalid, for a script would not see a notice."""
        made = self._workshop.current()
        if made.trouble or made.session is None:
            return json_reply(request, made.trouble.json if made.trouble else "", 503)
        try:
            with self._one:
                query = urlsplit(request.target).query
                text = data_at(made.session, path, query, self._clock(), contacts=self._contacts)
        except OncallError as failure:
            return json_reply(request, failure_json(failure), _STATUS.get(type(failure), 500))
        return json_reply(request, text)
