"""The agreements that have not ended with a counterpart: how each stands for them, and by when the office must act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from engagements.agreements.models import Agreement, Binding, Deadline, Period
from engagements.agreements.rules import with_names
from engagements.agreements.services import due_of
from engagements.agreements.services.presenters import NAMED_PARTS, names_of
from engagements.agreements.vocabulary import ENDED, ActKind, Basis, Status
from engagements.reports.services import report_types
from engagements.reports.services.report_types import AgreementLine, Mention, mention
from sgoffice.directory.counterparts import SPEAKS_FOR_COUNTRY, Counterparts, Key, keys_named
from sgoffice.records.actors import Actor
from sgoffice.records.date_words import day_in_words
from sgoffice.records.together import read_with_parts

MOST = 50
_OPEN = frozenset(Status) - ENDED
_EXITS = frozenset({ActKind.WITHDRAWAL, ActKind.NOTICE_OF_TERMINATION})


def agreements_with(
    bound: Sequence[frozenset[Key]], everyone: Counterparts, on: date, *, actor: Actor
) -> list[tuple[AgreementLine, ...]]:
    """Return what has not ended on a day with each of these: what is in force first, then by title.

    `everyone` is all of these as one question. What a counterpart has left is not with it any more. Each agreement
    comes with its next deadline.
    """
    rows: Any = Agreement.objects.visible_to(actor).live()
    rows = rows.with_any_counterpart(everyone).with_status(_OPEN, on=on).order_by("sort", "pk")
    read = {
        agreement.pk: agreement
        for agreement in read_with_parts(
            rows,
            *NAMED_PARTS,
            Prefetch("periods", Period.objects.order_by("during")),
            Prefetch("deadlines", Deadline.objects.filter(during__contains=on)),
            Prefetch("bindings", Binding.objects.order_by("during")),
        )
    }
    parties = _bound_parties(read, on)
    return [_lines(wanted, parties, read, on) for wanted in bound]


@dataclass(frozen=True)
class _BoundParty:
    """For whom a party counts, whether it is bound on the day (null: not known), and since which day.

    It `shares` what holds for the agreement where no act of its own decides.
    """

    name: str
    keys: frozenset[Key]
    is_bound: bool | None
    since: date | None = None
    is_sure: bool = True
    shares: bool = True

    def bound_since(self, all_since: date | None) -> date | None:
        """Return since which day it is bound, where all are since a day; None where that is not known exactly."""
        if self.shares:
            return all_since
        return self.since if self.is_sure or self.since == all_since else None


def _bound_parties(agreements: Mapping[UUID, Any], on: date) -> dict[UUID, list[_BoundParty]]:
    """Return by agreement, in this order, the parties that have not left it; what binds them was read before."""
    found: dict[UUID, list[_BoundParty]] = {pk: [] for pk in agreements}
    for agreement in agreements.values():
        bindings = list(agreement.bindings.all())
        for one in agreement.parties.all():
            own = [binding for binding in bindings if binding.party == one.pk and _begins_by(binding, on)]
            last = own[-1] if own else None
            if last is not None and last.is_bound is False and last.by in _EXITS:
                continue
            keys = keys_named(organization=one.organization, country=one.country_id, classes=SPEAKS_FOR_COUNTRY)
            line = _BoundParty(str(one), frozenset(keys), is_bound=True)
            if last is not None:
                since, is_sure = _bound_since(own)
                line = replace(line, is_bound=last.is_bound, since=since, is_sure=is_sure, shares=not last.by)
            found[agreement.pk].append(line)
    return found


def _begins_by(binding: Binding, on: date) -> bool:
    return binding.during.lower is None or binding.during.lower <= on


def _bound_since(bindings: Sequence[Binding]) -> tuple[date | None, bool]:
    """Return the first day of the time in which a party is bound, and whether it surely was not bound before."""
    first = next((place for place in range(len(bindings), 0, -1) if not bindings[place - 1].is_bound), 0)
    if first == len(bindings):
        return None, True
    return bindings[first].during.lower, not first or bindings[first - 1].is_bound is False


def _lines(
    wanted: frozenset[Key], parties: Mapping[UUID, list[_BoundParty]], read: Mapping[UUID, Agreement], on: date
) -> tuple[AgreementLine, ...]:
    """Return the lines of one counterpart, at most fifty."""
    theirs = {pk: [one for one in those if not one.keys.isdisjoint(wanted)] for pk, those in parties.items()}
    lines = [_agreement_line(read[pk], those, on) for pk, those in theirs.items() if those and pk in read]
    return tuple(sorted(lines, key=lambda line: line.is_in_force is not True)[:MOST])


def nearest_deadline(agreements: Iterable[AgreementLine]) -> report_types.Deadline | None:
    """Return the nearest deadline of these agreements."""
    found = [agreement.deadline for agreement in agreements if agreement.deadline is not None]
    return min(found, key=lambda one: (one.on, one.agreement.label), default=None)


def _agreement_line(agreement: Agreement, theirs: Sequence[_BoundParty], on: date) -> AgreementLine:
    periods = list(agreement.periods.all())
    place = next(number for number, one in enumerate(periods) if _holds(one, on))
    period = periods[place]
    itself = mention(agreement)
    since = _in_force_since(periods, place)
    return AgreementLine(
        record=itself,
        instrument=agreement.instrument,
        parties=tuple(str(party) for party in agreement.parties.all()),
        status=period.status,
        is_in_force=_is_in_force(period, theirs),
        since=_since_for(theirs, since) if period.basis == Basis.COMPUTED else None,
        basis=period.basis,
        sentence=with_party_names(period.sentence, agreement) + _unbound(period, theirs) + _bound_later(theirs, since),
        deadline=_next(agreement, itself, on),
    )


def _in_force_since(periods: Sequence[Period], place: int) -> date | None:
    """Return since which day it is in force; None where it is not, or where that day is not known exactly."""
    if periods[place].status != Status.IN_FORCE:
        return None
    first = max((number + 1 for number in range(place) if periods[number].status != Status.IN_FORCE), default=0)
    start = periods[first].during.lower
    is_exact = not first or periods[first - 1].status != Status.NOT_KNOWN or periods[first].as_of == start
    return start if is_exact else None


def _since_for(theirs: Sequence[_BoundParty], since: date | None) -> date | None:
    """Return since which day it is in force for the first of these parties; None where that is not known."""
    bound = [one.bound_since(since) for one in theirs if one.is_bound]
    known = [one for one in bound if one is not None]
    return min(known) if known and len(known) == len(bound) else None


def _bound_later(theirs: Sequence[_BoundParty], since: date | None) -> str:
    """Say since when parties are bound that came later, or came back."""
    later = [(one.name, one.bound_since(since)) for one in theirs if one.is_bound]
    return "".join(
        f" It binds {name} since {day_in_words(day)}." if day else f" Since when it binds {name} is not known exactly."
        for name, day in later
        if day != since
    )


def _is_in_force(period: Period, theirs: Sequence[_BoundParty]) -> bool | None:
    """Tell whether the agreement is in force for one of these parties."""
    states = {one.is_bound for one in theirs}
    if not period.is_in_force or True in states:
        return period.is_in_force
    return None if None in states else False


def _unbound(period: Period, theirs: Sequence[_BoundParty]) -> str:
    """Return the sentence on parties that an agreement in force does not bind, or may not."""
    state = _is_in_force(period, theirs)
    if not period.is_in_force or state is True:
        return ""
    names = " and ".join(one.name for one in theirs)
    return f" Whether it binds {names} is not known." if state is None else f" It does not bind {names}."


def _next(agreement: Any, itself: Mention, on: date) -> report_types.Deadline | None:
    """Return the first of its deadlines with a day; those that hold on the day were read before."""
    found = (due_of(row, on) for row in agreement.deadlines.all())
    dated = [(due.day, due) for due in found if due is not None and due.day is not None]
    if not dated:
        return None
    day, due = min(dated, key=lambda one: (one[0], one[1].kind))
    return report_types.Deadline(
        agreement=itself, kind=due.kind, on=day, status=due.status, sentence=with_party_names(due.sentence, agreement)
    )


def _holds(period: Period, on: date) -> bool:
    first, until = period.during.lower, period.during.upper
    return (first is None or first <= on) and (until is None or on < until)


def with_party_names(sentence: str, agreement: Agreement) -> str:
    """Return a sentence of the rules with the names of parties and bodies in place of their keys."""
    return with_names(sentence, names_of(agreement))
