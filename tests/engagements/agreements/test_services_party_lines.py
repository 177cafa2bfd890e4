"""Parties that a merge made one have one line; a party is called as when the agreement was signed."""

import pytest

from engagements.agreements import services
from sgoffice.changes import merging
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services as names
from sgoffice.documents import differences
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.factories import agreements as make
from tests.factories import directory
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def signed(*parties, **values):
    return make.agreement(make.act("signature", "2013-03-01"), parties=parties, **values)


def rename(body, name, since):
    correction = Correction(names.OrganizationEntry, {"name": name, "renamed_on": since})
    return names.correct_organization(body.pk, correction, by=OFFICE, expected=ANY_VERSION)


def test_a_party_keeps_the_name_that_it_had_when_the_agreement_was_signed(officer):
    ours, agency = directory.organization("Ours"), directory.organization("European Monitoring Centre for Drugs")
    agreement = signed(*make.parties(ours=ours, theirs=agency))

    rename(agency, "European Union Drugs Agency", "2024-07-02")

    shown = officer.see(f"agreements/{agreement.pk}").json()["parties"]
    assert [(one["organization"]["name"], one["called"]) for one in shown] == [
        ("Ours", ""),
        ("European Union Drugs Agency", "European Monitoring Centre for Drugs"),
    ]
    assert list(differences()) == []


def test_what_an_agreement_calls_a_party_is_kept_as_it_was_said(officer):
    ours, theirs = make.parties()
    agreement = signed(ours, services.PartyEntry(organization=theirs.organization, called="The Centre"))

    assert officer.see(f"agreements/{agreement.pk}").json()["parties"][1]["called"] == "The Centre"
    assert officer.see("agreements?q=the centre").json()["results"][0]["id"] == str(agreement.pk)


def merged(officer):
    """An agreement of three parties, of which two turned out to be one; the second of them acted."""
    ours, one, other = (directory.organization(name) for name in ("Ours", "World Body", "World Body of Old"))
    agreement = make.agreement(
        make.act("notification", "2014-01-01", party=str(other.pk)),
        is_bilateral=False,
        parties=(
            services.PartyEntry(organization=ours.pk, side="ours"),
            services.PartyEntry(organization=one.pk, signatories=(services.SignatoryEntry(name="A. Alpha"),)),
            services.PartyEntry(organization=other.pk, signatories=(services.SignatoryEntry(name="B. Beta"),)),
        ),
    )
    merging.merge(type(one), one.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One")
    return agreement, officer.see(f"agreements/{agreement.pk}")


def test_both_of_a_merged_pair_are_one_party_with_all_who_signed(officer):
    _, answer = merged(officer)

    shown = answer.json()
    assert [one["organization"]["name"] for one in shown["parties"]] == ["Ours", "World Body"]
    assert [one["name"] for one in shown["parties"][1]["signatories"]] == ["A. Alpha", "B. Beta"]
    assert shown["acts"][0]["party"]["name"] == "World Body"
    assert list(differences()) == []


def test_the_parties_can_be_sent_back_as_they_were_read_and_no_act_is_lost(officer):
    agreement, answer = merged(officer)
    sent = [
        {"id": one["id"], "organization": one["organization"]["id"], "side": one["side"], "signatories": []}
        for one in answer.json()["parties"]
    ]

    corrected = officer.correct(f"agreements/{agreement.pk}", {"parties": sent}, **{"If-Match": answer["ETag"]})

    assert corrected.status_code == 200, corrected.content
    assert [one["organization"]["name"] for one in corrected.json()["parties"]] == ["Ours", "World Body"]
    [act] = corrected.json()["acts"]
    assert (act["kind"], act["party"]["name"]) == ("notification", "World Body")
