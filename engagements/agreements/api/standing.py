"""Where an agreement stood on a day, from its document: as it reads today, or as it was known at an instant.

The document shows all that the rules ask for, so the answer of then is reckoned as the answer of today is.
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
from engagements.agreements.vocabulary import AgreementDeadlineKind

Shown = Mapping[str, Any]


class DueSerializer(serializers.Serializer):
    """What an agreement asks of the office, as seen from a day."""

    kind = serializers.ChoiceField(choices=AgreementDeadlineKind.choices)
    day = serializers.DateField(allow_null=True, help_text="By when; null: nothing says when.")
    sentence = serializers.CharField(help_text="What to do next.")


class StandingSerializer(PeriodSerializer):
    """Where an agreement stands on one day."""

    agreement = serializers.UUIDField()
    on = serializers.DateField(help_text="The day that was asked for; today unless said.")
    as_known_at = serializers.DateTimeField(
        allow_null=True, help_text="The instant whose knowledge answers; null: what is known today."
    )
    proved_by = ActSerializer(
        many=True, help_text="The acts without any of which the answer would be another, in their order."
    )
    deadlines = DueSerializer(
        many=True, help_text="What to do next, soonest first; what has no day stands last. GET /deadlines lists it too."
    )


def standing_on(shown: Shown, on: date, as_known_at: datetime | None) -> dict[str, Any]:
    """Return where the agreement of a document stands on a day, and which of its acts prove it."""
    case, names = case_in(shown), _names_in(shown)
    periods = periods_of(case)
    period = next(one for one in periods if one.contains(on))

    def named(sentence: str) -> str:
        return with_names(sentence, lambda kind, key: names.get((kind, key), key))

    return {
        "agreement": shown["id"],
        "on": on,
        "as_known_at": as_known_at,
        "start": period.start,
        "end": period.end,
        "status": period.status,
        "basis": period.basis,
        "is_in_force": period.is_in_force,
        "as_of": period.as_of,
        "sentence": named(period.sentence),
        "proved_by": [shown["acts"][place] for place in proof_of(case, on)],
        "deadlines": [
            {"kind": due.kind, "day": due.day, "sentence": named(due.sentence)}
            for due in due_on(deadlines_of(case, periods), on)
        ],
    }


def case_in(shown: Shown) -> Case:
    """Return the agreement of a document as the rules see it; its acts stand in the order of the document."""
    clause = shown["entry_into_force"]
    return Case(
        parties=tuple(_key(party) for party in shown["parties"]),
        acts=tuple(_fact(act) for act in shown["acts"]),
        is_bilateral=shown["is_bilateral"],
        entry_into_force=read_clause(clause) if clause else None,
        duration=_duration(shown["duration"]),
        tacit_renewal=_duration(shown["tacit_renewal"]),
        notice_period=_duration(shown["notice_period"]),
        expires=Window.of(shown["expires"]),
    )


def _fact(act: Shown) -> ActFact:
    party, body, on_behalf_of = act["party"], act["by_body"], act["on_behalf_of"]
    return ActFact(
        kind=act["kind"],
        date=Window.of(act["date"]),
        effect=Window.of(act["date_of_effect"]),
        until=Window.of(act["until"]),
        party=party["key"] if party else "",
        by_body=body["id"] if body else "",
        on_behalf_of=on_behalf_of["key"] if on_behalf_of else "",
        attests=act["attests"],
        source=act["source"],
        verification=act["verification"],
    )


def _key(party: Shown) -> str:
    organization: Shown | None = party["organization"]
    return str(organization["id"] if organization else party["country"]["code"])


def _names_in(shown: Shown) -> dict[tuple[str, str], str]:
    known = {("party", _key(party)): (party["organization"] or party["country"])["name"] for party in shown["parties"]}
    return known | {("body", act["by_body"]["id"]): act["by_body"]["name"] for act in shown["acts"] if act["by_body"]}


def _duration(text: str) -> Duration | None:
    return Duration.parse(text) if text else None
