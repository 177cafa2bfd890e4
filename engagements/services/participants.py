"""From entries of participants to the rows of an engagement: participants, and the capacities in which they come."""

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
_TAKEN_OVER = ("person", "organization", "side", "role", "mode", "response", "attendance", "note")


def set_participants(engagement: Engagement, entries: Sequence[ParticipantEntry]) -> list[str]:
    """Replace the participants of an open engagement; return the words in which they are said to take part.

    An entry with an id keeps that participant. Raises InvalidEntry for one that is no person, organization or group,
    or several of them, for a person who is named twice, and for a capacity that says nothing.
    """
    _require_sense(entries)
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
    return words_of(participants, capacities)


def words_as_stored(engagement: Engagement) -> list[str]:
    """Return the words in which the participants of a stored engagement are said to take part."""
    participants: list[Row] = [{**row} for row in engagement.participants.values("group_description", "note")]
    capacities: list[Row] = [{**row} for row in engagement.capacities.values("title", "called")]
    return words_of(participants, capacities)


def words_of(participants: Sequence[Row], capacities: Sequence[Row]) -> list[str]:
    """Return what is searched of participants beside the names, which are searched where they are."""
    said = [row[name] for row in participants for name in ("group_description", "note")]
    return [*said, *(row[name] for row in capacities for name in ("title", "called"))]


def _values(entry: ParticipantEntry) -> Row:
    values = {name: getattr(entry, name) for name in _TAKEN_OVER}
    group = entry.group
    if entry.attendance in RESPONSES:  # said in one word by whoever enters it; kept apart
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


def _require_sense(entries: Sequence[ParticipantEntry]) -> None:
    problems: list[tuple[str, str]] = []
    people: set[Any] = set()
    for place, entry in enumerate(entries):
        where = f"/participants/{place}"
        given = [entry.person, entry.organization, entry.group]
        if sum(item is not None for item in given) != 1:
            problems.append((where, "Name a person, an organization or a group: one of the three."))
        elif entry.group is not None and not entry.group.description.strip():
            problems.append((f"{where}/group/description", "Say who they are."))
        if entry.person is not None and entry.person in people:
            problems.append((f"{where}/person", "This person is named before: add a capacity there."))
        people |= {entry.person} if entry.person else set()
        problems += [
            (f"{where}/capacities/{number}", "A capacity has a title, an organization or a country.")
            for number, capacity in enumerate(entry.capacities)
            if not (capacity.title.strip() or capacity.organization or capacity.country)
        ]
    if problems:
        raise InvalidEntry(problems)
