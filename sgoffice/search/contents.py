"""What of a document is searched: each app says it of its kinds, beside how they are rendered.

A path names members of a document, one below the other: `participants.person.name`. It passes through lists by itself,
and `*` stands for every member.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sgoffice.records.partial_dates import PartialDate

_LABEL = 300


class Text(NamedTuple):
    """A text of a document: its JSON pointer, and what it says."""

    pointer: str
    text: str


@dataclass(frozen=True)
class Searched:
    """What of a kind's documents is searched.

    `address`: where its records stand in the API. `titles` and `texts`: what is searched; titles weigh more.
    `countries`: the codes of those that it is about. `day`: what it is dated by, the first that it has; with `is_dated`
    it is otherwise the day on which it was entered. `label` tells what a record is called; else its first title does.
    `speaks_for` tells for which country a record of the kind speaks where it is named.

    The names of other records (`is_embedded`) that a document shows are searched without being said here: all names of
    theirs, also those that the document does not show.
    """

    address: str
    titles: tuple[str, ...]
    texts: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    is_dated: bool = False
    label: Callable[[Mapping[str, Any]], str] | None = field(default=None, compare=False)
    speaks_for: Callable[[Mapping[str, Any]], str] | None = field(default=None, compare=False)

    def label_of(self, shown: Mapping[str, Any]) -> str:
        """Return what a record is called, in one line."""
        if self.label is not None:
            return self.label(shown)
        line = next((one.text for path in self.titles for one in _at(shown, path)), "")
        return line if len(line) <= _LABEL else line[:_LABEL].rsplit(" ", 1)[0] + " …"

    def date_of(self, shown: Mapping[str, Any]) -> str | None:
        """Return the date of a record as its document says it (EDTF)."""
        return next((one.text for path in self.day for one in _at(shown, path)), None)

    def day_of(self, shown: Mapping[str, Any]) -> date | None:
        """Return the first day that the date of a record can mean."""
        said = self.date_of(shown)
        return PartialDate.parse(said).earliest if said else None


def texts_of(shown: Mapping[str, Any], paths: tuple[str, ...]) -> Iterator[Text]:
    """Yield the texts of a document at these paths."""
    for path in paths:
        yield from _at(shown, path)


def _at(node: Any, path: str, pointer: str = "") -> Iterator[Text]:
    if isinstance(node, list):
        for place, below in enumerate(node):
            yield from _at(below, path, f"{pointer}/{place}")
    elif not path:
        if isinstance(node, str | int) and node != "" and not isinstance(node, bool):
            yield Text(pointer, str(node))
    elif isinstance(node, dict):
        name, _, rest = path.partition(".")
        for key in node if name == "*" else (name,):
            if node.get(key) is not None:
                yield from _at(node[key], rest, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
