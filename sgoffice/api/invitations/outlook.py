"""Messages that Outlook saved (.msg): the calendar file inside, or the meeting written as one.

Outlook keeps a meeting as properties of its own. They are written here as the lines of a calendar, as Exchange does for
others ([MS-OXCICAL], [MS-OXMSG]), so that one reader reads all invitations.
"""

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from olefile import STGTY_STREAM, OleFileIO
from oxmsg import Message
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from sgoffice.api.icalendar import clean
from sgoffice.api.invitations.content_lines import refused

#: What the readers of the format raise at a damaged file.
_DAMAGED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_BROKEN = (*_DAMAGED, struct.error)
_ENDINGS = (".ics", ".ical", ".ifb", ".vcs")
_CALENDAR = "text/calendar"
#: The streams of a file hold no more than the file: more means that several share their sectors, as in a bomb.
_MOST_TIMES = 2

_APPOINTMENT = UUID("00062002-0000-0000-c000-000000000046")
_MEETING = UUID("6ed8da90-450b-101b-98da-00aa003f1305")
_COMMON = UUID("00062008-0000-0000-c000-000000000046")
_LOCATION, _WHOLE_DAY, _IS_SERIES = (_APPOINTMENT, 0x8208), (_APPOINTMENT, 0x8215), (_APPOINTMENT, 0x8223)
_COUNTERS = (_APPOINTMENT, 0x8257)
_STARTS, _ENDS = ((_APPOINTMENT, 0x820D), (_COMMON, 0x8516)), ((_APPOINTMENT, 0x820E), (_COMMON, 0x8517))
_OBJECT_IDS = ((_MEETING, 0x0023), (_MEETING, 0x0003))
Named = Mapping[tuple[UUID, int], int]

_TEXT, _SENSITIVITY = 0x1000, 0x0036
_SENDER = ((0x0042, 0x5D02, 0x0065), (0x0C1A, 0x5D01, 0x0C1F))  # on whose behalf it was sent, then by whom
_RECIPIENT_SORT, _RECIPIENT_FLAGS, _RECIPIENT_ANSWER, _DISPLAY_TYPE = 0x0C15, 0x5FFD, 0x5FFF, 0x3900
_OPTIONAL, _ROOM, _ORGANIZER, _PRIVATE, _GROUPS = 2, 3, 2, 2, frozenset({1, 5})
_ANSWERS = {2: "TENTATIVE", 3: "ACCEPTED", 4: "DECLINED", 5: "NEEDS-ACTION"}
_METHODS = {"Request": "REQUEST", "Canceled": "CANCEL", "Resp": "REPLY"}
_RESPONSES = {"Pos": "ACCEPTED", "Neg": "DECLINED", "Tent": "TENTATIVE"}
_FOREIGN_UID: Final = b"vCal-Uid\x01\x00\x00\x00"


def calendar_in(data: bytes) -> tuple[bytes, str]:
    """Return the calendar of a message as octets and their charset; raises InvalidEntry if it has none."""
    try:
        storage = _storage_of(data)
        message = Message(storage)
        found = _attached(message)
        if found is None and message.message_class.startswith(("IPM.Schedule.Meeting", "IPM.Appointment")):
            found = "\r\n".join(_lines(message, _names_in(storage))).encode()
    except _BROKEN:
        raise refused("The Outlook message cannot be read: save it again, or send the calendar file.") from None
    if found is None:
        raise refused("The message has no invitation: it is no meeting, and no file in it is a calendar.")
    return found, "utf-8"


def _storage_of(data: bytes) -> Storage:
    """Return what a compound file holds; raises ValueError if its streams would hold more than the file."""
    with OleFileIO(BytesIO(data)) as file:  # a few octets alone would be the name of a file on this machine
        held = sum(one.size for one in file.direntries if one is not None and one.entry_type == STGTY_STREAM)
        if held > _MOST_TIMES * len(data):
            raise ValueError("the streams hold more than the file")
        return Storage.from_ole(file)


def _attached(message: Message) -> bytes | None:
    for one in message.attachments:
        if (one.mime_type or "").lower() == _CALENDAR or (one.file_name or "").lower().endswith(_ENDINGS):
            return one.file_bytes
    return None


def _lines(message: Message, names: Named) -> Iterator[str]:
    """Yield the meeting as lines of a calendar."""
    own = message.properties
    kind = message.message_class.split(".")
    is_counter = _named(own, names, _COUNTERS) is True
    method = "COUNTER" if is_counter else next((_METHODS[word] for word in kind if word in _METHODS), "PUBLISH")
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT")
    yield f"SUMMARY:{_escaped(message.subject)}"
    yield f"DESCRIPTION:{_escaped(own.str_prop_value(_TEXT) or '')}"
    yield f"LOCATION:{_escaped(_named(own, names, _LOCATION))}"
    yield from _times(own, names)
    object_id = _first(own, names, _OBJECT_IDS)
    if isinstance(object_id, bytes):
        yield f"UID:{_escaped(_uid(object_id))}"
    if _named(own, names, _IS_SERIES) is True:
        yield "RRULE:FREQ=DAILY"  # which one is not read: the reader says that there is more than the first date
    if own.int_prop_value(_SENSITIVITY) == _PRIVATE:
        yield "CLASS:PRIVATE"
    yield from _people(message, method, kind)
    yield from ("END:VEVENT", "END:VCALENDAR")


