"""History shows an item to whoever may see the record now and could when the item was written."""

import json

import pytest
from django.urls import reverse

from appointments.models import Appointment, Decision, Mandate, Session
from appointments.services import SessionEntry, convene_session
from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.services import EngagementEntry, correct_engagement
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.contract.twins import ADDRESSES
from tests.factories import agreements, directory
from tests.factories import appointments as appoint
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.usefixtures("fresh_database")
CANARY = "Zqxcanary"
#: By kind, a field with words.
TEXTS = {
    Engagement: "title", Paper: "title", Attachment: "title", ActionItem: "text", Agreement: "title",
    Decision: "title", Session: "city", Mandate: "text", Appointment: "title",
}  # fmt: skip


def set_values(record, **values):
    with change(type(record), record.pk, verb="correct", by=OFFICE, expected=ANY_VERSION) as opened:
        for name, value in values.items():
            setattr(opened, name, value)


def convened(decided):
    return convene_session(SessionEntry(body=decided.body_id, begins="2027-11", allow_duplicate=True), by=OFFICE)


def records():
    # an owner that stays as it is: what belongs to one is raised with it
    owner, decided = make.engagement(), appoint.decision("Cargo")
    yield from (make.engagement(), make.paper(owner), make.attachment(owner), make.action_item(owner))
    yield from (agreements.in_force_since(), decided, convened(decided), appoint.mandate())
    yield appoint.appointment()


def history_of(record, reader):
    """Return the items over the API, and the text of the page of the admin."""
    told = reader.see(f"{ADDRESSES[type(record)]}/{record.pk}/history")
    options = record._meta
    page = reader.get(reverse(f"admin:{options.app_label}_{options.model_name}_history", args=[record.pk]))
    assert (told.status_code, page.status_code) == (200, 200)
    return told.json()["results"], page.content.decode()


def texts_of(record, reader):
    items, page = history_of(record, reader)
    return json.dumps(items) + page


def test_what_a_restricted_record_said_stays_hidden_when_its_marking_is_lowered():
    viewer, chief = signed_in("viewer"), signed_in("approver")
    made = list(records())
    assert {type(record) for record in made} == set(TEXTS)
    for record in made:
        text = TEXTS[type(record)]
        set_values(record, **{text: f"Before {text}"})
        set_values(record, marking="restricted", **{text: CANARY})
        set_values(record, **{text: f"{CANARY} again"})
        set_values(record, **{text: "Clean"})
        set_values(record, marking="internal")
        set_values(record, **{text: f"After {text}"})

    for record in made:
        text = TEXTS[type(record)]
        told = texts_of(record, viewer)
        assert CANARY not in told
        assert f"Before {text}" in told
        assert f"After {text}" in told
        assert texts_of(record, chief).count(CANARY) > 4


def test_parts_are_as_hidden_as_their_record_was():
    viewer, chief = signed_in("viewer"), signed_in("approver")
    speaker = make.theirs(person=directory.person("Wladimir Karpov"), title=CANARY)
    met = make.engagement(marking="restricted", participants=(speaker,))
    other = make.engagement(marking="restricted", participants=(speaker,), title="Other", held="2025-01-01")

    def correct(record, **values):
        correct_engagement(record.pk, Correction(EngagementEntry, values), by=OFFICE, expected=ANY_VERSION, at=make.NOW)

    correct(met, participants=())
    correct(met, marking="internal")
    correct(other, participants=(), marking="internal")  # both at once
    correct(met, participants=(make.theirs(title="Colonel", country=directory.country("BY", "Belarus").code),))

    for record in (met, other):
        assert CANARY not in texts_of(record, viewer)
        assert CANARY in texts_of(record, chief)
    assert "Colonel" in texts_of(met, viewer)


def test_a_reader_sees_what_was_written_since_they_were_named():
    officer = signed_in("officer")
    met = make.engagement(title=f"{CANARY} one", marking="restricted")
    set_values(met, title=f"{CANARY} two")
    set_values(met, readers=[str(officer.user.pk)])
    set_values(met, title="Three")

    items, page = history_of(met, officer)

    assert [item["changes"] for item in items] == [{"title": [f"{CANARY} two", "Three"]}]
    assert f"{CANARY} one" not in page


def test_pages_of_history_count_only_what_is_shown():
    viewer = signed_in("viewer")
    met = make.engagement(marking="restricted")
    for number in range(60):
        set_values(met, title=f"{CANARY} {number}")
    set_values(met, title="Clean")
    set_values(met, marking="internal")
    set_values(met, title="After")

    answer = viewer.see(f"engagements/{met.pk}/history").json()

    assert [item["changes"] for item in answer["results"]] == [{"title": ["Clean", "After"]}]
    assert answer["next"] is None
