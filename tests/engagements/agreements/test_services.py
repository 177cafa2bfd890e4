"""The services: acts and periods together, rules refused with their article, by the database too."""

import json
from datetime import date

import pytest

from engagements.agreements import services
from engagements.agreements.models import Act, Agreement, Party, Period
from engagements.agreements.services import steps
from sgoffice import documents
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import ANONYMOUS, OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation, StaleVersion
from sgoffice.search import holding
from tests.factories import agreements as make
from tests.factories import directory

pytestmark = pytest.mark.django_db
NOW = {"by": OFFICE, "expected": ANY_VERSION}


def status_on(agreement: Agreement, day: str) -> tuple[str, str]:
    period = Period.objects.get(agreement=agreement, during__contains=date.fromisoformat(day))
    return period.status, period.basis


def document(agreement: Agreement) -> dict:
    stored = documents.fetch_document(Agreement, agreement.pk)
    assert stored is not None
    return json.loads(stored.body)


def test_open_agreement_stores_acts_and_periods_together():
    agreement = make.agreement(make.act("signature", "2009-02-25"), make.act("entry_into_force", "2009-04-26"))

    assert status_on(agreement, "2009-02-24") == ("not_known", "not_known")
    assert status_on(agreement, "2009-02-25") == ("signed", "computed")
    assert status_on(agreement, "2009-04-26") == ("in_force", "computed")
    assert agreement.reference.startswith("AGR-2009-")


def test_talks_have_no_status_until_an_act_is_recorded():
    agreement = make.agreement()

    assert status_on(agreement, "2026-01-01") == ("not_known", "not_known")
    assert document(agreement)["periods"][0]["sentence"] == "Nothing is recorded about its status."


def test_the_document_says_who_did_what_and_why_it_stands_there():
    gulf = directory.organization("Gulf Council")
    agreement = make.agreement(
        make.act("signature", "2017-02-01"),
        parties=make.parties(theirs=gulf),
        entry_into_force={"kind": "approval_by_all"},
    )

    shown = document(agreement)

    assert shown["acts"][0]["kind"] == "signature"
    assert shown["parties"][1]["organization"]["name"] == "Gulf Council"
    assert "is recorded" in shown["periods"][1]["sentence"]
    assert "approval by the Gulf Council" in shown["computed"]["awaiting"]
    assert shown["periods"][1]["is_in_force"] is False


def test_a_renamed_party_shows_in_the_sentence():
    from sgoffice.directory import services as directory_services

    gulf = directory.organization("Gulf Council")
    agreement = make.agreement(
        make.act("notification", "2017-02-01", party=str(gulf.pk)), parties=make.parties(theirs=gulf)
    )
    agreement = steps.approve_agreement(
        agreement.pk, services.ApprovalEntry(date="2017-03-01", party=str(gulf.pk)), **NOW
    )

    renamed = Correction(directory_services.OrganizationEntry, {"name": "Council of the Gulf"})
    directory_services.correct_organization(gulf.pk, renamed, by=OFFICE, expected=ANY_VERSION)

    assert "by the Council of the Gulf" in document(agreement)["periods"][-1]["sentence"]


def test_the_whole_life_of_an_agreement():
    ours, theirs = directory.organization("Ours"), directory.organization("Theirs")
    agreement = make.agreement(
        parties=make.parties(ours=ours, theirs=theirs),
        entry_into_force={"kind": "signature_by_all", "after": "P60D"},
        duration="P5Y",
        notice_period="P6M",
    )
    step = services.PartyStepEntry

    def do(service, entry):
        return service(agreement.pk, entry, **NOW)

    do(steps.record_act, make.act("negotiation_mandate", "2008-06-01"))
    do(steps.initial_agreement, step(date="2008-12-01"))
    do(steps.sign_agreement, services.SignatureEntry(date="2009-02-01", party=str(ours.pk)))
    signatory = services.SignatoryEntry(name="A. Signatory", title="Secretary-General")
    do(
        steps.sign_agreement,
        services.SignatureEntry(date="2009-02-25", party=str(theirs.pk), signatories=(signatory,)),
    )
    do(steps.suspend_agreement, services.SuspensionEntry(date="2010-01-01", until="2010-07-01"))
    do(steps.renew_agreement, services.RenewalEntry(date="2014-01-01", until="2019-04-26"))
    do(steps.give_notice, services.TerminationEntry(date="2016-03-31", party=str(theirs.pk)))

    found = [
        status_on(agreement, day)[0]
        for day in ("2008-06-01", "2008-12-01", "2009-02-10", "2009-02-25", "2009-04-25", "2009-04-26", "2010-02-01",
                    "2010-07-01", "2015-01-01", "2016-09-29", "2016-09-30")
    ]  # fmt: skip
    assert found == [
        "in_negotiation", "initialled", "initialled", "signed", "signed", "in_force", "suspended", "in_force",
        "in_force",
        "in_force", "terminated",
    ]  # fmt: skip
    shown = document(agreement)
    assert shown["signed"] == "2009-02-25"
    assert shown["parties"][1]["signatories"][0]["title"] == "Secretary-General"
    assert "by the notice of 31 March 2016 by Theirs" in shown["periods"][-1]["sentence"]


