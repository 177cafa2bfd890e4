"""Post, TermRule and Appointment, with Articles 28 to 30 as database constraints."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from appointments.models.bodies import Body
from appointments.models.triggers import LIFE_OF_POST, OBEDIENCE, TWO_PEOPLE
from appointments.querysets import AppointmentManager
from appointments.rules import NO_DEVIATION_SINCE
from appointments.vocabulary import AppointmentKind, AppointmentState, EndReason
from sgoffice.directory.models import Organization, Person
from sgoffice.records.actors import Permission
from sgoffice.records.constraints import explains
from sgoffice.records.models import MarkedRecord, PartialDateField, Record, partial_date_check, year_of

_LIVE = Q(is_in_error=False, merged_into=None)
_ACTING = Q(kind=AppointmentKind.ACTING)


class Post(Record):
    """A post that one person holds at a time."""

    is_embedded = True
    write_permission = Permission.APPROVE

    slug = models.SlugField(max_length=60, unique=True, help_text="Short name used in addresses.")
    label = models.CharField(max_length=200, help_text="Name of the post.")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    founding_date = PartialDateField(help_text="When the post was created, as far as known.")
    dissolution_date = PartialDateField(help_text="When the post ceased to exist, as far as known.")

    founding_date_earliest: date | None
    founding_date_latest: date | None
    dissolution_date_earliest: date | None
    dissolution_date_latest: date | None

    class Meta(Record.Meta):
        constraints: ClassVar = [
            partial_date_check("founding_date", of="post"),
            partial_date_check("dissolution_date", of="post"),
            models.CheckConstraint(
                condition=Q(founding_date_earliest=None)
                | Q(dissolution_date_latest=None)
                | Q(founding_date_earliest__lte=F("dissolution_date_latest")),
                name="post_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class TermRule(Record):
    """The rule of the Constitution for a post in a period: how long a term is and how often it is renewed."""

    write_permission = Permission.APPROVE

    post = models.ForeignKey(Post, models.PROTECT, related_name="term_rules")
    valid = DateRangeField(help_text="In force from the first day until the day before the last.")
    valid_from = models.CharField(max_length=32, blank=True, help_text="Since when, in the words of the source.")
    term_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Length of a term in months; empty: no limit."
    )
    reappointments_allowed = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How often the holder may be reappointed; empty: no limit."
    )
    proposed_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    appointed_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    legal_basis = models.CharField(max_length=300, help_text="The article that it is based on.")
    text = models.TextField(blank=True, help_text="Text of the article.")

    class Meta(Record.Meta):
        constraints: ClassVar = [
            ExclusionConstraint(
                name="term_rule_one_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=_LIVE,
            )
        ]

    def __str__(self) -> str:
        return self.legal_basis


class Appointment(MarkedRecord):
    """A period in which one person holds one post, and the decision behind it."""

    reference_prefix = "APT"
    leaves_by_two = returns_by_two = True

    proposed_earliest: date | None
    appointed_earliest: date | None
    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None
    end_latest: date | None

    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=16, choices=AppointmentKind, default=AppointmentKind.APPOINTMENT)
    state = models.CharField(max_length=12, choices=AppointmentState, default=AppointmentState.PROPOSED)
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Number of the term of this person.")
    title = models.CharField(max_length=200, blank=True, help_text="Title of the holder at the time.")
    proposed = PartialDateField(help_text="Date of the proposal.")
    proposed_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    appointed = PartialDateField(help_text="Date of the appointment.")
    appointed_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    start = PartialDateField(help_text="First day in office, as far as known.")
    end = PartialDateField(help_text="Day on which the successor takes over, as far as known.")
    expected_end = PartialDateField(help_text="When the term is expected to end.")
    during = DateRangeField(
        null=True, help_text="The term as a half-open range; an imprecise boundary is set to one day."
    )
    end_reason = models.CharField(max_length=16, choices=EndReason, blank=True)
    scope = models.CharField(
        max_length=300,
        blank=True,
        db_default="",
        default="",
        help_text="For what somebody acts, if not for everything: “meetings abroad”.",
    )
    instrument = models.CharField(
        max_length=300,
        blank=True,
        db_default="",
        default="",
        help_text="What gives the term or the delegation: “Note of 3 March 2026”.",
    )
    deviation = models.JSONField(
        null=True, blank=True, help_text="{rule, reason, source}: why a historical term departs from the rules."
    )

    objects: ClassVar[AppointmentManager[Self]] = AppointmentManager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [
            *MarkedRecord.Meta.triggers,
            OBEDIENCE,
            LIFE_OF_POST,
            TWO_PEOPLE,
        ]
        constraints: ClassVar = [
            *[
                partial_date_check(name, of="appointment")
                for name in ("proposed", "appointed", "start", "end", "expected_end")
            ],
            ExclusionConstraint(
                name="appointment_one_holder_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=_LIVE & ~_ACTING,
            ),
            ExclusionConstraint(
                name="appointment_one_acting_holder_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=_LIVE & _ACTING,
            ),
            models.CheckConstraint(
                condition=Q(start_earliest=None) | Q(end_latest=None) | Q(start_earliest__lte=F("end_latest")),
                name="appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state=AppointmentState.PROPOSED) | Q(during__isnull=False), name="appointment_has_its_term"
            ),
            models.CheckConstraint(condition=~Q(during__isempty=True), name="appointment_lasts_a_day"),
            models.CheckConstraint(condition=Q(scope="") | _ACTING, name="appointment_scope_is_of_acting"),
            models.CheckConstraint(
                condition=Q(deviation=None) | Q(during__startswith__lt=NO_DEVIATION_SINCE),
                name="appointment_deviation_is_history",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["post", "start_earliest"], name="appointment_of_post")]

    def reference_year(self) -> int | None:
        """Return the year in which the term began."""
        return year_of(self.start_earliest or self.appointed_earliest or self.proposed_earliest)

    def __str__(self) -> str:
        return f"{self.person}, {self.post} since {self.start or 'not yet'}"


_ARTICLE = "Constitution, Article 28"
explains(
    "term_rule_one_at_a_time", rule="one-rule", detail="Another rule is in force in that period.", pointer="/valid_from"
)
for _name in ("appointment_one_holder_at_a_time", "appointment_one_acting_holder_at_a_time"):
    explains(
        _name,
        rule="one-holder-at-a-time",
        basis=_ARTICLE,
        pointer="/start",
        detail="Somebody else holds the post then.",
        compares=True,
    )
explains(
    "appointment_ends_after_it_starts",
    rule="end-after-start",
    detail="A term must end after it starts.",
    pointer="/end",
)
explains("appointment_lasts_a_day", rule="end-after-start", detail="A term lasts at least one day.", pointer="/end")
explains(
    "appointment_scope_is_of_acting",
    rule="scope-of-acting",
    detail="Only who acts for the holder has a scope: leave it out, or make the kind “acting”.",
    pointer="/scope",
)
explains("appointment_has_its_term", rule="term-is-known", detail="An appointment needs a start.", pointer="/start")
explains(
    "appointment_follows_a_first_term",
    rule="reappointment-without-first-term",
    basis=_ARTICLE,
    pointer="/kind",
    detail="A reappointment needs an earlier term.",
    compares=True,
)
explains(
    "appointment_terms_are_limited",
    rule="too-many-terms",
    basis="Constitution, Article 28, as amended in 2017",
    pointer="/person",
    detail="The rule in force that day does not allow another term.",
    compares=True,
)
explains(
    "appointment_term_is_not_too_long",
    rule="term-too-long",
    basis=_ARTICLE,
    pointer="/end",
    detail="This term is longer than the rule in force that day allows.",
    compares=True,
)
explains(
    "appointment_deviation_is_history",
    rule="deviation-is-history",
    basis="Constitution, Article 28, as amended in 2017",
    pointer="/deviation",
    detail="A deviation is accepted only for terms before September 2017.",
)
explains(
    "post_ends_after_it_begins",
    rule="end-after-start",
    detail="A post ceases to exist after it was created.",
    pointer="/dissolution_date",
)
explains(
    "term_lies_in_the_life_of_its_post",
    rule="post-exists",
    detail="The post did not exist when this term begins: correct the start, or the days of the post.",
    pointer="/start",
)
explains(
    "term_is_appointed_by_two",
    rule="second-person",
    detail="A term is given, extended and corrected only once a second person approved it: propose it.",
    basis="Who holds an office needs two people",
)
