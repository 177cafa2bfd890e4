"""Store the participants of an engagement with their capacities."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from engagements.models import Capacity, Engagement, Participant
from engagements.services.entries import CapacityEntry, GroupEntry, ParticipantEntry
from engagements.vocabulary import RESPONSES, Attendance
from sgoffice.changes.door import set_parts
from sgoffice.directory.services.former_names import names_then
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.identifiers import uuid7

Row = dict[str, Any]
_CAPACITY = ("title", "organization", "country", "called")
#: On an open engagement: the entries that are stored with it.
_ENTERED = "_entered_participants"
_COPIED = ("person", "organization", "side", "role", "mode", "response", "attendance", "note")


def set_participants(engagement: Engagement, entries: Sequence[ParticipantEntry]) -> None:
    """Replace the participants of an open engagement.

    An entry with an id keeps that participant. Raises InvalidEntry unless each is one person, organization or group,
    for a person who is named twice, and for an empty capacity.
    """
    _check_entries(entries)
    stored = () if engagement.is_new else engagement.capacities.values("pk", "participant", *_CAPACITY)
    known = {(row["participant"], *(row[name] for name in _CAPACITY)): row["pk"] for row in stored}
    then = _names_then(engagement, entries)
    participants: list[Row] = []
    capacities: list[Row] = []
    for entry in entries:
        participant_id = entry.id or uuid7()
        key = "id" if entry.id else "new_id"
        participants.append({key: participant_id, **_values(entry)})
        capacities += [_capacity_row(participant_id, capacity, known, then) for capacity in entry.capacities]
    set_parts(engagement, Participant, participants)
    set_parts(engagement, Capacity, capacities)
    engagement.__dict__[_ENTERED] = tuple(entries)


def participants_of(engagement: Engagement) -> tuple[ParticipantEntry, ...]:
    """Return the participants of an engagement as entries; of an open one, those that it is stored with."""
    if (entered := engagement.__dict__.get(_ENTERED)) is not None:
        return tuple(entered)
    rows = engagement.participants.order_by("position", "pk").prefetch_related("capacities")
    return tuple(
        ParticipantEntry(
            id=row.pk,
            person=row.person_id,
            organization=row.organization_id,
            group=_group_of(row),
            side=row.side,
            role=row.role,
            mode=row.mode,
            response=row.response,
            attendance=row.attendance,
            note=row.note,
            capacities=tuple(
                CapacityEntry(
                    title=one.title, organization=one.organization_id, country=one.country_id, called=one.called
                )
                for one in row.capacities.all()
            ),
        )
        for row in rows
    )


def _group_of(row: Participant) -> GroupEntry | None:
    return GroupEntry(description=row.group_description, count=row.group_count) if row.group_description else None


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


def _names_then(engagement: Engagement, entries: Sequence[ParticipantEntry]) -> dict[UUID, str]:
    """Return what the bodies were called on the day of a stored engagement: shown to readers, and not stored."""
    called = [capacity for entry in entries for capacity in entry.capacities if capacity.called]
    bodies = [one.organization for one in called if isinstance(one.organization, UUID)]
    return {} if engagement.is_new else names_then(bodies, engagement.held_latest)


def _capacity_row(
    participant_id: UUID, entry: CapacityEntry, known: dict[tuple[Any, ...], UUID], then: dict[UUID, str]
) -> Row:
    values = {name: getattr(entry, name) for name in _CAPACITY}
    is_stored = (participant_id, *values.values()) in known
    if values["called"] and not is_stored and values["called"] == then.get(values["organization"], ""):
        values["called"] = ""
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
