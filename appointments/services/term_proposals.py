"""What two people do to a term of office: appoint, extend, correct its dates. One proposes it; nothing of it is stored.

The rules run when it is proposed, and again when it is carried out (appointments/approvals.py). Why two people:
docs/decisions/0020. The database holds it with the trigger `term_is_appointed_by_two`.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from appointments.models import Appointment
from appointments.vocabulary import AppointmentState
from sgoffice.approvals.services import propose_of_record
from sgoffice.changes import second_person
from sgoffice.records.actors import Actor
from sgoffice.records.entries import to_json

APPOINT: Final = "appoint"
EXTEND: Final = "extend"
CORRECT_TERM: Final = "correct_term"

#: What makes somebody the holder of a post, and until when.
TERM: Final = ("appointed", "start", "end", "expected_end")
#: What is put back where one person alone would have changed it.
_PUT_BACK: Final = (*TERM, "kind", "during", "state", "end_reason")


def is_changed_alone(appointment: Appointment, before: Mapping[str, Any], *, by: Actor) -> bool:
    """Tell whether an open appointment has another term than before, at the hand of one person alone."""
    names = (*TERM, "kind", "during", "state")
    return second_person.is_one_person(by) and any(getattr(appointment, name) != before[name] for name in names)


def term_before(appointment: Appointment) -> dict[str, Any]:
    """Return the term of an appointment as it is, to be put back."""
    return {name: getattr(appointment, name) for name in _PUT_BACK}


#: The term of a new appointment: none, while it is only proposed.
NO_TERM: Final[Mapping[str, Any]] = {
    **dict.fromkeys(TERM), "during": None, "state": AppointmentState.PROPOSED, "end_reason": "",
}  # fmt: skip


def put_back(appointment: Appointment, before: Mapping[str, Any]) -> dict[str, Any]:
    """Put the term back as it was, and return what was given instead, for the proposal."""
    given = {name: getattr(appointment, name) for name in (*TERM, "kind", "end_reason")}
    for name, value in before.items():
        setattr(appointment, name, value)
    return {name: value for name, value in given.items() if value != before.get(name, value)}


def propose_term(
    action: str, appointment_id: UUID, content: Mapping[str, Any], *, by: Actor, purpose: str = ""
) -> None:
    """Propose something about a term to a second person."""
    given = to_json(content)
    second_person.note_proposal(propose_of_record(action, appointment_id, by=by, purpose=purpose, content=given))
