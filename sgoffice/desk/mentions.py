"""Records as other pages name them, and what is tied to a record: from stored documents, under the reader's rights."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q

from sgoffice import documents
from sgoffice.admin.formatting import label_of, readable_date
from sgoffice.desk.addresses import address_of
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Link

#: How a tie reads from the record that has it, and from the other one.
_WORDS: dict[str, tuple[str, str]] = {}
#: By kind: what makes the title of a record in the language of the page, where it is not always as it is stored.
_TITLES: dict[str, Callable[[Mapping[str, Any]], str]] = {}


@dataclass(frozen=True)
class Named:
    """A record as a page names it. `document` is its stored one."""

    kind: str
    title: str
    address: str
    when: str
    marking: str
    document: Mapping[str, Any]

    @property
    def kind_label(self) -> str:
        return label_of(self.kind)


@dataclass(frozen=True)
class Tie:
    """How a record is tied to another one, in words."""

    relation: str
    label: str
    is_own: bool
    places: tuple[str, ...]
    to: Named


def register_words(relation: str, own: str, back: str) -> None:
    """Say how a tie reads from both of its ends."""
    _WORDS[relation] = (own, back)


def register_title(kind: str, title_of: Callable[[Mapping[str, Any]], str]) -> None:
    """Let records of a kind be named by a function of their document."""
    _TITLES[kind] = title_of


def read_bodies(kinds: Mapping[UUID, str]) -> dict[str, dict[str, Any]]:
    """Return the stored documents of records that the reader may see, by id, in one query."""
    bodies = documents.fetch_bodies(kinds) if kinds else {}
    return {str(record_id): orjson.loads(body) for record_id, body in bodies.items()}


def names_of(kinds: Mapping[UUID, str]) -> dict[UUID, Named]:
    """Return how records that the reader may see are named, by id."""
    shown = read_bodies(kinds)
    return {one: named(kinds[one], one, shown[str(one)]) for one in kinds if str(one) in shown}


def named(kind: str, record_id: UUID, document: Mapping[str, Any]) -> Named:
    searched = documents.recipes()[kind].searched
    return Named(
        kind=kind,
        title=_TITLES.get(kind, searched.label_of)(document),
        address=address_of(kind, record_id, str(document.get("reference") or "")),
        when=readable_date(searched.date_of(document)),
        marking=str(document.get("marking") or ""),
        document=document,
    )


def ties_of(record_id: UUID, *, reader: Actor, leave_out: Iterable[str] = ()) -> list[Tie]:
    """Return what a record is tied to in both directions, as far as the reader may see it."""
    rows = Link.objects.filter(Q(source=record_id) | Q(target=record_id)).exclude(relation__in=list(leave_out))
    ends = [(row, row.target_id if row.source_id == record_id else row.source_id) for row in rows.order_by("pk")]
    if not ends:
        return []
    seen = Entry.objects.visible_to(reader).filter(pk__in={end for _, end in ends}, is_in_error=False)
    found = names_of(dict(seen.values_list("pk", "kind")))
    return [_tie(row, found[end], is_own=row.source_id == record_id) for row, end in ends if end in found]


def _tie(row: Link, to: Named, *, is_own: bool) -> Tie:
    own, back = _WORDS.get(row.relation, (label_of(row.relation), label_of(row.relation)))
    return Tie(row.relation, own if is_own else back, is_own, tuple(map(str, row.places)), to)
