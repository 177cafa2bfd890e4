"""Deadlines that somebody set: action items, mandates, terms of office, requests that want an answer."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from appointments.models import Appointment, Decision, Mandate, TermRule
from appointments.services import end_of
from appointments.vocabulary import ANSWERED, AppointmentKind, AppointmentState
from engagements.agreements.models import Agreement, Party
from engagements.agreements.rules import Window
from engagements.models import ActionItem, Engagement
from engagements.reports import rules
from engagements.reports.services.counterparts import any_of
from engagements.reports.services.deadline_candidates import (
    Candidate,
    DeadlineFilter,
    counterparts_at,
    counterparts_bound,
)
from engagements.reports.services.obligations import about_of
from engagements.reports.services.report_types import Counterparty, DeadlineLine, mention
from engagements.reports.vocabulary import DeadlineKind
from engagements.vocabulary import ABOUT, EngagementStatus
from sgoffice.changes.merging import same_records
from sgoffice.directory.counterparts import Counterparts
from sgoffice.directory.querysets import naming
from sgoffice.records.actors import Actor

Lines = dict[Candidate, DeadlineLine]


def find_items(wanted: DeadlineFilter, by: Actor) -> list[Candidate]:
    """Return the action items that somebody still owes."""

    def seen(records: Any) -> Any:
        return records.visible_to(by).live()

    rows: Any = ActionItem.objects.visible_to(by).live().open().filter(due_on__lte=wanted.until)
    if wanted.country:
        rows = rows.with_any_counterpart(Counterparts(countries=frozenset({wanted.country})), seen=seen)
    if wanted.organization is not None:
        ids = frozenset(same_records([wanted.organization]))
        with_them = ActionItem.objects.with_any_counterpart(Counterparts(organizations=ids), seen=seen)
        rows = rows.filter(Q(pk__in=with_them.order_by().values("pk")) | Q(owner_organization__in=ids))
    return [Candidate(DeadlineKind.ACTION_ITEM, day, pk) for pk, day in rows.values_list("pk", "due_on")]


def lines_of_items(found: list[Candidate], wanted: DeadlineFilter, by: Actor) -> Lines:
    """Return the lines of action items; whom they concern where the reader may see what they are about."""
    owners = ("owner_user", "owner_person", "owner_organization")
    rows = ActionItem.objects.select_related(*ABOUT, *owners).in_bulk([one.record for one in found])
    counterparts = _concerned({about_of(row) for row in rows.values()}, by)

    def line(one: Candidate) -> DeadlineLine:
        row = rows[one.record]
        owner = row.owner_user or row.owner_person or row.owner_organization or row.owner_unit
        theirs = [body for body in (row.owner_person, row.owner_organization) if body is not None]
        known = counterparts.get(about_of(row)) or tuple(
            Counterparty(name=str(body), record=mention(body)) for body in theirs
        )
        sentence = rules.of_item(row.text, row.owed_by, one.day)
        return one.line(mention(row), sentence, wanted.on, counterparts=known, owner=str(owner))

    return {one: line(one) for one in found if one.record in rows}


def _concerned(ids: set[UUID], by: Actor) -> dict[UUID, tuple[Counterparty, ...]]:
    """Return whom the engagements, agreements and mandates that the reader may see concern, by their ids."""
    met = Engagement.objects.visible_to(by).live().filter(pk__in=ids).values_list("pk", flat=True)
    named = Prefetch("parties", Party.objects.select_related("organization", "country"))
    agreed = Agreement.objects.visible_to(by).live().filter(pk__in=ids).prefetch_related(named)
    found = counterparts_at(met) | {one.pk: counterparts_bound(one) for one in agreed}
    whose = Mandate.objects.visible_to(by).live().filter(pk__in=ids).select_related("decision__body__organization")
    decisions = set(Decision.objects.visible_to(by).live().filter(mandates__in=ids).values_list("pk", flat=True))
    for one in whose:
        if one.decision_id in decisions:
            body = one.decision.body.organization
            found[one.pk] = (Counterparty(name=str(body), record=mention(body)),)
    return found


def find_mandates(wanted: DeadlineFilter, by: Actor) -> list[Candidate]:
    """Return the mandates that wait; they concern the organization whose body took a decision that the actor sees."""
    rows = Mandate.objects.visible_to(by).live().exclude(status__in=ANSWERED).filter(due_on__lte=wanted.until)
    decisions, whose = Decision.objects.visible_to(by).live(), "body__organization"
    if wanted.country:
        theirs = any_of(naming(Counterparts(countries={wanted.country}), organization=whose))
        rows = rows.filter(decision__in=decisions.filter(theirs))
    if wanted.organization is not None:
        own = {f"{whose}__in": same_records([wanted.organization])}
        rows = rows.filter(decision__in=decisions.filter(**own))
    return [Candidate(DeadlineKind.MANDATE, day, pk) for pk, day in rows.values_list("pk", "due_on")]


def lines_of_mandates(found: list[Candidate], wanted: DeadlineFilter, by: Actor) -> Lines:
    """Return the lines of mandates; a decision that the reader may not see is not named."""
    rows = Mandate.objects.in_bulk([one.record for one in found])
    ids = {row.decision_id for row in rows.values()}
    decisions = Decision.objects.visible_to(by).live().select_related("body__organization").in_bulk(ids)

    def line(one: Candidate) -> DeadlineLine:
        row, day = rows[one.record], one.day
        decision: Any = decisions.get(row.decision_id)
        named = f"{decision.symbol or decision.title}" if decision else ""
        whose = decision.body.organization if decision else None
        return one.line(
            mention(row, row.text[:120]),
            rules.of_mandate(row.text, row.paragraph, named, day),
            wanted.on,
            counterparts=(Counterparty(name=str(whose), record=mention(whose)),) if whose else (),
            owner=row.responsible_unit,
        )

    return {one: line(one) for one in found if one.record in rows}


def find_terms(wanted: DeadlineFilter, by: Actor) -> list[Candidate]:
    """Return the terms of office that run out; they concern the organization whose post it is, and no country."""
    rows: Any = Appointment.objects.visible_to(by).live().running_out(wanted.until)
    if wanted.country:
        return []
    if wanted.organization is not None:
        rows = rows.filter(post__organization__in=same_records([wanted.organization]))
    return [Candidate(DeadlineKind.END_OF_TERM, day, pk) for pk, day in rows.values_list("pk", "during__endswith")]


def lines_of_terms(found: list[Candidate], wanted: DeadlineFilter, by: Actor) -> Lines:
    """Return the lines of terms of office, with who follows if that is decided."""
    rows = Appointment.objects.select_related("person", "post").in_bulk([one.record for one in found])
    later: Any = Appointment.objects.visible_to(by).live().exclude(state=AppointmentState.PROPOSED)
    later = later.exclude(kind=AppointmentKind.ACTING).filter(post__in={row.post_id for row in rows.values()})
    followers = list(later.filter(during__isnull=False).select_related("person").order_by("during", "pk"))

    posts = {row.post_id for row in rows.values()}
    in_force = TermRule.objects.live().filter(post__in=posts, valid__contains=wanted.on)
    reappointments = dict(in_force.values_list("post", "reappointments_allowed"))

    def may_go_on(row: Appointment) -> bool:
        """Whether the rule of the day allows another term; without a rule nobody knows."""
        allowed = reappointments.get(row.post_id, 0)
        return allowed is None or (row.number or 1) <= allowed

    def follower(row: Appointment) -> str:
        after = (one for one in followers if one.post_id == row.post_id and one.during.lower >= row.during.upper)
        following = next(after, None)
        return str(following.person) if following is not None else ""

    return {
        one: one.line(
            mention(row),
            rules.of_term(
                str(row.person),
                str(row.post),
                follower(row),
                _end_in_words(row),
                is_over=one.day <= wanted.on,
                may_go_on=may_go_on(row),
            ),
            wanted.on,
        )
        for one in found
        if one.day is not None and (row := rows.get(one.record)) is not None
    }


def _end_in_words(row: Appointment) -> str:
    """Return when a term ends, no more exactly than it is known: “in November 2029”."""
    window = Window.of(end_of(row))
    return window.when if window else ""


def find_replies(wanted: DeadlineFilter, by: Actor) -> list[Candidate]:
    """Return the requests that want their answer."""
    rows: Any = Engagement.objects.visible_to(by).live()
    if wanted.country:
        rows = rows.with_any_counterpart(Counterparts(countries={wanted.country}))
    if wanted.organization is not None:
        rows = rows.with_any_counterpart(Counterparts(organizations={wanted.organization}))
    rows = rows.filter(status=EngagementStatus.REQUESTED, reply_by__lte=wanted.until)
    return [Candidate(DeadlineKind.REPLY, day, pk) for pk, day in rows.values_list("pk", "reply_by")]


def lines_of_replies(found: list[Candidate], wanted: DeadlineFilter, by: Actor) -> Lines:
    """Return the lines of requests."""
    ids: list[UUID] = [one.record for one in found]
    rows = Engagement.objects.select_related("responsible").in_bulk(ids)
    counterparts = counterparts_at(ids)
    return {
        one: one.line(
            mention(row),
            rules.of_reply(row.title, one.day),
            wanted.on,
            counterparts=counterparts.get(one.record, ()),
            owner=str(row.responsible or ""),
        )
        for one in found
        if (row := rows.get(one.record)) is not None
    }
