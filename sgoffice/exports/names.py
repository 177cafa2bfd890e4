"""The words that stand for ids and codes in a file: names in the reader's language, staff, other records."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from sgoffice.documents import model_of, recipes
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry


def names_in(languages: Sequence[str]) -> dict[str, str]:
    """Return the names that the register has in these languages, the first best, by code or id."""
    found: dict[str, str] = {}
    for recipe in recipes().values():
        fields = {field.name for field in recipe.model._meta.fields}
        if "names" not in fields:
            continue
        key = "code" if "code" in fields else "pk"
        rows: QuerySet[Any] = recipe.model._default_manager.all()
        for language in reversed(languages):
            named = rows.filter(names__has_key=language).values_list(key, KeyTextTransform(language, "names"))
            found |= {str(code): name for code, name in named.iterator()}
    return found


def names_of_staff() -> dict[str, str]:
    return {str(user.pk): str(user) for user in get_user_model()._default_manager.all()}


def names_of_records(ids: Iterable[str], reader: Actor) -> dict[str, str]:
    """Return reference and title of records, as far as the reader may see them, with one query for each kind."""
    wanted = {UUID(key) for key in ids}
    entries = list(Entry.objects.filter(pk__in=wanted, is_in_error=False).visible_to(reader)) if wanted else []
    titles: dict[UUID, str] = {}
    for kind in sorted({entry.kind for entry in entries}):
        found = model_of(kind)._default_manager.in_bulk([entry.pk for entry in entries if entry.kind == kind])
        titles |= {key: str(record) for key, record in found.items()}
    return {str(entry.pk): " ".join(filter(None, (entry.reference, titles.get(entry.pk)))) for entry in entries}
