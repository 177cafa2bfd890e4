"""Agreement: what was agreed, in which texts, and by which clauses it enters into force and ends."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from engagements.agreements.models.items import ITEM_RULES
from engagements.agreements.querysets import AgreementQuerySet
from engagements.agreements.vocabulary import Instrument, Relation, Scope
from engagements.querysets import allow_action_items
from sgoffice.changes.erasable import erases_as
from sgoffice.directory.models import Topic
from sgoffice.records.constraints import explains
from sgoffice.records.models import MarkedRecord, Part, PartialDateField, partial_date_check
from sgoffice.records.triggers import LinkRule, Scribe

_LOCK = 7261905203  # beside those of history/triggers.sql
_RELATIONS = ", ".join(f"'{relation}'" for relation in sorted(Relation.values))
# Two transactions that would together close a circle do not see each other's rows, so one waits for the other. The
# lock is taken after row locks, so its holder waits for the commit lock only.
_NEVER_LEADS_BACK = f"""
    IF NEW.relation IN ({_RELATIONS}) THEN
        PERFORM pg_advisory_xact_lock({_LOCK});
        IF EXISTS (
            WITH RECURSIVE earlier (id) AS (
                SELECT NEW.target_id
                UNION SELECT l.target_id FROM records_link l JOIN earlier e ON l.source_id = e.id
                WHERE l.relation IN ({_RELATIONS})
            ) SELECT FROM earlier WHERE id = NEW.source_id
        ) THEN
            RAISE EXCEPTION 'agreement % would rest on itself', NEW.source_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_never_leads_back';
        END IF;
    END IF;
"""


class Agreement(MarkedRecord):
    """A text agreed between organizations or countries. Its status follows from its acts and clauses alone."""

    reference_prefix = "AGR"

    title = models.CharField(max_length=500, help_text="The title, or what it is about when the title is not known.")
    titles = models.JSONField(default=dict, blank=True, help_text="The title by language code.")
    short_title = models.CharField(max_length=120, blank=True, help_text="What people call it.")
    instrument = models.CharField(max_length=32, choices=Instrument, help_text="What sort of text it is.")
    is_bilateral = models.BooleanField(
        default=True, help_text="Between two sides; not so for a convention that is open to many."
    )
    scope = ArrayField(
        models.CharField(max_length=32, choices=Scope), default=list, blank=True, help_text="What it is for."
    )
    entry_into_force = models.JSONField(
        null=True, blank=True, help_text="The clause by which it enters into force; none when it is not known."
    )
    duration = models.CharField(max_length=24, blank=True, help_text="How long its first term is (ISO 8601: P5Y).")
    tacit_renewal = models.CharField(
        max_length=24, blank=True, help_text="For how long it is renewed when nobody gives notice (ISO 8601)."
    )
    notice_period = models.CharField(max_length=24, blank=True, help_text="How long before its end notice is given.")
    expires = PartialDateField(help_text="The day on which it ends by its own words: the first day without it.")
    authentic_languages = models.JSONField(default=list, blank=True, help_text="Codes of its authentic languages.")
    registration_number = models.CharField(
        max_length=120, blank=True, help_text="Where and under what number it is kept."
    )
    depositary = models.CharField(max_length=300, blank=True, help_text="Who keeps the original.")
    focal_points = models.JSONField(default=list, blank=True, help_text="[{side, name, unit, contact}]: whom to ask.")
    texts = models.JSONField(
        default=list, blank=True, help_text="[{language, title, url, document, is_authentic}]: where it can be read."
    )
    signed = PartialDateField(editable=False, help_text="When the last signature was put; computed from the acts.")
    party_keys = ArrayField(
        models.CharField(max_length=36),
        default=list,
        editable=False,
        help_text="Its parties, as the database counts them.",
    )
    changed_on = models.DateField(
        default=date.min,
        editable=False,
        help_text="Since when it has its current status, as far as acts and the clock have recorded.",
    )
    next_change_on = models.DateField(
        null=True, editable=False, help_text="When time alone changes the status: the clock records it on this day."
    )
    attestations_hold = models.CharField(
        max_length=24,
        default="",
        db_default="",
        editable=False,
        help_text="How long what a source stated of a day was taken to hold when its status was computed (ISO 8601).",
    )
    superseded_earliest = models.DateField(
        null=True, editable=False, help_text="The first day on which one that supersedes it may be in force."
    )
    superseded_latest = models.DateField(
        null=True, editable=False, help_text="The day on which one that supersedes it is surely in force."
    )
    rules_edition = models.PositiveSmallIntegerField(
        default=0, db_default=0, editable=False, help_text="The edition of the rules by which its status was computed."
    )
    sort_day = models.DateField(default=date.min, editable=False)
    sort = models.CharField(max_length=200, editable=False, default="", db_collation="C")

    objects = AgreementQuerySet.as_manager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [
            Scribe(of="id", omit=("sort", "sort_day")),
            LinkRule(
                name="agreement_never_leads_back",
                on=pgtrigger.Insert | pgtrigger.Update,
                body=_NEVER_LEADS_BACK,
            ),
            *ITEM_RULES,
        ]
        indexes: ClassVar = [
            models.Index(fields=["sort_day", "id"], name="agreement_by_day"),
            models.Index(fields=["sort", "id"], name="agreement_by_title"),
            models.Index(
                fields=["next_change_on", "id"],
                condition=Q(is_in_error=False, merged_into=None, next_change_on__isnull=False),
                name="agreement_by_next_change",
            ),
            GinIndex(fields=["scope"], name="agreement_scope"),
        ]
        constraints: ClassVar = [
            partial_date_check("expires", of="agreement"),
            partial_date_check("signed", of="agreement"),
            models.CheckConstraint(
                condition=Q(is_in_error=True)
                | Q(merged_into__isnull=False)
                | Q(is_bilateral=False)
                | Q(party_keys__len__gte=2),
                name="agreement_has_its_other_party",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="agreement_has_a_title"),
            models.CheckConstraint(
                condition=Q(tacit_renewal="") | ~Q(duration="") | Q(expires__isnull=False),
                name="agreement_renews_a_term",
            ),
        ]

    def reference_year(self) -> int | None:
        """Return the year of its signature or first act."""
        return self.sort_day.year if self.sort_day > date.min else None

    def __str__(self) -> str:
        return self.title


class AgreementTopic(Part):
    """A topic that an agreement is about."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="subjects")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="agreements")

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="agreement")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "topic"], name="agreement_topic_once"),
        ]


allow_action_items(Agreement)
explains(
    "agreement_has_its_other_party",
    rule="other-party",
    detail="A bilateral agreement needs at least two parties: name the other party.",
    basis="Vienna Convention on the Law of Treaties (1986), Article 2 (1) (a)",
    pointer="/parties",
)
explains(
    "agreement_never_leads_back",
    rule="no-circle",
    detail="An agreement cannot amend, supersede, implement or supplement one that already rests on it.",
    pointer="/relations",
    compares=True,
)
explains(
    "agreement_has_a_title", rule="title", detail="Give a title, or what the agreement is about.", pointer="/title"
)
explains(
    "agreement_renews_a_term",
    rule="renewal-of-a-term",
    detail="Only an agreement with a term is renewed tacitly: give its duration or when it expires.",
    pointer="/tacit_renewal",
)
explains("agreement_topic_once", rule="topic-once", detail="The topic is named twice.", pointer="/topics")
erases_as(Agreement, kept=["entry_into_force", "authentic_languages", "scope", "party_keys"])
