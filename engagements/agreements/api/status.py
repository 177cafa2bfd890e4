"""The status of an agreement on a day, computed from its document: today's, or the one of an earlier instant.

The document holds all that the rules need, so the answer of then is computed in the same way as today's.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from engagements.agreements.api.documents import ActSerializer, PeriodSerializer
from engagements.agreements.rules import (
    ActFact,
    Case,
    Duration,
    Window,
    deadlines_of,
    due_on,
    periods_of,
    proof_of,
    read_clause,
    with_names,
)
from engagements.agreements.services.presenters import names_in, present_fact
from engagements.agreements.vocabulary import AgreementDeadlineKind
from engagements.vocabulary import DateBasis

Document = Mapping[str, Any]


class AgreementActionSerializer(serializers.Serializer):
    """What an agreement asks of the office, as of a day."""

    kind = serializers.ChoiceField(choices=AgreementDeadlineKind.choices)
    day = serializers.DateField(allow_null=True, help_text="By when; null: no date is set.")
    sentence = serializers.CharField(help_text="What to do next.")


class StatusOnDaySerializer(PeriodSerializer):
    """The status of an agreement on one day."""

    agreement = serializers.UUIDField()
    on = serializers.DateField(help_text="The day asked about; today by default.")
    as_known_at = serializers.DateTimeField(
        allow_null=True, help_text="The instant whose knowledge the answer reflects; null: what is known today."
    )
    proved_by = ActSerializer(
        many=True, help_text="The acts without any of which the answer would differ, in their order."
    )
    deadlines = AgreementActionSerializer(
        many=True, help_text="What to do next, soonest first, undated last. GET /deadlines lists them too."
    )


def status_answer(document: Document, on: date, as_known_at: datetime | None) -> dict[str, Any]:
    """Return the status of a document's agreement on a day, and which of its acts prove it."""
    case, names = case_in(document), names_in(document)
    periods = periods_of(case)
    period = next(one for one in periods if one.contains(on))
    asked = {"agreement": document["id"], "on": on, "as_known_at": as_known_at}
    return (
        asked
        | present_fact(period, names)
        | {
            "proved_by": [document["acts"][place] for place in proof_of(case, on)],
            "deadlines": [
                {"kind": due.kind, "day": due.day, "sentence": with_names(due.sentence, names)}
                for due in due_on(deadlines_of(case, periods), on)
            ],
        }
    )


def case_in(document: Document) -> Case:
    """Return the agreement of a document as the rules see it, its acts in the order of the document."""
    clause = document["entry_into_force"]
    return Case(
        parties=tuple(_key(party) for party in document["parties"]),
        acts=tuple(_fact(act) for act in document["acts"]),
        is_bilateral=document["is_bilateral"],
        entry_into_force=read_clause(clause) if clause else None,
        duration=_duration(document["duration"]),
        tacit_renewal=_duration(document["tacit_renewal"]),
        notice_period=_duration(document["notice_period"]),
        expires=Window.of(document["expires"]),
        # what the register said before statements aged is told as it was said
        superseded=Window.of(document["computed"].get("superseded")),
        attestations_hold=_duration(document["computed"].get("attestations_hold") or ""),
    )


def _fact(act: Document) -> ActFact:
    party, body, on_behalf_of = act["party"], act["by_body"], act["on_behalf_of"]
    return ActFact(
        kind=act["kind"],
        date=Window.of(act["date"]),
        date_basis=act.get("date_basis", DateBasis.EVENT),  # kept documents from before have none
        effect=Window.of(act["date_of_effect"]),
        until=Window.of(act["until"]),
        party=party["key"] if party else "",
        by_body=body["id"] if body else "",
        on_behalf_of=on_behalf_of["key"] if on_behalf_of else "",
        attests=act["attests"],
        source=act["source"],
        verification=act["verification"],
    )


def _key(party: Document) -> str:
    organization: Document | None = party["organization"]
    return str(organization["id"] if organization else party["country"]["code"])


def _duration(text: str) -> Duration | None:
    return Duration.parse(text) if text else None
