"""Walking the shipped files: every leaf of a fact must be found in what the register answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sgoffice import documents, history
from sgoffice.directory.rules import fold
from sgoffice.records.models import Entry, Link

ROOT = Path(__file__).resolve().parents[1]


def facts(app: str, name: str) -> Any:
    return json.loads((ROOT / app / "data" / f"{name}.json").read_text(encoding="utf-8"))


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Yield pointer (without list positions) and value of every leaf that says something."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, f"{pointer}/{key}")
    elif isinstance(value, list):
        for below in value:
            yield from leaves(below, pointer)
    elif value not in (None, ""):
        yield pointer, value


def texts(value: Any) -> Iterator[str]:
    """Yield everything that an answer says, as text."""
    if isinstance(value, dict):
        for below in value.values():
            yield from texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from texts(below)
    elif value is not None:
        yield str(value)


def answer(origin: str, *, with_links: bool = False) -> str:
    """Return all that the register answers of a fact: its document, and those that it is linked to."""
    entry = Entry.objects.get(origin=origin)
    wanted = [entry]
    if with_links:
        wanted += [link.target for link in Link.objects.filter(source=entry).select_related("target")]
        wanted += [link.source for link in Link.objects.filter(target=entry).select_related("source")]
    said = []
    for one in wanted:
        stored = documents.fetch_document(documents.model_of(one.kind), one.pk)
        assert stored is not None
        said += list(texts(json.loads(stored.body)))
        said += [link.relation for link in Link.objects.filter(source=one)]
    return " | ".join(said)


def missing(
    fact: Any, said: str, *, words: dict[str, str] | None = None, exceptions: set[str] | None = None
) -> list[Any]:
    """Return the leaves that an answer does not say; `words` maps a word of the file to ours."""
    folded = fold(said)
    found = []
    for pointer, value in leaves(fact):
        if pointer in (exceptions or set()):
            continue
        text = str(value)
        ours = (words or {}).get(text, text)
        if fold(text) not in folded and fold(ours) not in folded:
            found.append((pointer, value))
    return found


def unchanged_by(load: Any) -> bool:
    """Tell whether loading once more writes nothing."""
    before = history.head()
    load(lambda _: None)
    return history.head() == before
