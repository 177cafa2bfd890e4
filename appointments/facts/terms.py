"""The terms of the Secretaries General and of the Presidents."""

from collections.abc import Callable
from typing import Any

from appointments import services
from appointments.facts.bodies import HERE, body_id
from appointments.facts.sessions import conflicts_of, session_by_number
from appointments.models import Post
from appointments.vocabulary import AppointmentKind, EndReason
from sgoffice.directory.facts import Report, noted, person_named, read_facts, source_of, when
from sgoffice.directory.facts.provenance import is_loaded
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation

_KINDS = {"appointed": AppointmentKind.APPOINTMENT, "reappointed": AppointmentKind.REAPPOINTMENT}
_REASONS = {
    "stepped down": EndReason.RESIGNATION,
    "end of term, no further reappointment allowed": EndReason.END_OF_TERM,
}
#: What the file says of entries that no register should show.
_LEFT_OUT = "Leave out of demo data"


def load_secretaries_general(report: Report) -> None:
    """Load every term that is not there yet, in order."""
    new = [fact for fact in read_facts(HERE, "secretary_general_terms") if not is_loaded(f"facts:term:{fact['id']}")]
    for fact in new:
        _appoint(lambda deviation, fact=fact: _term(fact, deviation), fact)
    report(f"{len(new)} terms of Secretaries General")


def load_presidents(report: Report) -> None:
    """Load every President that is not there yet, in order; those that the file leaves out stay out."""
    known = [fact for fact in read_facts(HERE, "presidents") if _LEFT_OUT not in (fact["note"] or "")]
    new = [fact for fact in known if not is_loaded(president_origin(fact))]
    for fact in new:
        _appoint(lambda deviation, fact=fact: _president(fact, deviation), fact)
    report(f"{len(new)} Presidents")


def president_origin(fact: dict[str, Any]) -> str:
    """Return where a President's term came from."""
    return f"facts:president:{fact['name']}"


def _appoint(entry: Callable[[services.Deviation | None], services.AppointmentEntry], fact: dict[str, Any]) -> None:
    """Enter a term; one that breaks the rule of its day is history and carries that as a deviation."""
    try:
        appointment = services.appoint(entry(None), by=OFFICE)
    except RuleViolation as violation:
        source = fact["source"] or ""
        deviation = services.Deviation(rule=violation.rule, reason=violation.detail, source=source)
        appointment = services.appoint(entry(deviation), by=OFFICE)
    if appointment.end is None and appointment.start_earliest is not None:
        services.assume(appointment.pk, on=appointment.start_latest, by=OFFICE, expected=appointment.version)


def _term(fact: dict[str, Any], deviation: services.Deviation | None) -> services.AppointmentEntry:
    held = fact["appointing_session"] or {}
    session = session_by_number(held.get("number"))
    proposal = fact["executive_committee_proposal"]
    sources = source_of(fact["source"], fact["verification"])
    sources += source_of(
        f"the session of {held.get('year')}" if held else None, held.get("verification"), supports=("/appointed_by",)
    )
    person = person_named(fact["person"], sources=source_of(fact["source"], fact["verification"]))
    return services.AppointmentEntry(
        post=Post.objects.get(slug="secretary-general").pk,
        person=person,
        kind=_KINDS[fact["appointment_kind"]],
        number=fact["term_number"],
        title=fact["title"],
        proposed=when(proposal),
        proposed_by=body_id("executive-committee") if proposal else None,
        appointed=when(fact["appointed_on"]),
        appointed_by=body_id("general-assembly") if held else None,
        start=when(fact["start_date"]),
        end=when(fact["end_date"]),
        expected_end=when(fact["expected_end_date"]),
        end_reason=_REASONS.get(fact["end_reason"], ""),
        session=session.pk if session else None,
        deviation=deviation,
        marking="public",
        sources=sources,
        notes=noted(fact, ["id", "given_name", "family_name", "nationality", "birth_year", "end_reason", "note"])
        + noted(held, ["number", "year", "city", "country"]),
        conflicts=conflicts_of(fact["note"], "/start"),
        origin=f"facts:term:{fact['id']}",
    )


def _president(fact: dict[str, Any], deviation: services.Deviation | None) -> services.AppointmentEntry:
    session = session_by_number(fact["elected_at_session"])
    is_acting = (fact["note"] or "").startswith("acting;")
    return services.AppointmentEntry(
        post=Post.objects.get(slug="president").pk,
        person=person_named(fact["name"], sources=source_of(fact["source"], fact["verification"])),
        kind=AppointmentKind.ACTING if is_acting else AppointmentKind.ELECTION,
        appointed_by=body_id("general-assembly") if session else None,
        start=when(fact["start_date"]),
        end=when(fact["end_date"]),
        session=session.pk if session else None,
        deviation=deviation,
        marking="public",
        sources=source_of(fact["source"], fact["verification"]),
        notes=noted(fact, ["nationality", "elected_at_session", "note"]),
        conflicts=conflicts_of(fact["note"], "/start"),
        origin=president_origin(fact),
    )
