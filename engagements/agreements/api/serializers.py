"""The bodies that agreements accept, made from the services' entries."""

from functools import cache
from typing import Any

from rest_framework import serializers

from engagements.agreements import services
from engagements.agreements.api.clause_field import ClauseField
from engagements.agreements.models import Act, Agreement, Party, Signatory
from engagements.agreements.vocabulary import RATIFYING, ActKind, PartySide, Relation, Scope
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import Choice, Identifier, Language, Reference, Text
from sgoffice.api.serializers import EntrySerializer

_PARTS: dict[type[Any], Any] = {
    services.PartyEntry: Party,
    services.SignatoryEntry: Signatory,
    services.ActEntry: Act,
}
_KEY = "A party: the id or name of its organization, or the code or name of its country."


def _party(help_text: str = _KEY) -> Text:
    return Text(max_length=300, required=False, allow_null=True, help_text=help_text)


def _step(entry: type[Any]) -> Any:
    """Return the shape of a step: as the act that it records, the party by its key, the day needed."""
    shape = shape_of(entry, Act, parts=_PARTS)
    members: dict[str, Any] = {"__doc__": entry.__doc__, "__module__": __name__}
    for name in ("party", "on_behalf_of"):
        if name in shape._declared_fields:
            members[name] = _party()
    return type(f"{entry.__name__.removesuffix('Entry')}Serializer", (shape,), members)


class ActEntrySerializer(_step(services.ActEntry)):  # type: ignore[misc] # a base that is made
    """Any act; without a party or a body it is one of all parties, or concerns the agreement as a whole."""

    id = Identifier(required=False, allow_null=True, help_text="Keeps an act that the agreement has.")
    kind = Choice(choices=ActKind.choices, help_text="What was done.")
    decision = Reference(required=False, allow_null=True, help_text="The decision by which the body did it: linked.")


class FocalPointEntrySerializer(EntrySerializer):
    """Whom to ask, on which side."""

    entry = services.FocalPointEntry

    side = Choice(choices=PartySide.choices, required=False)
    name = Text(max_length=300, required=False, allow_blank=True)
    unit = Text(max_length=300, required=False, allow_blank=True)
    contact = Text(max_length=300, required=False, allow_blank=True)


class RelationEntrySerializer(EntrySerializer):
    """How this agreement relates to another."""

    entry = services.RelationEntry

    relation = Choice(choices=Relation.choices)
    agreement = Reference(help_text="The other agreement.")
    articles = serializers.ListField(
        child=Text(max_length=60), required=False, max_length=100, help_text="Which of its articles: Article 5 (2)."
    )


class AgreementEntrySerializer(shape_of(services.AgreementEntry, Agreement, parts=_PARTS)):  # type: ignore[misc] # a base that is made
    """An agreement with its parties and acts, or talks on one."""

    scope = serializers.ListField(child=Choice(choices=Scope.choices), required=False, help_text="What it is for.")
    topics = serializers.ListField(
        child=Reference(), required=False, max_length=50, help_text="The topics that it is about."
    )
    acts = ActEntrySerializer(many=True, required=False, help_text="What was done about it, in any order.")
    relations = RelationEntrySerializer(many=True, required=False, help_text="How it relates to other agreements.")
    entry_into_force = ClauseField(required=False, allow_null=True)
    authentic_languages = serializers.ListField(
        child=Language(max_length=3), required=False, help_text="Codes of its authentic languages."
    )
    focal_points = FocalPointEntrySerializer(many=True, required=False, help_text="Whom to ask.")


class RatificationSerializer(_step(services.RatificationEntry)):  # type: ignore[misc] # a base that is made
    """A party states that it is bound."""

    kind = Choice(
        choices=[kind.value for kind in RATIFYING], required=False, help_text="By which act; ratification by default."
    )


_STEPS: dict[type[Any], Any] = {
    services.ActEntry: ActEntrySerializer,
    services.RatificationEntry: RatificationSerializer,
}


@cache
def step_serializer(entry: type[Any]) -> Any:
    """Return the serializer of the entry of a step, one for each."""
    return _STEPS.get(entry) or _step(entry)
