"""GET /duplicates: pairs of people or organizations that may be one, as far as the reader may see both."""

from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice.api.actors import actor_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import tagged_answer
from sgoffice.directory.api import examples
from sgoffice.directory.services import duplicates


class NamesakeSerializer(serializers.Serializer):
    """One of two records with a name in common."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    is_hidden = serializers.BooleanField(help_text="Restricted records alone name it: only some may see it.")


class PairSerializer(serializers.Serializer):
    """Two records that may be one: merge one into the other, or keep them apart."""

    kind = serializers.ChoiceField(choices=duplicates.KINDS)
    called = serializers.CharField(help_text="The name that both have, without accents and capitals.")
    records = NamesakeSerializer(many=True, help_text="The two, the one that was entered last first.")


class PairListSerializer(serializers.Serializer):
    """Pairs, the newest first."""

    is_complete = serializers.BooleanField(help_text=f"False if there are more than {duplicates.MOST}.")
    results: Any = PairSerializer(many=True)


class DuplicatesView(APIView):
    """The list of pairs."""

    http_method_names = ["get", "head"]
    #: For the API document.
    has_etag: ClassVar[bool] = True

    @extend_schema(
        operation_id="duplicates",
        summary="List pairs that may be one",
        parameters=[
            OpenApiParameter("kind", str, enum=duplicates.KINDS, description="Only these kinds; both by default.")
        ],
        responses=PairListSerializer,
        examples=[OpenApiExample("A hidden namesake", examples.DUPLICATES, response_only=True)],
        filters=False,
    )
    def get(self, request: Request) -> HttpResponse:
        """List pairs of people or organizations that share a whole name, as far as you may see both.

        Whoever does not see somebody enters a second record of that name; who sees both finds the pair here. Merge one
        into the other (`POST /people/{id}/merge`), or keep them apart for good (`POST /people/{id}/keep-apart`).
        """
        given = request.query_params
        check_parameters(given, {"kind"})
        kind = given.get("kind")
        if kind is not None and kind not in duplicates.KINDS:
            raise invalid("kind", f"Use one of: {', '.join(duplicates.KINDS)}.")
        found = duplicates.find_duplicates(by=actor_of(request), kinds=[kind] if kind else (), most=duplicates.MOST + 1)
        shown = {"is_complete": len(found) <= duplicates.MOST, "results": found[: duplicates.MOST]}
        return tagged_answer(request, orjson.dumps(shown))
