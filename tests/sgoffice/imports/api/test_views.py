"""/imports over HTTP: a file or a pasted text, its report, and who reads it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagements.models import Engagement
from sgoffice.imports import queue
from tests.factories import directory
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db

TEXT = (
    "Date;Avec qui;Ville;Pays;Type\n14 mars 2016;Gerhard Karner, Minister, Austria;Vienne;Autriche;Réunion bilatérale\n"
)


@pytest.fixture(autouse=True)
def austria():
    directory.country("AT", "Austria")


@pytest.fixture
def officer():
    return signed_in("officer")


def bring(client, content=None, **fields):
    file = SimpleUploadedFile("entretiens.csv", TEXT.encode("cp1252") if content is None else content, "text/csv")
    return client.post("/api/v1/imports", {"file": file, **fields})


def test_a_file_is_brought_in_a_form_and_checked_by_a_worker(officer):
    answer = bring(officer)
    shown = answer.json()

    assert (answer.status_code, shown["state"], shown["marking"], shown["kind"]) == (
        201, "checking", "restricted", "engagement",
    )  # fmt: skip
    assert (shown["file_name"], shown["encoding"], shown["separator"]) == ("entretiens.csv", "cp1252", "semicolon")
    assert [one["field"] for one in shown["columns"]] == ["held", "counterparts", "city", "country", "kind"]

    assert queue.work_once(lambda _: None) == []
    report = officer.see(f"imports/{shown['id']}/report")

    assert (report.json()["state"], report.json()["counts"]) == ("checked", {"ready": 1})
    assert officer.see(f"imports/{shown['id']}/report", **{"If-None-Match": report["ETag"]}).status_code == 304
    assert not Engagement.objects.exists()


def test_a_text_may_be_pasted(officer):
    answer = officer.enter("imports", {"text": TEXT.replace(";", "\t")})

    assert (answer.status_code, answer.json()["file_name"], answer.json()["separator"]) == (201, "pasted", "tab")


def test_the_same_key_brings_a_file_once(officer):
    first, again = (
        officer.post(
            "/api/v1/imports",
            {"file": SimpleUploadedFile("a.csv", TEXT.encode(), "text/csv")},
            headers={"Idempotency-Key": "march"},
        )
        for _ in range(2)
    )

    assert first.json()["id"] == again.json()["id"]
    assert again["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("content", "pointer"),
    [(b"", "/file"), (b"PK\x03\x04broken", "/file"), (b"%PDF-1.7", "/file"), (bytes(range(256)) * 9, "/file")],
)
def test_a_hostile_file_is_refused_in_words(officer, content, pointer):
    answer = bring(officer, content)

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("field", ["kind", "mapping", "encoding"])
def test_what_is_said_of_a_file_must_be_known(officer, field):
    assert bring(officer, **{field: "nonsense"}).status_code == 400


def test_a_report_is_there_for_its_author_and_approvers_alone(officer):
    shown = bring(officer).json()
    address = f"imports/{shown['id']}"

    for role, status in (
        ("officer", 404),
        ("viewer", 404),
        ("administrator", 404),
        ("auditor", 404),
        ("approver", 200),
    ):
        client = signed_in(role)
        assert client.see(address).status_code == status, role
        assert client.see(f"{address}/report").status_code == status, role
        assert [one["id"] for one in client.see("imports").json()["results"]] == [shown["id"]] * (status == 200), role
        found = client.see("search?q=entretiens").json()["results"]
        assert len(found) == (status == 200), role


def test_a_worker_must_be_done_before_the_mapping_changes(officer):
    shown = bring(officer).json()
    body = {"date_order": "day_first"}

    refused = officer.enter(f"imports/{shown['id']}/map", body, **{"If-Match": '"1"'})
    assert (refused.status_code, refused.json()["rule"]) == (409, "import-state")

    queue.work_once(lambda _: None)
    etag = officer.see(f"imports/{shown['id']}")["ETag"]
    assert officer.enter(f"imports/{shown['id']}/map", body, **{"If-Match": etag}).json()["state"] == "checking"
    assert officer.enter(f"imports/{shown['id']}/map", body, **{"If-Match": etag}).status_code == 412


@pytest.mark.parametrize("after", ["x", "-1", "٣", "99999999999"])
def test_the_report_goes_on_after_a_row(officer, after):
    shown = bring(officer).json()

    assert officer.see(f"imports/{shown['id']}/report?after={after}").status_code == 400
    assert officer.see(f"imports/{shown['id']}/report?after=2").json()["problems"] == []
