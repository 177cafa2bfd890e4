"""Foreign keys to records that not everybody may see, such as a paper's engagement: followed as far as the user may."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import HttpRequest

from sgoffice.admin.access import actor_of
from sgoffice.records.models import Entry, Record

QS = TypeVar("QS", bound="models.QuerySet[Any]")


def marked_keys_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the foreign keys of a model to records with a marking."""
    return tuple(
        field.name
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.name != "merged_into" and _is_marked(field.related_model)
    )


def keys_to_join(model: type[models.Model], columns: Iterable[object]) -> tuple[str, ...]:
    """Return the foreign keys among the columns of a list that everybody may follow."""
    keys = {field.name for field in model._meta.fields if isinstance(field, models.ForeignKey)}
    joined = keys.difference(marked_keys_of(model))
    return tuple(name for name in columns if isinstance(name, str) and name in joined)


def with_visible_owners(rows: QS, request: HttpRequest) -> QS:
    """Read with the rows what the user may see of the records that their keys refer to.

    A parameter on such a key finds nothing by a record that the user may not see, like one that is not there.
    """
    for key in marked_keys_of(rows.model):
        related: Any = rows.model._meta.get_field(key).related_model
        visible = related._default_manager.visible_to(actor_of(request)).order_by()
        rows = rows.prefetch_related(models.Prefetch(key, visible))
        if any(name.partition("__")[0] == key for name in request.GET):
            rows = rows.filter(**{f"{key}__in": visible.values("pk")})
    return rows


def seen_through(record: object, key: str) -> Record | Entry | None:
    """Return the record that a key refers to, as with_visible_owners() read it: None for one that is hidden."""
    try:
        found: Record | Entry | None = getattr(record, key)
    except ObjectDoesNotExist:
        return None
    return found


def hidden_keys_of(record: object) -> set[str]:
    """Return the keys of a record, so read, to records that the user may not see."""
    keys = marked_keys_of(type(record)) if isinstance(record, Record) else ()
    return {key for key in keys if getattr(record, f"{key}_id") and seen_through(record, key) is None}


def _is_marked(model: object) -> bool:
    if not isinstance(model, type) or not issubclass(model, Record):
        return model is Entry
    return model.is_marked or model.readers_follow
