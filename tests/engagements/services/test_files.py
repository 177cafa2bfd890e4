"""Files of attachments, looked at in the database, after: kept once, and never changed by anybody."""

import pytest
from django.db import IntegrityError, connection, transaction

from engagements import services
from engagements.models import Attachment, FileContent
from sgoffice import history
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.engagements.files import PDF, PNG
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db


def attached(content=PDF, name="readout.pdf"):
    return make.attachment(make.engagement(), address="", file=services.Upload(name=name, content=content))


def test_the_same_bytes_of_two_attachments_are_kept_once():
    first, second = attached(), attached(name="copy.pdf")

    assert first.content_id == second.content_id == FileContent.objects.get().pk
    assert bytes(FileContent.objects.get().content) == PDF


def test_the_earlier_file_of_an_attachment_stays_for_whoever_asks_history():
    made = attached()
    patch = Correction(services.AttachmentEntry, {"file": services.Upload(name="scan.png", content=PNG)})

    services.correct_attachment(made.pk, patch, by=OFFICE, expected=ANY_VERSION)

    newest, _ = history.of_record(made.pk, by=OFFICE)
    earlier, now = newest.changes["content_id"]
    assert now == Attachment.objects.get().content_id
    assert bytes(FileContent.objects.get(pk=earlier).content) == PDF


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE engagements_filecontent SET content = 'x'",
        "UPDATE engagements_filecontent SET size = size",
        "DELETE FROM engagements_filecontent",
        "INSERT INTO engagements_filecontent (sha256, size, content) VALUES (repeat('a', 64), 1, 'x')",
        "INSERT INTO engagements_filecontent (sha256, size, content) SELECT encode(sha256('xy'), 'hex'), 1, 'xy'",
        "UPDATE engagements_attachment SET sha256 = repeat('a', 64)",
        "UPDATE engagements_attachment SET file_name = ''",
        "UPDATE engagements_attachment SET content_id = NULL",
    ],
)
def test_the_database_keeps_the_bytes_and_what_is_said_of_them(statement):
    attached()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_verification_holds_with_files(settle):
    attached()

    settle()
    assert list(history.faults()) == []
