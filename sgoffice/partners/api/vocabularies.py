"""Our words in those of InforMEA, Popolo and schema.org: one table, and the JSON-LD context that is made from it.

docs/vocabularies.md is made from it, too (`python -m tests.architecture.vocabulary_page`).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from sgoffice.api.preconditions import tagged_answer

_TABLE = Path(__file__).parents[1] / "data" / "vocabularies.tsv"
_NAMESPACE = "https://schema.org/"
#: Members whose values are texts by language code.
_BY_LANGUAGE = frozenset({"titles"})


@dataclass(frozen=True)
class Meaning:
    """What a member of a document is elsewhere; without a member, what its record is."""

    schema: str
    member: str
    informea: str
    popolo: str
    schema_org: str

    @property
    def name(self) -> str:
        """The name of the member where it stands."""
        return self.member.rpartition(".")[2]


@cache
def meanings() -> tuple[Meaning, ...]:
    """Return the table."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(Meaning(**row) for row in csv.DictReader(lines, delimiter="\t"))


@cache
def context() -> bytes:
    """Return the JSON-LD context: each member has one meaning, wherever it stands."""
    terms: dict[str, object] = {}
    for one in meanings():
        if one.member and one.schema_org:
            term = f"schema:{one.schema_org}"
            terms[one.name] = {"@id": term, "@container": "@language"} if one.name in _BY_LANGUAGE else term
    return orjson.dumps({"@context": {"schema": _NAMESPACE, **terms}})


@csrf_exempt
@require_safe
def served_context(request: HttpRequest) -> HttpResponse:
    """Return the context to anybody: a JSON-LD processor has no token."""
    answer = tagged_answer(request, context())
    if answer.content:
        answer["Content-Type"] = "application/ld+json"
    answer["Cache-Control"] = "no-cache"
    return answer
