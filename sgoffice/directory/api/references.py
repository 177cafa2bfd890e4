"""The names of the directory's records as other documents show them."""

from typing import ClassVar

from rest_framework import serializers

from sgoffice.api.serializers import ReferenceSerializer
from sgoffice.directory.models import Office, Organization, Person, Topic


class CountryReference(ReferenceSerializer):
    """A country by its code and English name."""

    code = serializers.CharField()
    name = serializers.CharField()


class OrganizationReference(ReferenceSerializer, serializers.ModelSerializer):
    """An organization by its name and acronym."""

    class Meta:
        model = Organization
        fields: ClassVar = ["id", "name", "acronym"]


class PersonReference(ReferenceSerializer, serializers.ModelSerializer):
    """A person by name."""

    class Meta:
        model = Person
        fields: ClassVar = ["id", "name", "honorific_prefix"]


class TopicReference(ReferenceSerializer, serializers.ModelSerializer):
    """A topic by name."""

    class Meta:
        model = Topic
        fields: ClassVar = ["id", "name", "kind"]


class OfficeReference(ReferenceSerializer, serializers.ModelSerializer):
    """An office of ours by name."""

    class Meta:
        model = Office
        fields: ClassVar = ["id", "name"]
