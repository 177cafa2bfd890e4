"""What two people erased is nowhere: no byte of it is in a dump, and everything else verifies as before."""

import subprocess

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from engagements import services as log
from engagements.desk.log_starts import DRAFT
from engagements.models import Attachment, Engagement, Participant
from sgoffice import documents, history
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.integrity import faults
from sgoffice.directory.models import Person
from sgoffice.directory.services import OtherName
from sgoffice.documents import publications
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import HistoryEntry
from sgoffice.redactions.models import Redaction
from sgoffice.running import backups
from tests.factories import approvals, directory, imports, partners, redactions
from tests.factories import engagements as make
from tests.sgoffice.records.asking import tamper

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture
def officer():
    return approvals.member("officer")


@pytest.fixture
def chief():
    return approvals.member("approver")


def uploaded(meeting, *, by):
    file = log.Upload(name="notes.txt", media_type="text/plain", content=b"A Canary in a file\n")
    return make.attachment(meeting, by=by, address="", file=file)


def forms_of(word):
    """Return how a word may stand in a dump in small letters: as text, and as bytes in hexadecimal."""
    return {word.lower().encode(), *(form.encode().hex().encode() for form in (word, word.lower()))}


def standing(*words):
    """Return those of these words that stand anywhere in the database, as text or as bytes."""
    connections.close_all()
    arguments = ["--format=plain", "--no-password", backups._place()]
    environment = {"PGPASSWORD": str(backups._parameters().get("password", "")), "LC_ALL": "C", "PATH": "/usr/bin"}
    program = str(backups._programs() / "pg_dump")
    dump = subprocess.run([program, *arguments], env=environment, capture_output=True, check=True).stdout.lower()
    return {word for word in words if any(form in dump for form in forms_of(word))}


def is_whole():
    return faults() == [] and list(documents.differences()) == [] and list(publications.differences()) == []


def correct(record, *, by, reason="", **values):
    return log.correct_engagement(
        record.pk, Correction(log.EngagementEntry, values), by=by, expected=ANY_VERSION, reason=reason, at=make.NOW
    )


def test_nothing_of_a_meeting_that_was_erased_stands_anywhere(officer, chief):
    words = ("Canaryone", "Canarytwo", "Canarythree", "Canaryfour", "Canaryfive", "Canarysix", "Canaryseven")
    meeting = make.engagement(
        by=officer,
        title="Talk on Canaryone with both sides",
        summary="What Canarytwo said.",
        participants=[make.theirs(note="Came for Canarythree."), make.group("Two of the Canaryfour family")],
        caveats=["The Canaryfive is doubtful."],
        country="FR" if directory.country() else None,
    )
    correct(
        meeting,
        by=officer,
        title="Another talk",
        outcome="Canarysix was promised.",
        reason="It was: Talk on Canaryone with both sides.",
    )
    approvals.refuse(
        redactions.proposal(meeting, "/summary", by=officer, reason="Talk on Canaryone with both sides"), by=chief
    )
    partners.release(partners.partner(), meeting.pk)
    draft = SessionStore()
    draft[DRAFT] = {"summary": "again: What Canarytwo said."}
    draft.create()
    assert standing(*words) == set(words[:6])

    redactions.redact(meeting, "/", by=officer, approver=chief, reason="Talk on Canaryone with both sides is erased")

    assert standing(*words) == set()
    assert is_whole()
    now = Engagement.objects.get(pk=meeting.pk)
    assert (now.title, now.summary, now.caveats) == ("[redacted]", "[redacted]", [])
    assert DRAFT not in SessionStore(draft.session_key)


def test_one_member_is_erased_with_what_it_ever_said_and_nothing_else(officer, chief):
    meeting = make.engagement(
        by=officer, title="A talk", venue="Canary Hall", city="Lyon", participants=[make.theirs()]
    )
    correct(meeting, by=officer, venue="Canary House")
    name = Participant.objects.get(engagement=meeting.pk).person.name

    made = redactions.redact(meeting, "/venue", by=officer, approver=chief)

    assert standing("Canary Hall", "Canary House", name) == {name}
    assert is_whole()
    written = HistoryEntry.objects.filter(record_id=meeting.pk, verb="redact").order_by("pk").last()
    assert (written.actor, written.reason) == (str(chief), f"{made.reference}: {redactions.WHY}")
    kept = Redaction.objects.get(record=meeting.pk)
    assert (kept.pointers, kept.approval_id) == (["/venue"], made.pk)
    first = HistoryEntry.objects.filter(row_id=meeting.pk, operation="insert").get()
    assert (first.payload.new["venue"], first.payload.new["city"]) == ("[redacted]", "Lyon")


