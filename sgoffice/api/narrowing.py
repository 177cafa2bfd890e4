"""`fields=` of a list: a page whose records have some of their members alone."""

from collections.abc import Set as AbstractSet
from functools import cache

import orjson
from django.http import QueryDict

from sgoffice.api.pagination import invalid
from sgoffice.documents import recipes

FIELDS = "fields"


def members_asked(given: QueryDict, kind: str) -> AbstractSet[str]:
    """Return the members that `fields` names, with `id`; none where the parameter is missing.

    Raises ValidationError (400) for one that documents of the kind do not have.
    """
    if FIELDS not in given:
        return frozenset()
    wanted = {name.strip() for name in str(given[FIELDS]).split(",")}
    if unknown := sorted(wanted - _members(kind)):
        raise invalid(FIELDS, f"There is no member {unknown[0]!r}; name some of: {', '.join(sorted(_members(kind)))}.")
    return wanted | {"id"}


def narrowed(documents: bytes, wanted: AbstractSet[str]) -> bytes:
    """Return documents that stand behind each other with commas, each with these members alone."""
    found = orjson.loads(b"[" + documents + b"]")
    return orjson.dumps([{name: value for name, value in one.items() if name in wanted} for one in found])[1:-1]


@cache
def _members(kind: str) -> AbstractSet[str]:
    return frozenset(recipes()[kind].shape().fields)
