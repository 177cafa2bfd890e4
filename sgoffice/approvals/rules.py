"""Rules of approvals: who may decide, and what can still be decided."""

from sgoffice.approvals.vocabulary import ApprovalState
from sgoffice.records.errors import NotPermitted, RuleViolation

_BASIS = "What opens the register needs two people"


def require_second_person(proposed_by: str, decided_by: str) -> None:
    """Raise RuleViolation if who decides is who proposed."""
    if proposed_by == decided_by:
        detail = "You proposed this yourself. Ask another approver to decide it."
        raise RuleViolation(detail, rule="second-person", basis=_BASIS)


def require_not_about(member: str, *actors: str) -> None:
    """Raise RuleViolation if one of those who propose or decide is the member of staff that it is about."""
    if member in actors:
        detail = "This is about yourself: nobody proposes or decides that. Ask a colleague."
        raise RuleViolation(detail, rule="not-about-oneself", basis=_BASIS)


def require_proposer(proposed_by: str, withdrawn_by: str) -> None:
    """Raise NotPermitted unless who withdraws is who proposed."""
    if proposed_by != withdrawn_by:
        detail = "Only who proposed this withdraws it. An approver can refuse it."
        raise NotPermitted(detail)


def require_pending(state: str) -> None:
    """Raise RuleViolation if the proposal was decided or withdrawn."""
    if state != ApprovalState.PROPOSED:
        detail = f"This was {state} already. Propose it again if it is still wanted."
        raise RuleViolation(detail, rule="approval-state", pointer="/state")


def require_fresh(proposed_for: int | None, now: int | None) -> None:
    """Raise RuleViolation if the record is no longer as it was proposed for."""
    if proposed_for != now:
        detail = (
            f"The record has changed since this was proposed: it was for version {proposed_for}, now it is at {now}. "
            "Refuse it, and ask for a new proposal."
        )
        raise RuleViolation(detail, rule="proposal-is-stale", pointer="/record_version")
