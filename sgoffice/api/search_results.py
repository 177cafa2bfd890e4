"""What the search answers: each hit with the texts that hold the words, as its reader may read them; and the facets."""

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


class SegmentSerializer(serializers.Serializer):
    """A piece of a text as it is written: plain text, no markup."""

    start = serializers.IntegerField(help_text="Where in the whole text it begins, in characters (code points).")
    text = serializers.CharField(help_text="The piece.")
    is_match = serializers.BooleanField(help_text="It was looked for, or stands between what was.")


class MatchSerializer(serializers.Serializer):
    """A text that holds words of the question; of a long one the part around the first of them."""

    kind = serializers.CharField(help_text="The kind of the record whose text it is: of the hit, or of one it names.")
    id = serializers.UUIDField(help_text="The id of that record.")
    pointer = serializers.CharField(help_text="JSON pointer of the text in that record's document.")
    segments: Any = SegmentSerializer(many=True, help_text="The text in pieces, one behind the other.")


class HitSerializer(serializers.Serializer):
    """A record that holds all words."""

    kind = serializers.CharField(help_text="What it is.")
    id = serializers.UUIDField(help_text="Its id.")
    label: Any = serializers.CharField(help_text="What it is called.")
    url = serializers.CharField(help_text="Where it is found.")
    reference = serializers.CharField(help_text="Its reference, if it has one.")
    marking = serializers.CharField(help_text="Who may see it, if it has a marking.")
    date = serializers.CharField(allow_null=True, help_text="When it was or begins (EDTF), if it has a date.")
    countries = serializers.ListField(child=serializers.CharField(), help_text="The countries that it is about.")
    matches: Any = MatchSerializer(
        many=True, help_text="Where the words stand; each text adds one. Names of merged records are not shown."
    )


class FacetSerializer(serializers.Serializer):
    """How many hits have a value."""

    value = serializers.CharField()
    count = serializers.IntegerField()


class FacetsSerializer(serializers.Serializer):
    """How many hits there are of each sort, the most frequent first; each counts what passes the other parameters."""

    kind: Any = FacetSerializer(many=True)
    country: Any = FacetSerializer(many=True, help_text="By code.")
    year: Any = FacetSerializer(many=True, help_text="By the year in which it was or begins.")
    is_complete = serializers.BooleanField(help_text="False: the newest 10,000 hits were counted.")


class HitPageSerializer(serializers.Serializer):
    """A page of hits; facets come with the first one."""

    results: Any = HitSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The address of the next page.")
    previous = serializers.CharField(allow_null=True, help_text="The address of the page before.")
    facets = FacetsSerializer(allow_null=True, help_text="Null on pages that a cursor leads to.")
    count = serializers.IntegerField(required=False, help_text="With `count=capped`: how many, up to 1,000.")
    is_capped = serializers.BooleanField(required=False, help_text="There are more than `count`.")


@dataclasses.dataclass(frozen=True)
class _Found:
    """A record whose texts are looked through, and how its kind is searched."""

    record_id: UUID
    kind: str
    searched: Searched
    shown: dict[str, Any]

    def matches(self, words: Sequence[Word], paths: tuple[str, ...]) -> tuple[list[dict[str, Any]], frozenset[Word]]:
        """Return the texts at these paths that hold words, and which."""
        told, held = matches_in(texts_of(self.shown, paths), words)
        return [_told(self, match) for match in told], held


def hits_of(ids: Sequence[UUID], question: Question) -> list[dict[str, Any]]:
    """Return the hits of a page in its order. The number of queries does not depend on how many there are."""
    rows = {row[0]: row[1:] for row in SearchRow.objects.filter(pk__in=ids).values_list("pk", "kind", "countries")}
    found = _read({record_id: kind for record_id, (kind, _) in rows.items()})
    wanted = documents.records_named_in(list(found))
    told, missing = {}, {}
    for key, one in found.items():
        told[key], held = one.matches(question.words, one.searched.titles + one.searched.texts)
        missing[key] = [word for word in question.words if word not in held]
    named = _read({key: kind for hit in found if missing[hit] for key, kind in wanted[hit].items()})
    for key in found:
        told[key] += _by_names([named[one] for one in wanted[key] if one in named], missing[key])
    return [_hit(found[key], rows[key][1], told[key]) for key in ids if key in found]


def _read(kinds: dict[UUID, str]) -> dict[UUID, _Found]:
    known = documents.recipes()
    bodies = documents.fetch_bodies(kinds)
    return {
        key: _Found(key, kind, known[kind].searched, orjson.loads(bodies[key]))
        for key, kind in kinds.items()
        if key in bodies
    }


def _by_names(named: Sequence[_Found], words: Sequence[Word]) -> Iterator[dict[str, Any]]:
    """Yield the names of others that hold the words which the hit's own texts do not."""
    left = list(words)
    for one in named:
        if left:
            told, held = one.matches(left, one.searched.titles)
            yield from told
            left = [word for word in left if word not in held]


def _hit(found: _Found, countries: list[str], matches: list[dict[str, Any]]) -> dict[str, Any]:
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


def _told(found: _Found, match: Match) -> dict[str, Any]:
    pieces = [dataclasses.asdict(segment) for segment in match.segments]
    return {"kind": found.kind, "id": found.record_id, "pointer": match.pointer, "segments": pieces}
