"""Which files are accepted: their size, their kind by their own bytes, and a safe name.

Neither the name of a file nor its declared type is trusted: programs and active pages are refused, whatever they are
called.
"""

import re
import unicodedata
from collections.abc import Mapping

from engagements.rules import file_packages, file_pdfs, file_texts
from sgoffice.records.errors import InvalidEntry

MOST_BYTES = 10_000_000
#: The accepted media types, each with its file ending.
ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
_PDF = "application/pdf"
_FIRST_BYTES = {b"%PDF-": _PDF, b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_PACKED = b"PK\x03\x04"
_MAIN_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx"}
#: Declared types that say nothing about the content.
_UNSPECIFIC = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/zip", "application/x-zip-compressed"}
)
_PLAIN_TEXTS = frozenset({"text/csv", "text/markdown", "text/plain"})
_SAME_ENDINGS = {".jpeg": ".jpg", ".jpe": ".jpg", ".csv": ".txt", ".md": ".txt", ".text": ".txt"}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
#: Characters with a meaning in a path, a header or a shell, and marks that reverse the direction of text.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*;%\\/`$&\'\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST_STEM = 120


def require_file(content: bytes, declared: str) -> str:
    """Return the media type of a file; raises InvalidEntry for one that is empty, too large or of a refused kind."""
    if not content:
        raise _refused("The file is empty.")
    if len(content) > MOST_BYTES:
        raise _refused(f"A file may have at most {MOST_BYTES // 1_000_000} MB.")
    found, declared_type = _kind_of(content), declared.partition(";")[0].strip().lower()
    if not found:
        kept = ", ".join(ending.removeprefix(".") for ending in ENDINGS.values())
        raise _refused(f"This file is not accepted. Accepted without programs inside: {kept}.")
    if declared_type not in _UNSPECIFIC | {found} and not (found == "text/plain" and declared_type in _PLAIN_TEXTS):
        raise _refused(f"It was sent as {declared_type[:100]!r}, but its bytes are those of {found}.")
    return found


def safe_name(name: str, media_type: str) -> str:
    """Return a name that is safe to save under anywhere: no path, no hidden marks, the ending of its kind."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    words = " ".join(_UNSAFE.sub(" ", last).split()).strip(". ")
    stem, dot, ending = words.rpartition(".")
    usual = ENDINGS[media_type]
    known = f"{dot}{ending}".lower()
    if not stem or _SAME_ENDINGS.get(known, known) != usual:
        stem, known = words, usual
    stem = stem[:_LONGEST_STEM].strip(". ") or "file"
    return f"_{stem}{known}" if _RESERVED.match(stem) else f"{stem}{known}"


def _kind_of(content: bytes) -> str:
    for start, media_type in _FIRST_BYTES.items():
        if content.startswith(start):
            return _harmless_pdf(content) if media_type == _PDF else media_type
    if content.startswith(_PACKED):
        return _packed_kind(content)
    return "text/plain" if _is_plain_text(content) else ""


def _harmless_pdf(content: bytes) -> str:
    try:
        file_pdfs.require_harmless(content)
    except file_pdfs.RefusedPdf as error:
        raise _refused(f"This file is not accepted. {error}") from error
    return _PDF


def _packed_kind(content: bytes) -> str:
    """Return the kind of an office document by the list of its parts; raises InvalidEntry for a harmful one."""
    try:
        names = file_packages.require_harmless(content)
    except file_packages.RefusedPackage as error:
        raise _refused(f"This file is not accepted. {error}") from error
    # an OpenDocument file begins with its own media type, uncompressed
    for media_type in ENDINGS:
        if content[30:].startswith(f"mimetype{media_type}PK".encode()):
            return media_type
    ending = next((_MAIN_PARTS[name] for name in names if name in _MAIN_PARTS), "")
    if "[Content_Types].xml" not in names:
        return ""
    return next((media_type for media_type, usual in ENDINGS.items() if usual == ending), "")


def _is_plain_text(content: bytes) -> bool:
    """Tell whether this is text, and not a page, drawing or script that a program would open."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not (_CONTROLS.search(text) or text.lstrip().startswith("<") or file_texts.is_script(text))


def _refused(detail: str) -> InvalidEntry:
    return InvalidEntry([("/file", detail)])
