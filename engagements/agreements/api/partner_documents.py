"""Cooperation agreements as partners get them, member by member."""

from typing import ClassVar

from rest_framework import serializers

from engagements.agreements.api.documents import (
    BindingSerializer,
    ComputedDatesSerializer,
    PeriodSerializer,
    RecordedStatusSerializer,
)
from engagements.agreements.models import Agreement
from engagements.agreements.vocabulary import ActKind, Instrument, PartySide, Relation, Scope, Status, Verification
from engagements.api.partner_documents import TextFileSerializer
from engagements.vocabulary import DateBasis
from sgoffice.api.fields import ByLanguage
from sgoffice.api.partner_documents import PartnerDocumentSerializer, sources
from sgoffice.documents.publications import describes


class IdentifierForPartnersSerializer(serializers.Serializer):
    """What another register calls it."""

    scheme = serializers.CharField(help_text="Which register, such as wikidata or iso3166-1-alpha-2.")
    identifier = serializers.CharField(help_text="Its identifier there.")


class SignatoryForPartnersSerializer(serializers.Serializer):
    """Who signed."""

    name = serializers.CharField(help_text="The name of the signatory.")
    title = serializers.CharField(help_text="The title then; empty: not known.")


class PartyForPartnersSerializer(serializers.Serializer):
    """A party of an agreement."""

    key = serializers.CharField(help_text="By which acts name it: the organization's id or the country's code.")
    kind = serializers.ChoiceField(choices=["organization", "country"], help_text="What it is.")
    id = serializers.UUIDField(help_text="The id of the organization or country.")
    name = serializers.CharField(help_text="What it is called today.")
    country = serializers.CharField(allow_null=True, help_text="The code of its country (ISO 3166-1); null: none.")
    identifiers = IdentifierForPartnersSerializer(many=True, help_text="What other registers call it.")
    through = serializers.CharField(help_text="The organ or ministry through which it acts; empty: none.")
    side = serializers.ChoiceField(choices=PartySide.choices, help_text="On which side it stands.")
    signatories = SignatoryForPartnersSerializer(many=True, help_text="Who signed for it.")
    bindings = BindingSerializer(many=True, help_text="Since when and until when it is bound.")


class ActForPartnersSerializer(serializers.Serializer):
    """An act about an agreement."""

    kind = serializers.ChoiceField(choices=ActKind.choices, help_text="What was done.")
    party = serializers.CharField(allow_null=True, help_text="The key of the party that did it; null: all, or none.")
    by_body = serializers.CharField(allow_null=True, help_text="The name of the governing body that did it; or null.")
    on_behalf_of = serializers.CharField(allow_null=True, help_text="The key of the party that it binds; or null.")
    date = serializers.CharField(allow_null=True, help_text="When it was done (EDTF); null: not known.")
    date_basis = serializers.ChoiceField(choices=DateBasis.choices, help_text="What the date rests on.")
    date_of_effect = serializers.CharField(
        allow_null=True, help_text="When it takes effect (EDTF), if not on its own day; or null."
    )
    until = serializers.CharField(
        allow_null=True, help_text="Until when it holds (EDTF): the first day without it; null: open."
    )
    attests = serializers.ChoiceField(
        choices=Status.choices, allow_blank=True, help_text="What an attestation says; empty: in force, or none."
    )
    document = serializers.CharField(help_text="The document in which it was done; empty: not known.")
    place_city = serializers.CharField(help_text="The city where it was done; empty: not known.")
    place_country = serializers.CharField(
        allow_null=True, help_text="The code of the country where it was done (ISO 3166-1); null: not known."
    )
    text = serializers.CharField(help_text="What else is to be said of it; empty: nothing.")
    source = serializers.CharField(help_text="Who says so: an address or a document; empty: not known.")
    verification = serializers.ChoiceField(
        choices=Verification.choices, allow_blank=True, help_text="How far the source was checked; empty: not known."
    )


class RelationForPartnersSerializer(serializers.Serializer):
    """Another agreement that you may have."""

    relation = serializers.ChoiceField(choices=Relation.choices, help_text="How this agreement stands to the other.")
    id = serializers.UUIDField(help_text="The id of the other agreement.")
    reference = serializers.CharField(help_text="The reference of the other agreement.")


