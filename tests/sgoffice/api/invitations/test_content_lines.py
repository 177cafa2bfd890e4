"""Octets of files as other programs write them."""

import pytest

from sgoffice.api.invitations import read_invitation
from sgoffice.records.errors import InvalidEntry


def file(*lines, end="\r\n"):
    event = ["BEGIN:VEVENT", "UID:1@example.org", "DTSTART:20270708", *lines, "END:VEVENT"]
    return end.join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""])


@pytest.mark.parametrize(
    "text", ["Réunion à l’Élysée", "Встреча с министром", "与部长会面", "لقاء مع الوزير", "대한민국 😀"]
)
def test_a_line_may_be_folded_inside_a_character(text):
    octets = text.encode()
    for place in range(1, len(octets)):
        folded = file("SUMMARY:@").encode().replace(b"@", octets[:place] + b"\r\n " + octets[place:])
        assert read_invitation(folded).summary == text


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", "Réunion à Genève"),
        ("iso-8859-2", "Spotkanie w Łodzi"),
        ("shift_jis", "東京会議"),
        ("utf-16", "Réunion"),
        ("windows-1251", "Встреча"),
        ("utf-16-le", "Réunion"),
    ],
)
def test_the_charset_of_the_body_is_used(charset, text):
    assert read_invitation(file(f"SUMMARY:{text}").encode(charset), charset=charset).summary == text


def test_a_byte_order_mark_says_the_charset():
    assert read_invitation(file("SUMMARY:Réunion").encode("utf-16")).summary == "Réunion"
    assert read_invitation(b"\xef\xbb\xbf" + file("SUMMARY:Réunion").encode()).summary == "Réunion"


@pytest.mark.parametrize(
    ("octets", "charset"), [(file("SUMMARY:é").encode("latin-1"), "utf-8"), (b"x", "nonsense"), (b"\xff", "utf-16")]
)
def test_octets_of_another_charset_are_refused_with_advice(octets, charset):
    with pytest.raises(InvalidEntry) as refusal:
        read_invitation(octets, charset=charset)

    assert refusal.value.errors[0][0] == "/calendar"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n"])
def test_lines_may_end_in_any_way(end):
    folded = f"SUMMARY:Courtesy call by the{end} "[:-1] + ("" if end == "\r" else " ")
    text = file("SUMMARY:Courtesy call" if end == "\r" else f"{folded} Minister", end=end)

    assert read_invitation(text).summary == ("Courtesy call" if end == "\r" else "Courtesy call by the Minister")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:R=C3=A9union =C3=A0 Gen=C3=A8ve", "Réunion à Genève"),
        ("SUMMARY;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:R=E9union", "Réunion"),
        ("SUMMARY;QUOTED-PRINTABLE:A=3DB", "A=B"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:one =\r\ntwo =\r\nthree", "one two three"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo", "one\ntwo"),
        ("SUMMARY:not encoded =C3=A9", "not encoded =C3=A9"),
    ],
)
def test_quoted_printable_is_decoded_where_a_line_says_so(line, text):
    assert read_invitation(file(line, "LOCATION:Lyon")).summary == text


def test_attachments_are_left_out_before_anything_is_measured():
    attachment = "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "\r\n ".join(["QUJD" * 18] * 120_000)

    assert read_invitation(file(attachment, "SUMMARY:Call")).summary == "Call"


def test_a_file_that_is_too_long_is_said_to_be():
    with pytest.raises(InvalidEntry, match="too long"):
        read_invitation(file(*["COMMENT:x"] * 100_001))
