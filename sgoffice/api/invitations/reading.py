"""An invitation as plain values, with a note on everything that was not read as it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from sgoffice.api.invitations.attendees import Invited, invited, rooms
from sgoffice.api.invitations.components import CalendarFile, calendar_file
from sgoffice.api.invitations.content_lines import lines_of, refused
from sgoffice.api.invitations.descriptions import description_of
from sgoffice.api.invitations.times import Moment, times_of

MOST_PEOPLE = 500
#: Methods of RFC 5546 that invite nobody, and what such a message is.
_MESSAGES = {
    "REPLY": "This is a reply to an invitation: record the answers at the engagement.",
    "ADD": "This adds a date to a series that was sent before.",
    "CANCEL": "The sender cancelled it: find the engagement and cancel it.",
    "REFRESH": "This only asks for the latest version of an invitation.",
    "COUNTER": "This proposes another time for a meeting that is there already.",
    "DECLINECOUNTER": "This declines another time that was proposed.",
}
_HTML = "The description was written as HTML: its text was taken."
_OCCURRENCE = "This is one occurrence of a series that was moved or changed"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A received event. Times without a zone are naive; a date is a whole day, and `last` is inclusive."""

    uid: str
    summary: str
    description: str
    location: str
    classification: str
    status: str
    method: str
    starts: Moment | None
    last: Moment | None
    #: The zone of the place that the file gives beside its times.
    place: str
    people: tuple[Invited, ...]
    notes: tuple[str, ...]


def read_invitation(data: bytes | str, *, charset: str = "utf-8", zone: str = "", method: str = "") -> Invitation:
    """Return the first event of a calendar; `zone` is that of the place, for times that have none.

    `method` is what its envelope says that it is, where the calendar itself does not.

    Raises InvalidEntry for `/calendar` if the text is not a calendar, has no event, or if an invitation has no valid
    start; other messages (RFC 5546) may have none.
    """
    octets = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    file = calendar_file(lines_of(octets, charset))
    event, times, people = file.event, times_of(file, zone=zone), invited(file.event)
    method = file.calendar.text("METHOD").upper() or method
    description, is_html = description_of(event)
    if times.starts is None and (method not in _MESSAGES or event.one("DTSTART")):
        raise refused("The event has no valid start (DTSTART).")
    return Invitation(
        uid=event.text("UID"),
        summary=event.text("SUMMARY"),
        description=description,
        location=event.text("LOCATION") or ", ".join(rooms(event)),
        classification=event.text("CLASS").upper(),
        status=event.text("STATUS").upper(),
        method=method,
        starts=times.starts,
        last=times.last,
        place=times.place,
        people=tuple(people[:MOST_PEOPLE]),
        notes=(*times.notes, *_notes(file, method, len(people)), *([_HTML] if is_html else ())),
    )


def _notes(file: CalendarFile, method: str, people: int) -> Iterator[str]:
    event = file.event
    if method in _MESSAGES:
        yield _MESSAGES[method]
    elif event.text("STATUS").upper() == "CANCELLED":
        yield _MESSAGES["CANCEL"]
    yield from _notes_on_series(file)
    if people > MOST_PEOPLE:
        yield f"{people - MOST_PEOPLE} more people are invited: only the first {MOST_PEOPLE} were read."
    if event.text("CLASS").upper() == "PRIVATE":
        yield "The sender marked it private: choose the marking."
    if file.other_events:
        yield f"The file has {_counted(file.other_events, 'other event')}, not read: send each on its own."
    yield from (f"A line could not be read: {line[:100]}" for line in event.unreadable[:5])


def _notes_on_series(file: CalendarFile) -> Iterator[str]:
    event, kin = file.event, file.kin
    is_series = [bool(one.all("RRULE", "RDATE")) for one in kin]
    if event.one("RECURRENCE-ID"):
        yield f"{_OCCURRENCE}; the file holds the series too." if any(is_series) else f"{_OCCURRENCE}."
    elif event.all("RRULE", "RDATE"):
        yield "The invitation repeats: this is only its first date."
        start = event.one("DTSTART")
        moved = [line.value for line in event.all("EXDATE")] + [one.text("RECURRENCE-ID") for one in kin]
        if start and any(start.value in value.split(",") for value in moved):
            yield "The series has an exception on this very date: it was moved, changed or left out."
    if kin and not any(is_series):
        yield f"The file has {_counted(len(kin), 'other occurrence')} of it, not read."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count > 1 else ''}"
