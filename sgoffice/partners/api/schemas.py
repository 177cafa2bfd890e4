"""Shapes of the exchange for the API document; the bytes are put together by the database."""

from rest_framework import serializers


class LineSerializer(serializers.Serializer):
    """A record, or what became of it. A tombstone has no document."""

    op = serializers.ChoiceField(choices=["upsert", "withdrawn", "merged"], help_text="What to do with your copy.")
    changed_at = serializers.DateTimeField()
    kind = serializers.CharField()
    id = serializers.UUIDField()
    reference = serializers.CharField()
    schema = serializers.CharField(help_text="Kind and version of its documents, as in agreement/1.")
    digest = serializers.CharField(required=False, help_text="Of the bytes of the document: keep it for the digest.")
    document = serializers.DictField(required=False, help_text="The record.")
    into = serializers.UUIDField(required=False, help_text="Of a merged record: the one that took its place.")


class ChangesSerializer(serializers.Serializer):
    """What changed since a cursor."""

    changes = LineSerializer(many=True)
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
