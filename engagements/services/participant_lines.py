"""The participants of an engagement as readers see them: one line for each, called as on the day."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from engagements.models import Capacity, Engagement, Participant
from engagements.vocabulary import Attendance
from sgoffice.directory.rules import name_then

#: What the lines of one participant say first stands: the first value that says something.
_SAID_BY_ANY = ("role", "note", "response", "attendance")
_NOTHING = frozenset({"", Attendance.NOT_STATED})


def participant_lines(engagement: Engagement) -> list[Participant]:
    """Return the participants, those of merged records as one line with the capacities of all (`lines`).

    Nothing is written: if the merge is undone, each has its own line again. An organization that was called otherwise
    on the day is shown under the name of then (`called`).
    """
    found: dict[tuple[Any, ...], Participant] = {}
    for participant in engagement.participants.all():
        kept = found.setdefault(_key(participant), participant)
        if kept is not participant and kept.organization_id and kept.organization_id == participant.organization_id:
            kept = found.setdefault((participant.pk,), participant)  # two lines of one organization were meant so
        capacities = [_as_then(capacity, engagement) for capacity in participant.capacities.all()]
        if kept is participant:
            participant.shown_capacities = _once(capacities)
            continue
        kept.shown_capacities = _once([*kept.shown_capacities, *capacities])
        for name in _SAID_BY_ANY:
            if getattr(kept, name) in _NOTHING:
                setattr(kept, name, getattr(participant, name))
    return list(found.values())


def _key(participant: Participant) -> tuple[Any, ...]:
    if participant.person is not None:
        return ("person", participant.person.survivor.pk)
    if participant.organization is not None:
        return ("organization", participant.organization.survivor.pk, participant.side)
    return ("group", participant.pk)


def _once(capacities: Iterable[Capacity]) -> list[Capacity]:
    """Return the capacities without those that say the same of one body."""
    found: dict[tuple[Any, ...], Capacity] = {}
    for one in capacities:
        body: UUID | None = one.organization.survivor.pk if one.organization else None
        found.setdefault((one.title, body, one.country_id, one.called), one)
    return list(found.values())


def _as_then(capacity: Capacity, engagement: Engagement) -> Capacity:
    if capacity.organization is not None and not capacity.called:
        capacity.called = name_then(capacity.organization.other_names, engagement.held_latest)
    return capacity
