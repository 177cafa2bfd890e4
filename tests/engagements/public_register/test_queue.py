"""The worker and the command write the site into a folder."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from engagements.public_register import queue
from tests.engagements.public_register.publishing import publish
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db


def test_worker_and_command_write_the_site_when_something_changed(chief, settings, tmp_path):
    settings.PUBLICATION_FOLDER = ""
    reports = []
    assert (queue.work_once(reports.append), reports) == ([], [])

    settings.PUBLICATION_FOLDER = str(tmp_path / "site")
    engagement = make.engagement(title="Stolen boats", marking="public", held="2024-05-15")
    publish("2024-01-01", "2024-12-31", by=chief)
    assert (queue.work_once(reports.append), queue.work_once(reports.append)) == ([], [])
    said = StringIO()
    call_command("write_public_register", str(tmp_path / "site"), stdout=said)

    assert reports == ["public register: written", "public register: unchanged"]
    assert "unchanged, 1 entries, 0 withdrawn" in said.getvalue()
    assert engagement.reference in (tmp_path / "site" / "current" / "years" / "2024.html").read_text()


def test_a_folder_that_cannot_be_written_is_reported_with_the_reason(settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.PUBLICATION_FOLDER = str(tmp_path / "file")

    [failed] = queue.work_once(print)

    assert "file" in failed
    with pytest.raises(CommandError):
        call_command("write_public_register", str(tmp_path / "file"))
