"""Bodies that hold an invitation: a calendar file, or a message that it came with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import IO, Any

from rest_framework.parsers import BaseParser

from sgoffice.api.icalendar import MEDIA_TYPE
from sgoffice.api.invitations.content_lines import refused
from sgoffice.api.invitations.outlook import calendar_in
from sgoffice.api.parsers import bytes_of

MESSAGE = "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
#: Invitations come with files inside, which are not used.
LARGEST = 10_000_000
_ENDINGS = (".ics", ".ical", ".ifb", ".vcs")
_BEGINS = re.compile(rb"B\0?E\0?G\0?I\0?N\0?:", re.IGNORECASE)
_UID = re.compile(rb"^UID[^:\r\n]*:(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_NONE = "The message has no invitation: no part of it is a calendar."
_PACKED = (
    "The message has no invitation that can be read: Outlook packed it into winmail.dat. Ask the sender for an "
    "invitation in internet format, or send the message as Outlook saves it (.msg)."
)


@dataclass(frozen=True)
class ReceivedFile:
    """A calendar as octets, in a charset; `method` is what it came as, if its envelope says so."""

    octets: bytes
    charset: str
    method: str = ""


class CalendarParser(BaseParser):
    """A calendar file as the body of a request."""

    media_type = MEDIA_TYPE

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return a ReceivedFile; raises TooLarge (413)."""
        body = bytes_of(stream, parser_context, limit=LARGEST)
        envelope = EmailMessage()
        envelope["Content-Type"] = media_type or MEDIA_TYPE
        return ReceivedFile(body, envelope.get_content_charset() or "utf-8", _method_of(envelope))


class MessageParser(BaseParser):
    """An e-mail (.eml) as the body of a request, with an invitation inside."""

    media_type = MESSAGE

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return its first calendar as a ReceivedFile; raises InvalidEntry if there is none, TooLarge (413).

        Calendars of other events follow it in the same file, so that they are said not to be read.
        """
        message = message_from_bytes(bytes_of(stream, parser_context, limit=LARGEST), policy=policy.default)
        found = list(_calendars(message))
        if not found:
            is_packed = any(part.get_content_type() == "application/ms-tnef" for part in message.walk())
            raise refused(_PACKED if is_packed else _NONE)
        first, *others = sorted(found, key=lambda one: not _BEGINS.search(one.octets))
        known = set(_UID.findall(first.octets))
        octets = [
            one.octets for one in others if one.charset == first.charset and set(_UID.findall(one.octets)) - known
        ]
        return ReceivedFile(b"\r\n".join([first.octets, *octets]), first.charset, first.method)


class OutlookParser(BaseParser):
    """A message as Outlook saves it (.msg) as the body of a request."""

    media_type = OUTLOOK

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return its calendar as a ReceivedFile; raises InvalidEntry if there is none, TooLarge (413)."""
        return ReceivedFile(*calendar_in(bytes_of(stream, parser_context, limit=LARGEST)))


def _calendars(message: Message) -> Iterator[ReceivedFile]:
    for part in message.walk():
        name = str(part.get_filename() or "").lower()
        if part.get_content_type() == MEDIA_TYPE or name.endswith(_ENDINGS):
            octets = part.get_payload(decode=True)
            if isinstance(octets, bytes):
                yield ReceivedFile(octets, part.get_content_charset() or "utf-8", _method_of(part))


def _method_of(envelope: Message) -> str:
    """Return the method that a media type names (RFC 6047, 2.4): some senders write it there alone."""
    return str(envelope.get_param("method") or "").upper()
