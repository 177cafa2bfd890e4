"""What is kept as a file, told by its bytes alone, and under which name."""

import contextlib
import time

import pytest
from django.conf import settings

from engagements.rules import ENDINGS, MOST_BYTES, require_file, safe_name
from sgoffice.records.errors import InvalidEntry
from tests.engagements.files import KEPT, PAGES, PDF, PNG, REFUSED, catalog, holding, pdf, related

PDF_TYPE = "application/pdf"


@pytest.mark.parametrize(("media_type", "ending"), ENDINGS.items())
def test_each_kind_is_known_by_its_bytes_whatever_its_sender_says_of_it(media_type, ending):
    for said in (media_type, f"{media_type}; charset=binary", "application/octet-stream", ""):
        assert require_file(KEPT[ending], said) == media_type


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_something_when_it_is_opened_is_not_kept(name):
    for said in ("", PDF_TYPE, "text/html", "image/svg+xml"):
        with pytest.raises(InvalidEntry) as refused:
            require_file(REFUSED[name], said)
        assert refused.value.errors[0][0] == "/file"


@pytest.mark.parametrize(("content", "said"), [(PDF, "text/html"), (PNG, "image/jpeg"), (b"alert(1)", "text/html")])
def test_a_file_that_is_sent_as_another_kind_is_not_kept(content, said):
    with pytest.raises(InvalidEntry, match="its bytes are those of"):
        require_file(content, said)


@pytest.mark.parametrize(
    "content",
    [
        related("hyperlink"),
        holding({"xl/printerSettings/printerSettings1.bin": b"x"}),
        holding({"word/document.xml": "<x>" + "<w:t>word</w:t>" * 50_000 + "</x>"}),
        pdf(catalog(b"/OpenAction [3 0 R /Fit] /Metadata 3 0 R"), PAGES, b"<< /Type /Page /Parent 2 0 R >>"),
        b"We spoke of PowerShell and of JavaScript; the command centre (cmd) was visited.\n",
        b"Agenda\n- opening | welcome!\n= = =\nSubject: import of goods\n",
        b"a;b\n-1;+2\n=SUM(A1:A2);x\n",
    ],
)
def test_what_only_looks_like_it_is_kept(content):
    assert require_file(content, "")


def test_hostile_files_are_refused_in_time():
    many = pdf(catalog(), PAGES, *[b"<<>>"] * 60_000)
    begun = time.process_time()

    for content in (
        many,
        b"%PDF-" + b"stream\n" * 400_000,
        b"%PDF-" + b"/a" * 1_000_000,
        b"=" * 2_000_000,
        b"a|" * 1_000_000,
    ):
        with contextlib.suppress(InvalidEntry):
            require_file(content, "")

    assert time.process_time() - begun < 20


def test_a_table_of_text_is_text():
    assert require_file(b"a;b\n", "text/csv") == "text/plain"


def test_a_file_at_the_limit_is_kept_and_one_byte_more_is_not():
    most = PDF + b"0" * (MOST_BYTES - len(PDF))

    assert require_file(most, "") == PDF_TYPE
    with pytest.raises(InvalidEntry, match="at most 10 MB"):
        require_file(most + b"0", "")
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE == MOST_BYTES


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("readout.pdf", "readout.pdf"),
        ("Compte rendu – réunion nº 3.PDF", "Compte rendu – réunion nº 3.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\note.pdf", "note.pdf"),
        ("invoice.exe", "invoice.exe.pdf"),
        ("page.html", "page.html.pdf"),
        ("fdp\u202e.exe", "fdp .exe.pdf"),
        ('a"; filename="b.html\r\nX: y', "a filename= b.html X y.pdf"),
        ("محضر الاجتماع.pdf", "محضر الاجتماع.pdf"),
        ("會議紀要.pdf", "會議紀要.pdf"),
        (".htaccess", "htaccess.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("\x00", "file.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("%2e%2e%2fx.pdf", "2e 2e 2fx.pdf"),
    ],
)
def test_a_name_is_made_safe(name, safe):
    assert safe_name(name, PDF_TYPE) == safe


def test_a_name_keeps_an_ending_that_means_the_same():
    assert safe_name("photo.JPEG", "image/jpeg") == "photo.jpeg"
    assert safe_name("table.csv", "text/plain") == "table.csv"
