"""The term of an appointment that is open: its boundary days by the rule of its day, and its state by them."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from appointments.models import Appointment, Post, TermRule
from appointments.querysets import AppointmentQuerySet
from appointments.rules import (
    RuleInForce,
    Term,
    add_months,
    require_expected_in_time,
    require_legal_term,
    require_life_of_post,
    require_order_of_dates,
    rule_on,
)
from appointments.services.term_checks import dates_of, has_begun, life_of, require_bodies_of_rule
from appointments.vocabulary import BEGIN_BY_THEMSELVES, TERMS, AppointmentKind, AppointmentState
from sgoffice.changes import clock
from sgoffice.changes.door import current_actor
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.partial_dates import PartialDate
from sgoffice.records.readership import Readership


def set_term(appointment: Appointment) -> None:
    """Choose the boundary days of the term and check the rules, with the post locked.

    The days, which the appointment stores, follow from terms that all of its readers may read. A refusal names terms
    that the actor may see; for the others the database refuses, in words that tell only an approver why.
    """
    post = Post.objects.select_for_update(no_key=True).get(pk=appointment.post_id)
    dates = dates_of(appointment)
    if dates.start is not None:
        require_life_of_post(dates.start, life_of(post))
    require_order_of_dates(dates, today=clock.day_of_transaction())
    rules = [_rule(rule) for rule in TermRule.objects.live().filter(post=appointment.post_id)]
    others = Appointment.objects.live().of_post(appointment.post_id).exclude(pk=appointment.pk)
    start = _chosen_start(appointment, _terms(others.readable_by_readers_of(Readership.of(appointment))))
    rule = rule_on(appointment.appointed_earliest or start, rules)
    if rule is not None and appointment.kind in TERMS and appointment.deviation is None:
        require_expected_in_time(dates, rule)
        require_bodies_of_rule(appointment, start)
    appointment.during = DateRange(start, _chosen_end(appointment, start, rule))
    require_legal_term(_term(appointment), _terms(others.visible_to(current_actor())), rules)


def settle_state(appointment: Appointment) -> None:
    """Say in which state a term is that was just recorded: over, begun by itself, or not yet in office."""
    end = appointment.end_latest
    if end is not None and end <= clock.day_of_transaction():
        appointment.state = AppointmentState.ENDED
    elif appointment.kind in BEGIN_BY_THEMSELVES and has_begun(appointment):
        appointment.state = AppointmentState.ASSUMED
    else:
        appointment.state = AppointmentState.DESIGNATE


def _terms(rows: AppointmentQuerySet[Appointment]) -> list[Term]:
    return [_term(row) for row in rows.select_related("person") if row.during is not None]


def _chosen_start(appointment: Appointment, others: list[Term]) -> date:
    """Return the first day; if imprecise, the day on which the predecessor left, else the earliest."""
    first, last = appointment.start_earliest, appointment.start_latest
    if first is None or last is None:
        raise InvalidEntry([("/start", "Say when the term begins.")])
    if appointment.kind == AppointmentKind.ACTING:
        return first
    left = [
        term.end for term in others if term.end and term.kind != AppointmentKind.ACTING and first <= term.end <= last
    ]
    return max(left, default=first)


def _chosen_end(appointment: Appointment, start: date, rule: RuleInForce | None) -> date | None:
    if appointment.end is not None:
        # an imprecise boundary is set to its earliest day, where the successor's term begins
        end = appointment.end_earliest
        return end if end is None or end > start else appointment.end_latest
    if rule is not None and rule.term_months is not None and appointment.kind in TERMS:
        return add_months(start, rule.term_months)
    expected = PartialDate.parse(appointment.expected_end) if appointment.expected_end else None
    return expected.latest if expected else None


def _term(appointment: Appointment) -> Term:
    return Term(
        person=appointment.person.merged_into_id or appointment.person_id,
        kind=appointment.kind,
        start=appointment.during.lower,
        end=appointment.during.upper,
        appointed=appointment.appointed_earliest,
        start_latest=appointment.start_latest,
        end_earliest=appointment.end_earliest,
        has_deviation=appointment.deviation is not None,
    )


def _rule(rule: TermRule) -> RuleInForce:
    return RuleInForce(
        rule.valid.lower, rule.valid.upper, rule.term_months, rule.reappointments_allowed, rule.legal_basis
    )
