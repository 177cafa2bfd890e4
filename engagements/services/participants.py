"""Store the participants of an engagement with their capacities."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from engagements.models import Capacity, Engagement, Participant
from engagements.services.entries import CapacityEntry, ParticipantEntry
from engagements.vocabulary import RESPONSES, Attendance
from sgoffice.changes.door import set_parts
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.identifiers import uuid7

Row = dict[str, Any]
_CAPACITY = ("title", "organization", "country", "called")
_COPIED = ("person", "organization", "side", "role", "mode", "response", "attendance", "note")


def set_participants(engagement: Engagement, entries: Sequence[ParticipantEntry]) -> None:
    """Replace the participants of an open engagement.

    An entry with an id keeps that participant. Raises InvalidEntry unless each is one person, organization or group,
    for a person who is named twice, and for an empty capacity.
    """
    _check_entries(entries)
    known = {
        (row["participant"], *(row[name] for name in _CAPACITY)): row["pk"]
        for row in engagement.capacities.values("pk", "participant", *_CAPACITY)
    }
    participants: list[Row] = []
    capacities: list[Row] = []
    for entry in entries:
        participant_id = entry.id or uuid7()
        key = "id" if entry.id else "new_id"
        participants.append({key: participant_id, **_values(entry)})
        capacities += [_capacity_row(participant_id, capacity, known) for capacity in entry.capacities]
    set_parts(engagement, Participant, participants)
    set_parts(engagement, Capacity, capacities)


def _values(entry: ParticipantEntry) -> Row:
    values = {name: getattr(entry, name) for name in _COPIED}
    group = entry.group
    if entry.attendance in RESPONSES:  # an answer given as the attendance is stored as the response
        values |= {"response": entry.attendance, "attendance": Attendance.NOT_STATED}
    return {
        **values,
        "group_description": group.description if group else "",
        "group_count": group.count if group else None,
    }


def _capacity_row(participant_id: UUID, entry: CapacityEntry, known: dict[tuple[Any, ...], UUID]) -> Row:
    values = {name: getattr(entry, name) for name in _CAPACITY}
    kept = known.pop((participant_id, *values.values()), None)
    return {**({"id": kept} if kept else {}), "participant": participant_id, **values}


def _check_entries(entries: Sequence[ParticipantEntry]) -> None:
    problems: list[tuple[str, str]] = []
    people: set[Any] = set()
    for place, entry in enumerate(entries):
        where = f"/participants/{place}"
        given = [entry.person, entry.organization, entry.group]
        if sum(item is not None for item in given) != 1:
            problems.append((where, "Name one of a person, an organization or a group."))
        elif entry.group is not None and not entry.group.description.strip():
            problems.append((f"{where}/group/description", "Say who they are."))
        if entry.person is not None and entry.person in people:
            problems.append((f"{where}/person", "This person is already a participant: add a capacity there."))
        people |= {entry.person} if entry.person else set()
        problems += [
            (f"{where}/capacities/{number}", "A capacity needs a title, an organization or a country.")
            for number, capacity in enumerate(entry.capacities)
            if not (capacity.title.strip() or capacity.organization or capacity.country)
        ]
    if problems:
        raise InvalidEntry(problems)
