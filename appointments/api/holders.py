"""Who holds a post on a day, and who held it in succession."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from rest_framework import serializers

from appointments.api.references import PostReference
from appointments.models import Appointment, Post, Session
from appointments.services import PostHolders, end_of, find_holders
from appointments.services.appointments import APPOINTED_AT
from appointments.vocabulary import AppointmentState
from sgoffice.directory.api.references import PersonReference
from sgoffice.records.actors import Actor
from sgoffice.records.date_words import day_in_words
from sgoffice.records.models import Link

#: Fields of an appointment that a holder is shown with.
_SHOWN = ("reference", "person", "kind", "state", "number", "start", "end", "expected_end")


class SessionBriefSerializer(serializers.Serializer):
    """The session at which somebody was appointed."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    city = serializers.CharField()
    country = serializers.CharField(source="country_id", allow_null=True)
    begins = serializers.CharField(allow_null=True)
    ends = serializers.CharField(allow_null=True)


class HolderBriefSerializer(serializers.Serializer):
    """A holder: the person, the appointment, and the session that made it."""

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
    is_until_certain = serializers.BooleanField(help_text="The end is recorded, to the day.")
    session = SessionBriefSerializer(allow_null=True)


class HolderSerializer(serializers.Serializer):
    """Who holds a post on a day."""

    post = PostReference()
    on = serializers.DateField()
    is_certain = serializers.BooleanField(help_text="False near an imprecise handover.")
    is_vacant = serializers.BooleanField()
    holders = HolderBriefSerializer(many=True)
    outgoing = HolderBriefSerializer(many=True, help_text="Holders who leave on that day.")
    acting = HolderBriefSerializer(many=True)
    days_left = serializers.IntegerField(allow_null=True, help_text="Days until the term ends.")
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
    found = find_holders(post.pk, on, actor=actor)
    briefs = _briefs([*found.holders, *found.outgoing, *found.acting], actor)
    ends = [date.fromisoformat(text) for one in found.holders if len(text := end_of(one) or "") == len("2029-11-07")]
    answer = {
        "post": post,
        "on": on,
        "is_certain": found.is_certain,
        "is_vacant": not found.holders and not found.acting and found.is_certain,
        "holders": [briefs[one.pk] for one in found.holders],
        "outgoing": [briefs[one.pk] for one in found.outgoing],
        "acting": [briefs[one.pk] for one in found.acting],
        "days_left": (ends[0] - on).days if found.is_certain and ends else None,
        "note": _note(found, on),
    }
    return dict(HolderSerializer(answer).data)


def succession_answer(post: Post, today: date, actor: Actor) -> dict[str, Any]:
    """Return everybody who held the post, and the gaps between them up to today."""
    rows = Appointment.objects.visible_to(actor).live().of_post(post.pk).exclude(state=AppointmentState.PROPOSED)
    holders = list(rows.select_related("person").order_by("during", "pk"))
    briefs = list(_briefs(holders, actor).values())
    return dict(SuccessionSerializer({"post": post, "holders": briefs, "vacancies": _gaps(holders, today)}).data)


def _gaps(holders: list[Appointment], today: date) -> list[dict[str, date]]:
    """Return the days on which surely nobody held the post: inside an imprecise boundary somebody may have."""
    gaps, covered = [], None
    for one in holders:
        start = one.start_earliest or one.during.lower
        if covered is not None and covered < start:
            gaps.append({"start": covered, "end": start})
        covered = max(covered or date.min, _surely_over(one))
    if covered is not None and covered < today:
        gaps.append({"start": covered, "end": today})
    return gaps


def _surely_over(one: Appointment) -> date:
    """Return the first day on which a term is surely over; without a recorded end there is none."""
    if one.end_latest is None:
        return date.max
    return one.end_latest if one.end_earliest == one.end_latest else one.end_latest + timedelta(days=1)


_DAYS = "the exact days are not known."


def _note(found: PostHolders, on: date) -> str:
    acting = " or ".join(one.person.name for one in found.acting)
    if not found.holders and not acting:
        if found.is_certain:
            return "Nobody is known to hold the post."
        return f"Who will hold the post on {day_in_words(on)} is not known."
    if not acting:
        return _held(found)
    whom = "for the holder" if found.holders else "in the post"
    said = f"{acting} acts {whom}." if found.is_acting_certain else f"{acting} may act {whom}: {_DAYS}"
    return f"{_held(found)} {said}" if found.holders else said


def _held(found: PostHolders) -> str:
    """Say who holds the post; between two terms of one person only the day on which the next one began is in doubt."""
    people = list(dict.fromkeys(one.person.name for one in found.holders))
    if len(people) > 1:
        return f"{' or '.join(people)}: the exact day of the handover is not known."
    if len(found.holders) > 1:
        return f"{people[0]} holds the post: on which day the next term began is not known."
    return f"{people[0]} holds the post." if found.is_certain else f"{people[0]} may hold the post: {_DAYS}"


def _briefs(holders: list[Appointment], actor: Actor) -> dict[UUID, dict[str, object]]:
    """Return what is shown of each holder, by appointment, with the session that made it if the actor may see it."""
    links = Link.objects.filter(source__in=[one.pk for one in holders], relation=APPOINTED_AT)
    session_of = {link.source_id: link.target_id for link in links}
    sessions = Session.objects.visible_to(actor).live().in_bulk(list(session_of.values()))
    return {
        one.pk: {
            **{name: getattr(one, name) for name in _SHOWN},
            "appointment": one.pk,
            "until": end_of(one),
            "is_until_certain": one.end is not None and one.end_earliest == one.end_latest,
            "session": sessions.get(session_of.get(one.pk)),
        }
        for one in holders
    }
