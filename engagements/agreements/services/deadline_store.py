"""The stored deadlines of an agreement: written with its periods, read as of a day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from engagements.agreements.models import Agreement, Deadline
from engagements.agreements.rules import (
    Case,
    DeadlineFact,
    Due,
    Duration,
    PeriodFact,
    Renewals,
    deadlines_of,
    due_for_notice,
)

_COLUMNS = ("kind", "during", "day", "status", "sentence", "body_id", "renews_from")
#: This many last days for notice are stored one by one from the last change on: nearly all questions are about these.
_AHEAD = 2


def write_deadlines(agreement: Agreement, case: Case, periods: Sequence[PeriodFact]) -> None:
    """Replace the deadlines where they differ; within change() of their agreement, once its current status is set."""
    wanted = [row for fact in deadlines_of(case, periods) for row in _rows(fact, agreement)]
    rows = Deadline.objects.filter(agreement=agreement.pk)
    if list(rows.order_by("pk").values_list(*_COLUMNS)) != [
        tuple(getattr(row, name) for name in _COLUMNS) for row in wanted
    ]:
        rows.delete()
        Deadline.objects.bulk_create(wanted)


def due_of(row: Deadline, on: date) -> Due | None:
    """Return what is due by a stored deadline that is open on a day; its agreement was read with it."""
    if row.renews_from is None:
        return Due(row.kind, row.day, row.sentence, row.status, str(row.body_id or ""))
    agreement = row.agreement
    return due_for_renewal(row.renews_from, agreement.tacit_renewal, agreement.notice_period, on)


def due_about(agreement: Agreement, on: date) -> list[Due]:
    """Return what an agreement asks of the office as of a day, soonest first; what has no day comes last."""
    rows = Deadline.objects.filter(agreement=agreement.pk, during__contains=on).select_related("agreement")
    found = (due_of(row, on) for row in rows)
    return sorted((due for due in found if due is not None), key=lambda due: (due.day or date.max, due.kind, due.body))


def due_for_renewal(renews_from: date, tacit_renewal: str, notice_period: str, on: date) -> Due | None:
    """Return the next last day for notice as of a day, from what is stored."""
    return due_for_notice(Renewals(renews_from, Duration.parse(tacit_renewal), Duration.parse(notice_period)), on)


def _rows(fact: DeadlineFact, agreement: Agreement) -> Iterator[Deadline]:
    if fact.renewals is None:
        yield _row(fact, agreement, fact.start, fact.end, fact.day)
        return
    for start, end, day in _spells(fact, fact.renewals, agreement.changed_on):
        yield _row(fact, agreement, start, end, day)


def _row(fact: DeadlineFact, agreement: Agreement, start: date | None, end: date | None, day: date | None) -> Deadline:
    return Deadline(
        agreement_id=agreement.pk,
        kind=fact.kind,
        during=DateRange(start, end, "[)" if start else "()"),
        day=day,
        status=fact.status,
        sentence=fact.sentence,
        body_id=UUID(fact.body) if fact.body else None,
        renews_from=fact.renewals.first_end if fact.renewals else None,
    )


def _spells(
    fact: DeadlineFact, renewals: Renewals, changed_on: date
) -> Iterator[tuple[date | None, date | None, date | None]]:
    """Yield ranges of days, each with a last day for notice: the exact one for the renewals around the last change.

    In the ranges before and after, it is that of the first renewal: no day of the range has an earlier one, so an index
    finds all that may be due, and due_of() says what is.
    """
    start, end = fact.start or date.min, fact.end or date.max
    first = renewals.next_for_notice(start)
    number = renewals.next_for_notice(min(max(changed_on, start), end))
    if first is None or number is None:
        yield fact.start, fact.end, None
        return
    cuts = [renewals.last_day(one) + timedelta(days=1) for one in range(max(number - 1, first), number + _AHEAD)]
    cuts = [cut for cut in dict.fromkeys(cuts) if start < cut < end]
    for low, high in zip([fact.start, *cuts], [*cuts, fact.end], strict=True):
        following = renewals.next_for_notice(low or start)
        yield low, high, renewals.last_day(following) if following is not None else None
