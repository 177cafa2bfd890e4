"""The sheet of an agreement, and the steps that are taken on it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagements import services
from engagements.agreements.models import Agreement
from engagements.models import Attachment
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.engagements.files import PDF
from tests.factories import agreements as make
from tests.factories import appointments, directory
from tests.factories.accounts import signed_in
from tests.factories.engagements import action_item, engagement
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def sheet(record):
    return f"/desk/agreements/{record.reference}"


def names(page):
    return [one["name"] for one in page.context["steps"]]


def test_a_sheet_says_where_it_stands_who_is_bound_and_what_belongs_to_it(officer):
    older = make.in_force_since("2001-05-01", title="First arrangement")
    record = make.in_force_since("2009-04-26", title="Second arrangement")
    make.relate(record, "supersedes", older)
    met = engagement(title="Talks on it", under=record.pk)

    page, other = officer.get(sheet(record)), officer.get(sheet(older)).content.decode()

    text = page.content.decode()
    assert page.context["sentence"] == "In force since 26 April 2009."
    assert [one["label"] for one in page.context["drawings"][0]["rows"]][:2] == ["The agreement", "What was done"]
    for said in ("<svg", "In force", "26 Apr", "bound from", "First arrangement", "Talks on it", "Supersedes"):
        assert said in text, said
    assert "Superseded by" in other
    assert "Second arrangement" in officer.get(f"/desk/engagements/{met.reference}").content.decode()


def test_steps_are_those_that_fit_the_status(officer):
    talks, signed = make.agreement(make.act("negotiation_mandate", "2020-01-01")), make.in_force_since()

    assert names(officer.get(sheet(talks))) == ["initial", "sign", "approve"]
    assert names(officer.get(sheet(signed))) == ["approve", "renew", "suspend", "give-notice"]
    assert names(signed_in("viewer").get(sheet(signed))) == []
    assert signed_in("viewer").post(f"{sheet(signed)}/answer", {"step": "renew", "version": "1"}).status_code == 403


def test_two_signatures_and_an_approval_take_two_forms(officer):
    ours = directory.organization("Our organization")
    record = make.agreement(make.act("negotiation_mandate", "2020-01-01"), parties=make.parties(ours=ours))
    body = appointments.services.set_up_body(
        appointments.services.BodyEntry(name="General Assembly", slug="assembly", organization=ours.pk),
        by=appointments.OFFICE,
    )
    page = officer.get(sheet(record))
    typed = {"on-0": "3 May 2021", "by-0": "Jürgen Stock, Secretary General", "by-1": "Ana Diaz"}
    given = {"step": "sign", "version": str(record.version), **typed}

    assert officer.post(f"{sheet(record)}/answer", given).status_code == 302
    page = officer.get(sheet(record))
    approval = {"step": "approve", "party": f"body:{body.pk}", "date": "2021-11-24", "version": page.context["version"]}
    assert officer.post(f"{sheet(record)}/answer", approval).status_code == 302

    acts = [(one.kind, one.date, bool(one.by_body_id)) for one in Agreement.objects.get(pk=record.pk).acts.all()]
    signed = ("signature", "2021-05-03", False)
    assert sorted(acts) == [
        ("approval", "2021-11-24", True),
        ("negotiation_mandate", "2020-01-01", False),
        signed,
        signed,
    ]
    text = officer.get(sheet(record)).content.decode()
    assert "signed by Jürgen Stock, Secretary General" in text
    assert "Approval by the General Assembly for the Our organization" in text


@pytest.mark.parametrize(
    "given",
    [
        {"step": "sign"},
        {"step": "sign", "on-0": "someday"},
        {"step": "approve", "party": "body:1", "date": "2021"},
        {"step": "approve", "party": "nobody", "date": "2021-01-01"},
        {"step": "give-notice", "date": "1 January 0001"},
        {"step": "renew", "date": "2021-01-01", "version": "99"},
        {"step": "renew", "date": "2021-01-01\x00"},
        {"step": "dance"},
    ],
)
def test_what_is_refused_stands_on_the_sheet(officer, given):
    record = make.in_force_since()

    answer = officer.post(f"{sheet(record)}/answer", {"version": str(record.version), **given})

    assert answer.status_code == 422
    assert answer.context["refused"]
    assert Agreement.objects.get(pk=record.pk).acts.count() == 2


def test_what_is_owed_under_it_stands_on_it(officer):
    record = make.in_force_since()
    action_item(record, text="Send the annex")

    assert "Send the annex" in officer.get(sheet(record)).content.decode()


def test_who_may_not_see_it_finds_nothing(officer):
    record = make.in_force_since(marking="restricted", readers=(str(officer.user.pk),))

    assert signed_in("officer").get(sheet(record)).status_code == 404
    assert officer.get(sheet(record)).status_code == 200
    assert sent_by(officer.get(sheet(record)))["step"]


def test_a_file_is_added_on_the_sheet_and_seen_by_whoever_may(officer):
    record = make.in_force_since(marking="public")
    address = f"{sheet(record)}/files"

    def send(**fields):
        return officer.post(
            address, {"file": SimpleUploadedFile("treaty.pdf", PDF, "application/pdf"), "marking": "internal"} | fields
        )

    added = send(title="The treaty", language="fr", marking="public")
    refused = [send(file=SimpleUploadedFile("x.exe", b"MZ\x90\x00")), send(file=""), send(title="a\x00b")]

    assert (added.status_code, added["Location"]) == (302, sheet(record))
    assert [one.status_code for one in refused] == [422, 422, 422]
    assert all(one.context["refused_file"] for one in refused)
    text = Attachment.objects.get()
    assert (text.title, text.language, text.file_name, text.marking) == ("The treaty", "fr", "treaty.pdf", "internal")
    page = officer.get(sheet(record)).content.decode()
    assert f"/api/v1/attachments/{text.pk}/content" in page
    assert "A second person opens it" in refused[0].content.decode()
    assert signed_in("viewer").post(address, {}).status_code == 403
    services.correct_attachment(
        text.pk, Correction(services.AttachmentEntry, {"marking": "restricted"}), by=OFFICE, expected=ANY_VERSION
    )
    assert "The treaty" not in signed_in("viewer").get(sheet(record)).content.decode()
