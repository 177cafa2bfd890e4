"""Keyset pages: `{"results": [...], "next": …, "previous": …}`, at the same cost however deep one reads.

A cursor is opaque and signed: the sort, the direction, and where the last page ended.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.request import Request

DEFAULT_LIMIT, MAX_LIMIT = 50, 200
COUNT_CAP = 1000
PARAMETERS = ("limit", "cursor", "sort", "count")
_signer = Signer(salt="cursor")


@dataclass(frozen=True)
class Page:
    """The records on a page, and the URLs of its neighbors."""

    ids: list[UUID]
    next: str | None
    previous: str | None
    count: int | None = None


@dataclass(frozen=True)
class _Cursor:
    sort: str
    is_backwards: bool
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Place:
    """Where in a list a request stands: how many records it wants, in which order, after which values.

    Backwards, `ordering` is turned round: the rows nearest to the cursor come first.
    """

    limit: int
    sort: str
    ordering: tuple[str, ...]
    is_backwards: bool
    after: tuple[Any, ...] | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a cursor holds; the last one is unique."""
        return tuple(name.lstrip("-") for name in self.ordering)

    def found(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of the page, and one more if there is another page."""
        found = rows.filter(_after(self.ordering, self.after)) if self.after is not None else rows
        return found.order_by(*self.ordering)[: self.limit + 1]

    def neighbors(
        self, request: Request, *, has_more: bool, first: tuple[Any, ...] | None, last: tuple[Any, ...] | None
    ) -> dict[str, str | None]:
        """Return the URLs of the pages after and before, given the values of a page's first and last row."""
        before, after = (has_more, True) if self.is_backwards else (self.after is not None, has_more)
        return {
            "next": _url(request, _Cursor(self.sort, is_backwards=False, values=last)) if after and last else None,
            "previous": _url(request, _Cursor(self.sort, is_backwards=True, values=first))
            if before and first
            else None,
        }


def invalid(parameter: str, detail: str) -> serializers.ValidationError:
    """Return the error of an invalid query parameter."""
    return serializers.ValidationError({parameter: [detail]})


def place_of(request: Request, sorts: Mapping[str, tuple[str, ...]], default: str, *, parameter: str = "sort") -> Place:
    """Return the place that the request asks for.

    `sorts` maps each value of `sort`, or of another parameter, to an ordering that ends in a unique column; its columns
    are never null. Raises ValidationError (400) for an invalid limit, sort or cursor.
    """
    limit = _limit(request)
    cursor = _read_cursor(request)
    sort = sort_of(request, sorts, cursor.sort if cursor else default, parameter=parameter)
    if cursor and (cursor.sort != sort or len(cursor.values) != len(sorts[sort])):
        raise invalid("cursor", "This cursor belongs to another list. Start again without a cursor.")
    is_backwards = bool(cursor and cursor.is_backwards)
    ordering = tuple(_reversed(name) for name in sorts[sort]) if is_backwards else sorts[sort]
    return Place(limit, sort, ordering, is_backwards, cursor.values if cursor else None)


def page(
    request: Request, rows: QuerySet[Any], sorts: dict[str, tuple[str, ...]], default: str, *, parameter: str = "sort"
) -> Page:
    """Return the page that the request asks for, as place_of() understands it."""
    place = place_of(request, sorts, default, parameter=parameter)
    keys = list(place.found(rows).values_list("pk", *place.columns))
    has_more = len(keys) > place.limit
    keys = keys[: place.limit]
    if place.is_backwards:
        keys.reverse()
    first, last = (keys[0][1:], keys[-1][1:]) if keys else (None, None)
    neighbors = place.neighbors(request, has_more=has_more, first=first, last=last)
    return Page(ids=[key[0] for key in keys], count=count_of(request, rows), **neighbors)


def sort_of(request: Request, sorts: Mapping[str, Any], default: str, *, parameter: str = "sort") -> str:
    """Return the order that the request asks for; raises ValidationError (400) for another one."""
    sort = request.query_params.get(parameter) or default
    if sort not in sorts:
        raise invalid(parameter, f"Use one of: {', '.join(sorts)}.")
    return sort


def _limit(request: Request) -> int:
    given = request.query_params.get("limit")
    if given is None:
        return DEFAULT_LIMIT
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= MAX_LIMIT:
        raise invalid("limit", f"Give a number from 1 to {MAX_LIMIT}.")
    return int(given)


def count_of(request: Request, rows: QuerySet[Any]) -> int | None:
    """Return how many rows there are, one above the cap for more, or None if the request does not ask."""
    given = request.query_params.get("count")
    if given is None:
        return None
    if given != "capped":
        raise invalid("count", f"The only value is capped, which counts up to {COUNT_CAP}.")
    return rows.order_by()[: COUNT_CAP + 1].count()


def _after(ordering: tuple[str, ...], values: tuple[Any, ...]) -> Q:
    """Return the condition for rows after a position: a > x, or a = x and the rest comes after."""
    condition = Q(pk__in=[])
    for name, value in reversed(list(zip(ordering, values, strict=True))):
        column, is_descending = name.lstrip("-"), name.startswith("-")
        beyond = Q(**{f"{column}__{'lt' if is_descending else 'gt'}": value})
        condition = beyond | (Q(**{column: value}) & condition)
    first, start = ordering[0].lstrip("-"), values[0]
    # redundant, but it lets the database start in the index
    return Q(**{f"{first}__{'lte' if ordering[0].startswith('-') else 'gte'}": start}) & condition


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def next_url(address: str, parameters: QueryDict, place: Place, last: tuple[Any, ...]) -> str:
    """Return the address of the page after the one that ends with these values."""
    return _address_at(address, parameters.copy(), _Cursor(place.sort, is_backwards=False, values=last))


def _url(request: Request, cursor: _Cursor) -> str:
    return _address_at(request.build_absolute_uri(request.path), request.query_params.copy(), cursor)


def _address_at(address: str, parameters: QueryDict, cursor: _Cursor) -> str:
    values = [_encoded(value) for value in cursor.values]
    text = _signer.sign(json.dumps([cursor.sort, cursor.is_backwards, values]))
    parameters["cursor"] = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"{address}?{parameters.urlencode()}"


def _read_cursor(request: Request) -> _Cursor | None:
    given = request.query_params.get("cursor")
    if given is None:
        return None
    try:
        text = base64.urlsafe_b64decode(given.encode() + b"=" * (-len(given) % 4)).decode()
        sort, is_backwards, values = json.loads(_signer.unsign(text))
    except (ValueError, BadSignature):
        raise invalid("cursor", "This cursor is malformed. Use the URL in `next` as it is.") from None
    return _Cursor(sort, is_backwards, tuple(_decoded(value) for value in values))


def _encoded(value: Any) -> Any:
    match value:
        case UUID():
            return ["u", str(value)]
        case datetime():
            return ["t", value.isoformat()]
        case date():
            return ["d", value.isoformat()]
        case _:
            return ["v", value]


def _decoded(pair: list[Any]) -> Any:
    form, value = pair
    return _READERS[form](value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "u": UUID,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "v": lambda same: same,
}
