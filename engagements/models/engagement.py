"""Engagement: a meeting, visit, address or ceremony of the office, from request to outcome."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models

from appointments.models import Post
from engagements.models.constraints import CONSTRAINTS, TRIGGERS
from engagements.querysets import DAYS, LONGER_THAN_A_DAY, EngagementManager
from engagements.vocabulary import (
    Attendance,
    DateBasis,
    EngagementKind,
    EngagementStatus,
    Initiative,
    Level,
    MeetingFormat,
    Mode,
)
from sgoffice.changes.erasable import erases_as
from sgoffice.directory.models import Country, Office, Person, Topic
from sgoffice.records.models import MarkedRecord, Part, PartialDateField, year_of
from sgoffice.records.triggers import Scribe

NEVER = datetime(9999, 12, 31, tzinfo=UTC)


class Engagement(MarkedRecord):
    """A meeting, visit, address or ceremony of the office: requested, planned, held or not."""

    #: The participants as readers see them: `services.participant_lines` makes them.
    lines: list[Any]

    reference_prefix = "SG"

    held_earliest: date | None
    held_latest: date | None

    title = models.CharField(max_length=500, help_text="Title, in one line.")
    kind = models.CharField(max_length=32, choices=EngagementKind, help_text="Kind of engagement.")
    meeting_format = models.CharField(
        max_length=12, choices=MeetingFormat, default=MeetingFormat.IN_PERSON, help_text="How people take part."
    )
    status = models.CharField(max_length=12, choices=EngagementStatus, help_text="Status.")
    status_reason = models.CharField(max_length=2000, blank=True, help_text="Reason for the status.")
    reply_by = models.DateField(null=True, blank=True, help_text="Date by which a request needs an answer.")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        help_text="Member of staff in charge.",
    )
    initiative = models.CharField(max_length=8, choices=Initiative, blank=True, help_text="Which side asked for it.")
    level = models.CharField(
        max_length=32,
        choices=Level,
        blank=True,
        help_text="Rank of the highest counterpart: as stated, else as titles and posts of counterparts tell.",
    )
    level_basis = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="{rests_on, title, pointer, doubt}: what a derived level rests on; null for a stated one.",
    )
    counterpart_levels = ArrayField(
        models.CharField(max_length=32, choices=Level),
        default=list,
        db_default=[],
        blank=True,
        editable=False,
        help_text="Ranks of all counterparts as far as known, highest first.",
    )

    held = PartialDateField(help_text="Local day or days, as far as known (EDTF). Never shifts with time zones.")
    date_basis = models.CharField(
        max_length=12, choices=DateBasis, default=DateBasis.EVENT, help_text="What the date rests on."
    )
    starts_at = models.DateTimeField(null=True, blank=True, help_text="Start, with UTC offset.")
    ends_at = models.DateTimeField(null=True, blank=True, help_text="End, with UTC offset.")
    time_zone = models.CharField(max_length=64, blank=True, help_text="IANA time zone of the place.")

    venue = models.CharField(max_length=300, blank=True, help_text="Building or room.")
    city = models.CharField(max_length=120, blank=True, help_text="City.")
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_column="country",
        null=True,
        blank=True,
        related_name="engagements",
        help_text="Country where it takes place; empty for a meeting without a place.",
    )
    country_name_then = models.CharField(max_length=200, blank=True, help_text="Name of the country at the time.")
    at_headquarters = models.BooleanField(default=False, help_text="Whether it takes place at our headquarters.")
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        help_text="Our office where it takes place.",
    )

    principal = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements_as_principal",
        help_text="Who represents the office; by default the holder of the post on the first day.",
    )
    principal_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="engagements", help_text="Post of the principal."
    )
    principal_title = models.CharField(max_length=300, blank=True, help_text="Title of the principal on that day.")
    principal_attendance = models.CharField(
        max_length=12, choices=Attendance, default=Attendance.NOT_STATED, help_text="Whether the principal attended."
    )
    principal_mode = models.CharField(
        max_length=12, choices=Mode, default=Mode.IN_PERSON, help_text="How the principal took part."
    )
    represented_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements_in_place",
        help_text="Who attended in place of the principal.",
    )

    occasion = models.JSONField(
        null=True, blank=True, help_text="{name, series, number, place, dates}: event on whose margins it takes place."
    )
    summary = models.TextField(max_length=20_000, blank=True, help_text="Summary.")
    outcome = models.TextField(max_length=20_000, blank=True, help_text="Outcome.")
    understood = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        editable=False,
        help_text="[{pointer, name, id, why}]: how each name of a participant was understood when it was entered.",
    )
    warnings = models.JSONField(
        default=list, blank=True, editable=False, help_text="[{rule, detail, pointer}]: warnings that block nothing."
    )

    sort_day = models.DateField(default=date.max, editable=False)
    sort_rank = models.PositiveSmallIntegerField(default=0, editable=False)
    sort_at = models.DateTimeField(default=NEVER, editable=False)
    occasion_search = models.TextField(editable=False, default="")

    objects: ClassVar[EngagementManager[Self]] = EngagementManager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [
            Scribe(of="id", omit=("occasion_search", "sort_day", "sort_rank", "sort_at")),
            *TRIGGERS,
        ]
        constraints: ClassVar = CONSTRAINTS
        indexes: ClassVar = [
            models.Index(fields=["-sort_day", "sort_rank", "-sort_at", "-id"], name="engagement_newest"),
            models.Index(fields=["sort_day", "sort_rank", "sort_at", "id"], name="engagement_oldest"),
            models.Index(fields=["held_earliest", "held_latest"], name="engagement_held"),
            models.Index(fields=["status", "held_latest"], name="engagement_by_status"),
            models.Index(fields=["kind", "sort_day"], name="engagement_by_kind"),
            # what is in a period is looked for in the order of the log; what begins before it is found here
            GistIndex(DAYS, name="engagement_days", condition=LONGER_THAN_A_DAY),
            GinIndex(fields=["sources"], name="engagement_sources", opclasses=["jsonb_path_ops"]),
        ]

    @property
    def topics(self) -> list[Topic]:
        """The topics, in order."""
        return [subject.topic for subject in self.subjects.all()]

    def reference_year(self) -> int | None:
        """Return the year of its first day."""
        return year_of(self.held_earliest)

    def __str__(self) -> str:
        return self.title


class EngagementTopic(Part):
    """A topic that an engagement is about."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="subjects")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="engagements")

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="engagement")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "topic"], name="engagement_topic_once"),
        ]


erases_as(Engagement, kept=["time_zone"])
