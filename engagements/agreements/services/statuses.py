"""The status of an agreement as it is stored: periods, bindings, deadlines, and what it is today."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange

from engagements.agreements.models import Agreement, Binding, Period
from engagements.agreements.rules import (
    Case,
    CurrentStatus,
    Duration,
    PeriodFact,
    bindings_of,
    current_status,
    periods_of,
)
from engagements.agreements.services.deadline_store import write_deadlines
from engagements.agreements.services.supersessions import superseded
from sgoffice.changes import clock

#: The name of the clock's pass over agreements.
CLOCK_NAME = "agreements"
#: The edition of the rules: raise it with every change of what they say of the same acts.
RULES_EDITION = 6


def write_status(agreement: Agreement, case: Case) -> None:
    """Write periods, current status and deadlines of an agreement that is open for change."""
    agreement.rules_edition, agreement.attestations_hold = RULES_EDITION, settings.ATTESTATIONS_HOLD
    window = superseded(agreement)
    agreement.superseded_earliest = window.earliest if window else None
    agreement.superseded_latest = window.latest if window else None
    case = replace(case, attestations_hold=Duration.parse(settings.ATTESTATIONS_HOLD), superseded=window)
    periods = periods_of(case)
    day = max(clock.day_reached(CLOCK_NAME), agreement.changed_on)
    write_current(agreement, case, periods, current_status(case, periods, day))


def write_current(agreement: Agreement, case: Case, periods: Sequence[PeriodFact], current: CurrentStatus) -> None:
    """Write what is known of the status, with the one that holds now."""
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