def test_a_step_that_makes_no_sense_is_refused_with_the_reason():
    agreement = make.in_force_since("2009-04-26")
    steps.terminate_agreement(agreement.pk, services.TerminationEntry(date="2015-01-01"), **NOW)

    for service, entry in (
        (steps.renew_agreement, services.RenewalEntry(date="2015-06-01")),
        (steps.suspend_agreement, services.SuspensionEntry(date="2015-06-01")),
        (steps.resume_agreement, services.PartyStepEntry(date="2012-06-01")),
        (steps.terminate_agreement, services.TerminationEntry(date="2016-01-01")),
        (steps.bring_agreement_into_force, services.StepEntry(date="2010-01-01")),
    ):
        with pytest.raises(RuleViolation) as caught:
            service(agreement.pk, entry, **NOW)
        assert caught.value.pointer == "/date"


def test_correcting_a_past_act_corrects_the_periods():
    agreement = make.in_force_since("2009-04-26")
    act = agreement.acts.get(kind="entry_into_force")
    acts = (make.act("signature", "2009-04-26"), make.act("entry_into_force", "2010-01-01", id=act.pk))

    corrected = services.correct_agreement(
        agreement.pk, Correction(services.AgreementEntry, {"acts": acts}), by=OFFICE, expected=1, reason="the gazette"
    )

    assert status_on(corrected, "2009-06-01") == ("signed", "computed")
    assert Act.objects.get(pk=act.pk).date == "2010-01-01"
    assert corrected.version == 2


def test_correcting_one_list_keeps_the_other():
    agreement = make.in_force_since("2009-04-26")
    kept = set(agreement.acts.values_list("pk", flat=True))

    services.correct_agreement(
        agreement.pk, Correction(services.AgreementEntry, {"scope": ("training", "training")}), by=OFFICE, expected=1
    )

    agreement.refresh_from_db()
    assert agreement.scope == ["training"]
    assert set(agreement.acts.values_list("pk", flat=True)) == kept


def test_a_party_with_acts_stays():
    agreement = make.agreement(parties=make.parties())
    first, second = agreement.parties.all()
    steps.sign_agreement(agreement.pk, services.SignatureEntry(date="2010", party=first.key), **NOW)
    others = (services.PartyEntry(organization=second.organization_id), make.parties()[0])

    with pytest.raises(RuleViolation) as caught:
        services.correct_agreement(
            agreement.pk, Correction(services.AgreementEntry, {"parties": others}), by=OFFICE, expected=ANY_VERSION
        )

    assert caught.value.rule == "party-has-acts"


def test_a_party_is_exchanged_in_one_correction():
    agreement = make.agreement(make.act("signature", "2010"))
    first, second = agreement.parties.all()
    newcomer = directory.organization("Newcomer")
    parties = (
        services.PartyEntry(organization=first.organization_id, side="ours"),
        services.PartyEntry(organization=newcomer.pk),
    )

    services.correct_agreement(
        agreement.pk, Correction(services.AgreementEntry, {"parties": parties}), by=OFFICE, expected=ANY_VERSION
    )

    assert Party.objects.filter(pk=first.pk).exists()
    assert not Party.objects.filter(pk=second.pk).exists()
    assert document(agreement)["parties"][1]["organization"]["name"] == "Newcomer"


def test_supersede_ties_the_two_agreements():
    old = make.in_force_since("2005-01-01")
    new = make.in_force_since("2019-01-01")

    steps.supersede_agreement(
        old.pk, services.SupersessionEntry(date="2019-01-01", by_agreement=new.pk), by=OFFICE, expected=1
    )

    assert status_on(old, "2019-01-01") == ("superseded", "computed")
    from sgoffice.records.models import Link

    assert Link.objects.filter(source=new.pk, relation="supersedes", target=old.pk).exists()


def test_supersede_by_something_else_is_refused():
    old = make.in_force_since("2005-01-01")

    with pytest.raises(InvalidEntry):
        steps.supersede_agreement(
            old.pk, services.SupersessionEntry(date="2019", by_agreement=directory.topic().pk), **NOW
        )


def test_an_old_version_is_refused():
    agreement = make.in_force_since("2005-01-01")
    steps.suspend_agreement(agreement.pk, services.SuspensionEntry(date="2006-01-01"), by=OFFICE, expected=1)

    with pytest.raises(StaleVersion):
        steps.resume_agreement(agreement.pk, services.PartyStepEntry(date="2007-01-01"), by=OFFICE, expected=1)


def test_writing_needs_the_permission():
    agreement = make.in_force_since("2005-01-01")

    with pytest.raises(NotPermitted):
        steps.suspend_agreement(agreement.pk, services.SuspensionEntry(date="2006-01-01"), by=ANONYMOUS, expected=1)


def test_querysets_answer_who_and_when():
    theirs = directory.organization("Regional police body", acronym="RPB")
    child = directory.organization("Its bureau", parent=theirs.pk)
    directory.country("SG", "Singapore")
    ncb = directory.organization("NCB Singapore", country="SG", classification="national_central_bureau")
    one = make.in_force_since("2005-01-01", parties=make.parties(theirs=child), title="Accord sur l’échange")
    two = make.agreement(make.act("signature", "2007"), parties=make.parties(theirs=ncb))
    rows = Agreement.objects.live().visible_to(OFFICE)

    assert list(rows.in_force(date(2005, 1, 1))) == [one]
    assert not rows.in_force(date(2004, 12, 31))
    assert list(rows.with_status({"signed"}, on=date(2008, 1, 1))) == [two]
    assert list(rows.with_organization([theirs.pk, child.pk])) == [one]
    assert list(rows.with_country("SG")) == [two]
    assert list(holding(rows, "echange ACCORD bureau")) == [one]
    assert not Agreement.objects.visible_to(ANONYMOUS)
