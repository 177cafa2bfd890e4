"""Decisions and appointments as partners get them, member by member."""

from typing import Any, ClassVar

from rest_framework import serializers

from appointments.models import Appointment, Decision
from appointments.vocabulary import Adoption, AppointmentKind, AppointmentState, DecisionKind, EndReason
from sgoffice.api.partner_documents import NamedRecordSerializer, PartnerDocumentSerializer, sources
from sgoffice.documents.publications import describes


class BodyForPartnersSerializer(NamedRecordSerializer):
    """A body that decides."""

    slug = serializers.CharField(help_text="Its short name, such as general-assembly.")


class PostForPartnersSerializer(serializers.Serializer):
    """A post that one person holds at a time."""

    id = serializers.UUIDField(help_text="The id of the post.")
    slug = serializers.CharField(help_text="Its short name, such as secretary-general.")
    label: Any = serializers.CharField(help_text="What it is called.")


@describes(Decision)
class DecisionForPartnersSerializer(PartnerDocumentSerializer):
    """A decision (decision/1): what a body adopted."""

    groups: ClassVar = {
        "names": ("kind", "symbol", "title"),
        "status": ("adopted", "adoption"),
        "parties": ("body",),
        "texts": ("text",),
        "sources": ("sources",),
    }

    body = BodyForPartnersSerializer(help_text="The body that adopted it.")
    kind = serializers.ChoiceField(choices=DecisionKind.choices, help_text="What sort of decision it is.")
    symbol = serializers.CharField(help_text="Its symbol, such as GA-2017-86-RES-01; empty: none.")
    title = serializers.CharField(help_text="Its title.")
    adopted = serializers.CharField(allow_null=True, help_text="When it was adopted (EDTF); null: not known.")
    adoption = serializers.ChoiceField(
        choices=Adoption.choices, allow_blank=True, help_text="How it was adopted; empty: not known."
    )
    text = serializers.CharField(help_text="What it says; empty: not kept here.")
    sources = sources()


@describes(Appointment)
class AppointmentForPartnersSerializer(PartnerDocumentSerializer):
    """An appointment (appointment/1): who holds a post, since when, until when, and by which body."""

    groups: ClassVar = {
        "names": ("kind", "title"),
        "status": (
            "state", "number", "proposed", "appointed", "start", "end", "expected_end", "first_day", "until",
            "end_reason",
        ),
        "parties": ("post", "person", "proposed_by", "appointed_by"),
        "sources": ("sources",),
    }  # fmt: skip

    post = PostForPartnersSerializer(help_text="The post.")
    person = NamedRecordSerializer(help_text="Who holds it.")
    kind = serializers.ChoiceField(choices=AppointmentKind.choices, help_text="What sort of appointment it is.")
    state = serializers.ChoiceField(choices=AppointmentState.choices, help_text="How far it has come.")
    number = serializers.IntegerField(allow_null=True, help_text="Which term of this person it is; null: not known.")
    title = serializers.CharField(help_text="The title of the post then; empty: that of today.")
    proposed = serializers.CharField(allow_null=True, help_text="When it was proposed (EDTF); null: not known.")
    proposed_by = BodyForPartnersSerializer(allow_null=True, help_text="The body that proposed; null: not known.")
    appointed = serializers.CharField(allow_null=True, help_text="When the body decided (EDTF); null: not known.")
    appointed_by = BodyForPartnersSerializer(allow_null=True, help_text="The body that decided; null: not known.")
    start = serializers.CharField(allow_null=True, help_text="When the term began (EDTF); null: not known.")
    end = serializers.CharField(
        allow_null=True, help_text="The day on which the successor took over (EDTF); null: not ended."
    )
    expected_end = serializers.CharField(allow_null=True, help_text="When the term is to end (EDTF); null: not known.")
    first_day = serializers.DateField(allow_null=True, help_text="The first day of holding the post; null: not known.")
    until = serializers.DateField(allow_null=True, help_text="The first day of no longer holding it; null: open.")
    end_reason = serializers.ChoiceField(
        choices=EndReason.choices, allow_blank=True, help_text="Why the term ended; empty: not ended or not known."
    )
    sources = sources()
