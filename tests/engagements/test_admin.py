"""The engagement log in the admin: one form is one call of a service, and what is refused stands at its field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements import services
from engagements.models import ActionItem, Attachment, Engagement
from engagements.rules import MOST_BYTES
from sgoffice import history
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.engagements.files import PDF, PNG
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.factories.agreements import in_force_since
from tests.factories.appointments import mandate
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def page_of(record, page="change", *args):
    options = record._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=[record.pk, *args])


def meeting(**values):
    directory.country("SG", "Singapore")
    minister = directory.person("Josephine Teo")
    who = make.theirs(person=minister, title="Minister", country="SG", organization=directory.organization("Ministry"))
    return make.engagement(participants=(who,), topics=(directory.topic().pk,), **values)


def test_a_form_that_is_saved_as_it_was_changes_nothing(officer):
    record = meeting()
    before = history.head()

    answer = officer.post(page_of(record), sent_by(officer.get(page_of(record))))

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert history.head() == before


def test_a_changed_field_is_corrected_by_the_service_with_actor_and_reason(officer):
    record = meeting()

    answer = officer.post(
        page_of(record), sent_by(officer.get(page_of(record)), venue="Istana", reason="seen in the minutes")
    )

    assert answer.status_code == 302
    assert Engagement.objects.get(pk=record.pk).venue == "Istana"
    newest = history.of_record(record.pk, by=OFFICE)[0]
    assert (newest.verb, newest.reason, newest.actor) == ("correct", "seen in the minutes", f"staff:{officer.user.pk}")
    assert newest.changes == {"venue": ["", "Istana"]}


def test_a_participant_is_added_with_a_capacity_and_the_others_stay(officer):
    record = meeting()
    kept = record.participants.get()
    other = directory.person("Teo Chee Hean")
    data = sent_by(
        officer.get(page_of(record)),
        **{
            "participants-TOTAL_FORMS": "2",
            "participants-1-person": str(other.pk),
            "participants-1-side": "theirs",
            "participants-1-mode": "in_person",
            "participants-1-response": "not_stated",
            "participants-1-attendance": "attended",
            "participants-1-capacity_title": "Senior Minister",
            "participants-1-country": "SG",
        },
    )

    answer = officer.post(page_of(record), data)

    assert answer.status_code == 302, answer.context["inline_admin_formsets"][0].formset.errors
    first, second = record.participants.order_by("position")
    assert first.pk == kept.pk
    assert [str(one) for one in first.capacities.all()] == ["Minister"]
    assert second.person_id == other.pk
    assert [(one.title, one.country_id) for one in second.capacities.all()] == [("Senior Minister", "SG")]


def test_a_rule_that_is_broken_is_shown_at_its_field_and_nothing_is_written(officer):
    record = meeting()
    data = sent_by(officer.get(page_of(record)), held="2999-01-01", venue="Istana")

    answer = officer.post(page_of(record), data)

    assert answer.status_code == 200
    assert "before its day" in str(answer.context["adminform"].form.errors["held"])
    assert Engagement.objects.get(pk=record.pk).venue == ""
    assert 'value="Istana"' in answer.content.decode()


def test_what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten(officer):
    record = meeting()
    data = sent_by(officer.get(page_of(record)), venue="Istana")
    patch = Correction(services.EngagementEntry, {"city": "Singapore"})
    services.correct_engagement(record.pk, patch, by=OFFICE, expected=ANY_VERSION, at=make.NOW)

    answer = officer.post(page_of(record), data)

    assert answer.status_code == 200
    assert "changed this record while you were writing" in answer.content.decode()
    again = officer.post(page_of(record), sent_by(answer))
    assert again.status_code == 302
    stored = Engagement.objects.get(pk=record.pk)
    assert (stored.city, stored.venue) == ("Singapore", "Istana")


def test_an_engagement_is_entered_from_the_form(officer):
    make.holder("Jürgen Stock", "2014-11-07")
    address = reverse("admin:engagements_engagement_add")
    data = sent_by(officer.get(address), title="Courtesy call", kind="courtesy_call", status="held", held="2024-05")

    answer = officer.post(address, data)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = Engagement.objects.get()
    assert (made.title, made.held, str(made.principal)) == ("Courtesy call", "2024-05", "Jürgen Stock")
    assert made.entered_by == str(officer.user.pk) or str(officer.user.pk) in made.entered_by


def test_a_step_is_taken_by_its_button(officer):
    record = make.planned(held="2024-03-20")
    shown = officer.get(page_of(record)).content.decode()
    address = page_of(record, "step", "hold")

    answer = officer.post(
        address, sent_by(officer.get(address), outcome="They agreed.", principal_attendance="attended")
    )

    assert address in shown
    assert answer.status_code == 302
    stored = Engagement.objects.get(pk=record.pk)
    assert (stored.status, stored.outcome) == ("held", "They agreed.")


def test_a_step_that_is_refused_says_why_and_one_that_is_not_open_is_not_offered(officer):
    record = make.planned(held="2999-03-20")
    address = page_of(record, "step", "hold")

    answer = officer.post(address, sent_by(officer.get(address)))

    assert answer.status_code == 200
    assert "before its day" in answer.content.decode()
    assert Engagement.objects.get(pk=record.pk).status == "confirmed"
    assert page_of(record, "step", "accept") not in officer.get(page_of(record)).content.decode()


def test_an_action_item_is_done_with_evidence(officer):
    item = make.action_item(meeting())
    address = page_of(item, "step", "complete")

    refused = officer.post(address, sent_by(officer.get(address), evidence=" ", completed_on="2026-03-01"))
    done = officer.post(
        address, sent_by(officer.get(address), evidence="Letter 12\nLetter 13", completed_on="2026-03-01")
    )

    assert refused.status_code == 200
    assert done.status_code == 302
    assert ActionItem.objects.get(pk=item.pk).evidence == ["Letter 12", "Letter 13"]


@pytest.mark.parametrize("maker", [meeting, mandate, in_force_since])
def test_pages_lead_to_their_action_items_and_to_a_form_for_one_more(officer, maker):
    record = maker()
    item = make.action_item(record, text="Send the draft")
    make.action_item(make.engagement(), text="Of another")
    make.action_item(record, text="Hidden", marking="restricted")

    [led] = [one for one in officer.get(page_of(record)).context["register_belongings"] if "item" in one["label"]]
    listed = officer.get(led["url"]).content.decode()
    form = officer.get(led["add"])
    answer = officer.post(led["add"], sent_by(form, text="Send it again"))

    assert led["count"] == 1
    assert item.text in listed
    assert ("Of another" in listed, "Hidden" in listed) == (False, False)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert ActionItem.objects.get(text="Send it again").about.pk == record.pk
    assert officer.get(page_of(item)).status_code == 200


def test_a_form_for_an_item_about_nothing_says_so(officer):
    address = reverse("admin:engagements_actionitem_add")

    answer = officer.post(address, sent_by(officer.get(address), text="Send it"))

    assert answer.status_code == 200
    assert "Name what it is about" in str(answer.context["adminform"].form.errors["engagement"])


def test_a_restricted_engagement_is_absent_for_those_who_may_not_read_it(officer):
    record = meeting(marking="restricted")
    administrator = signed_in("administrator")

    for client in (officer, administrator):
        assert client.get(page_of(record)).status_code == 302  # to the index, as for what is not there
        assert record.title not in client.get(reverse("admin:engagements_engagement_changelist")).content.decode()
        assert client.get(page_of(record, "history")).status_code == 404
    assert signed_in("approver").get(page_of(record)).status_code == 200


def test_hostile_text_stays_text(officer):
    record = meeting(title="<script>alert(1)</script>", caveats=("<img src=x onerror=alert(2)>",))
    patch = Correction(services.EngagementEntry, {"summary": "</textarea><script>alert(3)</script>"})
    services.correct_engagement(record.pk, patch, by=OFFICE, expected=ANY_VERSION, at=make.NOW, reason="<b>why</b>")

    for page in ("change", "history"):
        shown = officer.get(page_of(record, page)).content.decode()
        for raw in ("<script>alert", "<img src=x", "<b>why"):
            assert raw not in shown


def test_a_file_is_uploaded_downloaded_and_replaced_in_the_admin(officer):
    logged = make.engagement()
    address = reverse("admin:engagements_attachment_add")
    shown = officer.get(address)
    data = sent_by(shown, engagement=str(logged.pk), title="Readout")

    answer = officer.post(address, data | {"file": SimpleUploadedFile("readout.pdf", PDF, "application/pdf")})

    assert 'enctype="multipart/form-data"' in shown.content.decode()
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = Attachment.objects.get()
    assert (made.file_name, made.size, made.address) == ("readout.pdf", len(PDF), "")
    page = officer.get(page_of(made))
    download = reverse("attachment-content", kwargs={"pk": made.pk})
    assert f'href="{download}"' in page.content.decode()
    assert officer.get(download).content == PDF
    replaced = officer.post(
        page_of(made), sent_by(page, reason="a scan") | {"file": SimpleUploadedFile("s.png", PNG, "image/png")}
    )
    assert replaced.status_code == 302, replaced.context["adminform"].form.errors
    assert Attachment.objects.get().media_type == "image/png"
    assert [(one.verb, one.reason) for one in history.of_record(made.pk, by=OFFICE)] == [
        ("correct", "a scan"),
        ("add", ""),
    ]


def test_a_text_of_an_agreement_is_uploaded_in_the_admin_and_found_from_it(officer):
    agreement = in_force_since()
    address = reverse("admin:engagements_attachment_add")
    data = sent_by(officer.get(address), agreement=str(agreement.pk), title="The treaty")

    answer = officer.post(address, data | {"file": SimpleUploadedFile("treaty.pdf", PDF, "application/pdf")})

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = Attachment.objects.get()
    assert (made.agreement_id, made.engagement_id) == (agreement.pk, None)
    assert page_of(made) in officer.get(page_of(agreement)).content.decode()
    assert agreement.reference in officer.get(reverse("admin:engagements_attachment_changelist")).content.decode()


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"<svg onload='alert(1)'/>", "This file is not accepted"), (PDF + b"0" * MOST_BYTES, "at most 10 MB")],
    ids=["drawing", "large"],
)
def test_a_file_that_is_not_kept_is_refused_on_the_form(officer, content, message):
    address = reverse("admin:engagements_attachment_add")
    data = sent_by(officer.get(address), engagement=str(make.engagement().pk), title="Readout")

    answer = officer.post(address, data | {"file": SimpleUploadedFile("readout.pdf", content)})

    assert answer.status_code == 200
    assert message in str(answer.context["adminform"].form.errors["file"])
    assert not Attachment.objects.exists()


def test_a_form_far_above_the_limit_is_not_read(officer):
    class Unread:
        def read(self, *_):
            raise AssertionError("it was read")

        readline = read

    answer = officer.generic(
        "POST", reverse("admin:login"), b"x", content_type="multipart/form-data; boundary=b",
        **{"CONTENT_LENGTH": "41000000", "wsgi.input": Unread()},
    )  # fmt: skip

    assert answer.status_code == 413
