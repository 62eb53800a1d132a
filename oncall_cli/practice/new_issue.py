"""The address of a page that makes an issue, filled in: a click, and what is known is there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from oncall_cli.errors import Refused

if TYPE_CHECKING:
    from oncall_cli.model.request import Request

# Hosts refuse addresses of more than about eight thousand characters.
_MOST_BODY = 4_000


def new_issue_url(repository: str | None, title: str, body: str, template: str | None = None) -> str:
    """Return the address for the repository's host; ``template`` is the name of one of its issue templates."""
    parts = urlsplit(repository or "")
    if not repository or parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refused(
            "nothing says where issues are made",
            hint="set 'repository: https://...' in oncall.yaml, or name one: --repository https://...",
        )
    base = repository.rstrip("/").removesuffix(".git")
    if "gitlab" in (parts.hostname or ""):
        said = {"issue[title]": title, "issue[description]": _cut(body), "issuable_template": template}
        return f"{base}/-/issues/new?{_query(said)}"
    return f"{base}/issues/new?{_query({'title': title, 'body': _cut(body), 'template': template})}"


def issue_body(request: Request, page: str) -> str:
    """Return what an issue says of a request: its words, what was tried, and where its record is."""
    lines = [request.text.strip()] if request.text else []
    if request.attempts:
        lines += ["Tried:", *(f"- {attempt}" for attempt in request.attempts)]
    lines += [*request.links, f"Support request: {page}"]
    return "\n\n".join(lines)


def _cut(body: str) -> str:
    return body if len(body) <= _MOST_BODY else f"{body[:_MOST_BODY]}…"


def _query(said: dict[str, str | None]) -> str:
    return urlencode({key: value for key, value in said.items() if value}, quote_via=quote)
