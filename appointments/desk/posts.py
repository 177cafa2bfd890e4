"""The sheet of a post: who holds it, who held it, by which rules, and which sessions can decide next."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from appointments import services
from appointments.models import Appointment, Post, Session, TermRule
from appointments.vocabulary import AppointmentKind, AppointmentState, SessionStatus
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import readable_date
from sgoffice.desk.addresses import address_of, admin_address_of
from sgoffice.desk.mentions import Named, names_of, read_bodies
from sgoffice.desk.pages import desk_page, show, zone_of_reader
from sgoffice.desk.time_lines import DASHED, DOTTED, FULL, STRIPED, Span, time_line
from sgoffice.languages.sentences import said as words
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry, Link

_MOST_SESSIONS = 5
_TONES = {AppointmentState.ASSUMED: "good", AppointmentState.DESIGNATE: "warn", AppointmentState.PROPOSED: "warn"}


@desk_page("GET", "HEAD")
def post(request: HttpRequest, key: str) -> HttpResponse:
    """Show a post by its id or short name."""
    reader = actor_of(request)
    record = _find(key, reader)
    day = timezone.now().astimezone(zone_of_reader(request)).date()
    found = services.find_holders(record, day, actor=reader)
    rows: Any = Appointment.objects.visible_to(reader).live().of_post(record.pk)
    terms = list(rows.select_related("person").order_by("-during", "-pk"))
    rules = list(TermRule.objects.live().filter(post=record).select_related("proposed_by", "appointed_by"))
    sessions = _sessions(rules, day, reader)
    made_by, made_kinds = _ties(terms, reader)
    shown = read_bodies({record.pk: Post.record_kind, **dict.fromkeys((one.pk for one in terms), "appointment")})
    named = names_of(made_kinds | dict.fromkeys(sessions, "session"))
    links = {term: [named[one] for one in made if one in named] for term, made in made_by.items()}
    gaps = _gaps(terms, record, day)
    context = {
        "name": record.label,
        "drawings": time_line(
            sorted([*_spans(terms, shown), *_vacant(gaps)], key=lambda one: (one.start, one.row)), day
        ),
        "body": shown[str(record.pk)]["organization"],
        "founded": readable_date(record.founding_date),
        "dissolved": readable_date(record.dissolution_date),
        "sentence": services.sentence_of(found, day),
        "left": services.days_left(found),
        "lines": _lines(terms, shown, links, gaps, day),
        "rules": [_rule(one) for one in sorted(rules, key=lambda one: one.valid.lower or date.min, reverse=True)],
        "sessions": [named[one] for one in sessions if one in named],
        "admin": admin_address_of(record),
        "may_propose": reader.may(Permission.APPROVE),
        "propose": f"{reverse('admin:appointments_appointment_add')}?post={record.pk}",
    }
    return show(request, "appointments/desk/post.html", context)


def _ties(terms: list[Appointment], reader: Actor) -> tuple[dict[UUID, list[UUID]], dict[UUID, str]]:
    """Return the session and the decision that made each term, and the kind of each that the reader may see."""
    relations = (services.APPOINTED_AT, services.APPOINTED_BY)
    links = Link.objects.filter(source__in=[one.pk for one in terms], relation__in=relations).order_by("relation")
    found: dict[UUID, list[UUID]] = {}
    for term, target in links.values_list("source", "target"):
        found.setdefault(term, []).append(target)
    targets = {one for made in found.values() for one in made}
    seen = Entry.objects.visible_to(reader).filter(pk__in=targets, is_in_error=False, merged_into=None)
    return found, dict(seen.values_list("pk", "kind"))


def _find(key: str, reader: Actor) -> Post:
    rows: Any = Post.objects.visible_to(reader).filter(is_in_error=False)
    try:
        found = rows.filter(pk=UUID(key)).first()
    except ValueError:
        found = rows.filter(slug=key).first()
    if found is None:
        raise Http404
    return found


def _gaps(terms: list[Appointment], post: Post, day: date) -> list[tuple[date, date]]:
    """Return the days on which surely nobody held the post."""
    held = [one for one in terms if one.during is not None and one.state != AppointmentState.PROPOSED]
    held.sort(key=lambda one: (one.during.lower or date.min, one.pk))
    return list(services.vacancies_of(held, day, services.life_of(post)))


def _spans(terms: list[Appointment], shown: dict[str, Any]) -> Iterator[Span]:
    """Yield the terms as a picture shows them."""
    for one in terms:
        if one.during is None or one.during.lower is None:
            continue
        document = shown[str(one.pk)]
        drawn = STRIPED if one.kind == AppointmentKind.ACTING else FULL
        if one.state in {AppointmentState.PROPOSED, AppointmentState.DESIGNATE}:
            drawn = DASHED
        who, said = document["person"]["name"], f"{words(AppointmentKind(one.kind).label)}, {readable_date(one.start)}"
        yield Span(who, one.during.lower, one.during.upper, drawn, f"{who}: {said}")


def _vacant(gaps: list[tuple[date, date]]) -> list[Span]:
    return [Span("Nobody known", start, end, DOTTED, words("Nobody is known to have held it")) for start, end in gaps]


def _lines(
    terms: list[Appointment],
    shown: dict[str, Any],
    made_by: dict[UUID, list[Named]],
    gaps: list[tuple[date, date]],
    day: date,
) -> list[dict[str, Any]]:
    """Return the terms and the days on which surely nobody held the post, the newest first."""
    lines = [
        (one.start_earliest or _first(one), _term(one, shown[str(one.pk)], made_by.get(one.pk, []))) for one in terms
    ]
    lines += [(start, {"vacant": (start, end if end < day else None)}) for start, end in gaps]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0], reverse=True)]


def _first(one: Appointment) -> date:
    return (one.during.lower if one.during else None) or date.max


def _term(one: Appointment, document: dict[str, Any], made_by: list[Named]) -> dict[str, Any]:
    state = AppointmentState(one.state)
    return {
        "who": document["person"]["name"],
        "address": address_of("person", document["person"]["id"]),
        "title": document["title"],
        "kind": AppointmentKind(one.kind).label,
        "number": one.number,
        "state": "" if state == AppointmentState.ENDED else state.label,
        "tone": _TONES.get(state, ""),
        "start": readable_date(one.start),
        "end": readable_date(one.end)
        or (gettext("{0} (expected)").format(readable_date(services.end_of(one))) if one.during else ""),
        "made_by": made_by,
        "scope": document["scope"],
        "instrument": document["instrument"],
        "marking": document["marking"],
        "admin": admin_address_of(one),
    }


def _rule(one: TermRule) -> dict[str, Any]:
    years, months = divmod(one.term_months or 0, 12)
    length = " and ".join(f"{count} {unit}" for count, unit in ((years, "years"), (months, "months")) if count)
    again = one.reappointments_allowed
    return {
        "basis": one.legal_basis,
        "since": readable_date(one.valid_from),
        "length": length,
        "again": "" if again is None else "no reappointment" if not again else f"reappointed at most {_times(again)}",
        "by": str(one.appointed_by or ""),
        "proposed_by": str(one.proposed_by or ""),
    }


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _sessions(rules: list[TermRule], day: date, reader: Actor) -> list[UUID]:
    """Return the next sessions of the bodies that propose and appoint."""
    bodies = {key for one in rules for key in (one.proposed_by_id, one.appointed_by_id) if key is not None}
    rows = Session.objects.visible_to(reader).live().filter(body__in=bodies, status=SessionStatus.PLANNED)
    rows = rows.filter(begins_latest__gte=day).order_by("begins_earliest", "pk")
    return list(rows.values_list("pk", flat=True)[:_MOST_SESSIONS])
