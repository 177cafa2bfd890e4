"""The status as acts and the clock have recorded it, and the changes that time alone brings."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from engagements.agreements.models import Agreement
from engagements.agreements.rules import CurrentStatus, current_status, periods_of, with_names
from engagements.agreements.services.agreement_changes import SUPERSEDED, change_agreement
from engagements.agreements.services.mappers import case_as_stored
from engagements.agreements.services.presenters import NAMED_PARTS, names_of
from engagements.agreements.services.statuses import RULES_EDITION, write_current, write_status
from engagements.agreements.services.supersessions import find_contradicted
from engagements.agreements.vocabulary import Status
from sgoffice.changes import clock
from sgoffice.changes.derivations import derives
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry


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
    with change_agreement(agreement_id, verb="clock", by=by, expected=version, reason=reason) as row:
        write_current(row, case, periods, current)


def find_outdated(day: date, without: Collection[UUID]) -> list[clock.ScheduledChange]:
    """Return agreements whose status was computed by other rules or another setting, or contradicts a relation."""
    is_outdated = ~Q(rules_edition=RULES_EDITION) | ~Q(attestations_hold=settings.ATTESTATIONS_HOLD)
    is_outdated |= Q(pk__in=find_contradicted())
    rows: Any = Agreement.objects.live().filter(is_outdated).exclude(pk__in=list(without)).order_by("pk")
    return [clock.ScheduledChange(pk, day) for pk in rows.values_list("pk", flat=True)[: clock.BATCH]]


def compute_status_anew(agreement_id: UUID, *, by: Actor) -> None:
    """Compute the status of an agreement by the rules and the setting of today; its readers and partners get it."""
    by.require(Permission.WRITE)
    hold: str = settings.ATTESTATIONS_HOLD
    before = Agreement.objects.values_list("attestations_hold", flat=True).get(pk=agreement_id)
    reason = "The status is computed by other rules than before."
    if agreement_id in find_contradicted([agreement_id]):
        reason = SUPERSEDED
    elif before and before != hold:
        reason = f"What a source states of a day now holds for {hold} instead of {before}."
    with change_agreement(agreement_id, verb="clock", by=by, expected=ANY_VERSION, reason=reason) as row:
        write_status(row, case_as_stored(row))


@derives(Agreement.record_kind)
def keep_status(agreement: Agreement) -> None:
    """Compute what is kept of an agreement's status beside its row, by what the row tells of settings and others."""
    case = case_as_stored(agreement)
    periods = periods_of(case)
    write_current(agreement, case, periods, current_status(case, periods, agreement.changed_on))


def _reason(current: CurrentStatus, agreement: Agreement) -> str:
    """Return the day, the new status, and the rule that brought it."""
    period, term = current.period, current.term
    sentence = with_names(period.sentence, names_of(agreement))
    if term is not None and term.number and term.start == current.since:
        return f"{current.since}: renewed tacitly until {term.end} (renewal number {term.number}). {sentence}"
    return f"{current.since}: {Status(period.status).label.lower()}. {sentence}"
