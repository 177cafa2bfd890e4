"""A list or a search as one package: records, papers, files and history, as far as its reader may see them."""

import hashlib
import io
import json
from zipfile import ZipFile

import pytest

from engagements.services import Upload
from sgoffice.api import records_requests
from sgoffice.records.models import TraceItem
from tests.engagements.files import PDF
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    """A meeting about cargo with a readout in a file, talking points that few read, and one that nobody asks for."""
    made = make.engagement(title="Cargo at sea")
    file = Upload(name="readout.pdf", content=PDF, media_type="application/pdf")
    make.attachment(made, title="Readout", file=file, address="")
    make.paper(made, kind="talking_points", title="Zqxcanary", marking="restricted")
    make.engagement(title="Something else")
    make.engagement(title="Cargo, Zqxcanary", marking="restricted")
    return made


def package(answer):
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(io.BytesIO(b"".join(answer))) as found:
        return {name: found.read(name) for name in found.namelist()}


def lines(files, name):
    return [json.loads(line) for line in files[name].splitlines()]


@pytest.mark.parametrize("path", ["engagements?q=cargo&format=zip", "search?q=cargo&kind=engagement&format=zip"])
def test_a_package_has_what_was_found_with_what_belongs_to_it_for_its_reader_alone(meeting, path):
    viewer, approver = signed_in("viewer"), signed_in("approver")

    files, all_of_it = package(viewer.see(path)), package(approver.see(path))

    assert lines(files, "records/engagement.jsonl") == [viewer.see(f"engagements/{meeting.pk}").json()]
    [attached] = lines(files, "records/attachment.jsonl")
    assert files[f"files/{attached['sha256']}"] == PDF
    [told] = lines(files, "history/engagement.jsonl")
    assert (told["record"], told["items"]) == (
        str(meeting.pk), viewer.see(f"engagements/{meeting.pk}/history").json()["results"]
    )  # fmt: skip
    assert "records/paper.jsonl" not in files
    assert b"Zqxcanary" not in b"".join(files.values())
    assert b"Zqxcanary" in all_of_it["records/paper.jsonl"]

    manifest = json.loads(files["manifest.json"])
    assert manifest["counts"] == {"engagement": 1, "attachment": 1}
    assert manifest["asked"]["parameters"]["q"] == ["cargo"]
    for file in manifest["files"]:
        assert file["sha256"] == hashlib.sha256(files[file["path"]]).hexdigest()

    mine, theirs = TraceItem.objects.filter(act="export").order_by("pk")
    assert (mine.actor, mine.about, mine.entries) == (f"staff:{viewer.user.pk}", {"as": "zip", "rows": "2"}, [])
    assert len(theirs.entries) == 2


def test_a_package_of_more_than_fits_is_refused_and_nothing_is_written_for_its_headers(meeting, monkeypatch):
    monkeypatch.setattr(records_requests, "MOST", 1)
    viewer = signed_in("viewer")

    refused = viewer.see("engagements?format=zip")
    headers = viewer.head("/api/v1/engagements?format=zip")

    assert refused.status_code == 400
    assert "narrow the list" in refused.content.decode()
    assert headers["Content-Disposition"] == 'attachment; filename="engagements.zip"'
    assert viewer.see("engagements?format=zip&limit=2").status_code == 400
    assert viewer.see("deadlines?format=zip").status_code in {400, 404, 406}
