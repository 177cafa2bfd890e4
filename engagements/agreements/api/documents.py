"""The staff document of an agreement: parties, acts, and periods with their basis and the sentence why."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from appointments.api.references import BodyReference
from engagements.agreements import services
from engagements.agreements.api import columns
from engagements.agreements.api.clause_field import ClauseField
from engagements.agreements.models import Act, Agreement, AgreementTopic, Party, Period, Signatory
from engagements.agreements.rules import periods_of
from engagements.agreements.services.mappers import case_as_stored
from engagements.agreements.services.party_lines import party_lines
from engagements.agreements.services.presenters import (
    acts_in_order,
    names_of,
    present_bindings,
    present_computed_dates,
    present_current_status,
    present_period,
)
from engagements.agreements.vocabulary import ActKind, Basis, Scope, Status
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import ByLanguage
from sgoffice.api.serializers import MARKED_RECORD_FIELDS, MarkedRecordSerializer
from sgoffice.directory.api.references import CountryReference, OrganizationReference, PersonReference, TopicReference
from sgoffice.documents import document_of
from sgoffice.search import Searched

TextSerializer = shape_of(services.TextEntry)
FocalPointSerializer = shape_of(services.FocalPointEntry)


class PartyNameSerializer(serializers.Serializer):
    """A party inside an act: its key (organization's id or country's code) and its name."""

    key = serializers.CharField()
    name = serializers.CharField(source="__str__")


class SignatorySerializer(serializers.ModelSerializer):
    """Who signed for a party."""

    person = PersonReference(read_only=True, allow_null=True)

    class Meta:
        model = Signatory
        fields: ClassVar = ["name", "person", "title", "capacity", "on_behalf_of"]


class BindingSerializer(serializers.Serializer):
    """Whether a party is bound, from a day until another."""

    start = serializers.DateField(allow_null=True, help_text="Its first day; null: always.")
    end = serializers.DateField(allow_null=True, help_text="The first day after it; null: until something happens.")
    is_bound = serializers.BooleanField(allow_null=True, help_text="Null: not known.")
    by = serializers.ChoiceField(
        choices=ActKind.choices,
        allow_blank=True,
        help_text="The act of the party that decides it; empty: it shares what holds for the agreement.",
    )


class PartySerializer(serializers.ModelSerializer):
    """A party of an agreement."""

    organization = OrganizationReference(read_only=True, allow_null=True)
    country = CountryReference(read_only=True, allow_null=True)
    signatories = SignatorySerializer(source="shown_signatories", many=True, read_only=True)
    bindings = BindingSerializer(
        many=True, read_only=True, help_text="Since when and until when it is bound, from its first binding on."
    )

    class Meta:
        model = Party
        fields: ClassVar = ["id", "organization", "country", "called", "through", "side", "signatories", "bindings"]


class ActSerializer(serializers.ModelSerializer):
    """An act about an agreement."""

    party = PartyNameSerializer(read_only=True, allow_null=True)
    by_body = BodyReference(read_only=True, allow_null=True)
    on_behalf_of = PartyNameSerializer(read_only=True, allow_null=True)
    place_country = CountryReference(read_only=True, allow_null=True)

    class Meta:
        model = Act
        fields: ClassVar = [
            "id", "kind", "party", "by_body", "on_behalf_of", "date", "date_basis", "date_of_effect", "until",
            "attests", "document", "place_city", "place_country", "text", "source", "verification",
        ]  # fmt: skip


class PeriodSerializer(serializers.Serializer):
    """The status of the agreement from a day until another."""

    start = serializers.DateField(allow_null=True, help_text="Its first day; null: always.")
    end = serializers.DateField(allow_null=True, help_text="The first day after it; null: until something happens.")
    status = serializers.ChoiceField(choices=Status.choices, help_text="Where it stands.")
    basis = serializers.ChoiceField(choices=Basis.choices, help_text="What the status rests on.")
    is_in_force = serializers.BooleanField(allow_null=True, help_text="False: not, or not yet; null: not known.")
    as_of = serializers.DateField(allow_null=True, help_text="The day of the act on which the status rests.")
    sentence = serializers.CharField(help_text="Why.")


class RecordedStatusSerializer(PeriodSerializer):
    """The status as acts and the clock have recorded it, and what time alone changes next."""

    changed_on = serializers.DateField(
        allow_null=True, help_text="Since when: the start of the period or of the last tacit renewal."
    )
    next_change_on = serializers.DateField(allow_null=True, help_text="When time alone changes it next; null: never.")
    renewals = serializers.IntegerField(help_text="How often it was renewed tacitly.")
    term_ends = serializers.DateField(allow_null=True, help_text="The end of the running term, if it is known.")
    last_day_for_notice = serializers.DateField(
        allow_null=True, help_text="The last day on which notice stops the next tacit renewal."
    )


class ComputedDatesSerializer(serializers.Serializer):
    """What the clauses bring about by themselves, given the acts."""

    enters_into_force = serializers.CharField(allow_null=True, help_text="The day, by the clause (EDTF).")
    awaiting = serializers.ListField(child=serializers.CharField(), help_text="What the clause still waits for.")
    first_term_ends = serializers.CharField(allow_null=True, help_text="The end of the first term (EDTF).")
    last_day_for_notice = serializers.CharField(
        allow_null=True, help_text="The last day on which notice stops the renewal of the first term (EDTF)."
    )
    attestations_hold = serializers.CharField(
        help_text="How long what a source states of a day is taken to hold (an ISO 8601 duration)."
    )
    superseded = serializers.CharField(
        allow_null=True,
        help_text="When an agreement that supersedes it entered into force (EDTF); until 9999: it may have.",
    )


@document_of(
    Agreement,
    columns=columns.AGREEMENT,
    renderer=7,
    searched=Searched(
        address="agreements",
        titles=("title", "short_title", "titles.*", "registration_number", "reference", "merged_from.reference"),
        texts=(
            "parties.organization.name",
            "parties.organization.acronym",
            "parties.country.name",
            "parties.called",
            "parties.through",
            "parties.signatories.name",
            "parties.signatories.person.name",
            "parties.signatories.title",
            "topics.name",
            "depositary",
            "acts.text",
            "acts.place_city",
            "acts.document",
            "notes.text",
        ),
        countries=("parties.country.code",),
        day=("signed",),
    ),
    prefetch=(
        Prefetch("subjects", AgreementTopic.objects.select_related("topic")),
        Prefetch("parties", Party.objects.select_related("organization", "country")),
        Prefetch("parties__signatories", Signatory.objects.select_related("person")),
        Prefetch("acts", Act.objects.select_related("by_body", "place_country")),
        Prefetch("periods", Period.objects.order_by("during")),
    ),
)
class AgreementSerializer(MarkedRecordSerializer):
    """A cooperation agreement."""

    titles = ByLanguage(read_only=True, help_text="The title by language code.")
    scope = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), read_only=True)
    topics = TopicReference(many=True, read_only=True)
    parties = PartySerializer(source="lines", many=True, read_only=True)
    acts = ActSerializer(
        source="acts_in_order", many=True, read_only=True, help_text="In the order in which they happened."
    )
    entry_into_force = ClauseField(read_only=True, allow_null=True)
    authentic_languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    focal_points = FocalPointSerializer(many=True, read_only=True)
    texts = TextSerializer(many=True, read_only=True)
    computed = ComputedDatesSerializer(read_only=True)
    standing = RecordedStatusSerializer(
        source="current_status", read_only=True, help_text="Its status now; the clock records what time changes."
    )
    periods = PeriodSerializer(
        source="presented_periods", many=True, read_only=True, help_text="Every day lies in one of them."
    )

    class Meta(MarkedRecordSerializer.Meta):
        model = Agreement
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "title", "titles", "short_title", "instrument", "is_bilateral", "scope", "topics",
            "signed", "parties", "acts", "entry_into_force", "duration", "tacit_renewal", "notice_period", "expires",
            "authentic_languages", "registration_number", "depositary", "focal_points", "texts", "computed", "standing",
            "periods",
        )  # fmt: skip

    def to_representation(self, instance: Agreement) -> dict[str, Any]:
        """Return the agreement with acts in order and the periods that follow from them."""
        instance.lines, line_of = party_lines(instance)
        acts = acts_in_order(instance.acts.all())
        for act in acts:  # the parties were read already, with their names
            act.party, act.on_behalf_of = line_of.get(act.party_id), line_of.get(act.on_behalf_of_id)
        names = names_of(instance)
        instance.topics = [subject.topic for subject in instance.subjects.all()]
        instance.acts_in_order = acts
        case = case_as_stored(instance)
        bindings = present_bindings(case, periods_of(case))
        for party in instance.lines:
            party.bindings = bindings[party.key]
        instance.computed = present_computed_dates(instance, case, names)
        instance.current_status = present_current_status(instance, case, names)
        instance.presented_periods = [present_period(period, names) for period in instance.periods.all()]
        return super().to_representation(instance)
