"""How a fact's file says where it comes from, in the register's words."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sgoffice.records.entries import Note, Source
from sgoffice.records.models import Entry
from sgoffice.records.partial_dates import PartialDate

Report = Callable[[str], None]
_DECADE = re.compile(r"(\d{3})0s")


def read_facts(folder: Path, name: str) -> Any:
    """Return the content of one file of facts."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def source_of(
    text: str | None, verification: str | None, *, supports: tuple[str, ...] = (), title: str = ""
) -> tuple[Source, ...]:
    """Return the source that a fact names: an address as url, anything else as a document."""
    if not text:
        return ()
    address = {"url": text} if text.startswith("http") and " " not in text else {"document": text[:500]}
    return (Source(**address, title=title, supports=supports, verification=verification or "unverified"),)


def noted(fact: Mapping[str, Any], names: Iterable[str]) -> tuple[Note, ...]:
    """Return as notes what the register keeps in the words of the fact, under the fact's own heading."""
    found = []
    for name in names:
        value = fact.get(name)
        if value is None or not str(value).strip("[]"):
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        found.append(Note(about=name.replace("_", " "), text=text))
    return tuple(found)


def when(text: str | None) -> str | None:
    """Return the date of a fact as EDTF: `1960s` is 196X; what is no date is None."""
    if not text:
        return None
    if decade := _DECADE.fullmatch(text):
        return f"{decade[1]}X"
    try:
        return PartialDate.parse(text).text
    except ValueError:
        return None


def is_loaded(origin: str) -> bool:
    """Tell whether the register holds this fact already."""
    return Entry.objects.filter(origin=origin).exists()
