"""Propose an entry from an invitation: nothing is written until somebody has checked and posted it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from rest_framework import serializers

from engagements.models import Engagement, Participant
from engagements.rules import possible_instants
from engagements.vocabulary import Attendance, EngagementKind, EngagementStatus, Side
from sgoffice.accounts.models import User
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import Text, TimeZone
from sgoffice.api.invitations import Invitation, Invited, read_invitation
from sgoffice.api.serializers import StrictSerializer
from sgoffice.directory.models import Person
from sgoffice.directory.rules import fold, only_match
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Marking

_RESPONSES = {
    "ACCEPTED": Attendance.ACCEPTED,
    "DECLINED": Attendance.DECLINED,
    "NEEDS-ACTION": Attendance.INVITED,
    "TENTATIVE": Attendance.INVITED,
}
_MARKINGS = {"CONFIDENTIAL": Marking.RESTRICTED}
_LONGEST_TITLE, _LONGEST_VENUE, _LONGEST_SUMMARY = 500, 300, 20_000


class InvitationSerializer(StrictSerializer):
    """An invitation as a calendar file."""

    calendar = Text(max_length=500_000, help_text="Content of the file: BEGIN:VCALENDAR ...")
    time_zone = TimeZone(required=False, help_text="IANA time zone of the place, if the invitation names none.")

    def validate_calendar(self, text: str) -> Invitation:
        try:
            return read_invitation(text)
        except InvalidEntry as error:
            raise serializers.ValidationError([detail for _, detail in error.errors]) from None


@dataclass(frozen=True, kw_only=True)
class ProposedParticipant:
    """A participant found in the directory."""

    person: UUID
    side: str
    response: str


@dataclass(frozen=True, kw_only=True)
class ProposedSource:
    """What supports the entry."""

    document: str
    title: str
    verification: str


@dataclass(frozen=True, kw_only=True)
class ProposedEntry:
    """The entry to post to /engagements once somebody has checked it."""

    title: str
    kind: str
    status: str
    held: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    venue: str
    summary: str
    marking: str
    participants: tuple[ProposedParticipant, ...]
    sources: tuple[ProposedSource, ...]


@dataclass(frozen=True, kw_only=True)
class InvitedPerson:
    """A person in the invitation who was not found in the directory with certainty."""

    name: str
    email: str
    response: str
    is_organizer: bool
    is_staff: bool


@dataclass(frozen=True, kw_only=True)
class KnownEngagement:
    """The engagement that the invitation was made from."""

    id: UUID
    reference: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A proposed entry, the people who were not found, and notes on what to check."""

    entry: ProposedEntry
    unplaced: tuple[InvitedPerson, ...]
    notes: tuple[str, ...]
    same_as: KnownEngagement | None


ProposalSerializer = shape_of(
    Proposal, parts={ProposedEntry: Engagement, ProposedParticipant: Participant, InvitedPerson: Participant}
)


def proposal_of(invitation: Invitation, zone: str, *, actor: Actor) -> Proposal:
    """Return the proposal for an invitation; `zone` is the zone of the place, used if the invitation names none."""
    times, notes = _times(invitation, zone)
    placed, unplaced = _people(invitation.people)
    source = ProposedSource(
        document=f"Invitation {invitation.uid}"[:500], title=invitation.summary[:1000], verification="unverified"
    )
    entry = ProposedEntry(
        title=" ".join(invitation.summary.split())[:_LONGEST_TITLE] or "Invitation",
        kind=EngagementKind.OTHER,
        status=EngagementStatus.TENTATIVE,
        venue=" ".join(invitation.location.split())[:_LONGEST_VENUE],
        summary=invitation.description[:_LONGEST_SUMMARY],
        marking=_MARKINGS.get(invitation.classification, Marking.INTERNAL),
        participants=placed,
        sources=(source,),
        **times,
    )
    notes = [*notes, *_oddities(invitation)]
    return Proposal(
        entry=entry, unplaced=unplaced, notes=tuple(notes), same_as=_find_own_engagement(invitation.uid, actor)
    )


