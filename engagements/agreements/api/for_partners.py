"""/partner/agreements: the agreements that a partner may have."""

from typing import ClassVar

from rest_framework import serializers

from engagements.agreements.api.documents import (
    ComputedSerializer,
    FocalPointSerializer,
    NotedSerializer,
    PeriodSerializer,
    TextSerializer,
)
from engagements.agreements.api.filters import AgreementFilterSet
from engagements.agreements.models import Agreement
from engagements.agreements.vocabulary import ActKind, Instrument, PartySide, Relation, Scope
from sgoffice.api.fields import ByLanguage
from sgoffice.api.serializers import SourceSerializer
from sgoffice.partners.api.records import PartnerRecordViewSet


class IdentifierForPartnersSerializer(serializers.Serializer):
    """What another register calls it."""

    scheme = serializers.CharField()
    identifier = serializers.CharField()


class SignatoryForPartnersSerializer(serializers.Serializer):
    """Who signed."""

    name = serializers.CharField()
    title = serializers.CharField()


class PartyForPartnersSerializer(serializers.Serializer):
    """A party of an agreement."""

    key = serializers.CharField(help_text="By which acts name it: the organization's id or the country's code.")
    kind = serializers.ChoiceField(choices=["organization", "country"])
    id = serializers.UUIDField()
    name = serializers.CharField()
    country = serializers.CharField(allow_null=True, help_text="The code of its country.")
    identifiers = IdentifierForPartnersSerializer(many=True)
    through = serializers.CharField(help_text="The organ or ministry through which it acts.")
    side = serializers.ChoiceField(choices=PartySide.choices)
    signatories = SignatoryForPartnersSerializer(many=True)


class ActForPartnersSerializer(serializers.Serializer):
    """An act about an agreement."""

    kind = serializers.ChoiceField(choices=ActKind.choices)
    party = serializers.CharField(allow_null=True, help_text="The key of the party that did it.")
    by_body = serializers.CharField(allow_null=True, help_text="The governing body that did it.")
    on_behalf_of = serializers.CharField(allow_null=True, help_text="The key of the party that it binds.")
    date = serializers.CharField(allow_null=True, help_text="EDTF.")
    date_of_effect = serializers.CharField(allow_null=True, help_text="EDTF.")
    until = serializers.CharField(allow_null=True, help_text="EDTF: the first day without it.")
    attests = serializers.CharField()
    document = serializers.CharField()
    place_city = serializers.CharField()
    place_country = serializers.CharField(allow_null=True)
    text = serializers.CharField()
    source = serializers.CharField()
    verification = serializers.CharField()


class RelationForPartnersSerializer(serializers.Serializer):
    """Another agreement that you may have."""

    relation = serializers.ChoiceField(choices=Relation.choices)
    id = serializers.UUIDField()
    reference = serializers.CharField()


class DecisionMentionedSerializer(serializers.Serializer):
    """A decision that you may have."""

    id = serializers.UUIDField()
    reference = serializers.CharField()


class AgreementForPartnersSerializer(serializers.Serializer):
    """A cooperation agreement (agreement/1). `periods` is what holds; every day lies in one of them."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    title = serializers.CharField()
    titles = ByLanguage(help_text="The title by language code.")
    instrument = serializers.ChoiceField(choices=Instrument.choices)
    is_bilateral = serializers.BooleanField()
    scope = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    signed = serializers.CharField(allow_null=True, help_text="When the last signature was put (EDTF).")
    parties = PartyForPartnersSerializer(many=True)
    acts = ActForPartnersSerializer(many=True, help_text="In the order in which they happened.")
    duration = serializers.CharField(help_text="ISO 8601.")
    tacit_renewal = serializers.CharField(help_text="ISO 8601.")
    notice_period = serializers.CharField(help_text="ISO 8601.")
    expires = serializers.CharField(allow_null=True, help_text="EDTF: the first day without it.")
    computed = ComputedSerializer()
    standing = NotedSerializer(help_text="Where it stands now, on what basis, as of which act, and what comes next.")
    periods = PeriodSerializer(many=True)
    authentic_languages = serializers.ListField(child=serializers.CharField())
    registration_number = serializers.CharField()
    depositary = serializers.CharField()
    focal_points = FocalPointSerializer(many=True)
    texts = TextSerializer(many=True)
    sources = SourceSerializer(many=True)
    relations = RelationForPartnersSerializer(many=True)
    decisions = DecisionMentionedSerializer(many=True)


class PartnerAgreementFilterSet(AgreementFilterSet):
    """The filters that go by what stands in the partners' document, and by nothing else."""

    q = topic = marking = include = None


class PartnerAgreementViewSet(PartnerRecordViewSet):
    """Cooperation agreements as partners get them."""

    model = Agreement
    serializer_class = AgreementForPartnersSerializer
    filterset_class = PartnerAgreementFilterSet
    sorts: ClassVar = {
        "-signed": ("-sort_day", "-pk"),
        "signed": ("sort_day", "pk"),
        "newest": ("-pk",),
        "oldest": ("pk",),
    }
    default_sort = "-signed"
