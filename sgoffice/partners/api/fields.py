"""`fields=`: documents with fewer members, by groups that the description of each document declares (`groups`)."""

from collections.abc import Mapping
from functools import cache

import orjson
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from sgoffice.api.pagination import invalid
from sgoffice.documents.publications import description_of, publications
from sgoffice.feed.queries import Pick

#: Every document has them, whatever was asked for.
ALWAYS = frozenset({"id", "reference"})
FIELDS_HELP = (
    "Only these groups of members, separated by commas, such as `names,status`; `id` and `reference` are always there. "
    "`digest` stays that of the whole document."
)
FIELDS = OpenApiParameter("fields", str, description=FIELDS_HELP)


@cache
def groups() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return the members of each group by published kind."""
    return {
        kind: {name: frozenset(members) for name, members in description_of(kind).groups.items()}
        for kind in publications()
    }


def pick_of(request: Request) -> Pick | None:
    """Return what narrows a document of a kind; None for whole documents. Raises ValidationError for unknown groups."""
    given = request.query_params.get("fields")
    if given is None:
        return None
    wanted = set(given.split(","))
    known = sorted({name for found in groups().values() for name in found})
    if not wanted <= set(known):
        raise invalid("fields", f"There is no such group; use: {', '.join(known)}.")
    kept = {
        kind: ALWAYS.union(*(members for name, members in found.items() if name in wanted))
        for kind, found in groups().items()
    }

    def pick(kind: str, body: bytes) -> bytes:
        document = orjson.loads(body)
        return orjson.dumps({name: value for name, value in document.items() if name in kept[kind]})

    return pick
