"""Texts of agreements: they belong to one record, are never more open than it, and partners get those released."""

import pytest
from django.db import IntegrityError, connection, transaction

from engagements import services
from engagements.agreements import services as agreements
from engagements.agreements.models import Agreement
from engagements.models import Attachment
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.documents.publications import differences
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, RuleViolation
from tests.factories import agreements as make
from tests.factories import approvals
from tests.factories import engagements as engage
from tests.factories.partners import Puller, partner, release, withdraw

pytestmark = pytest.mark.django_db
DOOR = {"by": OFFICE, "expected": ANY_VERSION}


def correct(record, **values):
    return services.correct_attachment(record.pk, Correction(services.AttachmentEntry, values), **DOOR)


def correct_agreement(record, **values):
    agreements.correct_agreement(record.pk, Correction(agreements.AgreementEntry, values), **DOOR)


def shown(puller, agreement):
    return puller.see(f"agreements/{agreement.pk}").json()["attachments"]


def test_a_file_belongs_to_one_record():
    meeting, agreement = engage.engagement(), make.agreement()
    both = {"engagement": meeting.pk, "agreement": agreement.pk}

    for given in ({}, both, {"agreement": meeting.pk}):
        with pytest.raises(InvalidEntry):
            services.add_attachment(services.AttachmentEntry(title="Text", address="x", **given), by=OFFICE)
    with pytest.raises(InvalidEntry, match="stays with its agreement"):
        correct(engage.text(agreement), agreement=agreement.pk)


def test_a_text_is_never_more_open_than_its_agreement():
    reader = approvals.member().id
    agreement = make.agreement(marking="public")
    text = engage.text(agreement, marking="public")

    correct_agreement(agreement, marking="restricted", readers=(reader,))

    text.refresh_from_db()
    assert (text.marking, text.readers) == ("restricted", [reader])
    with pytest.raises(RuleViolation, match="cannot be internal"):
        correct(text, marking="internal")
    assert engage.text(agreement).marking == "restricted"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE engagements_attachment SET marking = 'public'",
        "UPDATE engagements_attachment SET agreement_id = NULL",
        "UPDATE engagements_attachment SET agreement_id = id",
        "UPDATE agreements_agreement SET marking = 'restricted'",
    ],
)
def test_the_database_keeps_a_text_with_its_agreement_and_below_it(statement):
    engage.text(make.agreement())

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def lent(settle):
    """A text of a public agreement that was released to the first of two partners, who have pulled."""
    agreement = make.in_force_since(marking="public")
    first, second = Puller(partner()), Puller(partner())
    text, _draft = engage.text(agreement), engage.text(agreement, b"A draft.")
    settle()
    for puller in (first, second):
        puller.pull()
    made = release(first.partner, text.pk)
    settle()
    return agreement, text, made, first, second


def test_partners_get_texts_that_were_released_and_no_others(lent):
    agreement, text, _, first, second = lent
    elsewhere = engage.attachment(agreement, marking="public")

    [line] = shown(first, agreement)
    assert line == {
        "id": str(text.pk),
        "reference": text.reference,
        "title": "The text",
        "language": "en",
        "media_type": "text/plain",
        "size": 9,
        "sha256": text.sha256,
        "address": f"/api/v1/partner/attachments/{text.pk}/content",
    }
    assert shown(second, agreement) == []
    assert {one["kind"] for one in first.pull()} == {"agreement", "attachment"}
    assert second.pull() == []
    assert first.see(f"records/{elsewhere.pk}").status_code == 404
    document = first.see(f"records/{text.pk}").json()["document"]
    assert document == {
        **line,
        "agreements": [{"id": str(agreement.pk), "reference": agreement.reference}],
        "sources": [],
    }


def test_a_text_that_changes_or_is_withdrawn_changes_it_for_those_who_had_it(lent, settle):
    agreement, text, made, first, second = lent
    first.pull()

    correct(text, title="The text, corrected", file=services.Upload(name="x.txt", content=b"We disagree."))
    settle()
    assert [(one["title"], one["size"]) for one in shown(first, agreement)] == [("The text, corrected", 12)]
    assert {one["kind"] for one in first.pull()} == {"agreement", "attachment"}
    assert second.pull() == []

    withdraw(made)
    settle()
    assert shown(first, agreement) == []
    assert [(one["op"], one["kind"]) for one in first.pull()] == [("upsert", "agreement"), ("withdrawn", "attachment")]


def test_no_standing_rule_grants_a_text(settle):
    holder = partner()
    agreement = make.in_force_since(parties=make.parties(theirs=holder.organization))
    engage.text(agreement)
    for kind in ("agreement", "attachment"):
        release(holder, condition="partner_is_named", kind=kind)
    settle()

    assert shown(Puller(holder), agreement) == []


def test_texts_of_agreements_that_are_one_are_told_together(settle):
    kept, other = make.in_force_since(marking="public"), make.in_force_since(marking="public")
    for agreement in (kept, other):
        engage.text(agreement, agreement.reference.encode(), marking="public")
    puller = Puller(partner())

    merge(Agreement, kept.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One")
    engage.text(kept, b"A protocol.", marking="public")
    settle()

    assert len(shown(puller, kept)) == 3
    for text in Attachment.objects.all():
        [about] = puller.see(f"records/{text.pk}").json()["document"]["agreements"]
        assert about["id"] == str(kept.pk)
    correct(Attachment.objects.earliest("pk"), title="Another title")
    settle()
    assert list(differences()) == []
