"""Serializers of the exchange for the API document only: the database assembles the bytes."""

from functools import cache
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from sgoffice.documents.publications import description_of, publications


class LineSerializer(serializers.Serializer):
    """A record, or its withdrawal or merge, which has no document."""

    op = serializers.ChoiceField(
        choices=["upsert", "withdrawn", "merged"],
        help_text="`upsert`: store the document; `withdrawn`: delete your copy; `merged`: use the record `into`.",
    )
    changed_at = serializers.DateTimeField(
        help_text="When it changed for you (RFC 3339). For display: positions, not times, order changes."
    )
    kind = serializers.CharField(help_text="The kind of the record.")
    id = serializers.UUIDField(help_text="The id of the record; it never changes.")
    reference = serializers.CharField(help_text="The reference of the record.")
    schema = serializers.CharField(help_text="Kind and version of the document, such as agreement/1.")
    digest = serializers.CharField(
        required=False, help_text="Digest of the bytes of the document: store it to compare with `/partner/digest`."
    )
    into = serializers.UUIDField(required=False, help_text="With `merged`: the id of the record it was merged into.")


@cache
def lines_by_schema() -> dict[str, Any]:
    """Return the serializer of each published kind by `schema`, which determines the document."""
    found = {}
    for kind, publication in sorted(publications().items()):
        schema = publication.contract
        description = description_of(kind)
        members = {
            "__doc__": f"A record of kind {kind}, or its withdrawal or merge.",
            "kind": _constant(kind),
            "schema": _constant(schema),
            "document": description(required=False, help_text="The record; absent if it was withdrawn or merged."),
        }
        name = description.__name__.removesuffix("ForPartnersSerializer") + "LineSerializer"
        found[schema] = type(name, (LineSerializer,), members)
    return found


def _constant(value: str) -> serializers.Field:
    @extend_schema_field({"type": "string", "const": value})
    class Constant(serializers.CharField):
        """A constant."""

    return Constant(help_text=f"Always {value}.")


_OF_LINES: Any = {"component_name": "Line", "serializers": lines_by_schema, "resource_type_field_name": "schema"}
LINE = PolymorphicProxySerializer(**_OF_LINES)


@extend_schema_field(PolymorphicProxySerializer(many=True, **_OF_LINES))
class LinesField(serializers.ListField):
    """The records of a response."""


class BucketDigestSerializer(serializers.Serializer):
    """The records in one bucket: those whose ids have the same first two digits of SHA-256."""

    bucket = serializers.CharField()
    count = serializers.IntegerField()
    hash = serializers.CharField(help_text="The sum of their digests, modulo 2**64, in hexadecimal.")


class KindDigestSerializer(serializers.Serializer):
    """All records of one kind that you may get."""

    kind = serializers.CharField()
    count = serializers.IntegerField()
    hash = serializers.CharField(help_text="The sum of their digests, modulo 2**64, in hexadecimal.")
    buckets = BucketDigestSerializer(many=True)


class RecordDigestSerializer(serializers.Serializer):
    """The digest of one record."""

    id = serializers.UUIDField()
    digest = serializers.CharField()


class DigestSerializer(serializers.Serializer):
    """Sums over all records you may get, or the records of one bucket."""

    cursor = serializers.CharField(help_text="Where this is true: what `changes` since it says is not in it.")
    kinds = KindDigestSerializer(many=True)
    records = RecordDigestSerializer(many=True)


class ChangesPageSerializer(serializers.Serializer):
    """A page of changes since a cursor, or of a snapshot."""

    changes = LinesField(help_text="Each record that changed, once, in the order of the last change.")
    cursor = serializers.CharField(help_text="The cursor to continue from.")
    has_more = serializers.BooleanField(help_text="Whether more changes are available now.")
    digest: Any = KindDigestSerializer(
        many=True,
        required=False,
        allow_null=True,
        help_text="With `digest=true`: the digest of your records at `cursor`, as `/partner/digest` has it in `kinds`; "
        "null while `has_more` is true.",
    )


class EndLineSerializer(serializers.Serializer):
    """The last line: it has no record, but the cursor to continue from."""

    cursor = serializers.CharField(help_text="The cursor to continue from.")
    has_more: Any = serializers.BooleanField(required=False, help_text="Of changes: whether more are available now.")
    digest: Any = KindDigestSerializer(
        many=True, required=False, allow_null=True, help_text="Of changes with `digest=true`: as in a page."
    )


#: A line of JSON lines: a record, or the last line.
LINE_OR_END = PolymorphicProxySerializer(
    component_name="LineOrEnd",
    serializers=lambda: [*lines_by_schema().values(), EndLineSerializer],
    resource_type_field_name=None,
)


class OAuthErrorSerializer(serializers.Serializer):
    """An error of RFC 6749 (section 5.2), which is a problem detail besides."""

    error = serializers.CharField(
        help_text="`invalid_request`, `invalid_client`, `invalid_scope` or `unsupported_grant_type`."
    )
    error_description = serializers.CharField(help_text="`detail` and `advice` in ASCII.")
    type = serializers.CharField(help_text="The path of the page about this type of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What went wrong with this request.")
    advice = serializers.CharField(help_text="What to do next.")
    request_id = serializers.CharField()
