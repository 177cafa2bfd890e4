"""Engagements as calendar entries: which are in a subscription, and which fields are shown."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engagements.models import Engagement
from engagements.rules import is_exact_text
from engagements.vocabulary import EngagementStatus
from sgoffice import history
from sgoffice.api.icalendar import CalendarEntry
from sgoffice.records.models import Marking

#: How long called-off engagements stay in a subscription, and how far back it goes by default.
KEPT = timedelta(days=60)
MOST = 2000
#: A change of one of these counts as a revision of the event.
TIME_PLACE_STATUS = (
    "status",
    "held",
    "starts_at",
    "ends_at",
    "time_zone",
    "venue",
    "city",
    "country",
    "office",
    "at_headquarters",
)
_STATUS = {
    EngagementStatus.REQUESTED: "TENTATIVE",
    EngagementStatus.TENTATIVE: "TENTATIVE",
    EngagementStatus.CONFIRMED: "CONFIRMED",
    EngagementStatus.HELD: "CONFIRMED",
}
_CALLED_OFF = (EngagementStatus.CANCELLED, EngagementStatus.POSTPONED, EngagementStatus.NOT_HELD)
_SHOWN = (EngagementStatus.TENTATIVE, EngagementStatus.CONFIRMED, EngagementStatus.HELD)
_CLASS = {Marking.PUBLIC: "PUBLIC", Marking.INTERNAL: "PRIVATE", Marking.RESTRICTED: "CONFIDENTIAL"}


def subscribed_engagements(rows: Any, *, at: datetime, is_dated: bool) -> list[Engagement]:
    """Return the engagements of a subscription: those with exact days, ahead or in the last sixty days.

    What was called off stays for sixty days. With `is_dated` the caller's own period replaces the sixty days.
    """
    rows = rows.filter(status__in=(*_SHOWN, *_CALLED_OFF), held__isnull=False)
    if not is_dated:
        rows = rows.filter(held_latest__gte=(at - KEPT).astimezone(UTC).date())
    rows = rows.select_related("country", "office").order_by("-sort_day", "pk")
    found = [row for row in rows[:MOST] if is_exact_text(row.held)]
    called_off = [row.pk for row in found if row.status in _CALLED_OFF]
    since = history.revisions(Engagement, called_off, ("status",))
    return [row for row in found if row.pk not in since or since[row.pk].changed_at >= at - KEPT]


def calendar_entries(engagements: Iterable[Engagement], address: Any) -> Iterator[CalendarEntry]:
    """Yield the calendar entries of engagements; `address` returns the address of a record."""
    engagements = list(engagements)
    revisions = history.revisions(Engagement, [row.pk for row in engagements], TIME_PLACE_STATUS)
    for row in engagements:
        starts, ends = _times(row)
        is_exact = is_exact_text(row.held or "")
        yield CalendarEntry(
            uid=str(row.pk),
            sequence=revisions[row.pk].count,
            modified_at=revisions[row.pk].written_at,
            starts=starts,
            ends=ends,
            status=_STATUS.get(EngagementStatus(row.status), "CANCELLED"),
            classification=_CLASS[Marking(row.marking)],
            url=address(row.pk),
            is_free=not is_exact,
            **_texts(row, is_exact=is_exact),
        )


def _times(row: Engagement) -> tuple[datetime | date, datetime | date | None]:
    if row.starts_at is not None:
        here = ZoneInfo(row.time_zone)
        return row.starts_at.astimezone(here), row.ends_at.astimezone(here) if row.ends_at else None
    if row.held_earliest is None:
        message = f"{row.reference} has no day yet"
        raise ValueError(message)
    return row.held_earliest, row.held_latest


def _texts(row: Engagement, *, is_exact: bool) -> dict[str, Any]:
    """Return the texts of an event; a restricted engagement shows only its reference."""
    if row.marking == Marking.RESTRICTED:
        return {"summary": f"Engagement {row.reference}"}
    unsettled = "" if is_exact else f" (date not settled: {row.held})"
    place = [row.venue, str(row.office or ""), row.city, row.country_name_then or str(row.country or "")]
    return {
        "summary": f"{row.title}{unsettled}",
        "location": ", ".join(dict.fromkeys(filter(None, place))),
        "description": f"{row.reference}: {row.get_kind_display()}, {row.get_status_display().lower()}",
    }
