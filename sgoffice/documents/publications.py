"""Partner documents: built by `<app>/publication.py`, published by change(), granted by an audience.

A partner document is built from scratch with fields of its own, so no field of a record reaches a partner by accident.
It is written whenever its record changes. Who may read it is decided by the audience, which sgoffice.partners
registers; without one nobody gets anything.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Prefetch, QuerySet

from sgoffice import documents
from sgoffice.feed import storage
from sgoffice.records.models import MarkedRecord, Record

#: Maps ids of published records to the streams that may carry them.
Audience = Callable[[Sequence[UUID]], Mapping[UUID, Iterable[UUID]]]
BATCH = documents.BATCH


@dataclass(frozen=True)
class Mention:
    """Another record in a list of the document; hidden from partners who may not have that record."""

    target: UUID
    content: Mapping[str, object]


@dataclass(frozen=True)
class PartnerDocument:
    """A record for partners: what all of them see, and lists of mentions of other records.

    `names` are the organizations and countries because of which a standing rule may grant it to a partner.
    """

    content: Mapping[str, object]
    names: frozenset[UUID] = frozenset()
    mentions: Mapping[str, Sequence[Mention]] = field(default_factory=dict)


@dataclass(frozen=True)
class Publication:
    """How a kind is published: `name` is what partners call it, `carries` tells which records may get to them at all.

    `renderer` rises with every change of what is rendered, and what was stored is then rendered again. `schema` is
    the version of the contract with partners: it rises only when a member goes or means something else.
    """

    model: type[MarkedRecord]
    build: Callable[[Any], PartnerDocument]
    renderer: int
    schema: int
    select: tuple[str, ...]
    prefetch: tuple[str | Prefetch, ...]
    name: str
    carries: Callable[[Any], bool]

    @property
    def contract(self) -> str:
        """The value of `schema` in a line."""
        return f"{self.name}/{self.schema}"


#: The members of a source that partners get.
_SOURCE = ("url", "document", "title", "published_on", "supports", "verification")
_publications: dict[str, Publication] = {}
_descriptions: dict[str, type[Any]] = {}
_audiences: list[tuple[Audience, Audience]] = []
F = TypeVar("F", bound=Callable[[Any], PartnerDocument])
S = TypeVar("S", bound=type[Any])


def publishes(
    model: type[MarkedRecord],
    *,
    renderer: int = 1,
    schema: int = 1,
    select: Sequence[str] = (),
    prefetch: Sequence[str | Prefetch] = (),
    named: str = "",
    only: Callable[[Any], bool] = lambda _: True,
) -> Callable[[F], F]:
    """Register the decorated function as the builder of a kind's partner document; raise `renderer` with its output."""

    def register(build: F) -> F:
        kind = model.record_kind
        if kind in _publications:
            message = f"{model.__name__} is published already"
            raise ValueError(message)
        given = (tuple(select), tuple(prefetch), named or kind, only)
        _publications[kind] = Publication(model, build, renderer, schema, *given)
        return build

    return register


def describes(model: type[MarkedRecord]) -> Callable[[S], S]:
    """Register the decorated serializer as the description of a kind's document; a test holds the two together."""

    def register(description: S) -> S:
        if model.record_kind in _descriptions:
            message = f"{model.__name__} is described already"
            raise ValueError(message)
        _descriptions[model.record_kind] = description
        return description

    return register


def description_of(kind: str) -> type[Any]:
    """Return the serializer that describes the document of a published kind."""
    return _descriptions[kind]


def publications() -> dict[str, Publication]:
    return dict(_publications)


def register_audience(audience: Audience, entitled: Audience) -> None:
    """Register the function that decides which streams may carry a record, and one that only says which may."""
    if _audiences:
        message = "there is an audience already"
        raise ValueError(message)
    _audiences.append((audience, entitled))


def publish(model: type[Record], ids: Iterable[UUID], *, read: Sequence[Record] = (), are_new: bool = False) -> None:
    """Publish records as they are in the database now; the caller holds their locks or NAMES exclusively.

    `read` are these records as their staff documents were just rendered: they are not read again if that took all that
    partners are shown. Nothing was published or granted of records that `are_new`.
    """
    publication, wanted = _publications.get(model.record_kind), sorted(ids)
    if publication is None or not wanted or documents.is_trial():
        return
    is_read = len(read) == len(wanted) and _is_read_by_staff(publication)
    rows: Iterable[Any] = sorted(read, key=lambda record: record.pk) if is_read else _rows(publication, wanted)
    storage.publish([_document(publication, record) for record in rows], are_new=are_new)
    given = _audiences[0][are_new](wanted) if _audiences else {}
    for record_id in wanted:
        if (streams := sorted(given.get(record_id, ()))) or not are_new:
            storage.grant(record_id, streams)


def republish_mentions(targets: Iterable[UUID]) -> None:
    """Republish what mentions these records after a merge or unmerge. The caller holds NAMES exclusively."""
    with connection.cursor() as cursor:
        cursor.execute(_MENTIONING, [list(targets)])
        found = cursor.fetchall()
    for kind, ids in found:
        publish(_publications[kind].model, ids)


def build_documents(publication: Publication, ids: Sequence[UUID]) -> list[storage.Document]:
    """Return the partner documents of these records as they are in the database now."""
    return [_document(publication, record) for record in _rows(publication, ids)]


def _rows(publication: Publication, ids: Sequence[UUID]) -> QuerySet[Any]:
    rows = publication.model._default_manager.filter(pk__in=ids)
    if publication.select:
        rows = rows.select_related(*publication.select)
    return rows.prefetch_related(*publication.prefetch)


