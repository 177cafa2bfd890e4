"""What an office document may hold: no program, no embedded object, nothing from elsewhere, and no bomb."""

import re
import zipfile
import zlib
from io import BytesIO
from xml.etree import ElementTree as ET

#: Parts that are programs or objects: macros of all ages, controls, embedded files.
_ACTIVE = re.compile(
    r"vbaproject|vbadata|(^|/)activex/|(^|/)(macro|dialog)sheets/|(^|/)intlmacrosheets/|(^|/)embeddings/|oleobject"
    r"|(^|/)externallinks/|(^|/)customui/|afchunk|^basic/|^scripts/|^object \d+$"
    r"|\.(exe|dll|js|vbs|jar|class|hta|lnk|scr)$",
    re.IGNORECASE,
)
#: The same, named inside a part.
_ACTIVE_WORDS = re.compile(
    rb"macroenabled|vnd\.ms-office\.vba|vnd\.ms-excel\.(intl)?macrosheet|oleobject|DDEAUTO|ddelink|dde-connection"
    rb"|script:event-listener|vnd\.sun\.star\.script|draw:applet|draw:plugin|afchunk|attachedtemplate",
    re.IGNORECASE,
)
_HYPERLINK = "/hyperlink"
#: Every document may unpack to so much, a large one to so many times its size.
_SMALL = 1_000_000
_MOST_TIMES = 10
_MOST_PARTS = 5000
_LONGEST_RELATIONS = 1_000_000
_IS_ENCRYPTED = 0x1


_BROKEN = (
    zipfile.BadZipFile, zlib.error, ET.ParseError, ValueError, RuntimeError, OSError, EOFError,
)  # fmt: skip


class RefusedPackage(Exception):
    """Why a document is not kept."""


def require_harmless(content: bytes) -> list[str]:
    """Return the names of the parts; raises RefusedPackage for a document that does something, or cannot be read."""
    try:
        package = zipfile.ZipFile(BytesIO(content))
        parts = package.infolist()
        _require_modest(parts, len(content))
        left = max(_SMALL, _MOST_TIMES * len(content))
        for part in parts:
            left -= _check(package, part, left)
    except _BROKEN as error:
        raise RefusedPackage("It cannot be unpacked: save it again.") from error
    return [part.filename for part in parts]


def _require_modest(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > _MOST_PARTS:
        raise RefusedPackage(f"It has more than {_MOST_PARTS} parts.")
    for part in parts:
        if _ACTIVE.search(part.filename.replace("\\", "/")):
            raise RefusedPackage(f"It has a program or an object inside ({part.filename[:80]!r}): send it as a PDF.")
        if part.flag_bits & _IS_ENCRYPTED:
            raise RefusedPackage("It is protected by a password: nobody can look inside.")


def _check(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Check what a part holds and return its size, which is counted while it is unpacked: headers can say anything."""
    with package.open(part) as opened:
        body = opened.read(left + 1)
    if len(body) > left:
        raise RefusedPackage(f"It unpacks to more than {_MOST_TIMES} times its size.")
    name = part.filename.lower()
    if name.endswith((".xml", ".rels", ".rdf")):
        _check_words(body)
    if name.endswith(".rels"):
        _check_relations(body)
    return len(body)


def _check_words(body: bytes) -> None:
    if found := _ACTIVE_WORDS.search(body.replace(b"\x00", b"")):  # UTF-16 is ASCII with zeros here
        word = found[0].decode("ascii")
        raise RefusedPackage(f"It refers to a program, an object or a template ({word!r}): send it as a PDF.")


def _check_relations(body: bytes) -> None:
    """Refuse whatever is loaded from elsewhere when the document is opened; a hyperlink is not."""
    if len(body) > _LONGEST_RELATIONS:
        raise RefusedPackage("Its list of relations is too long.")
    for item in ET.fromstring(body).iter():  # noqa: S314 - expat refuses entities that grow, and the size is bounded
        values = {name.lower(): value.strip() for name, value in item.attrib.items()}
        is_external = values.get("targetmode", "").lower() == "external"
        if is_external and not values.get("type", "").lower().endswith(_HYPERLINK):
            raise RefusedPackage("It loads something from elsewhere when it is opened: send it as a PDF.")
