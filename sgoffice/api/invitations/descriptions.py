"""The text of an event: as it stands, or out of the HTML that some programs write instead."""

import re
from html import unescape

from sgoffice.api.invitations.components import Component

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>|<!--[^<>]*-->")
_BREAKS = frozenset({"br", "div", "h1", "h2", "h3", "h4", "li", "p", "table", "tr"})
_UNSEEN = frozenset({"head", "script", "style", "title"})
_OF_HTML = _BREAKS | _UNSEEN | {"a", "b", "body", "em", "font", "html", "i", "ol", "span", "strong", "td", "u", "ul"}


def description_of(event: Component) -> tuple[str, bool]:
    """Return the description, and whether it was taken out of HTML: as Google and Outlook write it."""
    text = event.text("DESCRIPTION")
    html = text or next((event.text(name) for name in ("X-ALT-DESC", "STYLED-DESCRIPTION") if event.one(name)), "")
    is_html = any((tag[2] or "").lower() in _OF_HTML for tag in _TAG.finditer(html))
    return (_text_in(html), True) if is_html else (html, False)


def _text_in(html: str) -> str:
    """Return the text that a reader of the HTML sees, line by line."""
    pieces: list[str] = []
    unseen, place = "", 0
    for tag in _TAG.finditer(html):
        pieces.append("" if unseen else html[place : tag.start()])
        place, name = tag.end(), (tag[2] or "").lower()
        if name in _UNSEEN:
            unseen = "" if tag[1] else name
        elif name in _BREAKS:
            pieces.append("\n")
    pieces.append("" if unseen else html[place:])
    lines = (" ".join(line.split()) for line in unescape("".join(pieces)).splitlines())
    return "\n".join(line for line in lines if line)
