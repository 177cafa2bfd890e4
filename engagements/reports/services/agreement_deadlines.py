"""Deadlines of agreements, as their own services stored them; an approval with the session that can give it."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from appointments.models import Session
from appointments.vocabulary import SessionStatus
from engagements.agreements.models import Act, Agreement, Deadline, Party
from engagements.agreements.services import due_for_renewal
from engagements.agreements.vocabulary import AgreementDeadlineKind, PartySide
from engagements.reports.services.agreement_lines import with_party_names
from engagements.reports.services.contacts import one_of
from engagements.reports.services.deadline_candidates import Candidate, DeadlineFilter, counterparts_bound
from engagements.reports.services.report_types import DeadlineLine, mention
from sgoffice.records.actors import Actor

KINDS = frozenset(AgreementDeadlineKind.values)
_READ = ("kind", "day", "agreement", "sentence", "body", "renews_from")


def find(wanted: DeadlineFilter, by: Actor) -> list[Candidate]:
    """Return the deadlines of agreements that the reader may see.

    What stands is read first, by its index alone; then which of these agreements the reader may see.
    """
    in_time = Q(day__lte=wanted.until) | Q(day=None)
    rows = Deadline.objects.filter(in_time, during__contains=wanted.on, kind__in=sorted(wanted.kinds & KINDS))
    read = list(rows.values_list(*_READ))
    renewals = _renewals({row[2] for row in read}, wanted, by)
    read = [row for row in read if row[2] in renewals]
    sessions = _next_sessions({row[4] for row in read if row[4] is not None}, wanted, by)
    return [found for row in read if (found := _found(row, renewals[row[2]], sessions, wanted)) is not None]


def _renewals(ids: set[UUID], wanted: DeadlineFilter, by: Actor) -> dict[UUID, tuple[str, str]]:
    """Return how those of the agreements renew that are wanted and that the reader may see."""
    rows: Any = Agreement.objects.visible_to(by).live().filter(pk__in=one_of(ids))
    if wanted.country:
        rows = rows.with_country(wanted.country)
    if wanted.organization is not None:
        rows = rows.with_organization([wanted.organization])
    return {pk: tuple(terms) for pk, *terms in rows.values_list("pk", "tacit_renewal", "notice_period")}


def _found(
    row: tuple[Any, ...], renewal: tuple[str, str], sessions: dict[UUID, Session], wanted: DeadlineFilter
) -> Candidate | None:
    kind, day, agreement, sentence, body, renews_from = row
    if renews_from is not None:
        due = due_for_renewal(renews_from, *renewal, wanted.on)
        return Candidate(kind, due.day, agreement, due.sentence) if due is not None else None
    if body not in sessions:
        return Candidate(kind, day, agreement, sentence)
    session: Any = sessions[body]
    begins = max(session.begins_earliest, wanted.on)
    # a session that lies behind the period is named all the same: what waits for it is missing today
    in_time = begins if begins <= wanted.until else None
    return Candidate(kind, in_time, agreement, sentence, session.pk, begins)


def _next_sessions(bodies: set[UUID], wanted: DeadlineFilter, by: Actor) -> dict[UUID, Session]:
    """Return the next session that is planned, by body."""
    rows = Session.objects.visible_to(by).live().filter(body__in=bodies, status=SessionStatus.PLANNED)
    rows = rows.filter(begins_latest__gte=wanted.on).order_by("body", "begins_earliest", "pk").distinct("body")
    return {session.body_id: session for session in rows}


def lines_of(found: list[Candidate], wanted: DeadlineFilter, by: Actor) -> dict[Candidate, DeadlineLine]:
    """Return the lines of these deadlines."""
    rows = Agreement.objects.filter(pk__in={one.record for one in found}).prefetch_related(
        Prefetch("parties", Party.objects.select_related("organization", "country")),
        Prefetch("acts", Act.objects.select_related("by_body")),
    )
    agreements = {row.pk: row for row in rows}
    ids = {one.session for one in found if one.session is not None}
    sessions = Session.objects.select_related("body").in_bulk(ids)
    return {one: _line(one, agreements[one.record], sessions, wanted) for one in found if one.record in agreements}


def _line(
    found: Candidate, agreement: Agreement, sessions: dict[UUID, Session], wanted: DeadlineFilter
) -> DeadlineLine:
    sentence = with_party_names(found.sentence, agreement)
    session = sessions.get(found.session) if found.session else None
    if session is not None:
        sentence = f"{sentence} It can be put before the {session}."
    return found.line(
        mention(agreement),
        sentence,
        wanted.on,
        counterparts=counterparts_bound(agreement),
        owner=_owner(agreement),
        session=mention(session) if session is not None else None,
    )


def _owner(agreement: Agreement) -> str:
    """Return our focal point, by unit and name."""
    ours = [point for point in agreement.focal_points if point.get("side", PartySide.OURS) == PartySide.OURS]
    return ", ".join(filter(None, (ours[0].get("unit"), ours[0].get("name")))) if ours else ""
