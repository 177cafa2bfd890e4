"""What holds between the office and a counterpart on a day: agreements in force, and decisions that bind us."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q

from appointments.models import Body, Decision, Mandate
from engagements.agreements.models import Act, Agreement, Deadline, Party, Period
from engagements.agreements.rules import with_names
from engagements.agreements.services import due_of
from engagements.agreements.vocabulary import APPROVED_BY, Status
from engagements.models import Engagement
from engagements.querysets import COUNTS_FOR_COUNTRY
from engagements.reports.services import lines
from engagements.reports.services.contacts import one_of
from engagements.reports.services.lines import AgreementInForce, Asked, Binding, Mention, mention
from engagements.rules import Counterparts
from engagements.vocabulary import Relation
from sgoffice.records.actors import Actor
from sgoffice.records.models import Link

MOST = 50


@dataclass(frozen=True)
class Bound:
    """Who is bound: organizations and countries. A person is bound by those for whom they speak."""

    organizations: frozenset[UUID] = frozenset()
    countries: frozenset[str] = frozenset()


def agreements_in_force(bound: Bound, on: date, *, actor: Actor) -> tuple[AgreementInForce, ...]:
    """Return what is in force with them on a day, by title, each with its next deadline."""
    return tuple(in_force(agreement, on) for agreement in read_in_force(bound, on, actor=actor))


def read_in_force(bound: Bound, on: date, *, actor: Actor) -> list[Agreement]:
    """Return the agreements in force with them on a day, by title, with parties, acts, periods and its deadlines."""
    rows: Any = Agreement.objects.visible_to(actor).live()
    ids = list(_with(rows, bound).in_force(on).order_by("sort", "pk").values_list("pk", flat=True)[:MOST])
    found = rows.filter(pk__in=ids).prefetch_related(
        Prefetch("parties", Party.objects.select_related("organization", "country")),
        Prefetch("acts", Act.objects.select_related("by_body")),
        Prefetch("periods", Period.objects.order_by("during")),
        Prefetch("deadlines", Deadline.objects.filter(during__contains=on)),
    )
    by_id = {agreement.pk: agreement for agreement in found}
    return [by_id[key] for key in ids if key in by_id]


def decisions_that_bind(bound: Bound, engagements: Iterable[UUID], on: date, *, actor: Actor) -> tuple[Binding, ...]:
    """Return the decisions until a day that bind us towards them, newest first.

    Those of their own bodies, those that approve an agreement with them, and those that an engagement with them
    concerns.
    """
    through = _through(bound, engagements, actor)
    countries = Q(organization__country__in=bound.countries, organization__classification__in=COUNTS_FOR_COUNTRY)
    bodies = Body.objects.filter(Q(organization__in=bound.organizations) | countries)
    rows = Decision.objects.visible_to(actor).live().filter(Q(body__in=bodies) | Q(pk__in=through))
    rows = rows.filter(Q(adopted_earliest=None) | Q(adopted_earliest__lte=on)).select_related("body")
    mandates = Mandate.objects.visible_to(actor).live().order_by("pk")
    rows = rows.prefetch_related(Prefetch("mandates", mandates)).order_by(
        F("adopted_earliest").desc(nulls_last=True), "pk"
    )
    return tuple(_binding(decision, through.get(decision.pk)) for decision in rows[:MOST])


def nearest(agreements: Iterable[AgreementInForce]) -> lines.Deadline | None:
    """Return the nearest deadline of these agreements."""
    found = [agreement.deadline for agreement in agreements if agreement.deadline is not None]
    return min(found, key=lambda one: (one.on, one.agreement.label), default=None)


def _with(rows: Any, bound: Bound) -> Any:
    theirs = Counterparts(organizations=bound.organizations, countries=bound.countries)
    return rows.with_any_counterpart(theirs)


def in_force(agreement: Agreement, on: date) -> AgreementInForce:
    """Return the line of an agreement that is in force on a day."""
    periods = list(agreement.periods.all())
    place = next(number for number, one in enumerate(periods) if _holds(one, on))
    period = periods[place]
    itself = mention(agreement)
    first = max((number + 1 for number in range(place) if periods[number].status != Status.IN_FORCE), default=0)
    return AgreementInForce(
        record=itself,
        instrument=agreement.instrument,
        parties=tuple(str(party) for party in agreement.parties.all()),
        since=periods[first].during.lower,
        basis=period.basis,
        sentence=told(period.sentence, agreement),
        deadline=_next(agreement, itself, on),
    )


def _next(agreement: Any, itself: Mention, on: date) -> lines.Deadline | None:
    """Return the first of its deadlines that has a day; those that stand on the day were read before."""
    found = (due_of(row, on) for row in agreement.deadlines.all())
    dated = [(due.day, due) for due in found if due is not None and due.day is not None]
    if not dated:
        return None
    day, due = min(dated, key=lambda one: (one[0], one[1].kind))
    return lines.Deadline(
        agreement=itself, kind=due.kind, on=day, status=due.status, sentence=told(due.sentence, agreement)
    )


def _holds(period: Period, on: date) -> bool:
    first, until = period.during.lower, period.during.upper
    return (first is None or first <= on) and (until is None or on < until)


def told(sentence: str, agreement: Agreement) -> str:
    """Return a sentence of the rules with the names of parties and bodies in place of their keys."""
    known = {("party", party.key): str(party) for party in agreement.parties.all()}
    known |= {("body", str(act.by_body_id)): act.by_body.name for act in agreement.acts.all() if act.by_body}
    return with_names(sentence, lambda kind, key: known.get((kind, key), key))


def _through(bound: Bound, engagements: Iterable[UUID], actor: Actor) -> dict[UUID, Mention]:
    """Return by decision the newest agreement or engagement of theirs that is tied to it."""
    agreements = _with(Agreement.objects.visible_to(actor).live(), bound).order_by().values("pk")
    ties = Link.objects.filter(
        Q(relation=APPROVED_BY, source__in=agreements) | Q(relation=Relation.DECISION, source__in=one_of(engagements))
    )
    pairs = list(ties.order_by("source").values_list("source", "target"))
    sources = [source for source, _ in pairs]
    named: dict[UUID, Any] = {**Agreement.objects.in_bulk(sources), **Engagement.objects.in_bulk(sources)}
    return {target: mention(named[source]) for source, target in pairs if source in named}


def _binding(decision: Decision, through: Mention | None) -> Binding:
    return Binding(
        record=mention(decision),
        symbol=decision.symbol,
        title=decision.title,
        body=decision.body.name,
        adopted=decision.adopted,
        through=through,
        mandates=tuple(
            Asked(
                record=mention(mandate),
                text=mandate.text,
                responsible_unit=mandate.responsible_unit,
                due_on=mandate.due_on,
                status=mandate.status,
            )
            for mandate in decision.mandates.all()
        ),
    )
