"""`include=` of a record: what belongs to it or names it, each as the first page of its own list.

A list says in which records it may stand (`included_in` of its viewset): lower floors know of no upper one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import QueryDict
from django.urls import reverse
from rest_framework.request import Request

from sgoffice import documents
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import DEFAULT_LIMIT, Place, invalid, next_url
from sgoffice.records.models import Record

#: The parameter, and the member of the document that holds what it names.
INCLUDE, INCLUDED = "include", "included"


@dataclass(frozen=True)
class Inclusion:
    """A list that may stand in a record: its viewset, and the filter by the record's id."""

    viewset: type[Any]
    parameter: str

    @property
    def list_name(self) -> str:
        """The name of the address of the list."""
        return f"{self.viewset.model.record_kind}-list"


_inclusions: dict[str, dict[str, Inclusion]] = defaultdict(dict)


def register_inclusion(viewset: type[Any], kind: str, parameter: str) -> None:
    """Let the list of a viewset stand in records of a kind, under the name of its records."""
    word = str(viewset.model._meta.verbose_name_plural).replace(" ", "_")
    _inclusions[kind][word] = Inclusion(viewset, parameter)


def inclusions_of(kind: str) -> dict[str, Inclusion]:
    return dict(sorted(_inclusions[kind].items()))


def words_asked(given: QueryDict, kind: str) -> Sequence[str]:
    """Return what `include` names; raises ValidationError (400) for other parameters and unknown words."""
    check_parameters(given, {INCLUDE})
    if INCLUDE not in given:
        return ()
    known = inclusions_of(kind)
    words = dict.fromkeys(word.strip() for word in str(given[INCLUDE]).split(","))
    if unknown := sorted(set(words) - set(known)):
        listed = f"name some of: {', '.join(known)}" if known else "this kind of record includes nothing"
        raise invalid(INCLUDE, f"There is no {unknown[0]!r} to include; {listed}.")
    return tuple(words)


def with_included(
    request: Request, document: bytes, model: type[Record], record_id: Any, words: Sequence[str]
) -> bytes:
    """Return a document with the lists that are asked for, as far as the reader may see their records."""
    known = inclusions_of(model.record_kind)
    lists = b",".join(b":".join((orjson.dumps(word), _page(request, known[word], record_id))) for word in words)
    return b"".join((document.rstrip()[:-1], b',"%s":{' % INCLUDED.encode(), lists, b"}}"))


def _page(request: Request, inclusion: Inclusion, record_id: Any) -> bytes:
    """Return the first page of a list, and the address of the rest."""
    view = inclusion.viewset()
    view.request = request
    parameters = QueryDict(mutable=True)
    parameters[inclusion.parameter] = str(record_id)
    rows = view.filterset_class(parameters, queryset=view.get_queryset().live(), request=request).rows()
    place = Place(DEFAULT_LIMIT, view.default_sort, view.sorts[view.default_sort], is_backwards=False, after=None)
    question = view.question_of(place, documents.compiled(place.found(rows).values_list(*place.columns)))
    found = documents.fetch_page(view.model, question, limit=place.limit)
    address = request.build_absolute_uri(reverse(inclusion.list_name))
    rest = next_url(address, parameters, place, found.last) if found.has_more and found.last else None
    return b"".join((b'{"results":[', found.body, b'],"next":', orjson.dumps(rest), b"}"))
