"""Shapes of the exchange for the API document; the bytes are put together by the database."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from sgoffice.documents.publications import description_of, publications


class LineSerializer(serializers.Serializer):
    """A record, or what became of it. A tombstone has no document."""

    op = serializers.ChoiceField(choices=["upsert", "withdrawn", "merged"], help_text="What to do with your copy.")
    changed_at = serializers.DateTimeField(help_text="When it changed for you (RFC 3339); to show, not to compare.")
    kind = serializers.CharField(help_text="The kind of the record.")
    id = serializers.UUIDField(help_text="The id of the record; it never changes.")
    reference = serializers.CharField(help_text="The reference of the record.")
    schema = serializers.CharField(help_text="Kind and version of its documents, as in agreement/1.")
    digest = serializers.CharField(required=False, help_text="Of the bytes of the document: keep it for the digest.")
    into = serializers.UUIDField(required=False, help_text="Of a merged record: the one that took its place.")


def lines_by_schema() -> dict[str, Any]:
    """Return the line of each published kind by its `schema`, which says what its document is."""
    found = {}
    for kind, publication in sorted(publications().items()):
        schema = f"{kind}/{publication.schema}"
        description = description_of(kind)
        members = {
            "__doc__": f"A record of kind {kind}, or what became of it.",
            "kind": _constant(kind),
            "schema": _constant(schema),
            "document": description(required=False, help_text="The record; a tombstone has none."),
        }
        name = description.__name__.removesuffix("ForPartnersSerializer") + "LineSerializer"
        found[schema] = type(name, (LineSerializer,), members)
    return found


def _constant(value: str) -> serializers.Field:
    @extend_schema_field({"type": "string", "const": value})
    class Constant(serializers.CharField):
        """One word that never differs."""

    return Constant(help_text=f"Always {value}.")


_OF_LINES: Any = {"component_name": "Line", "serializers": lines_by_schema, "resource_type_field_name": "schema"}
LINE = PolymorphicProxySerializer(**_OF_LINES)


@extend_schema_field(PolymorphicProxySerializer(many=True, **_OF_LINES))
class LinesField(serializers.ListField):
    """Lines of the exchange."""


class ChangesSerializer(serializers.Serializer):
    """What changed since a cursor."""

    changes = LinesField(help_text="Each record that changed, once, in the order of its last change.")
    cursor = serializers.CharField(help_text="Where to go on.")
    has_more = serializers.BooleanField(help_text="There is more now.")


class BucketSerializer(serializers.Serializer):
    """Records of which the id has the same beginning of its SHA-256."""

    bucket = serializers.CharField()
    count = serializers.IntegerField()
    hash = serializers.CharField(help_text="The sum of their digests.")


class KindSerializer(serializers.Serializer):
    """All records of a kind that you may have."""

    kind = serializers.CharField()
    count = serializers.IntegerField()
    hash = serializers.CharField(help_text="The sum of their digests.")
    buckets = BucketSerializer(many=True)


class DigestOfRecordSerializer(serializers.Serializer):
    """The digest of one record."""

    id = serializers.UUIDField()
    digest = serializers.CharField()


class DigestSerializer(serializers.Serializer):
    """Sums of all that you may have, or the records of one bucket."""

    kinds = KindSerializer(many=True)
    records = DigestOfRecordSerializer(many=True)