class ReferencedDecisionSerializer(serializers.Serializer):
    """A decision that you may have."""

    id = serializers.UUIDField(help_text="The id of the decision.")
    reference = serializers.CharField(help_text="The reference of the decision.")


class FocalPointForPartnersSerializer(serializers.Serializer):
    """Whom to ask."""

    side = serializers.ChoiceField(choices=PartySide.choices, help_text="On which side.")
    name = serializers.CharField(help_text="Who, on your side; otherwise empty.")
    unit = serializers.CharField(help_text="Which unit; empty: not known.")
    contact = serializers.CharField(
        help_text="How to reach them, on your side: an address or a number; otherwise empty."
    )


class TextForPartnersSerializer(serializers.Serializer):
    """Where the agreement can be read."""

    language = serializers.CharField(help_text="Its language (ISO 639); empty: not known.")
    title = serializers.CharField(help_text="Its title; empty: that of the agreement.")
    url = serializers.CharField(help_text="Where it can be read; empty: not known.")
    document = serializers.CharField(help_text="The symbol or name of a document; empty: none.")
    is_authentic = serializers.BooleanField(help_text="It is one of the authentic texts.")


@describes(Agreement)
class AgreementForPartnersSerializer(PartnerDocumentSerializer):
    """A cooperation agreement (agreement/1). `periods` is what holds; every day lies in one of them."""

    groups: ClassVar = {
        "names": ("title", "titles", "instrument", "scope"),
        "status": ("signed", "expires", "computed", "standing", "periods"),
        "parties": ("is_bilateral", "parties", "focal_points"),
        "acts": ("acts", "relations", "decisions"),
        "clauses": (
            "duration", "tacit_renewal", "notice_period", "authentic_languages", "registration_number", "depositary",
        ),
        "texts": ("texts", "attachments"),
        "sources": ("sources",),
    }  # fmt: skip

    title = serializers.CharField(help_text="What it is called.")
    titles = ByLanguage(help_text="The title by language code (ISO 639).")
    instrument = serializers.ChoiceField(choices=Instrument.choices, help_text="What sort of instrument it is.")
    is_bilateral = serializers.BooleanField(help_text="It binds two parties.")
    scope = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), help_text="What it is for.")
    signed = serializers.CharField(
        allow_null=True, help_text="When the last signature was put (EDTF); null: not known, or not signed."
    )
    parties = PartyForPartnersSerializer(many=True, help_text="Whom it binds.")
    acts = ActForPartnersSerializer(many=True, help_text="What was done about it, in the order in which it happened.")
    duration = serializers.CharField(help_text="How long a term lasts (an ISO 8601 duration); empty: not said.")
    tacit_renewal = serializers.CharField(
        help_text="How long it is renewed by itself each time (an ISO 8601 duration); empty: it is not."
    )
    notice_period = serializers.CharField(
        help_text="How long before its end notice must be given (an ISO 8601 duration); empty: not said."
    )
    expires = serializers.CharField(
        allow_null=True, help_text="The first day without it by its own words (EDTF); null: not said."
    )
    computed = ComputedDatesSerializer(help_text="What the clauses bring by themselves, as far as the acts tell.")
    standing = RecordedStatusSerializer(
        help_text="Where it stands now, on what basis, as of which act, and what comes next."
    )
    periods = PeriodSerializer(many=True, help_text="Where it stands on every day, the earliest period first.")
    authentic_languages = serializers.ListField(
        child=serializers.CharField(), help_text="Codes of its authentic languages (ISO 639)."
    )
    registration_number = serializers.CharField(help_text="Under which number it is registered; empty: none.")
    depositary = serializers.CharField(help_text="Who keeps the original; empty: not known.")
    focal_points = FocalPointForPartnersSerializer(many=True, help_text="Whom to ask.")
    texts = TextForPartnersSerializer(many=True, help_text="Where it can be read.")
    sources = sources()
    relations = RelationForPartnersSerializer(many=True, help_text="Other agreements that it is tied to.")
    decisions = ReferencedDecisionSerializer(many=True, help_text="The decisions that approved it.")
    attachments = TextFileSerializer(many=True, help_text="Its texts as files that you may have.")
