"""The status as acts and the clock have recorded it, and the changes that time alone brings."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from engagements.agreements.models import Agreement, Binding, Period
from engagements.agreements.rules import (
    Case,
    CurrentStatus,
    Duration,
    PeriodFact,
    bindings_of,
    current_status,
    periods_of,
    with_names,
)
from engagements.agreements.services.deadline_store import write_deadlines
from engagements.agreements.services.mappers import case_as_stored
from engagements.agreements.services.presenters import NAMED_PARTS, names_of
from engagements.agreements.vocabulary import Status
from sgoffice.changes import clock
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry

#: The name of the clock's pass over agreements.
CLOCK_NAME = "agreements"


#: The edition of the rules: raise it with every change of what they say of the same acts.
RULES_EDITION = 1


def write_status(agreement: Agreement, case: Case) -> None:
    """Write periods, current status and deadlines of an agreement that is open for change."""
    agreement.rules_edition, agreement.attestations_hold = RULES_EDITION, settings.ATTESTATIONS_HOLD
    case = replace(case, attestations_hold=Duration.parse(settings.ATTESTATIONS_HOLD))
    periods = periods_of(case)
    day = max(clock.day_reached(CLOCK_NAME), agreement.changed_on)
    _write(agreement, case, periods, current_status(case, periods, day))


def find_due_changes(day: date, without: Collection[UUID]) -> list[clock.ScheduledChange]:
    """Return the changes of the first day, up to the given one, that has any; at most a batch."""
    rows: Any = Agreement.objects.live().filter(next_change_on__lte=day).exclude(pk__in=list(without))
    found = rows.order_by("next_change_on", "pk").values_list("pk", "next_change_on")[: clock.BATCH]
    changes = [clock.ScheduledChange(*row) for row in found]
    return [change for change in changes if change.on == changes[0].on]


def apply_scheduled_change(agreement_id: UUID, *, on: date, by: Actor) -> None:
    """Record a change on its day: recompute the agreement and update its document.

    Does nothing when the change of that day has already been recorded. Raises StaleVersion when somebody else has
    changed the agreement meanwhile.
    """
    by.require(Permission.WRITE)
    version = Entry.objects.values_list("version", flat=True).get(pk=agreement_id)  # before anything else is read
    agreement = Agreement.objects.prefetch_related(*NAMED_PARTS).get(pk=agreement_id)
    if agreement.next_change_on != on:
        return
    case = case_as_stored(agreement)
    periods = periods_of(case)
    current = current_status(case, periods, on)
    reason = _reason(current, agreement)
    with change(Agreement, agreement_id, verb="clock", by=by, expected=version, reason=reason) as row:
        _write(row, case, periods, current)


def find_outdated(day: date, without: Collection[UUID]) -> list[clock.ScheduledChange]:
    """Return agreements whose status was computed by other rules, or while statements held for another time."""
    is_outdated = ~Q(rules_edition=RULES_EDITION) | ~Q(attestations_hold=settings.ATTESTATIONS_HOLD)
    rows: Any = Agreement.objects.live().filter(is_outdated).exclude(pk__in=list(without)).order_by("pk")
    return [clock.ScheduledChange(pk, day) for pk in rows.values_list("pk", flat=True)[: clock.BATCH]]


def compute_status_anew(agreement_id: UUID, *, by: Actor) -> None:
    """Compute the status of an agreement by the rules and the setting of today; its readers and partners get it."""
    by.require(Permission.WRITE)
    hold: str = settings.ATTESTATIONS_HOLD
    before = Agreement.objects.values_list("attestations_hold", flat=True).get(pk=agreement_id)
    reason = "The status is computed by other rules than before."
    if before and before != hold:
        reason = f"What a source states of a day now holds for {hold} instead of {before}."
    with change(Agreement, agreement_id, verb="clock", by=by, expected=ANY_VERSION, reason=reason) as row:
        write_status(row, case_as_stored(row))


def _write(agreement: Agreement, case: Case, periods: Sequence[PeriodFact], current: CurrentStatus) -> None:
    _write_periods(agreement, periods)
    _write_bindings(agreement, case, periods)
    agreement.changed_on, agreement.next_change_on = current.since or date.min, current.until
    write_deadlines(agreement, case, periods)


def _write_periods(agreement: Agreement, facts: Sequence[PeriodFact]) -> None:
    wanted = [
        Period(
            agreement_id=agreement.pk,
            during=DateRange(fact.start, fact.end, "[)" if fact.start else "()"),
            status=fact.status,
            basis=fact.basis,
            is_in_force=fact.is_in_force,
            as_of=fact.as_of,
            sentence=fact.sentence,
        )
        for fact in facts
    ]
    columns = ("during", "status", "basis", "is_in_force", "as_of", "sentence")
    kept = list(Period.objects.filter(agreement=agreement.pk).order_by("during").values_list(*columns))
    if kept != [tuple(getattr(period, name) for name in columns) for period in wanted]:
        Period.objects.filter(agreement=agreement.pk).delete()
        Period.objects.bulk_create(wanted)


def _write_bindings(agreement: Agreement, case: Case, periods: Sequence[PeriodFact]) -> None:
    """Write since when each party is bound; `case` has its parties in the order of the rows."""
    found = bindings_of(case, periods)
    wanted = [
        Binding(
            agreement_id=agreement.pk,
            party=party_id,
            during=DateRange(fact.start, fact.end, "[)" if fact.start else "()"),
            is_bound=fact.is_bound,
            by=fact.by,
        )
        for party_id, key in case.party_ids
        for fact in found[key]
    ]
    columns = ("party", "during", "is_bound", "by")
    kept = list(Binding.objects.filter(agreement=agreement.pk).values_list(*columns))
    if sorted(kept, key=repr) != sorted((tuple(getattr(one, name) for name in columns) for one in wanted), key=repr):
        Binding.objects.filter(agreement=agreement.pk).delete()
        Binding.objects.bulk_create(wanted)


def _reason(current: CurrentStatus, agreement: Agreement) -> str:
    """Return the day, the new status, and the rule that brought it."""
    period, term = current.period, current.term
    sentence = with_names(period.sentence, names_of(agreement))
    if term is not None and term.number and term.start == current.since:
        return f"{current.since}: renewed tacitly until {term.end} (renewal number {term.number}). {sentence}"
    return f"{current.since}: {Status(period.status).label.lower()}. {sentence}"
