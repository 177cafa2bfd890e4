"""The lines of the public register, made from what was held and is public, and from nothing else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from engagements.models import Engagement, Participant
from engagements.models.prefetches import SHOWN_WITH_ENGAGEMENTS
from engagements.public_register.rules import Checked, PublicCounterpart, PublicLine
from engagements.querysets import OLDEST
from engagements.rules import is_exact_text
from engagements.services.participant_lines import participant_lines
from engagements.vocabulary import Attendance, EngagementKind, Level, MeetingFormat, Side
from sgoffice.directory.counterparts import COUNTS_FOR_COUNTRY
from sgoffice.directory.models import Country, Organization
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.date_words import days_in_words, partial_date_in_words
from sgoffice.records.models import Marking
from sgoffice.records.partial_dates import PartialDate

#: Reads for the public: an actor without a name, to whom nothing restricted is shown.
PUBLIC = Actor("office", "public-register", "The public register", frozenset({Permission.READ}))
_MILLISECONDS = 1000
_TIME_BITS = 80


def public_lines(first: date | None = None, last: date | None = None) -> list[PublicLine]:
    """Return what was held, is public and may have been in a period, the oldest first."""
    return [_line(engagement) for engagement in _held(first, last)]


def checked_lines(first: date, last: date) -> list[Checked]:
    """Return the lines of a period with what the checker needs beside them."""
    return [
        Checked(
            line=_line(one),
            entered_on=_entered_on(one),
            is_imported=bool(one.origin),
            is_principal_absent=one.principal_attendance == Attendance.ABSENT,
            warnings=tuple((told.get("pointer", ""), told["detail"]) for told in one.warnings),
        )
        for one in _held(first, last)
    ]


def _held(first: date | None, last: date | None) -> Iterator[Engagement]:
    rows: Any = Engagement.objects.visible_to(PUBLIC).live().held_between(first, last).exclude(held=None)
    rows = rows.filter(marking=Marking.PUBLIC).select_related("country", "principal", "represented_by")
    rows = rows.prefetch_related(*SHOWN_WITH_ENGAGEMENTS).order_by(*OLDEST)
    yield from rows.iterator(chunk_size=500)


def _line(engagement: Engagement) -> PublicLine:
    known = PartialDate.parse(str(engagement.held))
    place = engagement.country
    return PublicLine(
        id=str(engagement.pk),
        reference=engagement.reference,
        first=known.earliest,
        last=known.latest,
        held=str(engagement.held),
        days=_days(known),
        kind=EngagementKind(engagement.kind).label,
        meeting_format=MeetingFormat(engagement.meeting_format).label,
        level=Level(engagement.level).label if engagement.level else "",
        subject=engagement.title,
        for_us=_for_us(engagement),
        city=engagement.city,
        country=place.code if place else "",
        country_name=engagement.country_name_then or (place.name if place else ""),
        topics=tuple(topic.survivor.name for topic in engagement.topics),
        counterparts=tuple(_counterparts(engagement)),
    )


def _days(known: PartialDate) -> str:
    is_exact = is_exact_text(known.text)
    return days_in_words(known.earliest, known.latest) if is_exact else partial_date_in_words(known)


def _for_us(engagement: Engagement) -> str:
    """Return who stood for the office: who went instead, or the principal with the title of that day."""
    if engagement.represented_by is not None:
        return engagement.represented_by.survivor.name
    if engagement.principal is None or engagement.principal_attendance == Attendance.ABSENT:
        return ""
    return ", ".join(filter(None, (engagement.principal.survivor.name, engagement.principal_title)))


def _counterparts(engagement: Engagement) -> list[PublicCounterpart]:
    """Return the organizations and countries that were met, each once, with those who came for it."""
    found: dict[tuple[str, str], PublicCounterpart] = {}
    for participant in participant_lines(engagement):
        if participant.side != Side.THEIRS or participant.attendance == Attendance.ABSENT:
            continue
        for body, person in _present(participant):
            before = found.get((body.kind, body.key or person))
            people = (*(before.people if before else ()), *([person] if person else []))
            made = before or body
            found[body.kind, body.key or person] = PublicCounterpart(
                **{**vars(made), "people": tuple(dict.fromkeys(people))}
            )
    return list(found.values())


def _present(participant: Participant) -> Iterator[tuple[PublicCounterpart, str]]:
    """Yield each body that a participant came for, and the participant as one says it."""
    who = participant.person.survivor.name if participant.person else participant.group_description
    if participant.organization is not None:
        yield _organization(participant.organization.survivor, ""), ""
    for one in participant.shown_capacities:
        person = ", ".join(filter(None, (who, one.title)))
        if one.organization is not None:
            yield _organization(one.organization.survivor, one.called), person
        elif one.country is not None:
            yield _counterpart(one.country.code, "country", one.country.name, one.country), person
        else:
            yield _counterpart("", "people", person, None), person
    if participant.organization is None and not participant.shown_capacities:
        yield _counterpart("", "people", who, None), who


def _organization(body: Organization, called: str) -> PublicCounterpart:
    state = body.country if body.classification in COUNTS_FOR_COUNTRY else None
    other = called if called != body.name else ""
    return _counterpart(str(body.pk), "organization", body.name, state, called=other)


def _counterpart(key: str, kind: str, name: str, state: Country | None, *, called: str = "") -> PublicCounterpart:
    code, country_name = (state.code, state.name) if state else ("", "")
    return PublicCounterpart(
        key=key, kind=kind, name=name, called=called, country=code, country_name=country_name, people=()
    )


def _entered_on(engagement: Engagement) -> date:
    """Return the day on which it was entered: its id begins with that time (RFC 9562)."""
    return datetime.fromtimestamp((engagement.pk.int >> _TIME_BITS) / _MILLISECONDS, UTC).date()
