"""Bodies that hold an invitation: a calendar file, or a message that it came with."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
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


@dataclass(frozen=True)
class ReceivedFile:
    """A calendar as octets, in a charset."""

    octets: bytes
    charset: str


class CalendarParser(BaseParser):
    """A calendar file as the body of a request."""

    media_type = MEDIA_TYPE

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return a ReceivedFile; raises TooLarge (413)."""
        body = bytes_of(stream, parser_context, limit=LARGEST)
        return ReceivedFile(body, _charset_in(media_type or ""))


class MessageParser(BaseParser):
    """An e-mail (.eml) as the body of a request, with an invitation inside."""

    media_type = MESSAGE

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return its first calendar as a ReceivedFile; raises InvalidEntry if there is none, TooLarge (413)."""
        message = message_from_bytes(bytes_of(stream, parser_context, limit=LARGEST), policy=policy.default)
        for part in message.walk():
            name = str(part.get_filename() or "").lower()
            if part.get_content_type() == MEDIA_TYPE or name.endswith(_ENDINGS):
                octets = part.get_payload(decode=True)
                if isinstance(octets, bytes):
                    return ReceivedFile(octets, part.get_content_charset() or "utf-8")
        raise refused("The message has no invitation: no part of it is a calendar.")


class OutlookParser(BaseParser):
    """A message as Outlook saves it (.msg) as the body of a request."""

    media_type = OUTLOOK

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return its calendar as a ReceivedFile; raises InvalidEntry if there is none, TooLarge (413)."""
        return ReceivedFile(*calendar_in(bytes_of(stream, parser_context, limit=LARGEST)))


def _charset_in(media_type: str) -> str:
    message = EmailMessage()
    message["Content-Type"] = media_type or MEDIA_TYPE
    return message.get_content_charset() or "utf-8"
