"""The implementation of a decision or of all decisions of a session, with the evidence."""

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
    """A record of the register that is evidence."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    title = serializers.CharField()


class EvidenceSerializer(serializers.Serializer):
    """Evidence of the implementation of a mandate."""

    text = serializers.CharField(help_text="Address, document, or reference of a record.")
    record = EvidenceRecordSerializer(allow_null=True, help_text="The record with that reference, if you may see it.")


class MandateReportSerializer(serializers.Serializer):
    """A mandate and its implementation."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    paragraph = serializers.CharField()
    text = serializers.CharField()
    addressee = serializers.CharField(help_text="Whom it asks, as its source says.")
    responsible_unit = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField(help_text="Due before the day, and neither completed nor not applicable.")
    status = serializers.ChoiceField(choices=Implementation.choices)
    evidence = EvidenceSerializer(many=True)


class DecisionReportSerializer(serializers.Serializer):
    """A decision, its implementation, and the mandates that it is derived from."""

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


class MandateCountSerializer(serializers.Serializer):
    """The number of mandates with a status."""

    status = serializers.ChoiceField(choices=Implementation.choices)
    count = serializers.IntegerField()


class SessionReportSerializer(serializers.Serializer):
    """The implementation of the decisions of a session."""

    session = serializers.UUIDField()
    on = serializers.DateField(help_text="Day for `is_overdue`; today by default.")
    decisions = DecisionReportSerializer(many=True, help_text="By symbol.")
    counts = MandateCountSerializer(many=True, help_text="Number of mandates by status.")
    overdue = serializers.IntegerField(help_text="Number of overdue mandates.")


def session_report(session_id: UUID, on: date, *, by: Actor) -> dict[str, Any]:
    """Return the implementation of the decisions of a session that the actor may see."""
    sessions = Session.objects.filter(Q(pk=session_id) | Q(merged_into=session_id)).values("pk")
    adopted = Link.objects.filter(relation=ADOPTED_AT, target__in=sessions).values("source")
    decisions = Decision.objects.visible_to(by).live().filter(pk__in=adopted).order_by("symbol", "pk")
    reports = decision_reports(decisions, on, by=by)
    mandates = [mandate for decision in reports for mandate in decision["mandates"]]
    found = Counter(mandate["status"] for mandate in mandates)
    return {
        "session": session_id,
        "on": on,
        "decisions": reports,
        "counts": [{"status": status, "count": found[status]} for status in Implementation.values],
        "overdue": sum(mandate["is_overdue"] for mandate in mandates),
    }


def decision_reports(decisions: Iterable[Decision], on: date, *, by: Actor) -> list[dict[str, Any]]:
    """Return the implementation of each decision, with a constant number of queries."""
    rows = list(decisions)
    mandates: dict[UUID, list[Mandate]] = {row.pk: [] for row in rows}
    for mandate in (
        Mandate.objects.visible_to(by).live().filter(decision__in=list(mandates)).order_by("paragraph", "pk")
    ):
        mandates[mandate.decision_id].append(mandate)
    records = _find_records({text for many in mandates.values() for one in many for text in one.evidence}, by)
    names = ("id", "reference", "kind", "symbol", "title", "adopted")
    return [
        {
            **{name: getattr(row, name) for name in names},
            "implementation": implementation_of([mandate.status for mandate in mandates[row.pk]]),
            "mandates": [_mandate_report(mandate, on, records) for mandate in mandates[row.pk]],
        }
        for row in rows
    ]


def _mandate_report(mandate: Mandate, on: date, records: dict[str, dict[str, Any]]) -> dict[str, Any]:
    names = ("id", "reference", "paragraph", "text", "addressee", "responsible_unit", "due_on", "status")
    return {
        **{name: getattr(mandate, name) for name in names},
        "is_overdue": is_overdue(mandate.status, mandate.due_on, on),
        "evidence": [{"text": text, "record": records.get(text)} for text in mandate.evidence],
    }


def _find_records(texts: set[str], by: Actor) -> dict[str, dict[str, Any]]:
    """Return the records with these references that the actor may see."""
    entries = list(Entry.objects.visible_to(by).filter(reference__in=texts, is_in_error=False))
    titles = titles_of(entries)
    return {
        str(entry.reference): {"id": entry.pk, "kind": entry.kind, "title": titles.get(entry.pk, "")}
        for entry in entries
    }
