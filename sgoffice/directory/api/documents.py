"""The directory's records as readers get them, registered as their documents."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import ByLanguage
from sgoffice.api.serializers import RECORD_FIELDS, RecordSerializer
from sgoffice.directory import services
from sgoffice.directory.api import columns
from sgoffice.directory.api.references import CountryReference, OrganizationReference, PersonReference
from sgoffice.directory.counterparts import COUNTS_FOR_COUNTRY
from sgoffice.directory.models import Affiliation, Country, Membership, Office, Organization, Person, Topic
from sgoffice.documents import document_of
from sgoffice.search import Searched

OtherNameSerializer = shape_of(services.OtherName)
RegionSerializer = shape_of(services.Region)
CountryMembershipSerializer = shape_of(services.CountryMembership)
IdentifierSerializer = shape_of(services.OutsideIdentifier)
ContactSerializer = shape_of(services.Contact)
NAMES = ("name", "other_names.name")


def _speaks_for(shown: Mapping[str, Any]) -> str:
    """Return the country for which an organization counts."""
    return shown["country"]["code"] if shown["country"] and shown["classification"] in COUNTS_FOR_COUNTRY else ""


class NamedSerializer(RecordSerializer):
    """What everything in the directory shows."""

    other_names = OtherNameSerializer(many=True, read_only=True)

    #: JSON columns that are shown as they are stored: they were checked on their way in.
    stored: ClassVar[tuple[str, ...]] = ()

    class Meta(RecordSerializer.Meta):
        fields: ClassVar[tuple[str, ...]] = (*RECORD_FIELDS, "name", "other_names")

    def to_representation(self, instance: Country | Organization | Person) -> dict[str, object]:
        """Return the fields; JSON columns as they are stored."""
        shown = super().to_representation(instance)
        for name in ("other_names", *self.stored):
            shown[name] = getattr(instance, name)
        return shown


@document_of(
    Country,
    columns=columns.COUNTRY,
    searched=Searched(
        address="countries",
        titles=(*NAMES, "names.*", "code", "alpha3"),
        texts=("regions.name", "notes.text"),
        countries=("code",),
        codes=("code", "alpha3"),
        is_suggested=True,
    ),
    renderer=2,
)
class CountrySerializer(NamedSerializer):
    """A country, a former State or a reserved code."""

    names = ByLanguage(read_only=True, help_text="The name by language code.")
    regions = RegionSerializer(many=True, read_only=True)
    memberships = CountryMembershipSerializer(many=True, read_only=True)
    stored = ("regions",)

    class Meta(NamedSerializer.Meta):
        model = Country
        fields: ClassVar = (
            *NamedSerializer.Meta.fields, "code", "alpha3", "numeric", "names", "status", "regions", "memberships",
            "ended",
        )  # fmt: skip

    def to_representation(self, instance: Any) -> dict[str, object]:
        """Return the fields; memberships that were stored before they had an end have none."""
        shown = super().to_representation(instance)
        shown["memberships"] = [{"until": "", **one} for one in instance.memberships]
        return shown


@document_of(
    Office,
    columns=columns.OFFICE,
    searched=Searched(
        address="offices",
        titles=NAMES,
        texts=("city", "serves", "country.name", "notes.text"),
        countries=("country.code",),
        is_suggested=True,
    ),
    select=["country"],
)
class OfficeSerializer(NamedSerializer):
    """A seat or office of ours."""

    country = CountryReference(read_only=True)

    class Meta(NamedSerializer.Meta):
        model = Office
        fields: ClassVar = (*NamedSerializer.Meta.fields, "kind", "city", "country", "opened", "closed", "serves")


@document_of(
    Organization,
    columns=columns.ORGANIZATION,
    searched=Searched(
        address="organizations",
        titles=(*NAMES, "names.*", "acronym"),
        texts=("seat_city", "seat_country.name", "country.name", "parent.name", "successor.name", "notes.text"),
        countries=("country.code", "seat_country.code"),
        speaks_for=_speaks_for,
        initials=(*NAMES, "names.*"),
        is_suggested=True,
    ),
    select=["country", "seat_country", "parent", "successor"],
)
class OrganizationSerializer(NamedSerializer):
    """An organization or an organ of one."""

    names = ByLanguage(read_only=True, help_text="The name by language code.")
    parent = OrganizationReference(read_only=True, allow_null=True)
    successor = OrganizationReference(read_only=True, allow_null=True)
    country = CountryReference(read_only=True, allow_null=True)
    seat_country = CountryReference(read_only=True, allow_null=True)
    identifiers = IdentifierSerializer(many=True, read_only=True)
    contact_details = ContactSerializer(many=True, read_only=True)
    languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    stored = ("identifiers", "contact_details")

    class Meta(NamedSerializer.Meta):
        model = Organization
        fields: ClassVar = (
            *NamedSerializer.Meta.fields, "acronym", "names", "classification", "parent", "successor",
            "country", "seat_city", "seat_country", "status", "founding_date", "dissolution_date", "identifiers",
            "contact_details", "languages", "relation",
        )  # fmt: skip


@document_of(
    Person,
    columns=columns.PERSON,
    searched=Searched(address="people", titles=NAMES, texts=("notes.text",), is_suggested=True),
)
class PersonSerializer(NamedSerializer):
    """A person."""

    identifiers = IdentifierSerializer(many=True, read_only=True)
    contact_details = ContactSerializer(many=True, read_only=True)
    stored = ("identifiers", "contact_details")

    class Meta(NamedSerializer.Meta):
        model = Person
        fields: ClassVar = (
            *NamedSerializer.Meta.fields, "family_name", "given_name", "sort_name", "honorific_prefix", "identifiers",
            "contact_details",
        )  # fmt: skip


@document_of(
    Topic,
    columns=columns.TOPIC,
    searched=Searched(address="topics", titles=NAMES, texts=("unit", "notes.text"), is_suggested=True),
    renderer=2,
)
class TopicSerializer(NamedSerializer):
    """What a meeting or an agreement is about."""

    class Meta(NamedSerializer.Meta):
        model = Topic
        fields: ClassVar = (*NamedSerializer.Meta.fields, "kind", "unit")


@document_of(
    Membership,
    columns=columns.MEMBERSHIP,
    searched=Searched(
        address="memberships",
        titles=("role", "person.name", "organization.name"),
        texts=("notes.text",),
        day=("start_date",),
        label=lambda shown: f"{shown['person']['name']}, {shown['role']}, {shown['organization']['name']}",
        holder="person.id",
    ),
    select=["person", "organization"],
)
class MembershipSerializer(RecordSerializer):
    """A role of a person in an organization."""

    person = PersonReference(read_only=True)
    organization = OrganizationReference(read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Membership
        fields: ClassVar = (*RECORD_FIELDS, "person", "organization", "role", "start_date", "end_date")


@document_of(
    Affiliation,
    columns=columns.AFFILIATION,
    searched=Searched(
        address="affiliations",
        titles=("organization.name", "affiliated_with.name"),
        texts=("notes.text",),
        day=("start_date",),
        label=lambda shown: f"{shown['organization']['name']} in {shown['affiliated_with']['name']}",
    ),
    select=["organization", "affiliated_with"],
)
class AffiliationSerializer(RecordSerializer):
    """The part of one organization in another."""

    organization = OrganizationReference(read_only=True)
    affiliated_with = OrganizationReference(read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Affiliation
        fields: ClassVar = (*RECORD_FIELDS, "organization", "affiliated_with", "role", "start_date", "end_date")
