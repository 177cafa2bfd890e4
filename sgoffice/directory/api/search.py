"""GET /directory/search: suggestions while one types, from all records that have names of their own."""

from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice.api.actors import actor_of
from sgoffice.api.filters import MAX_TEXT, check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.directory.services import found_by_typing, searched_kinds


class SuggestionSerializer(serializers.Serializer):
    """A suggestion."""

    id = serializers.UUIDField(help_text="The id of the record.")
    kind = serializers.CharField(help_text="The kind of record, such as `person`, `organization`, `country` or `post`.")
    name = serializers.CharField(help_text="The name of the record.")
    reason = serializers.CharField(help_text="Why it matched.")
    score = serializers.FloatField(help_text="How well it matches, from 0 to 1.")


class SuggestionListSerializer(serializers.Serializer):
    """Suggestions, best first; at most twenty."""

    results: Any = SuggestionSerializer(many=True)


class DirectorySearchView(APIView):
    http_method_names = ["get", "head"]

    @extend_schema(
        operation_id="directory_search",
        summary="Search the directory",
        parameters=[
            OpenApiParameter(
                "q", str, required=True, description="The text typed so far; the last word may be incomplete."
            ),
            OpenApiParameter(
                "kind",
                str,
                many=True,
                description="Only these kinds, such as `person` or `organization`; all by default.",
            ),
        ],
        responses=SuggestionListSerializer,
        filters=False,
    )
    def get(self, request: Request) -> HttpResponse:
        """Suggest people, organizations, countries, offices, posts, bodies and topics while the user types.

        Names, acronyms, former names and offices held are searched. Accents, case and word order are ignored; similar
        spellings and other scripts match too. An equal name or acronym comes first, then initials and codes, beginnings
        of names, whole words, parts of words, offices held, and near spellings; among equals, who was met more and
        later. Each result says why it matched.
        """
        given = request.query_params
        check_parameters(given, {"q", "kind"}, many={"kind"})
        kinds = [kind for value in given.getlist("kind") for kind in value.split(",") if kind]
        if unknown := [kind for kind in kinds if kind not in searched_kinds()]:
            raise invalid("kind", f"{unknown[0]!r} is not one of: {', '.join(searched_kinds())}.")
        text = given.get("q", "").strip()
        if not text or len(text) > MAX_TEXT:
            raise invalid("q", f"Give 1 to {MAX_TEXT} characters.")
        found = found_by_typing(text, by=actor_of(request), kinds=kinds)
        shown = [
            {"id": one.id, "kind": one.kind, "name": one.name, "reason": one.reason, "score": one.score}
            for one in found
        ]
        return HttpResponse(orjson.dumps({"results": shown}), content_type="application/json")
