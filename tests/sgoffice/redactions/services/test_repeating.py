"""After a restore of an older backup, what was erased since is erased again, or nobody is served."""

from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from engagements.models import Engagement
from sgoffice import health
from sgoffice.changes.integrity import faults
from sgoffice.redactions import services
from sgoffice.redactions.models import Redaction
from sgoffice.running import backups
from tests.factories import approvals, redactions
from tests.factories import engagements as make

pytestmark = pytest.mark.usefixtures("fresh_database")


@contextmanager
def empty_register(databases):
    name = databases.empty()
    before = databases.point_at(name)
    try:
        yield name
    finally:
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


def files():
    return sorted((Path(settings.CHECKPOINTS) / "redactions").glob("*.json"))


def test_what_was_erased_after_a_backup_is_erased_again_by_its_restore(databases, tmp_path):
    officer, chief = approvals.member("officer"), approvals.member("approver")
    meeting = make.engagement(
        by=officer, title="Canary talk", venue="Canary hall", caveats=["First.", "Canary second."]
    )
    later = make.engagement(by=officer, title="Kept")
    backup = tmp_path / "register.dump"
    backups.back_up(backup)
    for pointers in (["/title", "/venue"], ["/caveats/1"]):
        redactions.redact(meeting, *pointers, by=officer, approver=chief)
    assert len(files()) == 2
    assert services.missing() == []
    assert all("Canary" not in place.read_text(encoding="utf-8") for place in files())

    with empty_register(databases):
        said = StringIO()
        call_command("restore", backup, stdout=said)
        now = Engagement.objects.get(pk=meeting.pk)
        assert (now.title, now.venue, now.caveats) == ("[redacted]", "[redacted]", [])
        assert Engagement.objects.get(pk=later.pk).title == "Kept"
        assert said.getvalue().count("was carried out again") == 2
        assert (services.missing(), Redaction.objects.count(), len(files())) == ([], 2, 4)
        assert [fault for fault in faults() if "checkpoint" not in fault.place] == []


def test_a_register_that_still_has_it_is_not_served(databases, tmp_path):
    backup = tmp_path / "register.dump"
    officer = approvals.member("officer")
    meeting = make.engagement(by=officer, title="Canary talk")
    backups.back_up(backup)
    redactions.redact(meeting, "/title", by=officer, approver=approvals.member("approver"))

    with empty_register(databases):
        with pytest.raises(CommandError, match="Do not serve this register"):
            call_command("restore", backup, stdout=StringIO())

        assert [one.pointers for one in services.missing()] == [["/title"]]
        assert health.has_erased() is False


def test_a_file_of_the_list_that_somebody_altered_is_noticed():
    officer = approvals.member("officer")
    meeting = make.engagement(by=officer, title="Canary talk")
    redactions.redact(meeting, "/title", by=officer, approver=approvals.member("approver"))
    [place] = files()
    place.write_text(place.read_text(encoding="utf-8").replace("/title", "/venue"), encoding="utf-8")

    with pytest.raises(services.Unreadable, match="not as this register signed it"):
        services.missing()
    assert health.has_erased() is False
