"""The sessions of the General Assembly."""

from typing import Any

from appointments import services
from appointments.facts.bodies import HERE, body_id
from appointments.models import Session
from appointments.vocabulary import SessionStatus
from sgoffice.directory.facts import Report, noted, read_facts, source_of, when
from sgoffice.directory.facts.provenance import is_loaded
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Conflict

_STATUS = {True: SessionStatus.HELD, False: SessionStatus.NOT_HELD, None: SessionStatus.PLANNED}


def load_sessions(report: Report) -> None:
    """Load every session that is not there yet."""
    new = [fact for fact in read_facts(HERE, "general_assembly_sessions") if not is_loaded(origin(fact))]
    for fact in new:
        services.convene_session(_entry(fact), by=OFFICE)
    report(f"{len(new)} sessions of the General Assembly")


def origin(fact: dict[str, Any]) -> str:
    """Return where a session came from: its year, and its number or city."""
    return f"facts:session:{fact['year']}:{fact['number'] or fact['city'] or 'none'}"


def session_by_number(number: int | None) -> Session | None:
    """Return the session of the General Assembly with that number."""
    if number is None:
        return None
    return Session.objects.filter(body__slug="general-assembly", number=number).first()


def conflicts_of(note: str | None, pointer: str) -> tuple[Conflict, ...]:
    """Return what a note calls a conflict."""
    if not note or "CONFLICT:" not in note:
        return ()
    return (Conflict(pointer=pointer, value=note.split("CONFLICT:", 1)[1].strip()),)


def _entry(fact: dict[str, Any]) -> services.SessionEntry:
    return services.SessionEntry(
        body=body_id("general-assembly"),
        number=fact["number"],
        status=_STATUS[fact["held"]],
        begins=when(fact["start_date"]),
        ends=when(fact["end_date"]),
        city=fact["city"] or "",
        country=fact["country"],
        country_name_then=fact["country_name_then"] or "",
        marking="public",
        sources=source_of(fact["source"], fact["verification"]),
        notes=noted(fact, ["note"]),
        conflicts=conflicts_of(fact["note"], "/begins"),
        origin=origin(fact),
    )
