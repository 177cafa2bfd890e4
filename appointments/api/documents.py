"""The documents of bodies, posts, term rules, sessions, decisions, mandates and appointments."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from appointments.api import columns
from appointments.api.references import BodyReference, PostReference
from appointments.models import Appointment, Body, Decision, Mandate, Post, Session, TermRule
from appointments.services import Deviation
from appointments.vocabulary import session_in_words
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.serializers import (
    MARKED_RECORD_FIELDS,
    RECORD_FIELDS,
    MarkedRecordSerializer,
    OwnerId,
    RecordSerializer,
)
from sgoffice.directory.api.documents import NAMES, NamedSerializer
from sgoffice.directory.api.references import CountryReference, OrganizationReference, PersonReference
from sgoffice.documents import document_of
from sgoffice.search import Searched

DeviationSerializer = shape_of(Deviation)


def _session_label(shown: Mapping[str, Any]) -> str:
    name = f"{session_in_words(shown['number'])} of the {shown['body']['name']}"
    return ", ".join(part for part in (name, shown["city"]) if part)


@document_of(
    Body,
    columns=columns.BODY,
    searched=Searched(address="bodies", titles=NAMES, texts=("organization.name", "notes.text"), is_suggested=True),
    select=["organization"],
)
class BodySerializer(NamedSerializer):
    """A body that takes decisions."""

    organization = OrganizationReference(read_only=True)

    class Meta(NamedSerializer.Meta):
        model = Body
        fields: ClassVar = (*NamedSerializer.Meta.fields, "slug", "organization")


@document_of(
    Post,
    columns=columns.POST,
    searched=Searched(address="posts", titles=("label",), texts=("organization.name", "notes.text"), is_suggested=True),
    renderer=2,
    select=["organization"],
)
class PostSerializer(RecordSerializer):
    """A post that one person holds at a time."""

    organization = OrganizationReference(read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Post
        fields: ClassVar = (*RECORD_FIELDS, "slug", "label", "organization", "founding_date", "dissolution_date")


@document_of(
    TermRule,
    columns=columns.TERM_RULE,
    searched=Searched(
        address="term-rules",
        titles=("legal_basis", "post.label"),
        texts=("text", "proposed_by.name", "appointed_by.name", "notes.text"),
    ),
    select=["post", "proposed_by", "appointed_by"],
)
class TermRuleSerializer(RecordSerializer):
    """The rule of the Constitution for a post in a period."""

    post = PostReference(read_only=True)
    proposed_by = BodyReference(read_only=True, allow_null=True)
    appointed_by = BodyReference(read_only=True, allow_null=True)
    first_day = serializers.DateField(
        source="valid.lower", read_only=True, allow_null=True, help_text="In force since."
    )
    until = serializers.DateField(
        source="valid.upper", read_only=True, allow_null=True, help_text="No longer in force from this day on."
    )

    class Meta(RecordSerializer.Meta):
        model = TermRule
        fields: ClassVar = (
            *RECORD_FIELDS, "post", "valid_from", "first_day", "until", "term_months", "reappointments_allowed",
            "proposed_by", "appointed_by", "legal_basis", "text",
        )  # fmt: skip


@document_of(
    Session,
    columns=columns.SESSION,
    searched=Searched(
        address="sessions",
        titles=("body.name", "number", "city", "reference", "merged_from.reference"),
        texts=("country.name", "country_name_then", "notes.text"),
        countries=("country.code",),
        day=("begins",),
        label=_session_label,
    ),
    select=["body", "country"],
)
class SessionSerializer(MarkedRecordSerializer):
    """A session of a body."""

    body = BodyReference(read_only=True)
    country = CountryReference(read_only=True, allow_null=True)

    class Meta(MarkedRecordSerializer.Meta):
        model = Session
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "body", "number", "status", "begins", "ends", "city", "country", "country_name_then"
        )  # fmt: skip


@document_of(
    Decision,
    columns=columns.DECISION,
    searched=Searched(
        address="decisions",
        titles=("title", "symbol", "reference", "merged_from.reference"),
        texts=("body.name", "text", "notes.text"),
        day=("adopted",),
    ),
    renderer=2,
    select=["body"],
)
class DecisionSerializer(MarkedRecordSerializer):
    """A decision that a body adopted."""

    body = BodyReference(read_only=True)

    class Meta(MarkedRecordSerializer.Meta):
        model = Decision
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "body", "kind", "symbol", "title", "adopted", "adoption", "votes_for",
            "votes_against", "votes_abstaining", "text",
        )  # fmt: skip


@document_of(
    Mandate,
    columns=columns.MANDATE,
    searched=Searched(
        address="mandates",
        titles=("text", "reference", "merged_from.reference"),
        texts=("paragraph", "addressee", "responsible_unit", "evidence", "notes.text"),
        day=("due_on",),
        is_dated=True,
    ),
    renderer=3,
    select=["decision"],
)
class MandateSerializer(MarkedRecordSerializer):
    """A paragraph that asks something of the Secretariat or of others."""

    decision = OwnerId(help_text="Id of the decision; null if some readers may not read it.")
    evidence = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(MarkedRecordSerializer.Meta):
        model = Mandate
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "decision", "paragraph", "text", "addressee", "responsible_unit", "due_on", "status",
            "evidence",
        )  # fmt: skip


@document_of(
    Appointment,
    columns=columns.APPOINTMENT,
    searched=Searched(
        address="appointments",
        titles=("person.name", "post.label", "title", "reference", "merged_from.reference"),
        texts=("proposed_by.name", "appointed_by.name", "notes.text"),
        day=("start", "appointed", "proposed"),
        holder="person.id",
        label=lambda shown: f"{shown['person']['name']}, {shown['title'] or shown['post']['label']}",
    ),
    renderer=2,
    select=["post", "person", "proposed_by", "appointed_by"],
)
class AppointmentSerializer(MarkedRecordSerializer):
    """A period in which one person holds one post."""

    post = PostReference(read_only=True)
    person = PersonReference(read_only=True)
    proposed_by = BodyReference(read_only=True, allow_null=True)
    appointed_by = BodyReference(read_only=True, allow_null=True)
    deviation = DeviationSerializer(read_only=True, allow_null=True)
    first_day = serializers.DateField(source="during.lower", read_only=True, allow_null=True, default=None)
    until = serializers.DateField(source="during.upper", read_only=True, allow_null=True, default=None)

    class Meta(MarkedRecordSerializer.Meta):
        model = Appointment
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "post", "person", "kind", "state", "number", "title", "proposed", "proposed_by",
            "appointed", "appointed_by", "start", "end", "expected_end", "first_day", "until", "end_reason",
            "scope", "instrument", "deviation",
        )  # fmt: skip

    def to_representation(self, instance: Appointment) -> dict[str, Any]:
        """Return the fields; a proposal has no term yet."""
        shown = super().to_representation(instance)
        during = instance.during
        return shown | {
            "first_day": during.lower if during else None,
            "until": during.upper if during else None,
            "deviation": instance.deviation,
        }
