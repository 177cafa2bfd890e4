"""The response of the search: each hit with the texts that contain the words, and the facets."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import orjson
from rest_framework import serializers

from sgoffice import documents
from sgoffice.records.models import SearchRow
from sgoffice.search import Match, Question, Searched, matches_in, texts_of
from sgoffice.search.folding import Word


class TextSegmentSerializer(serializers.Serializer):
    """A piece of a text: plain text, no markup."""

    start = serializers.IntegerField(help_text="Offset in the whole text, in characters (code points).")
    text = serializers.CharField(help_text="The text of the piece.")
    is_match = serializers.BooleanField(help_text="Whether it matches the search, or is between matches.")


class TextMatchSerializer(serializers.Serializer):
    """A text that contains words of the search; of a long text, the part around the first of them."""

    kind = serializers.CharField(help_text="The kind of the record with this text: the hit, or a record that it names.")
    id = serializers.UUIDField(help_text="The id of that record.")
    pointer = serializers.CharField(help_text="JSON pointer of the text in that record's document.")
    segments: Any = TextSegmentSerializer(many=True, help_text="The text as consecutive pieces.")


class SearchResultSerializer(serializers.Serializer):
    """A record that contains all words."""

    kind = serializers.CharField(help_text="The kind of record.")
    id = serializers.UUIDField(help_text="The id of the record.")
    label: Any = serializers.CharField(help_text="Its name or title.")
    url = serializers.CharField(help_text="Its path.")
    reference = serializers.CharField(help_text="Its reference; empty if it has none.")
    marking = serializers.CharField(help_text="Its marking; empty if it has none.")
    date = serializers.CharField(allow_null=True, help_text="Its date or first day (EDTF); null if it has none.")
    countries = serializers.ListField(child=serializers.CharField(), help_text="The countries it is about, by code.")
    is_near = serializers.BooleanField(help_text="True if no record holds the words, and a name is spelled nearly so.")
    matches: Any = TextMatchSerializer(
        many=True,
        help_text="The texts in which words were found, until each word was; names of merged records are not shown.",
    )


class FacetValueSerializer(serializers.Serializer):
    """The number of hits with a value."""

    value = serializers.CharField()
    count = serializers.IntegerField()


class FacetsSerializer(serializers.Serializer):
    """The number of hits by value, most frequent first. Each facet ignores its own parameter and applies the others."""

    kind: Any = FacetValueSerializer(many=True)
    country: Any = FacetValueSerializer(many=True, help_text="By code.")
    year: Any = FacetValueSerializer(many=True, help_text="By the year of the date or first day.")
    is_complete = serializers.BooleanField(help_text="False if only the newest 10,000 hits were counted.")


class SearchResultPageSerializer(serializers.Serializer):
    """A page of hits; facets come with the first one."""

    results: Any = SearchResultSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The URL of the next page.")
    previous = serializers.CharField(allow_null=True, help_text="The URL of the previous page.")
    facets = FacetsSerializer(allow_null=True, help_text="Null on later pages.")
    count = serializers.IntegerField(required=False, help_text="With `count=capped`: the number of hits, up to 1,000.")
    is_capped = serializers.BooleanField(required=False, help_text="Whether there are more than `count`.")


@dataclasses.dataclass(frozen=True)
class _SearchedRecord:
    """A record whose texts are searched, and how its kind is searched."""

    record_id: UUID
    kind: str
    searched: Searched
    shown: dict[str, Any]

    def matches(self, words: Sequence[Word], paths: tuple[str, ...]) -> tuple[list[dict[str, Any]], frozenset[Word]]:
        """Return the texts at these paths that contain words, and which words."""
        matched, held = matches_in(texts_of(self.shown, paths), words)
        return [_match_of(self, match) for match in matched], held


def hits_of(ids: Sequence[UUID], question: Question) -> list[dict[str, Any]]:
    """Return the hits of a page, in order, with a constant number of queries."""
    rows = {row[0]: row[1:] for row in SearchRow.objects.filter(pk__in=ids).values_list("pk", "kind", "countries")}
    found = _read({record_id: kind for record_id, (kind, _) in rows.items()})
    wanted = documents.records_named_in(list(found))
    matched, missing = {}, {}
    for key, one in found.items():
        matched[key], held = one.matches(question.words, one.searched.titles + one.searched.texts)
        missing[key] = [word for word in question.words if word not in held]
    named = _read({key: kind for hit in found if missing[hit] for key, kind in wanted[hit].items()})
    for key in found:
        matched[key] += _by_names([named[one] for one in wanted[key] if one in named], missing[key])
    hits = [_hit(found[key], rows[key][1], matched[key]) for key in ids if key in found]
    return [{**hit, "is_near": question.is_near} for hit in hits]


def _read(kinds: dict[UUID, str]) -> dict[UUID, _SearchedRecord]:
    known = documents.recipes()
    bodies = documents.fetch_bodies(kinds)
    return {
        key: _SearchedRecord(key, kind, known[kind].searched, orjson.loads(bodies[key]))
        for key, kind in kinds.items()
        if key in bodies
    }


def _by_names(named: Sequence[_SearchedRecord], words: Sequence[Word]) -> Iterator[dict[str, Any]]:
    """Yield the names of related records that contain the words missing in the hit's own texts."""
    left = list(words)
    for one in named:
        if left:
            matched, held = one.matches(left, one.searched.titles)
            yield from matched
            left = [word for word in left if word not in held]


def _hit(found: _SearchedRecord, countries: list[str], matches: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "id": found.record_id,
        "label": found.searched.label_of(found.shown),
        "url": f"/api/v1/{found.searched.address}/{found.record_id}",
        "reference": found.shown.get("reference", ""),
        "marking": found.shown.get("marking", ""),
        "date": found.searched.date_of(found.shown),
        "countries": countries,
        "matches": matches,
    }


def _match_of(found: _SearchedRecord, match: Match) -> dict[str, Any]:
    pieces = [dataclasses.asdict(segment) for segment in match.segments]
    return {"kind": found.kind, "id": found.record_id, "pointer": match.pointer, "segments": pieces}
