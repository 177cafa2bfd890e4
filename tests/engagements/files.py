"""Small files of every kind that is kept, and some that are not."""

import zipfile
from io import BytesIO

from engagements.rules import ENDINGS

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 16


def packed(*names: str, first: str = "") -> bytes:
    """An office document that holds these parts; `first` says of itself what an OpenDocument file says."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        if first:
            made.writestr("mimetype", first)
        for name in names:
            made.writestr(name, "<x/>")
    return held.getvalue()


def docx(*more: str) -> bytes:
    return packed("[Content_Types].xml", "word/document.xml", *more)


def open_document(media_type: str, *more: str) -> bytes:
    return packed("content.xml", *more, first=media_type)


KEPT = {
    ".pdf": PDF,
    ".png": PNG,
    ".jpg": JPEG,
    ".txt": "Grüße, Đorđe\n".encode(),
    ".docx": docx(),
    ".xlsx": packed("[Content_Types].xml", "xl/workbook.xml"),
    ".pptx": packed("[Content_Types].xml", "ppt/presentation.xml"),
} | {ending: open_document(media_type) for media_type, ending in ENDINGS.items() if "opendocument" in media_type}

REFUSED = {
    "nothing": b"",
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page after a mark and spaces": b"\xef\xbb\xbf \n<html>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a program": b"\x7fELF\x02\x01\x01" + b"\x00" * 9,
    "a Windows program": b"MZ\x90\x00" + b"\x00" * 12,
    "an old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "an archive": packed("notes.txt"),
    "a program in Java": packed("META-INF/MANIFEST.MF", "Main.class"),
    "a document with macros": docx("word/vbaProject.bin"),
    "a document with controls": docx("word/activeX/activeX1.xml"),
    "an open document with macros": open_document(
        "application/vnd.oasis.opendocument.text", "Basic/Standard/script.xml"
    ),
    "a broken archive": b"PK\x03\x04" + b"\x00" * 30,
    "text with zeros": b"a\x00b",
    "no Unicode": "Grüße".encode("latin-1"),
}
