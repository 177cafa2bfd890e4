"""Read records with all that their documents show, by one statement that is compiled once for each number of rows."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sgoffice.documents.registry import Recipe
from sgoffice.records.statements import compiled, kept_instances
from sgoffice.records.together import WithParts

#: Rows at most for which a statement is kept; more are read by one that is compiled for them.
_FEW = 20


def read_records(recipe: Recipe, ids: Sequence[UUID]) -> list[Any]:
    """Return these records as select_related and prefetch_related of the recipe would."""
    asked, wanted = _asked(recipe), list(dict.fromkeys(ids))
    if len(wanted) > _FEW:
        statement = compiled(asked.rows.filter(pk__in=wanted))
        return asked.given(statement.instances() if statement is not None else [])
    shape = (recipe.model, "document", len(wanted))
    return asked.given(kept_instances(shape, lambda values: asked.rows.filter(pk__in=values), wanted))


@cache
def _asked(recipe: Recipe) -> WithParts:
    rows = recipe.model.rows()
    return WithParts.of(rows.select_related(*recipe.select) if recipe.select else rows, *recipe.prefetch)
