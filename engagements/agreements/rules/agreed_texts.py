"""Whether those whom an agreement is to bind have said yes to its text: no clause brings it into force before.

An assembly often approves a draft before it is signed, and a text may name the day of its entry into force: neither
binds a side of which no signature or consent is recorded (Vienna Convention on the Law of Treaties, Articles 11, 24).
"""

from engagements.agreements.rules.case import ActFact, Case
from engagements.agreements.rules.clauses import Outcome, clause_in_words, evaluate_clause
from engagements.agreements.rules.days import Window, earliest_of, latest_of
from engagements.agreements.vocabulary import CONSENT, ActKind, ClauseKind

_YES = (ActKind.SIGNATURE, ActKind.NOTIFICATION, ActKind.CONCLUSION, *CONSENT)
_FEWEST = 2  # parties of an agreement of several


def once_agreed(outcome: Outcome, case: Case) -> Outcome:
    """Return when a clause that is met can bring an agreement into force: not before both sides have signed it."""
    if not outcome.is_met:
        return outcome
    acts = case.of_kind(*_YES)
    if case.of_kind(ActKind.ADOPTION) or any(act.is_of_all for act in acts):
        missing = []
    else:
        missing = [party for party in case.parties if not _of_party(party, acts)]
    if case.is_bilateral and missing:
        return Outcome(None, tuple(f"signature by {{party:{party}}}" for party in missing))
    if len(case.parties) - len(missing) < min(_FEWEST, len(case.parties)):
        return Outcome(None, ("signature by the parties",))
    signed = _signed(case) if case.is_bilateral else None
    if signed is None or outcome.window is None:
        return outcome
    return Outcome(latest_of([outcome.window, signed]))


def how_it_enters(window: Window, case: Case) -> str:
    """Return what brings an agreement into force on a day of this window, as it reads behind that day."""
    clause = case.entry_into_force
    if clause is None:
        return ""
    if clause.kind == ClauseKind.FIXED_DAY and window == clause.day:
        return "the day that it names"
    if window != evaluate_clause(clause, case).window:
        return "on its signature, its conditions having been met before"
    return clause_in_words(clause, is_bilateral=case.is_bilateral)


def _signed(case: Case) -> Window | None:
    """Return when the last of two sides signed for the first time; None if that is not recorded of both."""
    signatures = case.of_kind(ActKind.SIGNATURE)
    days = [[act.date for act in _of_party(party, signatures) if act.date is not None] for party in case.parties]
    return latest_of([earliest_of(own) for own in days]) if days and all(days) else None


def _of_party(party: str, acts: list[ActFact]) -> list[ActFact]:
    return [act for act in acts if act.is_of_all or party in act.parties]
