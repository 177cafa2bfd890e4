"""What a browser would send of a page's main form, so that a test changes what a person would change."""

from html.parser import HTMLParser
from typing import Any


class _Inputs(HTMLParser):
    """The named inputs of the form with the given id, or of all of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._select = self._text = ""
        self._chosen: list[str] = []
        self._content: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name and given.get("type") not in {"submit", "button", "file"}:
            is_ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if is_ticked:
                self.found.append((name, given.get("value") or ("on" if given.get("type") == "checkbox" else "")))
        elif tag == "textarea":
            self._text, self._content = name, []
        elif tag == "select":
            self._select, self._chosen = name, []
        elif tag == "option" and "selected" in given:
            self._chosen.append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self._content.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            self.found.append((self._text, "".join(self._content).removeprefix("\n")))
            self._text = ""
        elif tag == "select" and self._select:
            self.found += [(self._select, value) for value in self._chosen]
            self._select = ""


def sent_by(page: Any, **changed: Any) -> dict[str, Any]:
    """Return the data of the page's forms as a browser sends them, with some fields filled in otherwise."""
    parser = _Inputs()
    parser.feed(page.content.decode())
    data: dict[str, Any] = {}
    for name, value in parser.found:
        data.setdefault(name, []).append(value)
    for unwanted in ("q", "csrfmiddlewaretoken"):
        data.pop(unwanted, None)
    return data | {name: value if isinstance(value, list) else [value] for name, value in changed.items()}
