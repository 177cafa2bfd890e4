"""What the search indexes of a document; each app declares it with how its kinds are rendered.

A path names nested members of a document: `participants.person.name`. It descends into lists, and `*` matches every
member.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sgoffice.records.partial_dates import PartialDate

_LABEL = 300


class Text(NamedTuple):
    """A text in a document, and its JSON pointer."""

    pointer: str
    text: str


@dataclass(frozen=True)
class Searched:
    """What the search indexes of a kind's documents.

    `address`: the path of its records in the API. `titles` and `texts`: the indexed texts; titles weigh more.
    `countries`: codes of the countries that it concerns. `day`: its date, from the first path that has one; with
    `is_dated` the day of entry stands in for a missing date. `label` names a record, by default with its first title.
    `speaks_for` returns the country that a record represents where it is named.

    `codes` are titles that others gave it, such as ISO codes, and rank behind names; `initials` are names of which the
    initials are a short form (ONU). `holder` is the id of the person who holds the office that the document is about.
    With `is_suggested` it is a choice while one types.

    Names of other records (`is_embedded`) that a document shows are indexed without being listed here: all of their
    names, including those that the document does not show.
    """

    address: str
    titles: tuple[str, ...]
    texts: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    is_dated: bool = False
    codes: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    holder: str = ""
    is_suggested: bool = False
    label: Callable[[Mapping[str, Any]], str] | None = field(default=None, compare=False)
    speaks_for: Callable[[Mapping[str, Any]], str] | None = field(default=None, compare=False)

    def label_of(self, shown: Mapping[str, object]) -> str:
        """Return the name of a record in one line."""
        if self.label is not None:
            return self.label(shown)
        line = next((one.text for path in self.titles for one in _at(shown, path)), "")
        return line if len(line) <= _LABEL else line[:_LABEL].rsplit(" ", 1)[0] + " …"

    def date_of(self, shown: Mapping[str, object]) -> str | None:
        """Return the date of a record as in its document (EDTF)."""
        return next((one.text for path in self.day for one in _at(shown, path)), None)

    def day_of(self, shown: Mapping[str, object]) -> date | None:
        """Return the earliest day that the date of a record can mean."""
        text = self.date_of(shown)
        return PartialDate.parse(text).earliest if text else None


def texts_of(shown: Mapping[str, object], paths: tuple[str, ...]) -> Iterator[Text]:
    """Yield the texts of a document at these paths."""
    for path in paths:
        yield from _at(shown, path)


def _at(node: object, path: str, pointer: str = "") -> Iterator[Text]:
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
