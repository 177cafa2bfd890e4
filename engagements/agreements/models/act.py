"""Act: something done about an agreement, by a party, by a body, or by all parties."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from appointments.models import Body
from engagements.agreements.models.agreement import Agreement
from engagements.agreements.models.party import Party
from engagements.agreements.rules.entry_rules import ANNOUNCING
from engagements.agreements.vocabulary import ActKind, Status, Verification
from engagements.vocabulary import DateBasis
from sgoffice.directory.models import Country
from sgoffice.records.constraints import explains
from sgoffice.records.models import Part, PartialDateField, partial_date_check
from sgoffice.records.triggers import Rule, Scribe

_IS_OF_THE_AGREEMENT = """
    IF EXISTS (SELECT FROM agreements_party p WHERE p.id IN (NEW.party_id, NEW.on_behalf_of_id)
               AND p.agreement_id <> NEW.agreement_id) THEN
        RAISE EXCEPTION 'the party belongs to another agreement'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'act_is_of_a_party';
    END IF;
"""


class Act(Part):
    """A signature, an approval, a notice: what the status of an agreement is computed from."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=24, choices=ActKind, help_text="What was done.")
    # a rule keeps a party that has acts
    party = models.ForeignKey(
        Party, models.DO_NOTHING, null=True, blank=True, related_name="acts", help_text="The party that did it."
    )
    by_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="acts", help_text="The governing body that did it."
    )
    on_behalf_of = models.ForeignKey(
        Party, models.DO_NOTHING, null=True, blank=True, related_name="+", help_text="The party that it binds."
    )
    date = PartialDateField(help_text="When it was done.")
    date_basis = models.CharField(
        max_length=12,
        choices=DateBasis,
        default=DateBasis.EVENT,
        db_default=DateBasis.EVENT,
        help_text="What the date rests on.",
    )
    date_of_effect = PartialDateField(help_text="When it takes effect, if not on its own day.")
    until = PartialDateField(help_text="Until when it holds: the first day without it.")
    attests = models.CharField(
        max_length=24, choices=Status, blank=True, help_text="What an attestation says: in force, unless it says more."
    )
    document = models.CharField(max_length=200, blank=True, help_text="The symbol of its document.")
    place_city = models.CharField(max_length=120, blank=True, help_text="Where it was done.")
    place_country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_column="place_country",
        null=True,
        blank=True,
        related_name="+",
        help_text="The code of the country where it was done.",
    )
    text = models.TextField(blank=True, help_text="What else to say about it; partners read it.")
    source = models.CharField(
        max_length=2000, blank=True, help_text="Who says so: an address or a document; partners read it."
    )
    verification = models.CharField(
        max_length=12, choices=Verification, blank=True, help_text="How far the source was checked."
    )

    class Meta(Part.Meta):
        triggers: ClassVar = [
            Scribe(of="agreement"),
            Rule(name="act_is_of_a_party", on=pgtrigger.Insert | pgtrigger.Update, body=_IS_OF_THE_AGREEMENT),
        ]
        constraints: ClassVar = [
            partial_date_check("date", of="act"),
            partial_date_check("date_of_effect", of="act"),
            partial_date_check("until", of="act"),
            models.CheckConstraint(
                condition=Q(party__isnull=True) | Q(by_body__isnull=True), name="act_is_of_a_party_or_a_body"
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | Q(party__isnull=True) | ~Q(party=F("on_behalf_of")),
                name="act_is_on_behalf_of_another",
            ),
            models.CheckConstraint(
                condition=Q(attests="") | Q(kind=ActKind.ATTESTATION), name="act_attests_as_attestation"
            ),
            models.CheckConstraint(
                condition=Q(date_earliest=None)
                | Q(date_of_effect_latest=None)
                | ~Q(kind__in=ANNOUNCING)
                | Q(date_of_effect_latest__gte=F("date_earliest")),
                name="act_takes_effect_after_its_notice",
            ),
            models.CheckConstraint(
                condition=Q(date_earliest=None) | Q(until_latest=None) | Q(until_latest__gte=F("date_earliest")),
                name="act_holds_after_its_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "date_earliest"], name="act_by_kind_and_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date or ''}".strip()


explains("act_is_of_a_party", rule="act-of-a-party", detail="The party belongs to another agreement.", pointer="/acts")
explains(
    "act_is_of_a_party_or_a_body",
    rule="party-or-body",
    detail="Name either the party or the governing body that did it; for a body, on_behalf_of names its party.",
    pointer="/acts",
)
explains(
    "act_is_on_behalf_of_another",
    rule="on-behalf-of-another",
    detail="on_behalf_of names another party: leave it out when a party acts for itself.",
    pointer="/acts",
)
explains(
    "act_attests_as_attestation",
    rule="attests",
    detail="Only an attestation states a status: leave attests out.",
    pointer="/acts",
)
explains(
    "act_takes_effect_after_its_notice",
    rule="effect-after-notice",
    detail="It cannot take effect before it was done.",
    basis="Vienna Convention on the Law of Treaties (1986), Article 67",
    pointer="/acts",
)
explains("act_holds_after_its_day", rule="until-after-date", detail="It would end before it begins.", pointer="/acts")