def test_a_line_of_a_meeting_is_erased_with_who_came(officer, chief):
    meeting = make.engagement(
        by=officer, title="A talk", participants=[make.theirs(title="Canary of State"), make.theirs(title="Minister")]
    )
    line = Participant.objects.filter(engagement=meeting.pk).order_by("position")[0]
    who = line.person_id

    redactions.redact(meeting, "/participants/0", by=officer, approver=chief)

    line.refresh_from_db()
    assert (line.person_id, line.group_description) == (None, "[redacted]")
    assert standing("Canary of State", "Minister") == {"Minister"}
    assert not HistoryEntry.objects.filter(payload__new__person_id=str(who)).exists()
    assert is_whole()


def test_a_person_is_erased_wherever_they_are_named(officer, chief):
    known = directory.person("Canary Bird", other_names=[OtherName(name="Kanari Vogel")])
    meeting = make.engagement(by=officer, title="Talk with Canary Bird", participants=[make.theirs(person=known)])
    partners.release(partners.partner(), meeting.pk)
    assert standing("Canary Bird", "Kanari Vogel") == {"Canary Bird", "Kanari Vogel"}

    redactions.redact(known, "/", by=officer, approver=chief)

    assert standing("Canary Bird", "Kanari Vogel") == set()
    assert is_whole()
    assert Person.objects.get(pk=known.pk).name == "[redacted]"
    assert Engagement.objects.get(pk=meeting.pk).title == "Talk with [redacted]"


def test_a_file_is_erased_unless_another_attachment_has_it(officer, chief):
    meeting = make.engagement(by=officer, title="A talk")
    first, second = (uploaded(meeting, by=officer) for _ in range(2))

    redactions.redact(first, "/file", by=officer, approver=chief)
    assert standing("Canary in a file") == {"Canary in a file"}
    redactions.redact(second, "/file", by=officer, approver=chief)

    assert standing("Canary in a file") == set()
    assert (Attachment.objects.get(pk=first.pk).content_id, Attachment.objects.get(pk=first.pk).size) == (None, None)
    assert is_whole()


def is_named(entry):
    return any(f"entry {entry.pk} was altered" in fault.detail for fault in history.faults())


def test_history_that_is_forged_as_redacted_is_named(officer, chief):
    meeting = make.engagement(by=officer, title="A talk", venue="Canary Hall")
    redactions.redact(meeting, "/venue", by=officer, approver=chief)
    first = HistoryEntry.objects.filter(row_id=meeting.pk, operation="insert").get()
    assert not is_named(first)

    tamper(
        "history_payload",
        f"UPDATE history_payload SET new = jsonb_set(new, '{{city}}', '\"Rome\"') WHERE entry_id = {first.pk}",
    )

    assert is_named(first)


@pytest.mark.parametrize("pointer", ["/nothing", "/participants/7", "/caveats/0", "/kind", "/held", "title"])
def test_a_pointer_that_names_no_text_is_refused(officer, pointer):
    meeting = make.engagement(by=officer)
    with pytest.raises(InvalidEntry, match="names no text of this record"):
        redactions.proposal(meeting, pointer, by=officer)


def test_the_import_that_brought_a_person_is_erased_with_them(officer, chief):
    directory.country("AT", "Austria")
    head, row = "Date;Avec qui;Ville;Pays;Type", "14 mars 2016;Canary Karner, Minister, Austria;Vienne;Autriche;Visite"
    imports.committed(imports.checked(f"{head}\n{row}\n", by=officer), by=officer)
    known = Person.objects.get(name="Canary Karner")
    assert standing("Canary Karner") == {"Canary Karner"}

    redactions.redact(known, "/", by=officer, approver=chief)

    assert standing("Canary Karner", "Vienne") == {"Vienne"}
    assert is_whole()
