"""What all documents of partners share; each app describes its own in `api/partner_documents.py`."""

from typing import Any

from rest_framework import serializers

from sgoffice.api.serializers import VERIFICATIONS


class SourceForPartnersSerializer(serializers.Serializer):
    """What supports a record, and how far it was checked."""

    url = serializers.CharField(help_text="Where it can be read; empty: not known.")
    document = serializers.CharField(help_text="The symbol or name of a document; empty: none.")
    title = serializers.CharField(help_text="Its title; empty: none.")
    published_on = serializers.CharField(help_text="When it was published (EDTF); empty: not known.")
    supports: Any = serializers.ListField(
        child=serializers.CharField(), help_text="JSON pointers of the members that it supports; empty: all of them."
    )
    verification = serializers.ChoiceField(choices=VERIFICATIONS, help_text="How far it was checked.")


class PartnerDocumentSerializer(serializers.Serializer):
    """A record as partners get it."""

    id = serializers.UUIDField(help_text="The id of the record; it never changes.")
    reference = serializers.CharField(help_text="The reference of the record; it never changes.")


class NamedSerializer(serializers.Serializer):
    """Another record by its name."""

    id = serializers.UUIDField(help_text="The id of the record.")
    name = serializers.CharField(help_text="What it is called.")


def sources() -> SourceForPartnersSerializer:
    """Return the member with the sources, which every document has."""
    return SourceForPartnersSerializer(many=True, help_text="What supports the record.")
