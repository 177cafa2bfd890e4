"""Who is meant by the people of an invitation: found by address or by name in the directory, as everywhere else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from engagements.vocabulary import Attendance, Side
from sgoffice.accounts.models import User
from sgoffice.api.invitations import Invited
from sgoffice.directory.models import Person
from sgoffice.directory.services.name_matches import Candidate, people_called
from sgoffice.records.actors import Actor
from sgoffice.records.readership import ALL_STAFF

_RESPONSES = {
    "ACCEPTED": Attendance.ACCEPTED,
    "DECLINED": Attendance.DECLINED,
    "NEEDS-ACTION": Attendance.INVITED,
    "TENTATIVE": Attendance.INVITED,
}
#: Names are looked up one by one.
MOST_NAMES = 100
_BEHIND = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


@dataclass(frozen=True, kw_only=True)
class ProposedParticipant:
    """A participant found in the directory."""

    person: UUID
    side: str
    response: str


@dataclass(frozen=True, kw_only=True)
class PersonCandidate:
    """A person who may be meant."""

    id: UUID
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class InvitedPerson:
    """A person or group in the invitation who was not found in the directory with certainty."""

    name: str
    email: str
    response: str
    is_organizer: bool
    is_staff: bool
    is_group: bool
    candidates: tuple[PersonCandidate, ...]


def place_people(
    people: Sequence[Invited], *, by: Actor
) -> tuple[tuple[ProposedParticipant, ...], tuple[InvitedPerson, ...], list[str]]:
    """Return the people found by e-mail address or by name, all others, and notes on what was not looked up.

    Whoever has an account is staff and never a counterpart.
    """
    emails = sorted({one.email.lower() for one in people if one.email})
    staff = {email.lower() for email in User.objects.values_list("email", flat=True) if email.lower() in emails}
    by_address = _people_with(emails, by)
    placed: dict[UUID, ProposedParticipant] = {}
    unplaced: list[InvitedPerson] = []
    asked = 0
    for one in people:
        email = one.email.lower()
        person = by_address.get(email)
        candidates: tuple[PersonCandidate, ...] = ()
        if person is None and email not in staff and not one.is_group and one.name and asked < MOST_NAMES:
            asked += 1
            person, candidates = _called(one.name, by)
        if person is not None and email not in staff:
            placed.setdefault(person, _participant(person, one))
        else:
            unplaced.append(_unplaced(one, is_staff=email in staff, candidates=candidates))
    notes = [f"Only the first {MOST_NAMES} names were looked up in the directory."] if asked == MOST_NAMES else []
    return tuple(placed.values()), tuple(unplaced), notes


def _called(name: str, by: Actor) -> tuple[UUID | None, tuple[PersonCandidate, ...]]:
    """Return the person who is surely meant by a name, or those who may be."""
    found = people_called(_plain(name), by=by)
    sure = next((one.id for one in found if one.is_automatic), None)
    return sure, tuple(_candidate(one) for one in found)


def _plain(name: str) -> str:
    """Return a name of an address book as people write it: Haddad, Amina (MOI) is Amina Haddad."""
    family, comma, given = _BEHIND.sub("", name).partition(",")
    return f"{given.strip()} {family.strip()}".strip() if comma and "," not in given else _BEHIND.sub("", name)


def _people_with(emails: list[str], by: Actor) -> dict[str, UUID]:
    """Return the only person with each address, in any case; that of a merged person leads to the survivor."""
    if not emails:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_ADDRESS, [emails])
        rows = cursor.fetchall()
    people = Person.objects.visible_to(by).readable_by_readers_of(ALL_STAFF).live()
    shown = set(people.filter(pk__in=[person for _, person in rows]).values_list("pk", flat=True))
    found: dict[str, set[UUID]] = {}
    for email, person in rows:
        if person in shown:
            found.setdefault(email, set()).add(person)
    return {email: next(iter(those)) for email, those in found.items() if len(those) == 1}


def _participant(person: UUID, one: Invited) -> ProposedParticipant:
    return ProposedParticipant(person=person, side=Side.THEIRS, response=_response(one))


def _unplaced(one: Invited, *, is_staff: bool, candidates: tuple[PersonCandidate, ...]) -> InvitedPerson:
    return InvitedPerson(
        name=one.name,
        email=one.email,
        response=_response(one),
        is_organizer=one.is_organizer,
        is_staff=is_staff,
        is_group=one.is_group,
        candidates=candidates,
    )


def _response(one: Invited) -> str:
    return _RESPONSES.get(one.response, Attendance.NOT_STATED)


def _candidate(one: Candidate) -> PersonCandidate:
    return PersonCandidate(id=one.id, name=one.name, reason=one.reason)


_BY_ADDRESS = """
    SELECT DISTINCT lower(trim(c ->> 'value')), coalesce(p.merged_into_id, p.id)
    FROM directory_person p, jsonb_array_elements(p.contact_details) c
    WHERE p.contact_details <> '[]' AND c ->> 'type' = 'email' AND lower(trim(c ->> 'value')) = ANY(%s)
"""
