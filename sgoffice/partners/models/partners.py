"""Partners, and the releases that grant them records which are not public."""

from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sgoffice.directory.models import Country, Organization
from sgoffice.partners.querysets import PartnerManager
from sgoffice.partners.vocabulary import ReleaseCondition, ReleaseState
from sgoffice.records.actors import Permission
from sgoffice.records.constraints import explains
from sgoffice.records.models import Entry, Marking, Part, Record
from sgoffice.records.triggers import Rule, Scribe


class Partner(Record):
    """An organization or a country whose system pulls records from the register."""

    is_embedded = True
    write_permission = Permission.ADMINISTER

    name = models.CharField(max_length=200, help_text="Name of the partner.")
    slug = models.SlugField(max_length=60, unique=True, help_text="Its client_id; it cannot be changed.")
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
        help_text="The organization whose system it is.",
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_column="country",
        null=True,
        blank=True,
        related_name="partners",
        help_text="Or the country whose system it is, by code.",
    )
    kinds = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="The kinds of records it may get."
    )
    is_active = models.BooleanField(
        default=True, help_text="If not, it gets no records and its credentials are refused."
    )
    contact = models.CharField(max_length=500, blank=True, help_text="Contact for its system.")
    ping_hosts = ArrayField(
        models.CharField(max_length=253),
        default=list,
        db_default=[],
        blank=True,
        help_text="The host names at which its system may register ping endpoints by itself.",
    )

    objects: ClassVar[PartnerManager[Self]] = PartnerManager()

    class Meta(Record.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, country__isnull=True)
                | Q(organization__isnull=True, country__isnull=False),
                name="partner_is_organization_or_country",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
        ]

    @property
    def may_pull(self) -> bool:
        """Whether its credentials are accepted."""
        return self.is_active and self.is_live

    def __str__(self) -> str:
        return self.name


class Release(Record):
    """Grants a partner records that are not public: a list, or all that meet a condition."""

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="releases", help_text="The partner that gets the records."
    )
    condition = models.CharField(
        max_length=20,
        choices=ReleaseCondition,
        default=ReleaseCondition.LISTED,
        help_text="Which records are released.",
    )
    kind = models.CharField(max_length=40, blank=True, help_text="The kind of records of a standing rule.")
    purpose = models.CharField(max_length=2000, blank=True, help_text="Purpose of the release, for the approver.")
    state = models.CharField(
        max_length=12, choices=ReleaseState, default=ReleaseState.PROPOSED, help_text="State of the release."
    )
    proposed_by = models.CharField(max_length=64, help_text="The id of the user who proposed it.")
    approved_by = models.CharField(max_length=64, blank=True, help_text="The id of the user who approved it.")

    class Meta(Record.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("proposed_by")), name="release_has_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.APPROVED) | ~Q(approved_by=""), name="release_is_approved_by_somebody"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["partner", "state", "kind"], name="release_of_partner")]
        triggers: ClassVar = [
            *Record.Meta.triggers,
            Rule(
                name="release_is_approved_by_two",
                on=pgtrigger.Insert | pgtrigger.Update,
                body="""
                    IF NEW.state <> 'approved' OR (TG_OP = 'UPDATE' AND OLD.state = 'approved')
                        OR register_is_carried_out('release', NEW.id)
                        OR (TG_OP = 'INSERT' AND register_is_by_operator(NEW.id)
                            AND current_setting('sgoffice.verb', true) = 'bring_register') THEN
                        RETURN NULL;
                    END IF;
                    RAISE EXCEPTION 'release % takes effect by one person alone', NEW.id
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'release_is_approved_by_two';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_condition_display()} to {self.partner}"


class ReleasedRecord(Part):
    """A record on the list of a release. A withdrawal is final: the record needs another release."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="records")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", help_text="The record.")
    marking = models.CharField(max_length=12, choices=Marking, blank=True, help_text="Its marking at approval.")
    is_withdrawn = models.BooleanField(default=False, help_text="Whether it was withdrawn from the release.")

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="release")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "entry"], name="release_names_a_record_once")
        ]

    def __str__(self) -> str:
        return str(self.entry_id)


explains(
    "partner_is_organization_or_country",
    rule="organization-or-country",
    detail="A partner must be either an organization or a country.",
    pointer="/organization",
)
explains("partner_has_a_name", rule="name", detail="A partner needs a name.", pointer="/name")
explains(
    "release_has_two_people",
    rule="second-person",
    detail="You cannot approve a release that you proposed. Ask a colleague.",
)
explains("release_is_approved_by_somebody", rule="second-person", detail="An approved release needs an approver.")
explains(
    "release_is_approved_by_two",
    rule="second-person",
    detail="A release takes effect once a second person approved it: see the queue of approvals.",
)
explains("release_names_a_record_once", rule="record-once", detail="A record is listed twice.", pointer="/records")
