"""Propose an entry from an invitation: nothing is written until somebody has checked and posted it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from engagements.api.invited_people import InvitedPerson, PersonCandidate, ProposedParticipant, place_people
from engagements.models import Engagement, Participant
from engagements.rules import possible_instants
from engagements.vocabulary import EngagementKind, EngagementStatus
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import TimeZone
from sgoffice.api.invitations import Invitation, last_day, read_invitation
from sgoffice.api.serializers import StrictSerializer
from sgoffice.directory.models import Person
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Marking
from sgoffice.records.time_zones import time_zone_names

_MARKINGS = {"CONFIDENTIAL": Marking.RESTRICTED}
_LONGEST = {"title": 500, "venue": 300, "summary": 20_000}
#: Messages after which the register's own engagement stays as it is.
_NO_CHANGE = frozenset({"REFRESH", "DECLINECOUNTER"})


@extend_schema_field(OpenApiTypes.STR)
class _CalendarField(serializers.Field[Invitation, Any, str, Any]):
    """A calendar as text, or as the octets of a file; invisible characters are removed when it is read."""

    def to_internal_value(self, data: Any) -> Invitation:
        """Read the calendar; `charset` and `method` of the context are those of its envelope."""
        if not isinstance(data, str | bytes):
            raise serializers.ValidationError("This must be a string.")
        zone = self.parent.initial_data.get("time_zone", "")
        known = zone if isinstance(zone, str) and zone in time_zone_names() else ""
        try:
            return read_invitation(
                data,
                charset=self.context.get("charset", "utf-8"),
                zone=known,
                method=self.context.get("method", ""),
            )
        except InvalidEntry as error:
            raise serializers.ValidationError([detail for _, detail in error.errors]) from None


class InvitationSerializer(StrictSerializer):
    """An invitation as a calendar file."""

    calendar = _CalendarField(help_text="Content of the file: BEGIN:VCALENDAR ...")
    time_zone = TimeZone(required=False, help_text="IANA time zone of the place, if the invitation names none.")


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
class KnownEngagement:
    """The engagement that the invitation was made from, or that was made of it; and the step that fits the message.

    `step` is `cancel`, or `correct` for what `reason` names; empty if nothing is to be done.
    """

    id: UUID
    reference: str
    title: str
    step: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A proposed entry, the people who were not found, and notes on what to check."""

    entry: ProposedEntry
    unplaced: tuple[InvitedPerson, ...]
    notes: tuple[str, ...]
    same_as: KnownEngagement | None


ProposalSerializer = shape_of(
    Proposal,
    parts={
        ProposedEntry: Engagement,
        ProposedParticipant: Participant,
        InvitedPerson: Participant,
        PersonCandidate: Person,
        KnownEngagement: Engagement,
    },
)


def proposal_of(invitation: Invitation, zone: str, *, actor: Actor) -> Proposal:
    """Return the proposal for an invitation; `zone` is the zone of the place, used if the invitation names none."""
    times, notes = _times(invitation, zone or invitation.place)
    placed, unplaced, people_notes = place_people(invitation.people, by=actor)
    texts, cut = _texts(invitation)
    source = ProposedSource(
        document=_document(invitation.uid), title=invitation.summary[:1000], verification="unverified"
    )
    entry = ProposedEntry(
        kind=EngagementKind.OTHER,
        status=EngagementStatus.TENTATIVE,
        marking=_MARKINGS.get(invitation.classification, Marking.INTERNAL),
        participants=placed,
        sources=(source,),
        **texts,
        **times,
    )
    title = [] if invitation.summary else ["The invitation has no title."]
    notes = [*notes, *invitation.notes, *people_notes, *cut, *title, "Choose the kind of engagement."]
    return Proposal(entry=entry, unplaced=unplaced, notes=tuple(notes), same_as=_known(invitation, entry, actor))


def _texts(invitation: Invitation) -> tuple[dict[str, Any], list[str]]:
    """Return the texts as far as the register takes them, and a note on each that is longer."""
    whole = {
        "title": " ".join(invitation.summary.split()) or "Invitation",
        "venue": " ".join(invitation.location.split()),
        "summary": invitation.description,
    }
    cut = [
        f"The {name} has {len(text):,} characters: only the first {_LONGEST[name]:,} were taken."
        for name, text in whole.items()
        if len(text) > _LONGEST[name]
    ]
    return {name: text[: _LONGEST[name]] for name, text in whole.items()}, cut


