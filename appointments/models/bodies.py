"""Body, Session, Decision and Mandate: who decides, when, and what the Secretariat must do."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from appointments.vocabulary import Adoption, DecisionKind, Implementation, SessionStatus, session_in_words
from sgoffice.changes.belongings import belongs
from sgoffice.directory.models import Country, Organization
from sgoffice.directory.models.names import NamedRecord
from sgoffice.records.actors import Permission
from sgoffice.records.constraints import explains
from sgoffice.records.date_words import partial_date_in_words
from sgoffice.records.models import MarkedRecord, Marking, PartialDateField, partial_date_check, year_of
from sgoffice.records.partial_dates import PartialDate

_LIVE = Q(is_in_error=False, merged_into=None)
#: Unique among records that all staff may read: a restricted namesake would betray itself by a refusal. Services
#: refuse namesakes that the actor may see.
_LIVE_AND_SEEN_BY_ALL = _LIVE & ~Q(marking=Marking.RESTRICTED)


class Body(NamedRecord):
    """A body that takes decisions: our General Assembly, the Security Council, a partner's council."""

    write_permission = Permission.APPROVE

    slug = models.SlugField(max_length=60, unique=True, help_text="Short name used in addresses.")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="bodies", help_text="The organization that it belongs to."
    )

    class Meta(NamedRecord.Meta):
        verbose_name_plural = "bodies"


class Session(MarkedRecord):
    """A session of a body: planned, held, or not held."""

    reference_prefix = "SES"

    begins_earliest: date | None

    body = models.ForeignKey(Body, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Number of the session, if any.")
    status = models.CharField(max_length=12, choices=SessionStatus, default=SessionStatus.PLANNED)
    begins = PartialDateField(help_text="First day, as far as known.")
    ends = PartialDateField(help_text="Last day, as far as known.")
    city = models.CharField(max_length=120, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, to_field="code", db_column="country", null=True, blank=True, related_name="sessions"
    )
    country_name_then = models.CharField(max_length=120, blank=True, help_text="Name of the host country at the time.")

    class Meta(MarkedRecord.Meta):
        constraints: ClassVar = [
            partial_date_check("begins", of="session"),
            partial_date_check("ends", of="session"),
            models.CheckConstraint(
                condition=Q(begins_earliest=None) | Q(ends_latest=None) | Q(begins_earliest__lte=F("ends_latest")),
                name="session_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["body", "number"], condition=_LIVE_AND_SEEN_BY_ALL, name="session_number_once"
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=False) | Q(number__isnull=False), name="session_has_a_date_or_number"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["begins_earliest", "id"], name="session_by_day")]

    def reference_year(self) -> int | None:
        """Return the year in which it began."""
        return year_of(self.begins_earliest)

    def __str__(self) -> str:
        begins = partial_date_in_words(PartialDate.parse(self.begins)) if self.begins else ""
        return ", ".join(filter(None, (f"{session_in_words(self.number)} of the {self.body}", self.city, begins)))


class Decision(MarkedRecord):
    """A resolution, decision or recommendation that a body adopted."""

    reference_prefix = "DEC"

    adopted_earliest: date | None

    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=16, choices=DecisionKind, default=DecisionKind.RESOLUTION)
    symbol = models.CharField(max_length=80, blank=True, help_text="Its document symbol, such as A/RES/71/19.")
    title = models.CharField(max_length=500)
    adopted = PartialDateField(help_text="When it was adopted.")
    adoption = models.CharField(max_length=16, choices=Adoption, blank=True, help_text="How it was adopted.")
    votes_for = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Votes in favor, if they were counted."
    )
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Votes against.")
    votes_abstaining = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Abstentions.")
    text = models.TextField(blank=True, help_text="Text of the decision, or where to read it.")

    class Meta(MarkedRecord.Meta):
        constraints: ClassVar = [
            partial_date_check("adopted", of="decision"),
            models.UniqueConstraint(
                fields=["body", "symbol"],
                condition=_LIVE_AND_SEEN_BY_ALL & ~Q(symbol=""),
                name="decision_symbol_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["adopted_earliest", "id"], name="decision_by_day")]

    def reference_year(self) -> int | None:
        """Return the year of its adoption."""
        return year_of(self.adopted_earliest)

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()


class Mandate(MarkedRecord):
    """A paragraph of a decision that asks something of the Secretariat or of others, and its implementation."""

    reference_prefix = "MDT"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="mandates")
    paragraph = models.CharField(max_length=40, blank=True, help_text="Number of the paragraph in the decision.")
    text = models.TextField(help_text="What is asked.")
    addressee = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Whom it asks, as its source says.",
    )
    responsible_unit = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Implementation, default=Implementation.NOT_STARTED)
    evidence = models.JSONField(default=list, blank=True, help_text="Evidence: addresses, references, documents.")

    class Meta(MarkedRecord.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=Implementation.COMPLETED) | (~Q(evidence=[]) & ~Q(evidence__contains=[""])),
                name="mandate_completed_with_evidence",
            )
        ]

    def __str__(self) -> str:
        # its readers may not all read the decision
        return self.text[:120] or self.reference


belongs(Mandate, "decision", to=Decision.record_kind)
explains(
    "session_number_once", rule="session-number", detail="The body has a session with that number.", pointer="/number"
)
explains(
    "session_ends_after_it_begins",
    rule="end-after-start",
    detail="A session must end after it begins.",
    pointer="/ends",
)
explains(
    "session_has_a_date_or_number",
    rule="session-is-known",
    detail="A session needs a date or a number.",
    pointer="/begins",
)
explains("decision_symbol_once", rule="symbol", detail="The body has a decision with that symbol.", pointer="/symbol")
explains(
    "mandate_completed_with_evidence",
    rule="completed-needs-evidence",
    detail="A mandate cannot be completed without evidence.",
    pointer="/evidence",
)
