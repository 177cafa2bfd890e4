"""Who holds a post on a day, and who held it in succession."""

from datetime import date
from typing import Any
from uuid import UUID

from rest_framework import serializers

from appointments.api.references import PostReference
from appointments.models import Appointment, Decision, Post, Session
from appointments.services import days_left, end_of, find_holders, life_of, sentence_of, tied_to, vacancies_of
from appointments.vocabulary import AppointmentState
from sgoffice.directory.api.references import PersonReference
from sgoffice.records.actors import Actor

#: Fields of an appointment that a holder is shown with.
_SHOWN = ("reference", "person", "kind", "state", "number", "start", "end", "expected_end", "scope", "instrument")


class SessionBriefSerializer(serializers.Serializer):
    """The session at which somebody was appointed."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    city = serializers.CharField()
    country = serializers.CharField(source="country_id", allow_null=True)
    begins = serializers.CharField(allow_null=True)
    ends = serializers.CharField(allow_null=True)


class DecisionBriefSerializer(serializers.Serializer):
    """The decision by which somebody was appointed."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    symbol = serializers.CharField()
    title = serializers.CharField()
    adopted = serializers.CharField(allow_null=True)


class HolderBriefSerializer(serializers.Serializer):
    """A holder: the person, the appointment, and the session and the decision that made it."""

    appointment = serializers.UUIDField()
    reference = serializers.CharField()
    person = PersonReference()
    kind = serializers.CharField()
    state = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    start = serializers.CharField(allow_null=True)
    end = serializers.CharField(allow_null=True)
    expected_end = serializers.CharField(allow_null=True)
    until = serializers.CharField(
        allow_null=True, help_text="End of the term as it is known (EDTF: 2029-11), by the rule unless recorded."
    )
    scope = serializers.CharField(help_text="For what somebody acts, if not for everything.")
    instrument = serializers.CharField(help_text="What gives the term or the delegation, in words.")
    is_until_certain = serializers.BooleanField(help_text="The end is recorded, to the day.")
    session = SessionBriefSerializer(allow_null=True)
    decision = DecisionBriefSerializer(allow_null=True, help_text="By which decision, if it is recorded.")


class HolderSerializer(serializers.Serializer):
    """Who holds a post on a day."""

    post = PostReference()
    on = serializers.DateField()
    is_certain = serializers.BooleanField(help_text="False near an imprecise handover.")
    exists = serializers.BooleanField(help_text="False where the post did not exist yet, or not any more.")
    is_vacant = serializers.BooleanField(help_text="The post existed and nobody is known to have held it.")
    holders = HolderBriefSerializer(many=True)
    outgoing = HolderBriefSerializer(many=True, help_text="Holders who leave on that day.")
    acting = HolderBriefSerializer(many=True)
    days_left = serializers.IntegerField(
        allow_null=True,
        help_text="Days until the term ends; null where the day is not known, and for a term that is over.",
    )
    note = serializers.CharField(help_text="The answer as a sentence.")


class VacancySerializer(serializers.Serializer):
    """A period in which nobody is known to have held the post."""

    start = serializers.DateField()
    end = serializers.DateField()


class SuccessionSerializer(serializers.Serializer):
    """The holders of a post in succession."""

    post = PostReference()
    holders = HolderBriefSerializer(many=True)
    vacancies = VacancySerializer(many=True)


def holder_answer(post: Post, on: date, actor: Actor) -> dict[str, Any]:
    """Return who holds the post on a day, under the reader's rights."""
    found = find_holders(post, on, actor=actor)
    briefs = _briefs([*found.holders, *found.outgoing, *found.acting], actor)
    answer = {
        "post": post,
        "on": on,
        "is_certain": found.is_certain,
        "exists": found.exists,
        "is_vacant": found.exists and not found.holders and not found.acting and found.is_certain,
        "holders": [briefs[one.pk] for one in found.holders],
        "outgoing": [briefs[one.pk] for one in found.outgoing],
        "acting": [briefs[one.pk] for one in found.acting],
        "days_left": days_left(found),
        "note": sentence_of(found, on),
    }
    return dict(HolderSerializer(answer).data)


def succession_answer(post: Post, today: date, actor: Actor) -> dict[str, Any]:
    """Return everybody who held the post, and the gaps between them up to today."""
    rows = Appointment.objects.visible_to(actor).live().of_post(post.pk).exclude(state=AppointmentState.PROPOSED)
    holders = list(rows.select_related("person").order_by("during", "pk"))
    briefs = list(_briefs(holders, actor).values())
    gaps = vacancies_of(holders, today, life_of(post))
    return dict(
        SuccessionSerializer(
            {
                "post": post,
                "holders": briefs,
                "vacancies": [{"start": first, "end": until} for first, until in gaps],
            }
        ).data
    )


def _briefs(holders: list[Appointment], actor: Actor) -> dict[UUID, dict[str, object]]:
    """Return what is shown of each holder, by appointment, with what made it as far as the actor may see that."""
    sessions = tied_to(holders, "session", Session, actor=actor)
    decisions = tied_to(holders, "decision", Decision, actor=actor)
    return {
        one.pk: {
            **{name: getattr(one, name) for name in _SHOWN},
            "appointment": one.pk,
            "until": end_of(one),
            "is_until_certain": one.end is not None and one.end_earliest == one.end_latest,
            "session": sessions.get(one.pk),
            "decision": decisions.get(one.pk),
        }
        for one in holders
    }
