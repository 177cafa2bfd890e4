"""Periods and computed dates in words: keys of parties and bodies become names, windows become EDTF."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from engagements.agreements.models import Act, Agreement, Period
from engagements.agreements.rules import (
    Case,
    Window,
    end_of_first_term,
    expected_entry,
    last_day_for_notice,
    with_names,
)
from engagements.agreements.rules.case import rank_of
from engagements.agreements.rules.turning import RUNNING, running_term

Names = Callable[[str, str], str]


def names_of(agreement: Agreement) -> Names:
    """Return the look-up of the names that sentences leave open, from parts that were read before."""
    known = {("party", party.key): str(party) for party in agreement.parties.all()}
    known |= {("body", str(act.by_body_id)): act.by_body.name for act in agreement.acts.all() if act.by_body}
    return lambda kind, key: known.get((kind, key), key)


def told(period: Period, names: Names) -> dict[str, Any]:
    """Return a period as readers get it."""
    return {
        "start": period.during.lower,
        "end": period.during.upper,
        "status": period.status,
        "basis": period.basis,
        "is_in_force": period.is_in_force,
        "as_of": period.as_of,
        "sentence": with_names(period.sentence, names),
    }


def noted(agreement: Agreement, case: Case, names: Names) -> dict[str, Any]:
    """Return where an agreement stands on the day of its last turn, and until the next one."""
    day = agreement.turned_on
    period = next(one for one in agreement.periods.all() if day in one.during)
    term = running_term(case, day) if period.status in RUNNING else None
    return told(period, names) | {
        "turned_on": day if day > date.min else None,
        "next_turn_on": agreement.next_turn_on,
        "renewals": term.number if term else 0,
        "term_ends": term.end if term else None,
        "last_day_for_notice": term.last_day_for_notice if term else None,
    }


def computed(case: Case, names: Names) -> dict[str, Any]:
    """Return what the clauses of an agreement bring by themselves."""
    entry = expected_entry(case)
    return {
        "enters_into_force": edtf(entry.window if entry else None),
        "awaiting": [with_names(what, names) for what in (entry.awaiting if entry else ())],
        "first_term_ends": edtf(end_of_first_term(case)),
        "last_day_for_notice": edtf(last_day_for_notice(case)),
    }


def edtf(window: Window | None) -> str | None:
    """Return a window as EDTF; None when nothing is known of it."""
    if window is None or window.is_unbounded:
        return None
    first, last = window.earliest.isoformat(), window.latest.isoformat()
    shorter = (first, first[:7], first[:4], f"{first[:3]}X")
    return next((text for text in shorter if Window.of(text) == window), f"{first}/{last}")


def in_order(acts: Iterable[Act]) -> list[Act]:
    """Return acts as they happened: by earliest day, exact before imprecise, those without a day last."""

    def when(act: Act) -> tuple[date, date, int, int]:
        first, last = act.date_earliest or date.max, act.date_latest or date.max
        return (first, last, rank_of(act.kind), act.position)

    return sorted(acts, key=when)
