"""Read records with all that their documents show, by statements that are compiled once for each number of rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from sgoffice.documents.registry import Recipe
from sgoffice.records.statements import compiled, kept_instances
from sgoffice.records.together import give_parts

#: Rows at most for which a statement is kept; more are read by one that is compiled for them.
_FEW = 20


def read_records(recipe: Recipe, ids: Sequence[UUID]) -> list[Any]:
    """Return these records as select_related and prefetch_related of the recipe would."""
    rows = recipe.model.rows()
    if recipe.select:
        rows = rows.select_related(*recipe.select)
    found = _instances((recipe.model, "document"), rows, "pk", ids)
    of_path: dict[str, list[Any]] = {"": found}
    for one in recipe.prefetch:
        above, _, name = one.prefetch_through.rpartition("__")
        of_path[one.prefetch_through] = _parts(recipe, one, name, of_path[above])
    return found


def _parts(recipe: Recipe, prefetch: Prefetch, name: str, owners: list[Any]) -> list[Any]:
    """Return the parts of these rows, and let each have its own where prefetch_related puts them."""
    if not owners:
        return []
    field = type(owners[0])._meta.get_field(name).field
    by_key: dict[Any, list[Any]] = {owner.pk: [] for owner in owners}
    shape = (recipe.model, prefetch.prefetch_through)
    rows: Any = prefetch.queryset
    parts = _instances(shape, rows, field.name, list(by_key))
    for part in parts:
        by_key[getattr(part, field.attname)].append(part)
    for owner in owners:
        give_parts(owner, name, rows, by_key[owner.pk])
    return parts


def _instances(shape: tuple[Any, ...], rows: QuerySet[Any], column: str, keys: Sequence[UUID]) -> list[Any]:
    wanted = list(dict.fromkeys(keys))
    if len(wanted) > _FEW:
        statement = compiled(rows.filter(**{f"{column}__in": wanted}))
        return statement.instances() if statement is not None else []
    return kept_instances((*shape, len(wanted)), lambda values: rows.filter(**{f"{column}__in": values}), wanted)
