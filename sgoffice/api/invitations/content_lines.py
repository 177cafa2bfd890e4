"""Content lines of a calendar (RFC 5545, section 3.1): from the octets of a file to names, parameters and values.

Files break the rules in known ways, and each is read: lines folded inside a character, CR CR LF, other charsets,
quoted-printable values (vCalendar 1.0), quotes inside a bare parameter. All of it takes linear time.
"""

import codecs
import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sgoffice.api.icalendar import clean
from sgoffice.records.errors import InvalidEntry

_FOLD = re.compile(rb"\r*\n[ \t]")
#: Only these end a line of a calendar; Python's splitlines() knows more.
_LINE_END = re.compile(rb"\r*\n|\r")
_ATTACHMENT = re.compile(rb"ATTACH[;:]", re.IGNORECASE)
_SOFT_BREAK = re.compile(rb"[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9-]+)(?:=((?:"[^"]*+"|[^";:])*+))?+')
_ADDRESS = re.compile(r":(?=\s*mailto:)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}  # RFC 6868
_CARET = re.compile(r"\^[n'^]")
_BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
#: In these a line end is more than one octet.
_WIDE = ("utf-16", "utf-32", "utf16", "utf32")
MOST_LINES = 100_000


@dataclass(frozen=True)
class ContentLine:
    """A property: its name in capitals, its parameters by name in capitals, and its value as written."""

    name: str
    value: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The value as text: unescaped, without control characters and direction marks."""
        return clean(_ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)).strip()


def refused(detail: str) -> InvalidEntry:
    return InvalidEntry([("/calendar", detail)])


def lines_of(data: bytes, charset: str = "utf-8") -> list[str]:
    """Return the unfolded lines of a file, without attachments, which are never used.

    Raises InvalidEntry if the text is not in its charset, if the charset is unknown, or if there are too many lines.
    """
    found = _LINE_END.split(_FOLD.sub(b"", _narrow(data, charset)))
    kept = [line for line in found if not _ATTACHMENT.match(line)]
    if len(kept) > MOST_LINES:
        raise refused(f"The file is too long: it has more than {MOST_LINES:,} lines. Send the event alone.")
    wide = charset.lower().startswith(_WIDE) or data[:2] in _BYTE_ORDER_MARKS
    return [clean(_decoded(line, "utf-8" if wide else charset)) for line in _joined(kept)]


def parsed(line: str) -> ContentLine | None:
    """Return a line as a property; None if it is none."""
    name = _NAME.match(line)
    if name is None:
        return None
    place, parameters = name.end(), {}
    while found := _PARAMETER.match(line, place):
        place = found.end()
        parameters[found[1].upper()] = _parameter(found[2] or "")
    if line[place : place + 1] == ":":
        value = line[place + 1 :]
        if "TZID" in parameters and ":" in value:  # a bare tzone://Microsoft/Custom
            rest, _, value = value.rpartition(":")
            parameters["TZID"] += f":{rest}"
        return ContentLine(name[0].upper(), value, parameters)
    address = _ADDRESS.search(line)  # quotes that are never closed hide the colon
    if address is None:
        return None
    given = [part.partition("=") for part in line[: address.start()].split(";")[1:]]
    return ContentLine(
        name[0].upper(), line[address.end() :], {one.strip().upper(): value.strip('" ') for one, _, value in given}
    )


def _parameter(text: str) -> str:
    if text.startswith('"') and text.endswith('"') and text.count('"') == 2:  # noqa: PLR2004 - one in front, one behind
        text = text[1:-1]
    return clean(_CARET.sub(lambda found: _CARETS[found[0]], text)).strip()


def _narrow(data: bytes, charset: str) -> bytes:
    """Return octets in which a line end is one octet."""
    try:
        codecs.lookup(charset)
    except LookupError:
        raise refused(f"There is no charset {charset[:40]!r}. Send the file as UTF-8.") from None
    given = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), charset)
    if not given.lower().startswith(_WIDE):
        return data
    try:
        return data.decode(given).encode()
    except UnicodeError:
        raise refused(f"The calendar is not {given.upper()}.") from None


def _joined(lines: list[bytes]) -> Iterator[bytes]:
    """Join the lines of quoted-printable values, of which each ends with an equals sign but the last."""
    pieces: list[bytes] = []
    for line in lines:
        if not pieces and not (line.endswith(b"=") and _SOFT_BREAK.match(line)):
            yield line
            continue
        is_open = line.endswith(b"=")
        pieces.append(line[:-1] if is_open else line)
        if not is_open:
            yield b"".join(pieces)
            pieces = []
    if pieces:
        yield b"".join(pieces)


def _decoded(line: bytes, charset: str) -> str:
    encoded = _SOFT_BREAK.match(line)
    named = re.search(rb";CHARSET=\"?([A-Za-z0-9_-]{1,40})", line.partition(b":")[0], re.IGNORECASE)
    own = named[1].decode("ascii") if named else charset
    if encoded:
        head, _, value = line.partition(b":")
        # what the calendar escapes is escaped after decoding: a decoded line end ends no line of the file
        plain = quopri.decodestring(value)
        return head.decode("ascii", "replace") + ":" + _text(plain, own).replace("\r\n", "\\n").replace("\n", "\\n")
    return _text(line, own)


def _text(octets: bytes, charset: str) -> str:
    try:
        return octets.decode(charset)
    except LookupError:
        return octets.decode("utf-8", "replace")
    except UnicodeError as error:
        place = getattr(error, "start", 0)
        detail = (
            f"A line is not {charset.upper()} (byte {place} of {octets[:40]!r}). Say the charset in `Content-Type`."
        )
        raise refused(detail) from None
