"""Components of a calendar: its own properties, its zones and the event that is read."""

from dataclasses import dataclass, field

from sgoffice.api.invitations.content_lines import ContentLine, parsed, refused

_CALENDAR, _EVENT, _ZONE = "VCALENDAR", "VEVENT", "VTIMEZONE"


@dataclass
class Component:
    """A component: its properties, the components in it, and lines that are no properties."""

    kind: str
    properties: list[ContentLine] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        found = parsed(line)
        if found is not None:
            self.properties.append(found)
        else:
            self.unreadable.append(line)

    def all(self, *names: str) -> list[ContentLine]:
        return [line for line in self.properties if line.name in names]

    def one(self, *names: str) -> ContentLine | None:
        return next(iter(self.all(*names)), None)

    def text(self, name: str) -> str:
        found = self.one(name)
        return found.text if found else ""


@dataclass(frozen=True)
class CalendarFile:
    """The first event of a file with the calendar that it stands in, and how much else there is."""

    calendar: Component
    event: Component
    #: Events of the same calendar with the same UID: the series that an occurrence belongs to, or its exceptions.
    kin: tuple[Component, ...]
    other_events: int

    @property
    def zones(self) -> list[Component]:
        return [part for part in self.calendar.parts if part.kind == _ZONE]


def calendar_file(lines: list[str]) -> CalendarFile:
    """Return the first event of a file; raises InvalidEntry if it has none or is no calendar."""
    if not lines or lines[0].strip().upper() != f"BEGIN:{_CALENDAR}":
        raise refused("This is not a calendar: it must start with BEGIN:VCALENDAR.")
    found, fault = _components(lines)
    calendars = [one for one in found if one.kind == _CALENDAR]
    events = [(calendar, part) for calendar in calendars for part in calendar.parts if part.kind == _EVENT]
    if not events:
        raise refused(fault or "The calendar has no event (VEVENT).")
    calendar, event = events[0]
    uid = event.text("UID")
    kin = tuple(part for own, part in events[1:] if own is calendar and uid and part.text("UID") == uid)
    return CalendarFile(calendar, event, kin, len(events) - 1 - len(kin))


def _components(lines: list[str]) -> tuple[list[Component], str]:
    """Return the outermost components up to the first END without a BEGIN, and what is wrong there.

    What stands outside is left out, and so is a component inside a calendar that is never closed.
    """
    found: list[Component] = []
    within: list[Component] = []
    for line in lines:
        word, _, name = line.strip().partition(":")
        if word.upper() == "BEGIN":
            within.append(Component(name.strip().upper()))
        elif word.upper() == "END":
            if not within or within[-1].kind != name.strip().upper():
                return [*found, *within[:1]], f"END:{name[:40]} has no matching BEGIN."
            closed = within.pop()
            (within[-1].parts if within else found).append(closed)
        elif within and line.strip():
            within[-1].add(line)
    return [*found, *within[:1]], ""
