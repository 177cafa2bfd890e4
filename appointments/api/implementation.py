"""How far what a body decided has been carried out: one decision, or all of a session, with what shows it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from rest_framework import serializers

from appointments.models import Decision, Mandate, Session
from appointments.rules import implementation_of, is_overdue
from appointments.services import ADOPTED_AT
from appointments.vocabulary import DecisionKind, Implementation
from sgoffice.api.history import titles_of
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Link


class EvidenceRecordSerializer(serializers.Serializer):
    """A record of the register that shows it."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    title = serializers.CharField()


class EvidenceSerializer(serializers.Serializer):
    """What shows how far a mandate has been carried out."""

    text = serializers.CharField(help_text="An address, a document, or the reference of a record.")
    record = EvidenceRecordSerializer(allow_null=True, help_text="The record of that reference, if you may see it.")


class MandateReportSerializer(serializers.Serializer):
    """A mandate, and how far it has been carried out."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    paragraph = serializers.CharField()
    text = serializers.CharField()
    responsible_unit = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField(help_text="Due before the day, and neither completed nor without object.")
    status = serializers.ChoiceField(choices=Implementation.choices)
    evidence = EvidenceSerializer(many=True)


class DecisionReportSerializer(serializers.Serializer):
    """A decision, how far it is implemented, and the mandates from which that is derived."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    symbol = serializers.CharField()
    title = serializers.CharField()
    adopted = serializers.CharField(allow_null=True)
    implementation = serializers.ChoiceField(
        choices=Implementation.choices, help_text="Derived from the mandates that you may see."
    )
    mandates = MandateReportSerializer(many=True)


class CountSerializer(serializers.Serializer):
    """How many mandates have come so far."""

    status = serializers.ChoiceField(choices=Implementation.choices)
    count = serializers.IntegerField()


class SessionReportSerializer(serializers.Serializer):
    """How far the decisions of a session have been carried out."""

    session = serializers.UUIDField()
    on = serializers.DateField(help_text="The day of what is overdue; today unless said.")
    decisions = DecisionReportSerializer(many=True, help_text="By symbol.")
    counts = CountSerializer(many=True, help_text="Mandates by how far they have come.")
    overdue = serializers.IntegerField(help_text="How many mandates are overdue.")


def session_report(session_id: UUID, on: date, *, by: Actor) -> dict[str, Any]:
    """Return how far the decisions of a session have been carried out, as far as the actor may see them."""
    sessions = Session.objects.filter(Q(pk=session_id) | Q(merged_into=session_id)).values("pk")
    adopted = Link.objects.filter(relation=ADOPTED_AT, target__in=sessions).values("source")
    decisions = Decision.objects.visible_to(by).live().filter(pk__in=adopted).order_by("symbol", "pk")
    told = decision_reports(decisions, on, by=by)
    mandates = [mandate for decision in told for mandate in decision["mandates"]]
    found = Counter(mandate["status"] for mandate in mandates)
    return {
        "session": session_id,
        "on": on,
        "decisions": told,
        "counts": [{"status": status, "count": found[status]} for status in Implementation.values],
        "overdue": sum(mandate["is_overdue"] for mandate in mandates),
    }


def decision_reports(decisions: Iterable[Decision], on: date, *, by: Actor) -> list[dict[str, Any]]:
    """Return how far each decision has been carried out; as many queries for one as for many."""
    rows = list(decisions)
    mandates: dict[UUID, list[Mandate]] = {row.pk: [] for row in rows}
    for mandate in (
        Mandate.objects.visible_to(by).live().filter(decision__in=list(mandates)).order_by("paragraph", "pk")
    ):
        mandates[mandate.decision_id].append(mandate)
    shown_by = _records({text for many in mandates.values() for one in many for text in one.evidence}, by)
    names = ("id", "reference", "kind", "symbol", "title", "adopted")
    return [
        {
            **{name: getattr(row, name) for name in names},
            "implementation": implementation_of([mandate.status for mandate in mandates[row.pk]]),
            "mandates": [_told(mandate, on, shown_by) for mandate in mandates[row.pk]],
        }
        for row in rows
    ]


def _told(mandate: Mandate, on: date, shown_by: dict[str, dict[str, Any]]) -> dict[str, Any]:
    names = ("id", "reference", "paragraph", "text", "responsible_unit", "due_on", "status")
    return {
        **{name: getattr(mandate, name) for name in names},
        "is_overdue": is_overdue(mandate.status, mandate.due_on, on),
        "evidence": [{"text": text, "record": shown_by.get(text)} for text in mandate.evidence],
    }


def _records(texts: set[str], by: Actor) -> dict[str, dict[str, Any]]:
    """Return the records that are named by their reference, as far as the actor may see them."""
    entries = list(Entry.objects.visible_to(by).filter(reference__in=texts, is_in_error=False))
    titles = titles_of(entries)
    return {
        str(entry.reference): {"id": entry.pk, "kind": entry.kind, "title": titles.get(entry.pk, "")}
        for entry in entries
    }
