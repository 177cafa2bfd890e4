"""When a clause on entry into force is met: the day, what it still waits for, or that the day is not known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engagements.agreements.rules.case import ActFact, Case, who_did
from engagements.agreements.rules.clauses import Clause
from engagements.agreements.rules.spans import Window, earliest_of, latest_of, nth_of
from engagements.agreements.vocabulary import ActKind, ClauseKind

#: By which a party says that it is bound.
CONSENT = (ActKind.RATIFICATION, ActKind.ACCEPTANCE, ActKind.APPROVAL, ActKind.ACCESSION)


@dataclass(frozen=True)
class Outcome:
    """Where a clause stands: met on a day in `window`, or waiting for what `awaiting` says.

    Met without a window: what it waits for has happened on a day of which nothing is known.
    """

    window: Window | None = None
    awaiting: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        """Nothing is missing."""
        return not self.awaiting


def reckon(clause: Clause, case: Case) -> Outcome:
    """Return where a clause stands by the acts of the case."""
    found = _RECKONERS[ClauseKind(clause.kind)](clause, case)
    if found.window is None:
        return found
    return Outcome(found.window.after(clause.after, at_start_of_month=clause.at_start_of_month), found.awaiting)


def unmet(clause: Clause, case: Case) -> Iterator[tuple[Clause, Outcome]]:
    """Yield the simple clauses that a clause still waits for; of several of which one is enough, all of them."""
    outcome = reckon(clause, case)
    if outcome.is_met:
        return
    if clause.clauses:
        for item in clause.clauses:
            yield from unmet(item, case)
    else:
        yield clause, outcome


def _by_all(case: Case, kinds: tuple[str, ...], noun: str) -> Outcome:
    """Each party has done it; the last one counts."""
    acts = case.of_kind(*kinds)
    windows: list[Window | None] = []
    missing: list[str] = []
    for party in case.parties:
        done = who_did(acts, party)
        if done:
            windows.append(_first(done))
        else:
            missing.append(f"{noun} by {{party:{party}}}")
    if missing or not windows:
        return Outcome(None, tuple(missing) or (f"{noun} by the parties",))
    known = [window for window in windows if window is not None]
    return Outcome(latest_of(known) if len(known) == len(windows) else None)


def _first(acts: list[ActFact]) -> Window | None:
    """Return when the first of these acts was done; None when one of them has no date."""
    windows = [act.date for act in acts if act.date is not None]
    return earliest_of(windows) if len(windows) == len(acts) else None


def _signature_by_all(clause: Clause, case: Case) -> Outcome:
    return _by_all(case, (ActKind.SIGNATURE, ActKind.ACCESSION), "signature")


def _approval_by_all(clause: Clause, case: Case) -> Outcome:
    return _by_all(case, CONSENT, "approval")


def _last_notification(clause: Clause, case: Case) -> Outcome:
    return _by_all(case, (ActKind.NOTIFICATION,), "notification")


def _ratifications(clause: Clause, case: Case) -> Outcome:
    acts = [act for act in case.of_kind(*CONSENT) if not act.by_body]
    if any(act.is_of_all for act in acts):
        ratified = {party: who_did(acts, party) for party in case.parties}
    else:
        ratified = {party: who_did(acts, party) for party in sorted({key for act in acts for key in act.parties})}
    if (lacking := clause.number - len(ratified)) > 0:
        return Outcome(None, (f"{lacking} of {clause.number} ratifications",))
    known = [window for window in (_first(done) for done in ratified.values()) if window is not None]
    return Outcome(nth_of(known, clause.number) if len(known) == len(ratified) else None)


def _approval_by_body(clause: Clause, case: Case) -> Outcome:
    done = [act for act in case.of_kind(ActKind.APPROVAL, ActKind.ADOPTION) if act.by_body == clause.body]
    if not done:
        return Outcome(None, (f"approval by {clause.called}",))
    return Outcome(_first(done))


def _fixed_day(clause: Clause, case: Case) -> Outcome:
    return Outcome(clause.day)


def _all_of(clause: Clause, case: Case) -> Outcome:
    outcomes = [reckon(item, case) for item in clause.clauses]
    if awaiting := tuple(dict.fromkeys(what for item in outcomes for what in item.awaiting)):
        return Outcome(None, awaiting)
    known = [item.window for item in outcomes if item.window is not None]
    return Outcome(latest_of(known) if len(known) == len(outcomes) else None)


def _any_of(clause: Clause, case: Case) -> Outcome:
    outcomes = [reckon(item, case) for item in clause.clauses]
    met = [item for item in outcomes if item.is_met]
    if not met:
        return Outcome(None, (" or ".join(" and ".join(item.awaiting) for item in outcomes),))
    known = [item.window for item in met if item.window is not None]
    return Outcome(earliest_of(known) if len(known) == len(met) else None)


_RECKONERS: dict[str, Callable[[Clause, Case], Outcome]] = {
    ClauseKind.SIGNATURE_BY_ALL: _signature_by_all,
    ClauseKind.APPROVAL_BY_ALL: _approval_by_all,
    ClauseKind.LAST_NOTIFICATION: _last_notification,
    ClauseKind.RATIFICATIONS: _ratifications,
    ClauseKind.APPROVAL_BY_BODY: _approval_by_body,
    ClauseKind.FIXED_DAY: _fixed_day,
    ClauseKind.ALL_OF: _all_of,
    ClauseKind.ANY_OF: _any_of,
}
