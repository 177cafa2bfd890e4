"""Find records of every kind: the page of the one search, lists of a kind, and what the palette offers."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sgoffice import documents
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import label_of
from sgoffice.desk.forms import number_in
from sgoffice.desk.mentions import Named, names_of
from sgoffice.desk.pages import desk_page, pages_for, show
from sgoffice.records.actors import Actor
from sgoffice.records.characters import without_forbidden
from sgoffice.records.models import SearchRow
from sgoffice.search import BEST, NEWEST, Question, is_askable, use_index_scans
from sgoffice.search.folding import words_of

_LONGEST = 200  # characters of a question
_MOST, _MOST_OF_KIND, _MOST_IN_PALETTE, _PER_PAGE, _LAST_PAGE = 80, 8, 8, 50, 200
#: Kinds that are read in lists, in this order; others are found by their words.
_LISTED = (
    "engagement", "agreement", "decision", "session", "action_item", "person", "organization", "country", "post",
)  # fmt: skip
_PLURALS = {
    "person": "People", "country": "Countries", "body": "Bodies", "membership": "Memberships",
    "affiliation": "Affiliations",
}  # fmt: skip


@desk_page("GET", "HEAD")
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found by kind, or the list of a kind when nothing is asked for."""
    text, kind = _asked(request), request.GET.get("kind", "")
    kind = kind if kind in documents.recipes() else ""
    context: dict[str, Any] = {"text": text, "kind": kind, "lists": _lists(), "kind_label": plural(kind)}
    if text:
        hits, is_near = _hits(text, kind, actor_of(request), most=_MOST)
        context |= {"groups": _groups(hits, text, is_only=bool(kind)), "is_near": is_near, "is_asked": True}
        context["file"] = _file("search", q=text, kind=kind)
    elif kind:
        context |= _list(kind, number_in(request.GET.get("page", "")) or 1, actor_of(request))
        context["file"] = _file(documents.recipes()[kind].searched.address)
    return show(request, "desk/search.html", context)


@desk_page("GET", "HEAD")
def palette(request: HttpRequest) -> HttpResponse:
    """Offer pages and records whose names fit what is typed."""
    text = _asked(request)
    pages = [one for one in pages_for(actor_of(request)) if text.casefold() in one["title"].casefold()]
    hits, is_near = _hits(text, "", actor_of(request), most=_MOST_IN_PALETTE) if text else ([], False)
    return show(request, "desk/palette.html", {"pages": pages, "hits": hits, "is_near": is_near, "text": text})


def _file(address: str, **asked: str) -> str:
    """Return the address of all that is found as a file, to which its form is added."""
    return f"/api/v1/{address}?{urlencode({name: value for name, value in asked.items() if value} | {'format': ''})}"


def plural(kind: str) -> str:
    """Return what several records of a kind are called."""
    return _PLURALS.get(kind) or (f"{label_of(kind)}s" if kind else "")


def _asked(request: HttpRequest) -> str:
    return without_forbidden(request.GET.get("q", "")).strip()[:_LONGEST]


def _hits(text: str, kind: str, reader: Actor, *, most: int) -> tuple[list[Named], bool]:
    """Return what the reader may see and that holds the words, best first; else what is spelled nearly so."""
    if not is_askable(text):
        return [], False
    kinds = frozenset({kind}) if kind else frozenset[str]()
    with use_index_scans():
        for is_near in (False, True):
            question = Question(words_of(text), reader, kinds, text=text, is_near=is_near)
            rows = list(question.best().order_by(*BEST).values_list("pk", "kind")[:most])
            if rows:
                break
    found = names_of(dict(rows))
    return [found[pk] for pk, _ in rows if pk in found], is_near


def _groups(hits: Sequence[Named], text: str, *, is_only: bool) -> list[dict[str, Any]]:
    """Return the hits by kind, the kind of the best one first."""
    kinds = dict.fromkeys(one.kind for one in hits)
    return [
        {
            "title": plural(kind),
            "hits": [one for one in hits if one.kind == kind][: _MOST if is_only else _MOST_OF_KIND],
            "count": sum(one.kind == kind for one in hits),
            "only": f"{reverse('desk-search')}?{urlencode({'q': text, 'kind': kind})}",
        }
        for kind in kinds
    ]


def _lists() -> list[dict[str, str]]:
    here = reverse("desk-search")
    return [
        {"title": plural(kind), "address": f"{here}?{urlencode({'kind': kind})}"}
        for kind in _LISTED
        if kind in documents.recipes()
    ]


def _list(kind: str, page: int, reader: Actor) -> dict[str, Any]:
    """Return a page of all records of a kind: the newest first, or by name where they have no date."""
    page = min(max(page, 1), _LAST_PAGE)
    is_dated = bool(documents.recipes()[kind].searched.day)
    rows = SearchRow.objects.visible_to(reader).live().filter(kind=kind).order_by(*(NEWEST if is_dated else _BY_NAME))
    first = (page - 1) * _PER_PAGE
    ids: list[UUID] = list(rows.values_list("pk", flat=True)[first : first + _PER_PAGE + 1])
    found = names_of(dict.fromkeys(ids[:_PER_PAGE], kind))
    here = reverse("desk-search")
    return {
        "list": [found[one] for one in ids if one in found],
        "before": f"{here}?{urlencode({'kind': kind, 'page': page - 1})}" if page > 1 else "",
        "after": f"{here}?{urlencode({'kind': kind, 'page': page + 1})}" if len(ids) > _PER_PAGE else "",
    }


_BY_NAME = ("heading", "pk")
