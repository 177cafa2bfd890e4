"""GET /directory/search: people, organizations, countries and topics as one types."""

from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice.api.actors import actor_of
from sgoffice.api.filters import MAX_TEXT, check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.directory.services import KINDS, found_by_typing


class FoundSerializer(serializers.Serializer):
    """A record that may be meant."""

    id = serializers.UUIDField(help_text="Its id.")
    kind = serializers.ChoiceField(choices=sorted(KINDS), help_text="What it is.")
    name = serializers.CharField(help_text="What it is called.")
    reason = serializers.CharField(help_text="By what it was found.")
    score = serializers.FloatField(help_text="How well it fits, from 0 to 1.")


class FoundListSerializer(serializers.Serializer):
    """What was found, best first; twenty at most."""

    results: Any = FoundSerializer(many=True)


class DirectorySearchView(APIView):
    """Search as one types."""

    http_method_names: ClassVar = ["get", "head"]

    @extend_schema(
        operation_id="directory_search",
        summary="Search the directory as one types",
        parameters=[
            OpenApiParameter("q", str, required=True, description="What was typed so far; the last word may be cut."),
            OpenApiParameter("kind", str, enum=sorted(KINDS), many=True, description="Only these; all unless said."),
        ],
        responses=FoundListSerializer,
        filters=False,
    )
    def get(self, request: Request) -> HttpResponse:
        """Find people, organizations, countries and topics by any name, acronym, former name or title of theirs.

        Accents, case and order of words do not count; near spellings and other scripts are found too. Each comes with
        the reason why.
        """
        given = request.query_params
        check_parameters(given, {"q", "kind"}, many={"kind"})
        kinds = [kind for value in given.getlist("kind") for kind in value.split(",") if kind]
        if unknown := [kind for kind in kinds if kind not in KINDS]:
            raise invalid("kind", f"{unknown[0]!r} is not one of: {', '.join(sorted(KINDS))}.")
        text = given.get("q", "").strip()
        if not text or len(text) > MAX_TEXT:
            raise invalid("q", f"Type something, {MAX_TEXT} characters at most.")
        found = found_by_typing(text, by=actor_of(request), kinds=kinds)
        shown = [
            {"id": one.id, "kind": one.kind, "name": one.name, "reason": one.reason, "score": one.score}
            for one in found
        ]
        return HttpResponse(orjson.dumps({"results": shown}), content_type="application/json")
