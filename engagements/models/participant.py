"""Participant and Capacity: who takes part, on which side and on whose behalf, as on the day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from engagements.models.engagement import Engagement
from engagements.vocabulary import RESPONSES, Attendance, Mode, ParticipantRole, Side
from sgoffice.changes.erasable import erases_as
from sgoffice.changes.masks import REDACTED
from sgoffice.directory.models import Country, Organization, Person
from sgoffice.records.constraints import explains
from sgoffice.records.models import Part
from sgoffice.records.triggers import Scribe


class Participant(Part):
    """A person, an organization or a group that takes part in an engagement."""

    #: What readers see: `services.participant_lines` sets it.
    shown_capacities: list["Capacity"]

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="participants")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="participations", help_text="Person."
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        help_text="Or an organization as such.",
    )
    group_description = models.CharField(max_length=300, blank=True, help_text="Or a group of unnamed people.")
    group_count = models.PositiveIntegerField(null=True, blank=True, help_text="Number of people in the group.")
    side = models.CharField(max_length=12, choices=Side, default=Side.THEIRS, help_text="Side of the table.")
    role = models.CharField(max_length=24, choices=ParticipantRole, blank=True, help_text="Role.")
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.IN_PERSON, help_text="How they take part.")
    response = models.CharField(
        max_length=12,
        choices=Attendance,
        default=Attendance.NOT_STATED,
        help_text="Answer to the invitation: invited, accepted, declined or not stated.",
    )
    attendance = models.CharField(
        max_length=12,
        choices=Attendance,
        default=Attendance.NOT_STATED,
        help_text="Whether they came: attended, absent or not stated.",
    )
    note = models.CharField(max_length=1000, blank=True, help_text="Note.")

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="engagement")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organization=None, group_description="", group_count=None)
                | Q(person=None, organization__isnull=False, group_description="", group_count=None)
                | (Q(person=None, organization=None) & ~Q(group_description="")),
                name="participant_is_one_of_three",
            ),
            models.UniqueConstraint(fields=["engagement", "person"], name="participant_person_once"),
            models.CheckConstraint(
                condition=Q(response__in=[*sorted(RESPONSES), Attendance.NOT_STATED])
                & ~Q(attendance__in=sorted(RESPONSES)),
                name="participant_response_is_no_attendance",
            ),
        ]
        # with that of capacities: whom an organization met is read from indexes alone
        indexes: ClassVar = [
            models.Index(fields=["id"], name="participant_of_theirs", condition=Q(side=Side.THEIRS)),
        ]

    def __str__(self) -> str:
        return str(self.person or self.organization or self.group_description)


class Capacity(Part):
    """The capacity in which somebody takes part: a title, and the organization or country represented."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="capacities")
    # the service keeps this in order: a participant is removed with the capacities in the same change
    participant = models.ForeignKey(Participant, models.DO_NOTHING, related_name="capacities")
    title = models.CharField(max_length=300, blank=True, help_text="Title on that day.")
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="capacities",
        help_text="Organization represented.",
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_column="country",
        null=True,
        blank=True,
        related_name="capacities",
        help_text="Country represented.",
    )
    called = models.CharField(
        max_length=300, blank=True, help_text="Name used for the organization or State there, if different."
    )

    class Meta(Part.Meta):
        verbose_name_plural = "capacities"
        triggers: ClassVar = [Scribe(of="engagement")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(title="") | Q(organization__isnull=False) | Q(country__isnull=False),
                name="capacity_says_something",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization"], include=["participant", "engagement"], name="capacity_for_organization"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.called


erases_as(
    Participant,
    instead={"person_id": None, "organization_id": None, "group_description": REDACTED, "group_count": None},
)
explains(
    "participant_is_one_of_three",
    rule="person-organization-or-group",
    detail="A participant is one of a person, an organization or a group.",
    pointer="/participants",
)
explains(
    "participant_person_once",
    rule="participant-once",
    detail="A person is listed once; add further functions as capacities.",
    pointer="/participants",
)
explains(
    "participant_response_is_no_attendance",
    rule="response-is-no-attendance",
    detail="Invited, accepted and declined are responses, not attendance.",
    pointer="/participants",
)
explains(
    "capacity_says_something",
    rule="capacity-says-something",
    detail="A capacity needs a title, an organization or a country.",
    pointer="/participants",
)
