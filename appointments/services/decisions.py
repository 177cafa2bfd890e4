"""Sessions, decisions and their mandates."""

from collections.abc import Sequence
from uuid import UUID

from appointments.models import Body, Decision, Mandate, Session
from appointments.rules import require_evidence
from appointments.services import decision_links
from appointments.services.duplicates import require_new_decision, require_new_session
from appointments.services.entries import (
    DecisionEntry,
    ImplementationEntry,
    MandateEntry,
    SessionEntry,
    SettlementEntry,
)
from appointments.vocabulary import SessionStatus
from sgoffice.changes.door import Expected, change, create
from sgoffice.changes.references import takes_names
from sgoffice.changes.steps import Steps
from sgoffice.directory.models import Country
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, correction_of, require_exists
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.markings import is_narrower

_NOT_STORED = ("allow_duplicate",)


@takes_names
def convene_session(entry: SessionEntry, *, by: Actor) -> Session:
    """Enter a session of a body.

    Raises RuleViolation if the body has one with that number, PossibleDuplicates if it has one on these days.
    """
    by.require(Permission.WRITE)
    _require_body_and_country(entry, by=by)
    with create(Session, verb="convene_session", by=by) as session:
        assign_fields(session, entry, skip=_NOT_STORED)
        _require_free_number(session, by=by)
        require_new_session(entry, by=by)
    return session