def _times(invitation: Invitation, zone: str) -> tuple[dict[str, Any], list[str]]:
    """Return the times or days of an invitation, and notes on what is doubtful about them."""
    starts, last = invitation.starts, invitation.last
    nothing: dict[str, Any] = {"held": None, "starts_at": None, "ends_at": None, "time_zone": ""}
    if starts is None:
        return nothing, ["The message names no day."]
    if not isinstance(starts, datetime):
        return nothing | {"held": _days(starts, last)}, []
    if starts.tzinfo is None:
        return _without_zone(starts, last, zone, nothing)
    named = starts.tzinfo.key if isinstance(starts.tzinfo, ZoneInfo) else ""
    notes = []
    if not named or named == "UTC":
        named = zone or "UTC"
        if not zone:
            notes.append(
                f"The invitation names no time zone of a place ({_said(starts)}): replace UTC by that of the place."
            )
    here = ZoneInfo(named)
    ends = last.astimezone(here) if isinstance(last, datetime) else None
    return nothing | {"starts_at": starts.astimezone(here), "ends_at": ends, "time_zone": named}, notes


def _said(moment: datetime) -> str:
    return f"{moment:%H:%M} {moment.tzname() or ''}".strip()


def _days(first: Any, last: Any) -> str:
    return f"{first}/{last}" if last and last != first else str(first)


def _without_zone(starts: datetime, last: Any, zone: str, nothing: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    shown = possible_instants(starts, zone) if zone else []
    if len(shown) != 1:
        wall = f"{starts:%Y-%m-%d %H:%M}"
        why = "is ambiguous or does not exist in that time zone" if shown else "has no time zone that is known"
        ends = last_day(last) if isinstance(last, datetime) else None
        return nothing | {"held": _days(starts.date(), ends)}, [f"{wall} {why}: only the day is proposed."]
    ends_at = possible_instants(last, zone)[0] if isinstance(last, datetime) else None
    if ends_at is not None and ends_at.astimezone(UTC) <= shown[0].astimezone(UTC):
        ends_at = None
    return nothing | {"starts_at": shown[0], "ends_at": ends_at, "time_zone": zone}, []


def _document(uid: str) -> str:
    """Return how the source of an engagement names the invitation that it was made of."""
    return f"Invitation {uid}"[:500]


def _known(invitation: Invitation, entry: ProposedEntry, actor: Actor) -> KnownEngagement | None:
    """Return the engagement whose own calendar entry came back, or that was made of an earlier message."""
    found = _find(invitation.uid, actor)
    if found is None:
        return None
    step, reason = _step(invitation, entry, found)
    return KnownEngagement(id=found.pk, reference=found.reference, title=found.title, step=step, reason=reason)


def _find(uid: str, actor: Actor) -> Engagement | None:
    rows = Engagement.objects.visible_to(actor).live()
    try:
        # some calendars put their host behind the id that they were given
        own = rows.filter(pk=UUID(uid.partition("@")[0])).first()
    except ValueError:
        own = None
    if own is not None or not uid:
        return own
    return rows.filter(sources__contains=[{"document": _document(uid)}]).order_by("-pk").first()


def _step(invitation: Invitation, entry: ProposedEntry, known: Engagement) -> tuple[str, str]:
    if invitation.method == "CANCEL" or invitation.status == "CANCELLED":
        return ("cancel", "The sender cancelled it.") if known.status != EngagementStatus.CANCELLED else ("", "")
    if invitation.method == "REPLY":
        answers = (f"{one.name or one.email}: {one.response.lower()}" for one in invitation.people if one.response)
        return "correct", f"Answers: {', '.join(answers)}." if invitation.people else "Answers to the invitation."
    changed = "" if invitation.method in _NO_CHANGE else ", ".join(_changes(entry, known))
    return ("correct", f"Changed: {changed}.") if changed else ("", "")


def _changes(entry: ProposedEntry, known: Engagement) -> Iterator[str]:
    """Yield what the message says otherwise than the register."""
    if entry.starts_at is not None or known.starts_at is not None:
        for name in ("starts_at", "ends_at"):
            now, then = getattr(entry, name), getattr(known, name)
            if now != then and (now is not None or name == "ends_at"):
                yield name
    elif entry.held is not None and entry.held != known.held:
        yield "held"
    if entry.venue and entry.venue != known.venue:
        yield "venue"