def _is_read_by_staff(publication: Publication) -> bool:
    """Tell whether the staff document takes all that this takes; a prefetch must be the very same."""
    recipe = documents.recipes()[publication.model.record_kind]
    same = {id(one) for one in recipe.prefetch}
    return {*publication.select} <= {*recipe.select} and all(id(one) in same for one in publication.prefetch)


def outdated() -> Iterator[tuple[type[MarkedRecord], list[UUID]]]:
    """Yield batches of records that are not published, stale, or published by an older version."""
    for kind, publication in _publications.items():
        yield from _batches(publication, _OUTDATED, [kind, publication.schema, publication.renderer])


def differences() -> Iterator[tuple[str, UUID]]:
    """Yield kind and id of every record whose published document differs from a fresh one."""
    for kind, publication in _publications.items():
        for _, ids in _batches(publication, _ALL, [kind]):
            kept = _kept(ids)
            for document in build_documents(publication, ids):
                built_mentions = sorted(
                    [item.member, str(item.target), item.body.decode()] for item in document.mentions
                )
                if kept.get(document.entry) != (storage.columns_of(document), built_mentions):
                    yield kind, document.entry


def grant_differences() -> Iterator[tuple[str, UUID]]:
    """Yield kind and id of every record that other streams carry than those that may."""
    if not _audiences:
        return
    entitled = _audiences[0][1]
    for kind, publication in _publications.items():
        for _, ids in _batches(publication, _ALL, [kind]):
            wanted, granted = entitled(ids), storage.granted(ids)
            yield from ((kind, key) for key in ids if set(wanted.get(key, ())) != granted.get(key, set()))


def _document(publication: Publication, record: MarkedRecord) -> storage.Document:
    given: dict[str, Any] = {
        "entry": record.pk,
        "kind": publication.model.record_kind,
        "reference": record.reference,
        "schema": publication.schema,
        "contract": publication.contract,
        "renderer": publication.renderer,
    }
    if record.merged_into_id is not None:
        return storage.Document(**given, op=storage.MERGED, into=record.merged_into_id)
    if record.is_in_error or not publication.carries(record):
        return storage.Document(**given, op=storage.WITHDRAWN)
    made = publication.build(record)
    content = {"id": record.pk, "reference": record.reference, **made.content}
    content["sources"] = _published_sources(record.sources, {**content, **made.mentions})
    mentions = tuple(
        storage.Mention(member, mention.target, orjson.dumps(mention.content))
        for member, found in made.mentions.items()
        for mention in found
    )
    head = orjson.dumps(content).removesuffix(b"}")
    return storage.Document(**given, names=made.names, lists=tuple(made.mentions), head=head, mentions=mentions)


def _published_sources(sources: Sequence[Mapping[str, Any]], members: Mapping[str, object]) -> list[dict[str, object]]:
    """Return what partners get of sources: none that supports only what the document does not have.

    Such a source would say that the member is there, and its title often what it says.
    """
    found = []
    for source in sources:
        supports = source.get("supports") or []
        shown = [pointer for pointer in supports if _is_there(pointer, members)]
        if shown or not supports:
            found.append({name: source.get(name) for name in _SOURCE} | {"supports": shown})
    return found


def _is_there(pointer: str, members: Mapping[str, object]) -> bool:
    """Tell whether a JSON pointer (RFC 6901) leads to a value of the document."""
    place: object = members
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(place, Mapping) and name in place:
            place = place[name]
        elif isinstance(place, Sequence) and not isinstance(place, str) and _is_index(name, place):
            place = place[int(name)]
        else:
            return False
    return place is not members and place not in (None, "", [])


def _is_index(name: str, rows: Sequence[object]) -> bool:
    return name.isascii() and name.isdigit() and int(name[:9]) < len(rows)


def _kept(ids: Sequence[UUID]) -> dict[UUID, tuple[dict[str, Any], list[list[str]]]]:
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [list(ids)])
        return {
            row[0]: (dict(zip(storage.COLUMNS, row[1:-1], strict=True)) | {"body": bytes(row[-2])}, row[-1])
            for row in cursor.fetchall()
        }


def _batches(
    publication: Publication, query: str, parameters: list[Any]
) -> Iterator[tuple[type[MarkedRecord], list[UUID]]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        ids = [record_id for (record_id,) in cursor.fetchall()]
    for start in range(0, len(ids), BATCH):
        yield publication.model, ids[start : start + BATCH]


_OUTDATED = """
    SELECT e.id FROM records_entry e LEFT JOIN feed_published p ON p.entry = e.id
    WHERE e.kind = %s AND (p.entry IS NULL OR p.is_stale OR (p.schema, p.renderer) < (%s, %s)) ORDER BY 1
"""
_MENTIONING = """
    SELECT p.kind, array_agg(DISTINCT p.entry)
    FROM feed_publishedreference m JOIN feed_published p ON p.entry = m.source
    WHERE m.target = ANY(%s) GROUP BY p.kind ORDER BY p.kind
"""
_ALL = "SELECT id FROM records_entry WHERE kind = %s ORDER BY 1"
_KEPT = f"""
    SELECT p.entry, {", ".join(f'p."{column}"' for column in storage.COLUMNS)},
        (SELECT coalesce(jsonb_agg(jsonb_build_array(m.member, m.target,
            convert_from(m.body, 'UTF8')) ORDER BY m.member COLLATE "C", m.target, m.body), '[]')
        FROM feed_publishedreference m WHERE m.source = p.entry)::text::json
    FROM feed_published p WHERE p.entry = ANY(%s) AND NOT p.is_stale
"""
