"""Files of attachments over HTTP: uploaded as a form, downloaded as they were, never opened in our name."""

import hashlib
from email.message import Message

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagements.models import Attachment, FileContent
from engagements.rules import MOST_BYTES
from sgoffice.records.models import HistoryPayload
from tests.engagements.files import KEPT, PDF, PNG, REFUSED
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
NOBODY = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def officer():
    return signed_in("officer")


def sent(content=PDF, name="readout.pdf", media_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type=media_type)


def upload(client, path="attachments", *, headers=None, **fields):
    fields = {name: value for name, value in {"file": sent(), **fields}.items() if value is not None}
    return client.post(f"/api/v1/{path}", fields, headers=headers or {})


def attach(client, **fields):
    answer = upload(client, engagement=str(make.engagement().pk), **fields)
    assert answer.status_code == 201, answer.content
    return answer


def content_of(answer):
    return f"attachments/{answer.json()['id']}/content"


def test_a_file_is_uploaded_in_one_call_and_comes_back_as_it_was(officer):
    digest = hashlib.sha256(PDF).hexdigest()

    made = attach(officer, title="Readout", language="fr", marking="internal", sha256=digest)
    back = officer.see(content_of(made))

    shown = made.json()
    assert (shown["title"], shown["language"], shown["marking"]) == ("Readout", "fr", "internal")
    assert (shown["file_name"], shown["media_type"], shown["size"]) == ("readout.pdf", "application/pdf", len(PDF))
    assert (shown["sha256"], shown["address"]) == (digest, "")
    assert officer.see(f"attachments/{shown['id']}").json() == shown
    assert (back.status_code, back.content) == (200, PDF)
    assert back["ETag"] == f'"{digest}"'


@pytest.mark.parametrize("ending", KEPT)
def test_every_kind_that_is_kept_comes_back_byte_for_byte(officer, ending):
    made = attach(officer, file=sent(KEPT[ending], f"x{ending}", "application/octet-stream"))
    back = officer.see(content_of(made))

    assert (made.json()["title"], made.json()["file_name"]) == (f"x{ending}", f"x{ending}")
    assert (back.content, back["Content-Type"]) == (KEPT[ending], made.json()["media_type"])


def test_a_download_is_saved_and_never_opened_in_our_name(officer):
    back = officer.see(content_of(attach(officer, file=sent(name="會議 “紀要”.pdf"))))

    told = Message()
    told["Content-Disposition"] = back["Content-Disposition"]
    assert told.get_content_disposition() == "attachment"
    assert told.get_filename() == "會議 “紀要”.pdf"
    assert back["Content-Disposition"].isascii()
    assert back["X-Content-Type-Options"] == "nosniff"
    assert back["Content-Security-Policy"].startswith("sandbox")
    assert back["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "name", ['a"\r\nSet-Cookie: x=1.pdf', "../../../etc/passwd", "x\u202efdp.exe", "<script>.html"]
)
def test_a_hostile_name_makes_no_header_and_no_path(officer, name):
    boundary = "b"
    body = (
        f"--{boundary}\r\nContent-Disposition: form-data; name=engagement\r\n\r\n{make.engagement().pk}\r\n"
        f"--{boundary}\r\nContent-Disposition: form-data; name=file; filename*=UTF-8''{_quoted(name)}\r\n\r\n"
    ).encode() + PDF + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip

    made = officer.generic(
        "POST", "/api/v1/attachments", body, content_type=f"multipart/form-data; boundary={boundary}"
    )
    back = officer.see(content_of(made))

    assert made.status_code == 201, made.content
    assert made.json()["file_name"].endswith(".pdf")
    assert not set(made.json()["file_name"]) & set('/\\<>"\r\n\u202e')
    assert "Set-Cookie" not in back
    assert back["Content-Disposition"].startswith("attachment;")


def _quoted(name):
    return "".join(f"%{byte:02X}" for byte in name.encode())


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_kept_is_a_400_at_the_file(officer, name):
    logged = make.engagement()

    answer = upload(officer, engagement=str(logged.pk), file=sent(REFUSED[name]))

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/file"]
    assert not FileContent.objects.exists()


@pytest.mark.parametrize("above", [1, 200_000])
def test_a_file_above_the_limit_is_a_413_and_one_at_the_limit_is_not(officer, above):
    logged = str(make.engagement().pk)
    most = PDF + b"0" * (MOST_BYTES - len(PDF))

    refused = upload(officer, engagement=logged, file=sent(most + b"0" * above))
    taken = upload(officer, engagement=logged, file=sent(most))

    assert (refused.status_code, taken.status_code) == (413, 201)
    assert refused.json()["type"] == "/problems/too-large"
    assert officer.see(content_of(taken)).content == most


def test_a_body_that_is_said_to_be_too_large_is_refused_before_it_is_read(officer):
    class Unread:
        def read(self, *_):
            raise AssertionError("it was read")

        readline = read

    answer = officer.generic(
        "POST", "/api/v1/attachments", b"x", content_type="multipart/form-data; boundary=b",
        **{"CONTENT_LENGTH": str(11_000_000), "wsgi.input": Unread()},
    )  # fmt: skip

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"file": None}, "/file"),
        ({"file": "text"}, "/file"),
        ({"engagement": None}, "/engagement"),
        ({"engagement": NOBODY}, "/engagement"),
        ({"colour": "red"}, "/colour"),
        ({"other": sent()}, "/other"),
        ({"language": "English"}, "/language"),
        ({"marking": "secret"}, "/marking"),
        ({"title": "a\x00b"}, "/title"),
        ({"sha256": "0" * 64}, "/sha256"),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, str) else next(iter(value)),
)
def test_a_form_that_is_wrong_is_a_400_that_names_the_field(officer, fields, pointer):
    answer = upload(officer, **{"engagement": str(make.engagement().pk), "title": "Readout"} | fields)

    assert answer.status_code == 400, answer.content
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("fields", [{"title": ["One", "Two"]}, {"file": [sent(), sent(PNG)]}], ids=["text", "file"])
def test_a_field_that_stands_twice_is_a_400(officer, fields):
    answer = upload(officer, **{"engagement": str(make.engagement().pk)} | fields)

    assert answer.status_code == 400
    assert "appears twice" in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"x", b"--b\r\n", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"])
