"""Organization, Affiliation (of one organization in another) and Topic."""

from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from sgoffice.directory.counterparts import SPEAKS_FOR_COUNTRY, country_of
from sgoffice.directory.models.names import FollowingRecord, NamedRecord
from sgoffice.directory.models.places import Country
from sgoffice.directory.querysets import OrganizationManager
from sgoffice.directory.vocabulary import (
    AffiliationRole,
    Classification,
    OrganizationStatus,
    TopicKind,
)
from sgoffice.records.constraints import explains
from sgoffice.records.models import PartialDateField, Record, partial_date_check


class Organization(FollowingRecord):
    """An organization or an organ of one: whom the office meets and with whom it makes agreements."""

    acronym = models.CharField(max_length=60, blank=True, help_text="The short form that people say.")
    names = models.JSONField(default=dict, blank=True, help_text="The name by language code.")
    classification = models.CharField(max_length=32, choices=Classification, default=Classification.OTHER)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", help_text="What it is part of."
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", help_text="What took its place."
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_column="country",
        null=True,
        blank=True,
        related_name="organizations",
        help_text="The country it belongs to, for national bodies.",
    )
    seat_city = models.CharField(max_length=120, blank=True, help_text="Where it sits.")
    seat_country = models.ForeignKey(
        Country, models.PROTECT, to_field="code", db_column="seat_country", null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=20, choices=OrganizationStatus, default=OrganizationStatus.NOT_KNOWN)
    founding_date = PartialDateField(help_text="When it was founded.")
    dissolution_date = PartialDateField(help_text="When it ceased.")
    identifiers = models.JSONField(default=list, blank=True, help_text="[{scheme, identifier}]")
    contact_details = models.JSONField(default=list, blank=True, help_text="[{type, value, note}]")
    languages = models.JSONField(default=list, blank=True, help_text="Codes of its official languages.")
    relation = models.CharField(max_length=500, blank=True, help_text="What ties it to us, in one line.")

    objects: ClassVar[OrganizationManager[Self]] = OrganizationManager()

    class Meta(FollowingRecord.Meta):
        indexes: ClassVar = [
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="organization_search"),
            models.Index(fields=["sort", "id"], name="organization_sort"),
            models.Index(fields=["country", "classification"], name="organization_of_country"),
        ]
        constraints: ClassVar = [
            partial_date_check("founding_date", of="organization"),
            partial_date_check("dissolution_date", of="organization"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organization_is_not_its_parent"),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="organization_is_not_its_successor"),
        ]

    def full_names(self) -> list[str]:
        """Return its name in every language, and its other names."""
        return [*super().full_names(), *self.names.values()]

    def handed_on(self) -> list[str]:
        """Return its names, and the acronym."""
        return [*self.full_names(), *([self.acronym] if self.acronym else [])]

    def all_names(self) -> list[str]:
        """Return every name under which it can be found, the acronym and each part of it included."""
        parts = self.acronym.replace("-", " ").replace("/", " ").split()
        return [*super().all_names(), self.acronym, *parts]

    @property
    def stands_for(self) -> frozenset[UUID]:
        """Its own id, and that of the country for which it speaks."""
        country = self.country if country_of(self, SPEAKS_FOR_COUNTRY) else None
        return frozenset({self.pk} if country is None else {self.pk, country.pk})

    def merge_refusal(self, other: "Organization") -> str:
        """Return why not: an organization and a part of it are two."""
        if other.pk in type(self).objects.above(self.pk) or self.pk in type(self).objects.above(other.pk):
            return "One of the two is part of the other: correct that first if they are one."
        return ""


class Affiliation(Record):
    """A period in which one organization took part in another, ours included; read by whoever may read both."""

    readers_follow = True

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="affiliations")
    affiliated_with = models.ForeignKey(Organization, models.PROTECT, related_name="affiliates")
    role = models.CharField(max_length=20, choices=AffiliationRole)
    start_date = PartialDateField(help_text="Since when.")
    end_date = PartialDateField(help_text="Until when.")

    class Meta(Record.Meta):
        constraints: ClassVar = [
            partial_date_check("start_date", of="affiliation"),
            partial_date_check("end_date", of="affiliation"),
            models.CheckConstraint(
                condition=~Q(organization=F("affiliated_with")), name="affiliation_joins_two_organizations"
            ),
            models.CheckConstraint(
                condition=Q(start_date_earliest=None)
                | Q(end_date_latest=None)
                | Q(start_date_earliest__lte=F("end_date_latest")),
                name="affiliation_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} in {self.affiliated_with}"


class Topic(NamedRecord):
    """What a meeting or an agreement is about: edited and merged in the admin."""

    kind = models.CharField(max_length=24, choices=TopicKind)
    unit = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="Our unit in charge of it."
    )

    class Meta(NamedRecord.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "sort"],
                condition=Q(is_in_error=False, merged_into=None),
                name="topic_is_named_once",
            )
        ]


explains("topic_is_named_once", rule="named-once", detail="There is a topic of that name already.", pointer="/name")
explains(
    "organization_is_not_its_parent",
    rule="own-parent",
    detail="An organization is not part of itself.",
    pointer="/parent",
)
explains(
    "organization_is_not_its_successor",
    rule="own-successor",
    detail="An organization does not take its own place.",
    pointer="/successor",
)
explains(
    "affiliation_joins_two_organizations",
    rule="two-organizations",
    detail="An affiliation joins two organizations.",
    pointer="/affiliated_with",
)
explains(
    "affiliation_ends_after_it_starts", rule="end-after-start", detail="It ends before it starts.", pointer="/end_date"
)
