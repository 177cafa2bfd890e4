"""What a PDF may hold: no script, nothing that is launched or sent, no file inside."""

import logging
import re
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

_ACTIVE = frozenset(
    {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA", "/ImportData",
     "/SubmitForm", "/GoToE", "/Rendition", "/Sound", "/Movie"}
)  # fmt: skip
_NAMES = re.compile(rb"/[^\x00-\x20()<>\[\]{}/%]+")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAMS = re.compile(rb"stream\r?\n")
_MOST_OBJECTS = 50_000
_MOST_UNPACKED = 100_000_000
_OBJECTS_INSIDE = re.compile(rb"/ObjStm|/Type\s*/#")
_BEFORE = 400  # bytes of a stream's dictionary that are looked at

# the library tells of every flaw that it repairs
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class RefusedPdf(Exception):
    """Why a PDF is not kept."""


def require_harmless(content: bytes) -> None:
    """Raise RefusedPdf for a PDF that does something when it is opened, or that nobody can look into.

    Its bytes are read twice: as they are, for a reader repairs what a library takes for broken, and by the library,
    which unpacks what is hidden in streams.
    """
    for text in _texts(content):
        _require_no_active(_written_names(text))
    try:
        _require_no_active(_parsed_names(content))
    except RefusedPdf:
        raise
    except Exception:  # noqa: BLE001 - broken files raise anything
        _require_no_active(_written_names(content))


def _require_no_active(names: Iterable[str]) -> None:
    for name in names:
        if name in _ACTIVE:
            raise RefusedPdf(f"It has a script, a file or an action inside ({name}): print it to a new PDF.")


def _written_names(text: bytes) -> Iterator[str]:
    return (_plain(name) for name in _NAMES.findall(text))


def _texts(content: bytes) -> Iterator[bytes]:
    """Yield what stands between the streams, and the streams of objects, unpacked."""
    end, left = 0, _MOST_UNPACKED
    for begin in _STREAMS.finditer(content):
        if begin.start() < end:
            continue
        yield content[end : begin.end()]
        close = content.find(b"endstream", begin.end())
        end = len(content) if close < 0 else close
        if _OBJECTS_INSIDE.search(content, max(0, begin.start() - _BEFORE), begin.start()):
            unpacked = _inflated(content[begin.end() : end], left)
            left -= len(unpacked)
            yield unpacked
    yield content[end:]


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, max(most, 1))
    except zlib.error:
        return b""


def _plain(name: bytes) -> str:
    """Return a name with its characters in place of their numbers: /J#53 is /JS."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), name).decode("latin-1")


def _parsed_names(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # takes a tenth of a second to load, and few processes need it
    from pypdf.errors import DependencyError, FileNotDecryptedError
    from pypdf.generic import IndirectObject

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedPdf("It is protected by a password: nobody can look inside.")
        keys = [(number, generation) for generation, found in reader.xref.items() for number in found]
        keys += [(number, 0) for number in reader.xref_objStm]
        if len(keys) > _MOST_OBJECTS:
            raise RefusedPdf(f"It has more than {_MOST_OBJECTS} objects: print it to a new PDF.")
        for number, generation in keys:
            yield from _names_in(reader.get_object(IndirectObject(number, generation, reader)))
    except (DependencyError, FileNotDecryptedError) as error:
        raise RefusedPdf("It is encrypted: nobody can look inside.") from error


def _names_in(value: Any) -> Iterator[str]:
    """Yield the names in an object, without following references."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += [*item.keys(), *dict.values(item)]
        elif isinstance(item, list):
            waiting += list.__iter__(item)
        elif isinstance(item, str) and item.startswith("/"):
            yield str(item)
