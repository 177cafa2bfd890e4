"""Serializers that partner documents share; each app describes its documents in `api/partner_documents.py`."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from sgoffice.api.serializers import VERIFICATIONS


class SourceForPartnersSerializer(serializers.Serializer):
    """A source of a record."""

    url = serializers.CharField(help_text="URL of the source; empty if unknown.")
    document = serializers.CharField(help_text="Symbol or name of a document; empty if none.")
    title = serializers.CharField(help_text="Title; empty if none.")
    published_on = serializers.CharField(help_text="Date of publication (EDTF); empty if unknown.")
    supports: Any = serializers.ListField(
        child=serializers.CharField(), help_text="JSON pointers of the members it supports; empty if all."
    )
    verification = serializers.ChoiceField(choices=VERIFICATIONS, help_text="How well it supports the record.")


class PartnerDocumentSerializer(serializers.Serializer):
    """The members of every partner document."""

    #: The groups of members that `fields=` takes; every member but `id` and `reference` is in one.
    groups: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    id = serializers.UUIDField(help_text="The id of the record; it never changes.")
    reference = serializers.CharField(help_text="The reference of the record; it never changes.")


class NamedRecordSerializer(serializers.Serializer):
    """A related record."""

    id = serializers.UUIDField(help_text="The id of the record.")
    name = serializers.CharField(help_text="The name of the record.")


def sources() -> SourceForPartnersSerializer:
    """Return the field `sources` of a partner document."""
    return SourceForPartnersSerializer(many=True, help_text="The sources of the record.")
