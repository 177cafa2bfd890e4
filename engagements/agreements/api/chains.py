"""The chain of an agreement: all related agreements, in order, each with its status."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from rest_framework import serializers

from engagements.agreements.api.documents import PeriodSerializer
from engagements.agreements.models import Agreement
from engagements.agreements.services.related_agreements import MOST, chain_around
from engagements.agreements.vocabulary import ChainPlace, Instrument, Relation
from sgoffice import documents
from sgoffice.directory.models import Organization
from sgoffice.records.actors import Actor
from sgoffice.records.partial_dates import PartialDate

Shown = Mapping[str, Any]


class ChainRelationSerializer(serializers.Serializer):
    """What one agreement does to another of the chain."""

    relation = serializers.ChoiceField(choices=Relation.choices)
    agreement = serializers.UUIDField(help_text="The other agreement.")
    articles = serializers.ListField(
        child=serializers.CharField(), help_text="The articles concerned; empty: the whole agreement."
    )


class SuccessorSerializer(serializers.Serializer):
    """An organization that succeeded a party."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class ChainPartySerializer(serializers.Serializer):
    """A party and its successors."""

    key = serializers.CharField(help_text="The id of its organization or the code of its country.")
    name = serializers.CharField()
    successors = SuccessorSerializer(many=True, help_text="Its successors, one after another.")


class ChainItemSerializer(serializers.Serializer):
    """One agreement of the chain."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    title = serializers.CharField()
    instrument = serializers.ChoiceField(choices=Instrument.choices)
    date = serializers.CharField(
        allow_null=True, help_text="The date of signature, or of the first act if that is not known."
    )
    place = serializers.ChoiceField(choices=ChainPlace.choices, help_text="Seen from the agreement asked about.")
    relations = ChainRelationSerializer(many=True, help_text="Its relations to others of the chain.")
    standing = PeriodSerializer(help_text="Its status on the day.")
    parties = ChainPartySerializer(many=True)


class ChainSerializer(serializers.Serializer):
    """All agreements related to one, as far as you may see them."""

    agreement = serializers.UUIDField()
    on = serializers.DateField(help_text="The day of the statuses; today by default.")
    is_complete = serializers.BooleanField(help_text=f"False when the chain has more than {MOST} agreements.")
    results = ChainItemSerializer(many=True, help_text="By date; those without one last.")


def chain_answer(agreement_id: UUID, on: date, *, by: Actor) -> dict[str, Any]:
    """Return the chain of an agreement that the actor may see, with the statuses of a day."""
    places, found = chain_around(agreement_id, by=by)
    shown = [orjson.loads(stored.body) for stored in documents.fetch_documents(Agreement, list(places)).values()]
    successors = _successors(shown)
    relations: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        members = {"relation": one.relation, "agreement": one.target, "articles": one.places}
        relations.setdefault(str(one.source), []).append(members)
    results = [
        {name: one[name] for name in ("id", "reference", "title", "instrument")}
        | {
            "date": _date_of(one),
            "place": places[UUID(one["id"])],
            "relations": relations.get(one["id"], []),
            "standing": next(period for period in one["periods"] if _contains(period, on)),
            "parties": [_party(party, successors) for party in one["parties"]],
        }
        for one in sorted(shown, key=_order)
    ]
    return {"agreement": agreement_id, "on": on, "is_complete": len(results) <= MOST, "results": results}


def _date_of(shown: Shown) -> str | None:
    """Return the date of signature, or of the earliest dated act."""
    dates = [act["date"] for act in shown["acts"] if act["date"]]
    first: str | None = shown["signed"] or (dates[0] if dates else None)
    return first


def _order(shown: Shown) -> tuple[date, date, str]:
    text = _date_of(shown)
    if text is None:
        return (date.max, date.max, shown["id"])
    when = PartialDate.parse(text)
    return (when.earliest, when.latest, shown["id"])


def _contains(period: Shown, day: date) -> bool:
    """Whether a day lies in a period; ISO dates sort like their days."""
    text = day.isoformat()
    return (period["start"] or "") <= text and (period["end"] is None or text < period["end"])


def _party(party: Shown, successors: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    organization, country = party["organization"], party["country"]
    if organization is None:
        return {"key": country["code"], "name": country["name"], "successors": []}
    key = organization["id"]
    return {"key": key, "name": organization["name"], "successors": successors.get(key, [])}


def _successors(shown: Iterable[Shown]) -> dict[str, list[dict[str, Any]]]:
    """Return the successors of each party, one after another; one query for each step of succession."""
    keys = {party["organization"]["id"] for one in shown for party in one["parties"] if party["organization"]}
    steps: dict[UUID, Organization] = {}
    waiting = {UUID(key) for key in keys}
    while waiting:
        rows = Organization.objects.filter(pk__in=waiting, successor__isnull=False).select_related("successor")
        found = {row.pk: row.successor for row in rows if row.successor is not None}
        steps |= found
        waiting = {successor.pk for successor in found.values()} - steps.keys()
    return {key: list(_followed(UUID(key), steps)) for key in keys}


def _followed(organization: UUID, steps: Mapping[UUID, Organization]) -> Iterable[dict[str, Any]]:
    seen = {organization}
    while (following := steps.get(organization)) is not None and following.pk not in seen:
        yield {"id": following.pk, "name": following.name}
        organization = following.pk
        seen.add(organization)
