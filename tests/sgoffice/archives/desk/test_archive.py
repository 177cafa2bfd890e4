"""The whole register on the desk: proposed, approved in the queue, and taken."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from sgoffice.approvals.models import Approval
from tests.sgoffice.archives.deciding import WHY, decided


@pytest.mark.django_db
def test_the_desk_proposes_it_and_sends_it(two):
    one, other = two

    assert one.post("/desk/archive", WHY).status_code == 302
    waiting = Approval.objects.pending().get(action="take_whole_register")
    queue = other.get("/desk/approvals").content.decode()
    closed = one.get("/desk/archive/file")
    decided(other, waiting.pk)
    page = one.get("/desk/archive").content.decode()
    file = one.get("/desk/archive/file")

    assert "Take the whole register away" in queue
    assert 'href="/desk/archive"' in queue
    assert closed.status_code == 422
    assert "No archive is open to you" in closed.content.decode()
    assert WHY["purpose"] in page
    assert 'href="/desk/archive/file"' in page
    assert 'href="/desk/archive/file"' not in other.get("/desk/archive").content.decode()
    assert ZipFile(BytesIO(b"".join(file.streaming_content))).testzip() is None
    assert one.post("/desk/archive", {"purpose": " "}).status_code == 422
