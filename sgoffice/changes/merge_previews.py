"""Previews of merges: what merging two records would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.db.models import Count, ForeignKey, ManyToOneRel

from sgoffice import documents
from sgoffice.changes.merging import find_pair, require_mergeable
from sgoffice.changes.parts import owner_field
from sgoffice.records import sightings
from sgoffice.records.actors import Actor
from sgoffice.records.entries import to_json
from sgoffice.records.errors import RelatedRecord, RuleViolation
from sgoffice.records.models import Entry, Link, Marking, Part, Record

_NOT_COMPARED = frozenset({"id", "is_in_error", "merged_into", "origin", "reference", "entered_by"})
_MOST = 100  # records that are shown
_EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Difference:
    """A field in which the two differ: the value that the survivor keeps, and the one that only the other has."""

    field: str
    kept: object
    dropped: object


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do: values that readers would no longer see, and references to the other record by kind.

    `in_both` are records in which both stand: there they become one line. `refused` says why the merge is not
    possible; it is empty if it is.
    """

    survivor: Record
    other: Record
    differences: tuple[Difference, ...]
    references: dict[str, int]
    in_both: tuple[RelatedRecord, ...]
    refused: str


def preview_merge(model: type[Record], survivor_id: UUID, *, other: UUID, by: Actor) -> MergePreview:
    """Return what merging the other record into the survivor would do, as far as the actor may see.

    Raises UnknownRecord or InvalidEntry when one of the two does not exist.
    """
    survivor, merged = find_pair(model, survivor_id, other, by)
    try:
        require_mergeable(survivor, merged)
    except RuleViolation as violation:
        refused = violation.detail
    else:
        refused = ""
    referring = _referring(merged)
    return MergePreview(
        survivor,
        merged,
        tuple(_differences(survivor, merged)),
        _counted(referring - {survivor_id}, by),
        _shown((referring & _referring(survivor)) - {survivor_id, other}, by),
        refused,
    )


def _differences(survivor: Record, other: Record) -> Iterator[Difference]:
    for field in survivor._meta.concrete_fields:
        kept, dropped = (to_json(field.value_from_object(record)) for record in (survivor, other))
        if field.editable and field.name not in _NOT_COMPARED and kept != dropped and dropped not in _EMPTY:
            yield Difference(field.name, kept, dropped)


def _referring(record: Record) -> set[UUID]:
    """Return the records that refer to this one, directly or through their parts."""
    ids = set(Link.objects.filter(target=record.pk).values_list("source", flat=True))
    # an app below refers to records of apps above it through Entry
    for relation in (*record._meta.get_fields(include_hidden=True), *Entry._meta.get_fields(include_hidden=True)):
        field = getattr(relation, "field", None)
        if not isinstance(relation, ManyToOneRel) or not isinstance(field, ForeignKey) or field.name == "merged_into":
            continue
        source = field.model
        if issubclass(source, Record | Part) and source is not Link:
            owner = "pk" if issubclass(source, Record) else owner_field(source)
            key = getattr(record, field.target_field.attname)
            ids |= set(source._default_manager.filter(**{field.attname: key}).values_list(owner, flat=True))
    return ids - {record.pk}


def _counted(ids: set[UUID], by: Actor) -> dict[str, int]:
    """Count records by kind, as far as the actor may see them."""
    rows = Entry.objects.visible_to(by).filter(pk__in=ids, is_in_error=False)
    sightings.note(rows.filter(marking=Marking.RESTRICTED).values_list("pk", flat=True))
    return dict(rows.order_by("kind").values_list("kind").annotate(Count("pk")))


def _shown(ids: set[UUID], by: Actor) -> tuple[RelatedRecord, ...]:
    """Return the records as far as the actor may see them, the newest first and a hundred at most."""
    rows = Entry.objects.visible_to(by).filter(pk__in=ids, is_in_error=False, merged_into=None).order_by("-pk")[:_MOST]
    entries = {row.pk: row for row in rows}
    bodies = documents.fetch_bodies({key: row.kind for key, row in entries.items()})
    recipes = documents.recipes()
    return tuple(
        RelatedRecord(
            id=key,
            kind=row.kind,
            label=recipes[row.kind].searched.label_of(orjson.loads(bodies[key])),
            reference=row.reference or "",
            reason="names both: they become one line",
        )
        for key, row in entries.items()
    )
