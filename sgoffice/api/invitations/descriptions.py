"""The text of an event: as it stands, or out of the HTML that some programs write instead."""

import re
from html import unescape

from sgoffice.api.invitations.components import Component

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*(?::[a-zA-Z][\w-]*)?)(?=[\s/>])[^<>]*>|<[!?][a-zA-Z\[][^<>]*>")
#: What stands in no plain text, even without a closing tag.
_SURE = re.compile(r"<(?:br(?:\s\w+=[^<>]*|\s*/?)|html(?:\s[^<>]*)?|p)>", re.IGNORECASE)
_BREAKS = frozenset({"br", "div", "h1", "h2", "h3", "h4", "li", "p", "table", "tr"})
_UNSEEN = frozenset({"head", "script", "style", "title"})
_OF_HTML = _BREAKS | _UNSEEN | {"a", "b", "body", "em", "font", "html", "i", "ol", "span", "strong", "td", "u", "ul"}


def description_of(event: Component) -> tuple[str, bool]:
    """Return the description, and whether it was taken out of HTML: as Google and Outlook write it."""
    text = event.text("DESCRIPTION")
    html = text or next((event.text(name) for name in ("X-ALT-DESC", "STYLED-DESCRIPTION") if event.one(name)), "")
    return (_text_in(_without_comments(html)), True) if _is_html(html, is_declared=not text) else (html, False)


def _is_html(text: str, *, is_declared: bool) -> bool:
    """Tell HTML from plain text, in which somebody may write `<title>` or `<b and c>`."""
    return any(
        _SURE.fullmatch(tag[0]) or ((tag[1] or is_declared) and _name(tag) in _OF_HTML) for tag in _TAG.finditer(text)
    )


def _name(tag: re.Match[str]) -> str:
    return (tag[2] or "").lower()


def _without_comments(html: str) -> str:
    pieces, place = [], 0
    while (start := html.find("<!--", place)) >= 0 and (end := html.find("-->", start)) >= 0:
        pieces.append(html[place:start])
        place = end + len("-->")
    return "".join((*pieces, html[place:]))


def _text_in(html: str) -> str:
    """Return the text that a reader of the HTML sees, line by line."""
    pieces: list[str] = []
    unseen, place = "", 0
    closed = {_name(tag): tag.start() for tag in _TAG.finditer(html) if tag[1]}
    for tag in _TAG.finditer(html):
        pieces.append("" if unseen else html[place : tag.start()])
        place, name = tag.end(), _name(tag)
        if unseen:
            unseen = "" if tag[1] and name == unseen else unseen
        elif name in _UNSEEN and not tag[1] and not tag[0].endswith("/>") and closed.get(name, 0) > place - 1:
            unseen = name
        elif name in _BREAKS:
            pieces.append("\n")
    pieces.append("" if unseen else html[place:])
    lines = (" ".join(line.split()) for line in unescape("".join(pieces)).splitlines())
    return "\n".join(line for line in lines if line)