def _times(invitation: Invitation, zone: str) -> tuple[dict[str, Any], list[str]]:
    """Return the times or days of an invitation, and notes on what is doubtful about them."""
    starts, last = invitation.starts, invitation.last
    nothing: dict[str, Any] = {"held": None, "starts_at": None, "ends_at": None, "time_zone": ""}
    if not isinstance(starts, datetime):
        return nothing | {"held": f"{starts}/{last}" if last and last != starts else str(starts)}, []
    if starts.tzinfo is None:
        return _without_zone(starts, last, zone, nothing)
    named = starts.tzinfo.key if isinstance(starts.tzinfo, ZoneInfo) else "UTC"
    notes = []
    if named == "UTC":
        named = zone or named
        if not zone:
            notes.append("The invitation names no time zone: replace UTC by that of the place.")
    here = ZoneInfo(named)
    ends = last.astimezone(here) if isinstance(last, datetime) else None
    return nothing | {"starts_at": starts.astimezone(here), "ends_at": ends, "time_zone": named}, notes


def _without_zone(starts: datetime, last: Any, zone: str, nothing: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    shown = possible_instants(starts, zone) if zone else []
    if len(shown) != 1:
        wall = f"{starts:%Y-%m-%d %H:%M}"
        why = "is ambiguous or does not exist in that time zone" if shown else "has no time zone"
        return nothing | {"held": str(starts.date())}, [f"{wall} {why}: only the day is proposed."]
    ends = possible_instants(last, zone)[0] if isinstance(last, datetime) else None
    if ends is not None and ends.astimezone(UTC) <= shown[0].astimezone(UTC):
        ends = None
    return nothing | {"starts_at": shown[0], "ends_at": ends, "time_zone": zone}, []


def _oddities(invitation: Invitation) -> Iterator[str]:
    if invitation.is_repeated:
        yield "The invitation repeats: this is only its first date."
    if invitation.method == "CANCEL" or invitation.status == "CANCELLED":
        yield "The sender cancelled it: find the engagement and cancel it."
    if not invitation.summary:
        yield "The invitation has no title."
    yield "Choose the kind of engagement."


def _people(invited: tuple[Invited, ...]) -> tuple[tuple[ProposedParticipant, ...], tuple[InvitedPerson, ...]]:
    """Return the people found by e-mail address or by a unique name, and all others."""
    known = _candidates(invited)
    emails = {one.email.lower() for one in invited if one.email}
    staff = {email.lower() for email in User.objects.values_list("email", flat=True) if email.lower() in emails}
    placed: dict[UUID, ProposedParticipant] = {}
    unplaced: dict[tuple[str, str], InvitedPerson] = {}
    for one in invited:
        response = _RESPONSES.get(one.response, Attendance.NOT_STATED)
        person = _match(one, known)
        if person is not None and one.email.lower() not in staff:
            placed.setdefault(person, ProposedParticipant(person=person, side=Side.THEIRS, response=response))
            continue
        found = InvitedPerson(
            name=one.name,
            email=one.email,
            response=response,
            is_organizer=one.is_organizer,
            is_staff=one.email.lower() in staff,
        )
        earlier = unplaced.get((one.name, one.email.lower()))
        unplaced[one.name, one.email.lower()] = replace(earlier, response=response) if earlier else found
    return tuple(placed.values()), tuple(unplaced.values())


def _candidates(invited: tuple[Invited, ...]) -> list[Person]:
    condition = Q(pk__in=[])
    for one in invited:
        if name := fold(one.name):
            condition |= Q(search__contains=name)
        if one.email:
            condition |= Q(contact_details__contains=[{"type": "email", "value": one.email}])
    return list(Person.objects.live().filter(condition)[:1000])


def _match(invited: Invited, known: list[Person]) -> UUID | None:
    by_email = [
        person.pk
        for person in known
        if invited.email
        and invited.email.lower() in {one["value"].lower() for one in person.contact_details if one["type"] == "email"}
    ]
    if len(by_email) == 1:
        return by_email[0]
    return only_match(invited.name, {person.pk: person.all_names() for person in known}) if invited.name else None


def _find_own_engagement(uid: str, actor: Actor) -> KnownEngagement | None:
    """Return the engagement whose own calendar entry was sent back."""
    try:
        found = Engagement.objects.visible_to(actor).filter(pk=UUID(uid)).first()
    except ValueError:
        return None
    return KnownEngagement(id=found.pk, reference=found.reference, title=found.title) if found else None