def _times(own: Properties, names: Named) -> Iterator[str]:
    starts, ends = _first(own, names, _STARTS), _first(own, names, _ENDS)
    is_whole = _named(own, names, _WHOLE_DAY) is True
    for name, moment in (("DTSTART", starts), ("DTEND", ends)):
        if not isinstance(moment, datetime):
            continue
        if is_whole:
            yield f"{name};VALUE=DATE:{_local_day(moment):%Y%m%d}"
        else:
            yield f"{name}:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _local_day(midnight: datetime) -> date:
    """Return the day that begins at a midnight of somewhere: in all zones but those east of UTC+12."""
    return (midnight.astimezone(UTC) + timedelta(hours=12)).date()


def _people(message: Message, method: str, kind: list[str]) -> Iterator[str]:
    name, email = next((found for one in _SENDER if any(found := _sender(message.properties, *one))), ("", ""))
    if method in {"REPLY", "COUNTER"}:  # whoever answers is an attendee
        answer = next((_RESPONSES[word] for word in kind if word in _RESPONSES), "NEEDS-ACTION")
        yield _person("ATTENDEE", name, email, f";PARTSTAT={answer}")
        return
    yield _person("ORGANIZER", name, email)
    for one in message.recipients:
        own = one.properties
        if (own.int_prop_value(_RECIPIENT_FLAGS) or 0) & _ORGANIZER:
            continue
        more = f";PARTSTAT={_ANSWERS.get(own.int_prop_value(_RECIPIENT_ANSWER) or 0, 'NEEDS-ACTION')}"
        sort = own.int_prop_value(_RECIPIENT_SORT)
        more += ";ROLE=OPT-PARTICIPANT" if sort == _OPTIONAL else ""
        more += ";CUTYPE=ROOM" if sort == _ROOM else ""
        more += ";CUTYPE=GROUP" if own.int_prop_value(_DISPLAY_TYPE) in _GROUPS else ""
        yield _person("ATTENDEE", one.name, one.email_address, more)


def _sender(own: Properties, name: int, smtp: int, address: int) -> tuple[str, str]:
    email = own.str_prop_value(smtp) or own.str_prop_value(address) or ""
    return own.str_prop_value(name) or "", email


def _person(role: str, name: str, email: str, more: str = "") -> str:
    shown = " ".join(clean(name).split()).replace('"', "'")
    address = "".join(clean(email).split())
    return f'{role};CN="{shown}"{more}:mailto:{address if "@" in address else "invalid:nomail"}'


def _uid(object_id: bytes) -> str:
    """Return the UID of a global object id: that of another program if it holds one ([MS-OXCICAL], 2.1.3.1.1.20.26)."""
    data = object_id[40:]
    if data.startswith(_FOREIGN_UID):
        return data[len(_FOREIGN_UID) :].split(b"\x00")[0].decode("utf-8", "replace")
    return (object_id[:16] + bytes(4) + object_id[20:]).hex().upper()  # the day of an occurrence is no part of it


def _names_in(storage: Storage) -> Named:
    """Return the ids under which a message keeps named properties, by set and number ([MS-OXMSG], 2.2.3)."""
    storages = {one.name: one for one in storage.storages}
    if "__nameid_version1.0" not in storages:
        return {}
    streams = {one.name: one.bytes_ for one in storages["__nameid_version1.0"].streams}
    sets, entries = streams.get("__substg1.0_00020102", b""), streams.get("__substg1.0_00030102", b"")
    known = [UUID(bytes_le=sets[place : place + 16]) for place in range(0, len(sets) // 16 * 16, 16)]
    found = {}
    for place in range(0, len(entries) // 8 * 8, 8):
        number, which, index = struct.unpack("<IHH", entries[place : place + 8])
        is_word, own = which & 1, (which >> 1) - 3  # the first two sets are Outlook's own
        if not is_word and 0 <= own < len(known):
            found[known[own], number] = 0x8000 + index
    return found


def _first(own: Properties, names: Named, wanted: tuple[tuple[UUID, int], ...]) -> Any:
    return next((value for one in wanted if (value := _named(own, names, one)) is not None), None)


def _named(own: Properties, names: Named, wanted: tuple[UUID, int]) -> Any:
    """Return the value of a named property; None if the message has none."""
    number = names.get(wanted)
    found = next((one for one in own if one.pid == number), None) if number is not None else None
    return None if found is None else found.value


def _escaped(text: object) -> str:
    given = clean(text if isinstance(text, str) else "")
    plain = (
        given.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    )
    return plain.replace("\n", "\\n")
