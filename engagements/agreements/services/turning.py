"""Where an agreement stands as far as acts and the clock have noted it; the turns that time alone brings."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch

from engagements.agreements.models import Act, Agreement, Party, Period
from engagements.agreements.rules import Case, PeriodFact, Turning, periods_of, turning_on, with_names
from engagements.agreements.services.foreseeing import write_deadlines
from engagements.agreements.services.reading import case_as_stored
from engagements.agreements.vocabulary import Status
from sgoffice.changes import clock
from sgoffice.changes.door import change
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry

#: The name of the pass that notes the turns of agreements.
TURNS = "agreements"


def settle(agreement: Agreement, case: Case, facts: Sequence[PeriodFact]) -> None:
    """Set where an agreement that is open stands, on the day up to which the clock has noted everything.

    Its deadlines are written with that.
    """
    day = max(clock.day_reached(TURNS), agreement.turned_on)
    _set_turn(agreement, turning_on(case, facts, day))
    write_deadlines(agreement, case, facts)


def due_turns(day: date, without: Collection[UUID]) -> list[clock.ScheduledChange]:
    """Return what turns on the first day, until the given one, on which anything turns; at most a batch of it."""
    rows: Any = Agreement.objects.live().filter(next_turn_on__lte=day).exclude(pk__in=list(without))
    found = rows.order_by("next_turn_on", "pk").values_list("pk", "next_turn_on")[: clock.BATCH]
    turns = [clock.ScheduledChange(*row) for row in found]
    return [turn for turn in turns if turn.on == turns[0].on]


def note_turn(agreement_id: UUID, *, on: date, by: Actor) -> None:
    """Note that time brought a turn on its day: the agreement is reckoned with anew, and its document says so.

    Does nothing when the turn of that day was noted already. Raises StaleVersion when somebody else changed the
    agreement meanwhile.
    """
    by.require(Permission.WRITE)
    version = Entry.objects.values_list("version", flat=True).get(pk=agreement_id)  # before anything else is read
    agreement = Agreement.objects.prefetch_related(
        Prefetch("parties", Party.objects.select_related("organization", "country")),
        Prefetch("acts", Act.objects.select_related("by_body")),
    ).get(pk=agreement_id)
    if agreement.next_turn_on != on:
        return
    case = case_as_stored(agreement)
    facts = periods_of(case)
    turn = turning_on(case, facts, on)
    with change(Agreement, agreement_id, verb="clock", by=by, expected=version, reason=_told(turn, agreement)) as row:
        write_periods(row, facts)
        _set_turn(row, turn)
        write_deadlines(row, case, facts)


def write_periods(agreement: Agreement, facts: Sequence[PeriodFact]) -> None:
    """Write the periods anew where they differ; within change() of their agreement, under its lock."""
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


def _set_turn(agreement: Agreement, turn: Turning) -> None:
    agreement.turned_on, agreement.next_turn_on = turn.since or date.min, turn.until


def _told(turn: Turning, agreement: Agreement) -> str:
    """Return the day, what the agreement turned into, and by which rule."""
    period, term = turn.period, turn.term
    known = {("party", party.key): str(party) for party in agreement.parties.all()}
    known |= {("body", str(act.by_body_id)): act.by_body.name for act in agreement.acts.all() if act.by_body}
    sentence = with_names(period.sentence, lambda kind, key: known.get((kind, key), key))
    if term is not None and term.number and term.start == turn.since:
        return f"{turn.since}: renewed tacitly until {term.end} (renewal number {term.number}). {sentence}"
    return f"{turn.since}: {Status(period.status).label.lower()}. {sentence}"
