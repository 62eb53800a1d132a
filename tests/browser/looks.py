"""How pages are looked at: by day and by night, on a telephone and on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = {"phone": (390, 844), "desk": (1280, 900)}
SCHEMES = ("light", "dark")


def audit(page: Page, axe: str, *, quick: bool = False) -> list[str]:
    """Return what is wrong with a page for anybody who cannot see it well.

    In every size and scheme; a quick one looks at half of them, each once.
    """
    found = []
    page.evaluate(axe)
    for number, (size, (width, height)) in enumerate(SIZES.items()):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES[number : number + 1] if quick else SCHEMES:
            page.emulate_media(color_scheme=scheme)
            # Without this it would ask for the style sheet again, by ways that a page from a folder does not have.
            wrong = page.evaluate("axe.run({preload: false})")["violations"]
            found += [f"{size}, {scheme}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in wrong]
        if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append(f"{size}: {over} pixels wider than the screen")
    return found
