"""The Markdown of runbooks and reviews as part of a page: no raw HTML, no picture, no link that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from markupsafe import Markup

from oncall_cli.practice.sections import anchor
from oncall_cli.render.site.places import is_far
from oncall_cli.render.text import visible

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKERS = re.compile(r"^<!-- oncall:[^\n]*-->[ \t]*\n?", re.MULTILINE)
_ALIGNED = re.compile(r"text-align:(left|center|right)")


class Prose:
    """Turns the texts of one site into HTML; ``pages`` leads from the files of the repository to pages of the site."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        from markdown_it import MarkdownIt

        self._pages = pages
        self._reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")

    def html(self, text: str, source: str, root: str, *, title: str = "", top: int = 2) -> Markup:
        """Return a text that stands in the file ``source``, its headings from the rank ``top`` on without a leap.

        A first heading that says what the page's own does is left out.
        """
        tokens = self._reader.parse(visible(_MARKERS.sub("", text)))
        if len(tokens) > 2 and tokens[0].tag == "h1" and tokens[1].content.strip() == title.strip():
            tokens = tokens[3:]
        _rank(tokens, top)
        names: set[str] = set()
        for token, after in zip(tokens, [*tokens[1:], None], strict=True):
            _without_style(token)
            if token.type == "heading_open" and after:
                _name(token, after.content, names)
            if token.children:
                token.children = self._linked(token.children, source, root)
        return Markup(self._reader.renderer.render(tokens, self._reader.options, {}))

    def _linked(self, tokens: Sequence[Token], source: str, root: str) -> list[Token]:
        """Return the pieces of a line without the marks of links that lead nowhere; their words stay."""
        kept: list[Token] = []
        open_links: list[bool] = []
        for token in tokens:
            if token.type == "link_open":
                target = self._target(str(token.attrGet("href") or ""), source, root)
                open_links.append(target is not None)
                token.attrs = {"href": target} if target else {}
            if token.type in ("link_open", "link_close"):
                there = open_links[-1] if token.type == "link_open" else open_links.pop()
                if not there:
                    continue
            kept.append(token)
        return kept

    def _target(self, said: str, source: str, root: str) -> str | None:
        """Return where a link leads in the site, or outside of it; None for what is neither."""
        if is_far(said):
            return said
        path, _, _ = said.partition("#")
        page = self._pages.get(normpath(f"{dirname(source)}/{path}")) if path else None
        return f"{root}{page}" if page else None


def _rank(tokens: Sequence[Token], top: int) -> None:
    """Give each heading the rank below the one that it belongs to, as a screen reader goes by ranks."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            said = int(token.tag[1])
            while above and above[-1] >= said:
                above.pop()
            above.append(said)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, top + len(above) - 1)}"


def _name(token: Token, heading: str, names: set[str]) -> None:
    """Give a heading the name by which a link finds it; the first of several keeps it."""
    name = f"s-{anchor(heading)}"
    if name not in names:
        names.add(name)
        token.attrSet("id", name)


def _without_style(token: Token) -> None:
    """Say by a class what the policy of the pages forbids to say by a style."""
    if found := _ALIGNED.search(str(token.attrs.pop("style", ""))):
        token.attrSet("class", "number" if found[1] == "right" else f"at-{found[1]}")
