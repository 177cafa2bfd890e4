"""Meetings in rows: how a row becomes the entry that the form and the API make, and how it is logged."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from engagements.models import Engagement
from engagements.rules.made_titles import made_title
from engagements.services import EngagementEntry, Promise, log_engagement
from engagements.sheets.clocks import read_clocks
from engagements.sheets.counterparts import participants_of, read_counterparts
from engagements.sheets.words import HEADINGS, LABELS, WORDS
from engagements.vocabulary import EngagementKind, EngagementStatus, Owing
from sgoffice.imports.kinds import Entering, RowReading, SheetField, SheetKind
from sgoffice.imports.rules.days import MIDNIGHT, split_clock
from sgoffice.places.zones import zone_of
from sgoffice.records.markings import narrowest
from sgoffice.records.partial_dates import PartialDate

_NEEDED = frozenset({"held", "kind"})
_PLAIN = ("title", "city", "venue", "summary", "outcome")
_WORDS = ("kind", "status", "meeting_format", "level", "marking")
_LABELLED = {
    "number": "Number", "held": "Date", "starts": "Begins at", "ends": "Ends at", "title": "Title", "kind": "Kind",
    "status": "Status", "meeting_format": "Format", "level": "Level", "city": "City", "country": "Country",
    "venue": "Venue", "counterparts": "With whom", "counterpart_title": "Their function",
    "counterpart_body": "Their organization", "counterpart_country": "Their country", "summary": "Summary",
    "outcome": "Outcome", "promised_by_us": "Promised by us", "promised_by_them": "Promised by them",
    "due": "Due", "marking": "Marking",
}  # fmt: skip
_COLUMNS = {
    "held": "held", "starts_at": "starts", "ends_at": "ends", "time_zone": "city", "title": "title", "kind": "kind",
    "status": "status", "city": "city", "country": "country", "venue": "venue", "participants": "counterparts",
    "summary": "summary", "outcome": "outcome", "marking": "marking", "action_items": "promised_by_us",
    "level": "level", "meeting_format": "meeting_format",
}  # fmt: skip
_COMPARED = {name: name for name in (*_PLAIN, "held", "kind", "status", "level")} | {"country": "country_id"}


def read_meeting(row: RowReading) -> dict[str, Any]:
    """Return what a row says of a meeting; what cannot be read is noted."""
    row = _with_clock_apart(row)
    values: dict[str, Any] = {name: row.text(name) for name in _PLAIN}
    values |= {name: row.word(name, WORDS[name], LABELS[name]) for name in _WORDS}
    values["held"] = row.day("held")
    if not row.text("held"):
        row.refuse("held", "Say when it was: without a day it is in no list.")
    if not values["kind"] and not row.text("kind"):
        row.refuse("kind", "Say what kind of meeting it was, or in the mapping what a blank cell means.")
    values["country"] = row.country("country") or None
    values["participants"] = read_counterparts(row)
    values["status"] = values["status"] or _status_by_day(values["held"], row.sheet.today)
    values |= _times(row, values)
    values["promises"] = _promises(row)
    if not values["participants"] and not values["title"]:
        row.refuse("counterparts", "Say who was met, or give it a title.")
    return values


def log_meeting(values: Mapping[str, Any], entering: Entering) -> Engagement:
    """Log the meeting of a row by the service that everybody calls."""
    participants = participants_of(values["participants"], entering)
    marking = narrowest([values["marking"] or entering.marking, entering.marking])
    zone, day = values["zone"], values["held"]
    starts, ends = (_instant(day, values[name]) for name in ("starts", "ends"))
    entry = EngagementEntry(
        title=values["title"] or _title(values),
        kind=values["kind"],
        status=values["status"],
        level=values["level"],
        city=values["city"],
        country=values["country"],
        venue=values["venue"],
        summary=values["summary"],
        outcome=values["outcome"],
        marking=marking,
        participants=participants,
        action_items=tuple(_promise(one, marking) for one in values["promises"]),
        allow_duplicate=entering.is_another,
        sources=(entering.source,),
        **({"starts_at": starts, "ends_at": ends, "time_zone": zone} if starts else {"held": day}),
        **({"meeting_format": values["meeting_format"]} if values["meeting_format"] else {}),
    )
    return log_engagement(entry, by=entering.by, at=entering.at)


def _times(row: RowReading, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the times on the clocks of the place, and its zone."""
    starts, ends = _clocks(row)
    zone = zone_of(values["city"], values["country"]) if starts else ""
    if ends and not starts:
        row.refuse("ends", "Say when it begins, or leave the end out too.")
    if starts and not _is_day(values["held"]):
        row.refuse("starts", "A time needs one exact day.")
    elif starts and not zone:
        row.refuse("starts", "City and country do not say in which time zone this is: leave the time out.")
    return {"starts": starts, "ends": ends, "zone": zone or ""}


def _clocks(row: RowReading) -> tuple[str, str]:
    """Return when it begins and ends; a column of beginnings may say both."""
    starts, until = read_clocks(row.text("starts"))
    ends, beyond = read_clocks(row.text("ends"))
    for name, read, more in (("starts", starts, bool(until and ends)), ("ends", ends, bool(beyond))):
        if row.text(name) and (not read or more):
            row.refuse(name, f"“{row.text(name)[:40]}” is no time. Write 16:00.")
    return starts, ends or until


def _with_clock_apart(row: RowReading) -> RowReading:
    """Return the row with the time that stands behind the day in a column of its own."""
    day, clock = split_clock(row.text("held"))
    if clock in MIDNIGHT:
        return row
    if row.text("starts") and read_clocks(row.text("starts")) != read_clocks(clock):
        row.refuse("starts", f"“{row.text('held')[:40]}” says another time: leave one of them out.")
    return replace(row, cells={"starts": clock, **row.cells, "held": day})


def _instant(day: str, clock: str) -> datetime | None:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock)) if clock else None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _status_by_day(held: str, today: date) -> str:
    """Return the status of a meeting of which nothing is said: held if its day is past."""
    if not held:
        return EngagementStatus.HELD
    return EngagementStatus.HELD if PartialDate.parse(held).earliest <= today else EngagementStatus.CONFIRMED


def _promises(row: RowReading) -> list[dict[str, Any]]:
    due = row.exact_day("due")
    return [
        {"text": text, "owed_by": str(side), "due_on": due or None}
        for name, side in (("promised_by_us", Owing.OURS), ("promised_by_them", Owing.THEIRS))
        for text in row.items(name)
    ]


def _promise(one: Mapping[str, Any], marking: str) -> Promise:
    due = date.fromisoformat(one["due_on"]) if one["due_on"] else None
    return Promise(text=one["text"], owed_by=one["owed_by"], due_on=due, marking=marking)


def _title(values: Mapping[str, Any]) -> str:
    """Return what the meeting is called when nobody says, as the form does."""
    return made_title(EngagementKind(values["kind"]).label, [one["name"] for one in values["participants"]])


def _place(values: Mapping[str, Any]) -> int:
    return PartialDate.parse(values["held"]).earliest.toordinal() if values.get("held") else 0


MEETINGS = SheetKind(
    name="engagement",
    label="Engagements",
    model=Engagement,
    fields=tuple(
        SheetField(name=name, label=label, headings=HEADINGS[name], is_needed=name in _NEEDED)
        for name, label in _LABELLED.items()
    ),
    read=read_meeting,
    enter=log_meeting,
    columns=_COLUMNS,
    place=_place,
    compared=_COMPARED,
)
