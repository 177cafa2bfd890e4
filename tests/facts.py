"""The shipped entries, and what the register answers of them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps

from sgoffice import documents
from sgoffice.records.models import Entry, Link

#: Members that no document shows: links to other records, and how an entry is to be taken.
_LINKS = {"session", "decision", "decisions", "relations", "follows", "supersedes"}
_RELATIONS = (
    "appointed_at", "appointed_by_decision", "adopted_at", "occasion", "approved_by", "decision", "follows",
    "supersedes",
)  # fmt: skip
_NEVER_SHOWN = {"allow_duplicate"}


@cache
def lines() -> list[dict[str, Any]]:
    paths = [path for app in apps.get_app_configs() for path in sorted(Path(app.path, "data").glob("*.json"))]
    return [line for path in paths for line in json.loads(path.read_text(encoding="utf-8"))]


def facts(kind: str) -> dict[str, dict[str, Any]]:
    """Return the entries of a kind by their origin."""
    return {line["origin"]: line["entry"] for line in lines() if line["kind"] == kind}


def document(origin: str) -> dict[str, Any]:
    entry = Entry.objects.get(origin=origin)
    stored = documents.fetch_document(documents.model_of(entry.kind), entry.pk)
    assert stored is not None
    return json.loads(stored.body)


class Answers:
    """What the register answers of one entry, compared with it member by member."""

    def __init__(self, origin: str, origins: dict[str, str]) -> None:
        """Take the origin of the entry, and those of all records by id."""
        self.origins = origins
        self.document = document(origin)
        rows = Link.objects.filter(source__origin=origin).values_list("relation", "target__origin")
        self.links = set(rows)

    def unsaid(self, entry: Any, said: Any, pointer: str = "") -> Iterator[tuple[str, Any, Any]]:
        """Yield pointer, value and answer wherever the answer is another one than was entered."""
        if isinstance(entry, list):
            yield from self._unsaid_items(entry, said or [], pointer)
        elif isinstance(entry, dict) and entry.keys() != {"origin"}:
            for name, below in entry.items():
                if name in _LINKS and not (isinstance(said, dict) and name in said):
                    yield from self._unlinked(below, f"{pointer}/{name}")
                elif name not in _NEVER_SHOWN:
                    yield from self.unsaid(below, (said or {}).get(name), f"{pointer}/{name}")
        elif entry != said and entry not in self._keys(said):
            yield pointer, entry, said

    def _keys(self, said: Any) -> list[Any]:
        """Return what an entry may call the record that an answer names: its origin, its code."""
        named = said if isinstance(said, dict) else {"id": said}
        found = [named[name] for name in ("id", "key", "code") if name in named]
        return [*found, *({"origin": self.origins[key]} for key in found if key in self.origins)]

    def _unsaid_items(self, entry: list[Any], said: list[Any], pointer: str) -> Iterator[tuple[str, Any, Any]]:
        """Compare the items in order; acts are shown by their days."""
        if len(entry) != len(said):
            yield pointer, entry, said
        elif pointer == "/acts":
            left = list(said)
            for place, below in enumerate(entry):
                shown = next((one for one in left if not list(self.unsaid(below, one))), None)
                if shown is None:
                    yield f"{pointer}/{place}", below, said
                else:
                    left.remove(shown)
        else:
            for place, (below, answer) in enumerate(zip(entry, said, strict=True)):
                yield from self.unsaid(below, answer, f"{pointer}/{place}")

    def _unlinked(self, entry: Any, pointer: str) -> Iterator[tuple[str, Any, Any]]:
        for given in entry if isinstance(entry, list) else [entry]:
            one = given if "agreement" in given else {"agreement": given}
            relations = [one["relation"]] if "relation" in one else _RELATIONS
            if not any((relation, one["agreement"]["origin"]) in self.links for relation in relations):
                yield pointer, entry, self.links
