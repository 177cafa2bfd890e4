"""What can be a name, a title, a link or an address."""

import time

import pytest

from sgoffice.records.wording import (
    why_no_email,
    why_no_link,
    why_no_name,
    why_no_place_of_a_file,
    why_no_telephone,
    why_no_title,
    wrong_parts,
)

LIMIT = 2  # seconds


@pytest.mark.parametrize("text", [".", "---", "😀", "“”", "́", "@@@", "— —"])
def test_what_has_no_letter_and_no_digit_is_no_title(text):
    assert why_no_title(text)


@pytest.mark.parametrize("text", ["7", "王", "ก", "91st General Assembly", "😀 hello", "I-24/7"])
def test_one_letter_or_digit_of_any_script_makes_a_title(text):
    assert why_no_title(text) == ""


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "<script>", "Ann <br/> Lee", "https://example.org", "ann@example.org", "---"]
)
def test_markup_and_addresses_are_no_names(text):
    assert why_no_name(text)


@pytest.mark.parametrize("text", ["O’Neil", "3 < 4 Alliance", "AT&T", "Müller (INTERPOL)", "Project I-24/7", "李"])
def test_names_with_signs_in_them_are_names(text):
    assert why_no_name(text) == ""


@pytest.mark.parametrize(
    "text", ["not an email", "a@b", "a b@c.org", "a@@c.org", "a@c.org.", "@c.org", "a@c.org, b@c.org"]
)
def test_what_no_mail_can_be_sent_to_is_no_email_address(text):
    assert why_no_email(text)


def test_an_email_address_is_one():
    assert why_no_email(" a.o'neil+x@sub.example.org ") == ""


@pytest.mark.parametrize("text", ["abc", "<b>", "12", "javascript:1234", "see page 1234", "12 (room 345)", "112 PARIS"])
def test_what_nobody_can_dial_is_no_telephone_number(text):
    assert "like +33" in why_no_telephone(text)


@pytest.mark.parametrize(
    "text",
    [
        "+33 4 72 44 70 00", "(020) 123-456", "112", "+1 202 555 0100 ext. 12", "044/123.45.67", "+41 44–123‑45—67",
        "Tel. +33 4 72 44 70 00", "tél. : 04 72 44 70 00", "04 72 44 70 00 poste 12", "044 123 45 67, Durchwahl 12",
        "+12025550100;ext=12", "+1-800-GO-FEDEX", "0800 REVERSE", "+33 4 72 44 70 00 (office)", "112 x 4 (day)",
    ],
)  # fmt: skip
def test_a_telephone_number_is_one(text):
    assert why_no_telephone(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "ftp://x.org", "www.x.org", "https://",
        "https:///x", "https://a b", "https://user@x.org", "mailto:nobody", "file:///etc/passwd", "//x.org",
    ],
)  # fmt: skip
def test_what_is_not_http_mail_or_telephone_is_no_link(text):
    assert why_no_link(text)


@pytest.mark.parametrize(
    "text",
    ["https://www.interpol.int/en?a=1#b", "HTTP://X.EXAMPLE", "https://medium.com/@x", "mailto:a@b.org", "tel:+334"],
)
def test_a_link_is_one(text):
    assert why_no_link(text) == ""


@pytest.mark.parametrize(
    "text", ["9 " * 20_000 + "y", " " * 20_000, "1" + " " * 20_000 + "(", "0800" + "-A" * 20_000 + "é"]
)
def test_a_long_text_is_refused_at_once(text):
    began = time.monotonic()

    assert why_no_telephone(text)
    assert time.monotonic() - began < LIMIT


@pytest.mark.parametrize("text", ["SG:2024/12, cabinet 3", "Data: 2024 files", "Blobs: shelf 4"])
def test_an_attachment_may_have_a_file_number_as_its_address(text):
    assert why_no_place_of_a_file(text) == ""


@pytest.mark.parametrize(
    "text",
    [" javascript:alert(1)", "java\tscript:alert(1)", "\r\nvb\nscript:x", "data:text/html,x", "DATA:;base64,eA=="],
)
def test_an_attachment_has_no_program_as_its_address(text):
    assert why_no_place_of_a_file(text)


def test_wrong_parts_of_a_list_have_pointers():
    rows = [
        {"type": "Email", "value": "nobody"},
        {"type": "address", "value": "somewhere"},
        {"url": "javascript:x", "title": "t"},
        {"url": ""},
    ]

    assert [pointer for pointer, _ in wrong_parts(rows)] == ["/0/value", "/2/url"]
