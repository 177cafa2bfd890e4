"""What names a record that was merged shows partners the one that stands for it, as soon as it stands for it."""

import pytest

from engagements.agreements.models import Agreement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge, unmerge
from sgoffice.directory.models import Organization, Person
from sgoffice.documents import publications
from sgoffice.feed import queries
from sgoffice.records.actors import OFFICE
from tests.factories import agreements as make
from tests.factories import directory, partners
from tests.factories.engagements import engagement, theirs

pytestmark = pytest.mark.django_db
DOOR = {"by": OFFICE, "expected": ANY_VERSION, "reason": "They are one."}


@pytest.fixture
def found(settle):
    """What a partner finds of a record, after the positions that COMMIT gives."""
    puller = partners.Puller(partners.partner())

    def find(record):
        settle()
        return puller.see(f"records/{record.pk}").json()["document"]

    return find


def clean():
    return list(publications.differences()) == []


def test_party_that_was_merged_is_shown_as_its_survivor(found):
    party, survivor = directory.organization("W. C. O."), directory.organization("WCO")
    record = make.agreement(marking="public", parties=make.parties(theirs=party))

    merge(Organization, survivor.pk, other=party.pk, **DOOR)
    merged = found(record)["parties"][1]
    unmerge(Organization, survivor.pk, other=party.pk, **DOOR)
    apart = found(record)["parties"][1]

    assert [(one["id"], one["name"], one["key"]) for one in (merged, apart)] == [
        (str(survivor.pk), "WCO", str(party.pk)),
        (str(party.pk), "W. C. O.", str(party.pk)),
    ]
    assert clean()


def test_partner_whose_organization_took_the_place_of_a_party_has_its_agreements():
    party, own = directory.organization("W. C. O."), directory.organization("WCO")
    partner = partners.partner(organization=own.pk)
    partners.release(partner, condition="partner_is_named", kind="agreement")
    record = make.agreement(parties=make.parties(theirs=party))
    before = queries.granted_entries(partner.pk)

    merge(Organization, own.pk, other=party.pk, **DOOR)

    assert (set(before), set(queries.granted_entries(partner.pk))) == (set(), {record.pk})


def test_relation_to_a_merged_agreement_leads_to_its_survivor(found):
    old, survivor, new = (make.agreement(marking="public", title=title) for title in ("Old", "Old again", "New"))
    make.relate(new, "amends", old)

    merge(Agreement, survivor.pk, other=old.pk, **DOOR)

    relations = found(new)["relations"]
    assert [one["id"] for one in relations] == [str(survivor.pk)]
    assert clean()


def test_person_at_a_meeting_who_was_merged_is_shown_as_the_survivor(found):
    teo, survivor = directory.person("J. Teo"), directory.person("Josephine Teo")
    record = engagement(marking="public", participants=(theirs(person=teo),))

    merge(Person, survivor.pk, other=teo.pk, **DOOR)

    shown = [one["person"] for one in found(record)["participants"]]
    assert {"id": str(survivor.pk), "name": "Josephine Teo"} in shown
    assert clean()