@takes_names
def correct_session(
    session_id: UUID, correction: Correction[SessionEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Session:
    by.require(Permission.WRITE)
    require_exists(Country, {"/country": correction.get("country")}, by=by, field_name="code")
    with change(Session, session_id, verb="correct", by=by, expected=expected, reason=reason) as session:
        assign_fields(session, correction, skip=_NOT_STORED)
        _require_free_number(session, by=by)
    return session


SESSION_STEPS = Steps(columns=Session)
MANDATE_STEPS = Steps(columns=Mandate)


@SESSION_STEPS.declare(
    "hold",
    "Was held",
    summary="Record that a session was held",
    example={"reason": "Its report is out."},
    is_open=lambda session: session.status != SessionStatus.HELD,
)
def hold_session(session_id: UUID, entry: SettlementEntry, *, by: Actor, expected: Expected) -> Session:
    """Raise RuleViolation unless the session is planned."""
    return _record_outcome(session_id, SessionStatus.HELD, entry, by=by, expected=expected)


@SESSION_STEPS.declare(
    "cancel",
    "Was not held",
    summary="Record that a session was not held",
    example={"reason": "Put off by a year."},
    is_open=lambda session: session.status != SessionStatus.NOT_HELD,
)
def cancel_session(session_id: UUID, entry: SettlementEntry, *, by: Actor, expected: Expected) -> Session:
    """Raise RuleViolation unless the session is planned."""
    return _record_outcome(session_id, SessionStatus.NOT_HELD, entry, by=by, expected=expected)


def _record_outcome(
    session_id: UUID, status: SessionStatus, entry: SettlementEntry, *, by: Actor, expected: Expected
) -> Session:
    verb = f"session_{status}"
    with change(Session, session_id, verb=verb, by=by, expected=expected, reason=entry.reason) as session:
        if session.status != SessionStatus.PLANNED:
            raise RuleViolation("The session is no longer planned.", rule="session-is-settled", pointer="/status")
        session.status = status
    return session


@takes_names
def record_decision(entry: DecisionEntry, *, by: Actor) -> Decision:
    """Record a decision of a body.

    Raises RuleViolation if the body has one with that symbol, and for one that would follow or supersede itself;
    PossibleDuplicates if the body has one of that title on those days, or with that symbol in another spelling.
    """
    by.require(Permission.WRITE)
    require_exists(Body, {"/body": entry.body}, by=by)
    with create(Decision, verb="record_decision", by=by) as decision:
        assign_fields(decision, entry, skip=(*_NOT_STORED, *decision_links.FIELDS))
        _require_free_symbol(decision, by=by)
        require_new_decision(entry, by=by)
        decision_links.set_decision_links(decision.pk, correction_of(entry).values)
    return decision


@takes_names
def correct_decision(
    decision_id: UUID, correction: Correction[DecisionEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Decision:
    by.require(Permission.WRITE)
    require_exists(Body, {"/body": correction.get("body")}, by=by)
    with change(Decision, decision_id, verb="correct", by=by, expected=expected, reason=reason) as decision:
        assign_fields(decision, correction, skip=(*_NOT_STORED, *decision_links.FIELDS))
        _require_free_symbol(decision, by=by)
        decision_links.set_decision_links(decision.pk, correction.values)
    return decision


@takes_names
def add_mandate(entry: MandateEntry, *, by: Actor) -> Mandate:
    """Add a mandate of a decision. Raises RuleViolation if it is completed without evidence."""
    by.require(Permission.WRITE)
    _require_decision(entry.decision, by=by)
    require_evidence(entry.status, entry.evidence)
    with create(Mandate, verb="add_mandate", by=by) as mandate:
        assign_fields(mandate, entry)
        _raise_marking(mandate)
        mandate.evidence = _without_blanks(mandate.evidence)
    return mandate


@takes_names
def correct_mandate(
    mandate_id: UUID, correction: Correction[MandateEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Mandate:
    by.require(Permission.WRITE)
    if "decision" in correction:
        _require_decision(correction.get("decision"), by=by)
    with change(Mandate, mandate_id, verb="correct", by=by, expected=expected, reason=reason) as mandate:
        assign_fields(mandate, correction)
        _raise_marking(mandate)
        mandate.evidence = _without_blanks(mandate.evidence)
        require_evidence(mandate.status, mandate.evidence)
    return mandate


@MANDATE_STEPS.declare(
    "report",
    "Report implementation",
    summary="Report on the implementation of a mandate",
    description="`completed` needs evidence.",
    example={"status": "completed", "evidence": ["COUNCIL/42/REP/7"], "reason": "The report was given."},
)
def report_implementation(mandate_id: UUID, entry: ImplementationEntry, *, by: Actor, expected: Expected) -> Mandate:
    """Raise RuleViolation for `completed` without evidence."""
    with change(Mandate, mandate_id, verb="report", by=by, expected=expected, reason=entry.reason) as mandate:
        evidence = _without_blanks(
            [*mandate.evidence, *(item for item in entry.evidence if item not in mandate.evidence)]
        )
        require_evidence(entry.status, evidence)
        mandate.status, mandate.evidence = entry.status, evidence
    return mandate


def _require_free_number(session: Session, *, by: Actor) -> None:
    """Refuse the number of another session that the actor may see; a hidden one keeps its own."""
    others = Session.objects.visible_to(by).live().exclude(pk=session.pk)
    if session.number is not None and others.filter(body=session.body_id, number=session.number).exists():
        detail = "The body has a session with that number."
        raise RuleViolation(detail, rule="session-number", pointer="/number")


def _require_free_symbol(decision: Decision, *, by: Actor) -> None:
    """Refuse the symbol of another decision that the actor may see; a hidden one keeps its own."""
    others = Decision.objects.visible_to(by).live().exclude(pk=decision.pk)
    if decision.symbol and others.filter(body=decision.body_id, symbol=decision.symbol).exists():
        detail = "The body has a decision with that symbol."
        raise RuleViolation(detail, rule="symbol", pointer="/symbol")


def _raise_marking(mandate: Mandate) -> None:
    """Give a mandate no more readers than the decision that it is a paragraph of."""
    decision = mandate.decision
    if is_narrower(decision.marking, than=mandate.marking):
        mandate.marking = decision.marking
        mandate.readers = list(dict.fromkeys([*mandate.readers, *decision.readers]))


def _require_decision(decision: UUID, *, by: Actor) -> None:
    if not Decision.objects.visible_to(by).filter(pk=decision, is_in_error=False).exists():
        raise InvalidEntry([("/decision", f"There is no decision {decision}.")])


def _without_blanks(evidence: Sequence[str]) -> list[str]:
    return [text for text in evidence if text.strip()]


def _require_body_and_country(entry: SessionEntry, *, by: Actor) -> None:
    require_exists(Body, {"/body": entry.body}, by=by)
    require_exists(Country, {"/country": entry.country}, by=by, field_name="code")
