"""What readers see of an agreement's status: periods and computed dates, with names in place of the rules' keys."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import dropwhile
from typing import Any

from django.db.models import Prefetch

from engagements.agreements.models import Act, Agreement, Party, Period
from engagements.agreements.rules import (
    Case,
    PeriodFact,
    Window,
    bindings_of,
    end_of_first_term,
    expected_entry,
    last_day_for_notice,
    rank_of,
    running_term,
    with_names,
)
from engagements.agreements.rules.scheduled_changes import RUNNING
from sgoffice.records.articles import with_article

Names = Callable[[str, str], str]
#: What names_of() reads, to prefetch with an agreement.
NAMED_PARTS = (
    Prefetch("parties", Party.objects.select_related("organization", "country")),
    Prefetch("acts", Act.objects.select_related("by_body")),
)


def names_of(agreement: Agreement) -> Names:
    """Return the look-up that `with_names` takes, from the agreement's parties and acts."""
    known = {("party", party.key): str(party) for party in agreement.parties.all()}
    known |= {("body", str(act.by_body_id)): act.by_body.name for act in agreement.acts.all() if act.by_body}
    return _look_up(known)


def names_in(document: Mapping[str, Any]) -> Names:
    """Return the same look-up from an agreement's document."""
    named = [party["organization"] or party["country"] for party in document["parties"]]
    bodies = [act["by_body"] for act in document["acts"] if act["by_body"]]
    known = {("party", str(one.get("id") or one["code"])): one["name"] for one in named}
    return _look_up(known | {("body", body["id"]): body["name"] for body in bodies})


def _look_up(known: Mapping[tuple[str, str], str]) -> Names:
    return lambda kind, key: with_article(known.get((kind, key), key))


def present_period(period: Period, names: Names) -> dict[str, Any]:
    return _members(period, period.during.lower, period.during.upper, names)


def present_fact(fact: PeriodFact, names: Names) -> dict[str, Any]:
    """Return a computed period as present_period() returns a stored one."""
    return _members(fact, fact.start, fact.end, names)


def _members(period: Period | PeriodFact, start: date | None, end: date | None, names: Names) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "status": period.status,
        "basis": period.basis,
        "is_in_force": period.is_in_force,
        "as_of": period.as_of,
        "sentence": with_names(period.sentence, names),
    }


def present_bindings(case: Case, facts: Sequence[PeriodFact]) -> dict[str, list[dict[str, Any]]]:
    """Return by its key since when and until when each party is bound; not what comes before its first binding."""
    found = {}
    for key, bindings in bindings_of(case, facts).items():
        begun = dropwhile(lambda one: one.is_bound is False, bindings)
        found[key] = [{"start": one.start, "end": one.end, "is_bound": one.is_bound, "by": one.by} for one in begun]
    return found


def present_current_status(agreement: Agreement, case: Case, names: Names) -> dict[str, Any]:
    """Return the status as the clock last recorded it, since when, and when time alone changes it next."""
    day = agreement.changed_on
    period = next(one for one in agreement.periods.all() if day in one.during)
    term = running_term(case, day) if period.status in RUNNING else None
    return present_period(period, names) | {
        "changed_on": day if day > date.min else None,
        "next_change_on": agreement.next_change_on,
        "renewals": term.number if term else 0,
        "term_ends": term.end if term else None,
        "last_day_for_notice": term.last_day_for_notice if term else None,
    }


def present_computed_dates(agreement: Agreement, case: Case, names: Names) -> dict[str, Any]:
    """Return what the agreement's clauses bring about by themselves."""
    entry = expected_entry(case)
    return {
        "enters_into_force": _edtf(entry.window if entry else None),
        "awaiting": [with_names(what, names) for what in (entry.awaiting if entry else ())],
        "first_term_ends": _edtf(end_of_first_term(case)),
        "last_day_for_notice": _edtf(last_day_for_notice(case)),
        "attestations_hold": agreement.attestations_hold,
        "superseded": _edtf(case.superseded),
    }


def _edtf(window: Window | None) -> str | None:
    if window is None or window.is_unbounded:
        return None
    first, last = window.earliest.isoformat(), window.latest.isoformat()
    shorter = (first, first[:7], first[:4], f"{first[:3]}X")
    return next((text for text in shorter if Window.of(text) == window), f"{first}/{last}")


def acts_in_order(acts: Iterable[Act]) -> list[Act]:
    """Return acts as they happened: by earliest day, exact before imprecise, those without a day last."""

    def when(act: Act) -> tuple[date, date, int, int]:
        first, last = act.date_earliest or date.max, act.date_latest or date.max
        return (first, last, rank_of(act.kind), act.position)

    return sorted(acts, key=when)
