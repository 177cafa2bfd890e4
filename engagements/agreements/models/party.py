"""Party, an organization or a country that is bound, and Signatory, who signed for it."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from engagements.agreements.models.agreement import Agreement
from engagements.agreements.vocabulary import PartySide
from sgoffice.directory.models import Country, Organization, Person
from sgoffice.records.constraints import explains
from sgoffice.records.models import Part
from sgoffice.records.triggers import Rule, Scribe

# The row of the agreement is written before those of its parties: it says who shall be there.
_IS_COUNTED = """
    IF TG_OP <> 'DELETE' THEN
        SELECT party_keys INTO keys FROM agreements_agreement WHERE id = NEW.agreement_id FOR NO KEY UPDATE;
        new_key := coalesce(NEW.organization_id::text, NEW.country);
        IF NOT new_key = ANY (keys) THEN
            RAISE EXCEPTION '% is no party by the agreement''s own row', new_key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'party_is_counted';
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        SELECT party_keys INTO keys FROM agreements_agreement WHERE id = OLD.agreement_id FOR NO KEY UPDATE;
        old_key := coalesce(OLD.organization_id::text, OLD.country);
        IF old_key = ANY (keys) AND old_key IS DISTINCT FROM new_key THEN
            RAISE EXCEPTION '% is still a party by the agreement''s own row', old_key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'party_is_counted';
        END IF;
    END IF;
"""


class Party(Part):
    """An organization or a country that is bound by an agreement, perhaps through an organ of it."""

    #: What readers see: `services.party_lines` sets it.
    shown_signatories: list["Signatory"]

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="agreements", help_text="The organization."
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_column="country",
        null=True,
        blank=True,
        related_name="agreements",
        help_text="Or the code of the country.",
    )
    through = models.CharField(max_length=300, blank=True, help_text="The organ or ministry through which it acts.")
    called = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="The name under which it is a party, if another one than today.",
    )
    side = models.CharField(
        max_length=12, choices=PartySide, default=PartySide.THEIRS, help_text="On which side of the table it sits."
    )

    class Meta(Part.Meta):
        verbose_name_plural = "parties"
        triggers: ClassVar = [
            Scribe(of="agreement"),
            Rule(
                name="party_is_counted",
                on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare="keys text[]; new_key text; old_key text;",
                body=_IS_COUNTED,
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, country__isnull=True)
                | Q(organization__isnull=True, country__isnull=False),
                name="party_is_organization_or_country",
            ),
            models.UniqueConstraint(fields=["agreement", "organization"], name="party_organization_once"),
            models.UniqueConstraint(fields=["agreement", "country"], name="party_country_once"),
        ]

    @property
    def key(self) -> str:
        """The id of its organization or the code of its country, by which acts name it."""
        return str(self.organization_id or self.country_id)

    def __str__(self) -> str:
        return str(self.organization or self.country)


class Signatory(Part):
    """Somebody who signed for a party, with the name and title of that day."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatories")
    # kept by a rule: a party that leaves takes its signatories along in the same list
    party = models.ForeignKey(Party, models.DO_NOTHING, related_name="signatories")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="signatures", help_text="The person, when known."
    )
    name = models.CharField(max_length=300, help_text="The name as the source has it.")
    title = models.CharField(max_length=300, blank=True, help_text="The title on that day.")
    capacity = models.CharField(max_length=300, blank=True, help_text="In what quality, such as for the head.")
    on_behalf_of = models.CharField(max_length=300, blank=True, help_text="For whom, when not for the party itself.")

    class Meta(Part.Meta):
        verbose_name_plural = "signatories"
        triggers: ClassVar = [Scribe(of="agreement")]

    def __str__(self) -> str:
        return self.name


explains(
    "party_is_counted",
    rule="other-party",
    detail="The parties in the list and those that the agreement counts differ: change them together.",
    pointer="/parties",
)
explains(
    "party_is_organization_or_country",
    rule="organization-or-country",
    detail="A party is an organization or a country: name one of the two.",
    pointer="/parties",
)
explains("party_organization_once", rule="party-once", detail="The organization is named twice.", pointer="/parties")
explains("party_country_once", rule="party-once", detail="The country is named twice.", pointer="/parties")