def test_a_broken_form_is_a_400(officer, body):
    answer = officer.generic("POST", "/api/v1/attachments", body, content_type="multipart/form-data; boundary=b")

    assert answer.status_code == 400, answer.content


def test_a_key_sent_again_enters_nothing_and_with_another_file_is_refused(officer):
    fields = {"engagement": str(make.engagement().pk), "headers": {"Idempotency-Key": "once"}}

    first = upload(officer, **fields)
    again = officer.generic(  # another boundary, as every sender makes up one
        "POST", "/api/v1/attachments", *_form("another", fields["engagement"]), headers={"Idempotency-Key": "once"}
    )
    other = upload(officer, **fields | {"file": sent(PDF + b"more")})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert Attachment.objects.count() == 1


def _form(boundary, engagement):
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="engagement"\r\n\r\n{engagement}\r\n--{boundary}\r\n'
    told = (
        'Content-Disposition: form-data; name="file"; filename="readout.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    body = (head + told).encode() + PDF + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def test_another_file_takes_the_place_and_needs_the_version(officer):
    made = attach(officer)
    path = f"attachments/{made.json()['id']}"
    tag = {"If-Match": made["ETag"]}

    unsaid = upload(officer, f"{path}/upload")
    changed = upload(officer, f"{path}/upload", headers=tag, file=sent(PNG, "scan.png", "image/png"), reason="A scan")
    stale = upload(officer, f"{path}/upload", headers=tag)

    assert (unsaid.status_code, changed.status_code, stale.status_code) == (428, 200, 412)
    assert (changed.json()["file_name"], changed.json()["version"]) == ("scan.png", 2)
    assert officer.see(f"{path}/content").content == PNG
    newest, first = officer.see(f"{path}/history").json()["results"]
    assert (newest["verb"], newest["reason"]) == ("correct", "A scan")
    assert newest["changes"]["sha256"] == [hashlib.sha256(one).hexdigest() for one in (PDF, PNG)]
    assert first["changes"]["file_name"] == [None, "readout.pdf"]


def test_history_holds_the_digest_and_never_the_bytes(officer):
    attach(officer, file=sent(PDF + b"SECRETBYTES"))

    written = " ".join(str(payload.new) for payload in HistoryPayload.objects.all())

    assert hashlib.sha256(PDF + b"SECRETBYTES").hexdigest() in written
    assert "SECRETBYTES" not in written
    assert (PDF + b"SECRETBYTES").hex() not in written


def test_who_has_the_file_is_told_so_and_head_tells_of_it(officer):
    path = content_of(attach(officer))
    whole = officer.see(path)

    same = officer.see(path, **{"If-None-Match": whole["ETag"]})
    head = officer.head(f"/api/v1/{path}")

    assert (same.status_code, same.content) == (304, b"")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
    assert head["Content-Length"] == str(len(PDF))


def test_what_one_may_not_see_is_not_there(officer):
    author, viewer = signed_in("officer"), signed_in("viewer")
    hidden = make.engagement(by=author.user.as_actor(), marking="restricted")
    made = upload(author, engagement=str(hidden.pk))

    assert made.json()["marking"] == "restricted"
    assert author.see(content_of(made)).content == PDF
    for client in (officer, viewer, signed_in("administrator")):
        answer, unknown = client.see(content_of(made)), client.see(f"attachments/{NOBODY}/content")
        assert answer.status_code == 404
        assert {**answer.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    assert upload(officer, f"attachments/{made.json()['id']}/upload").status_code == 404
    assert upload(officer, engagement=str(hidden.pk)).status_code == 400
    assert upload(viewer, engagement=str(make.engagement().pk)).status_code == 403


def test_what_the_file_says_of_itself_is_not_corrected_by_hand(officer):
    made = attach(officer)
    path, tag = f"attachments/{made.json()['id']}", {"If-Match": made["ETag"]}

    for patch in ({"sha256": "a" * 64}, {"media_type": "text/html"}):
        answer = officer.correct(path, patch, **tag)
        assert (answer.status_code, answer.json()["rule"]) == (409, "file-tells-it")
    assert officer.correct(path, {"title": "Readout, final"}, **tag).status_code == 200


def test_a_file_that_is_kept_elsewhere_says_where(officer):
    elsewhere = make.attachment(make.engagement(), address="archive 12/7")

    answer = officer.see(f"attachments/{elsewhere.pk}/content")

    assert (answer.status_code, answer.json()["rule"]) == (409, "file-elsewhere")
    assert "archive 12/7" in answer.json()["detail"]
    made = upload(officer, f"attachments/{elsewhere.pk}/upload", headers={"If-Match": '"1"'})
    assert (made.json()["address"], made.json()["size"]) == ("archive 12/7", len(PDF))


def test_neither_a_file_nor_an_address_is_refused(officer):
    answer = officer.enter("attachments", {"engagement": str(make.engagement().pk), "title": "Nothing"})

    assert (answer.status_code, answer.json()["rule"]) == (409, "address-needed")
