"""Deadlines as a calendar with alarms."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from django.http import HttpResponse
from rest_framework.request import Request

from engagements.reports import services
from engagements.reports.services.report_types import DeadlineLine, marking_of
from engagements.reports.vocabulary import DeadlineKind
from sgoffice.api.icalendar import MEDIA_TYPE as CALENDAR
from sgoffice.api.icalendar import CalendarEntry, calendar_of
from sgoffice.api.preconditions import is_unchanged
from sgoffice.desk.addresses import address_of
from sgoffice.records.actors import Actor
from sgoffice.records.models import Marking

REFRESH = timedelta(hours=6)
#: At nine in the morning, a week and a day ahead.
_ALARMS = (timedelta(hours=9, days=-7), timedelta(hours=9, days=-1))
_CLASS = {"": "PRIVATE", Marking.PUBLIC: "PUBLIC", Marking.INTERNAL: "PRIVATE", Marking.RESTRICTED: "CONFIDENTIAL"}


def calendar_answer(request: Request, wanted: services.DeadlineFilter, by: Actor, *, name: str) -> HttpResponse:
    """Return the deadlines that have a day as a calendar with an ETag, or 304 if the caller has it."""
    entries = _entries((line for lines in services.every_deadline(wanted, by=by) for line in lines), request, wanted)
    calendar = calendar_of(entries, name=name, refresh=REFRESH)
    etag = f'"{hashlib.sha256(calendar).hexdigest()[:16]}"'
    if is_unchanged(request, etag):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(calendar, content_type=f"{CALENDAR}; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    answer["ETag"] = etag
    return answer


def _entries(
    lines: Iterable[DeadlineLine], request: Request, wanted: services.DeadlineFilter
) -> Iterator[CalendarEntry]:
    """Yield an event of a whole day for each deadline.

    Its id stays when the day moves: the record, the kind, and a number where a record has several of that kind. Of two
    states of it, the one with the later stamp counts.
    """
    seen: Counter[str] = Counter()
    stamped = datetime.combine(wanted.on, time(), UTC)
    for line in lines:
        if line.day is None:
            continue
        key = f"{line.kind}-{line.record.id}"
        seen[key] += 1
        marking = marking_of(line)
        yield CalendarEntry(
            uid=f"{key}-{seen[key]}",
            sequence=0,
            modified_at=stamped,
            starts=line.day,
            ends=None,
            summary=_summary(line, marking),
            status="CONFIRMED",
            classification=_CLASS[marking],
            description="" if marking == Marking.RESTRICTED else f"{line.record.reference} {line.record.label}".strip(),
            url=request.build_absolute_uri(address_of(line.record.kind, line.record.id, line.record.reference)),
            is_free=True,
            alarms=_ALARMS,
        )


def _summary(line: DeadlineLine, marking: str) -> str:
    """Return what to do; where anything that the line names is restricted, the kind and a reference alone."""
    if marking == Marking.RESTRICTED:
        return f"{DeadlineKind(line.kind).label}: {line.record.reference}"
    return line.sentence
