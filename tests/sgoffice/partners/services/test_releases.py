"""Who may have what: public records all, internal ones by release of two people, restricted ones nobody."""

import pytest
from django.db import IntegrityError, transaction

from engagements.agreements import services as agreements
from sgoffice.approvals.models import Approval
from sgoffice.changes.corrections import enter_in_error, restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.documents import publications
from sgoffice.feed import queries
from sgoffice.partners import services
from sgoffice.partners.models import Release
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation
from tests.factories import approvals, directory
from tests.factories import partners as make
from tests.factories.accounts import staff
from tests.factories.agreements import agreement, parties
from tests.factories.engagements import engagement

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.partner()


def has(partner):
    return set(queries.granted_entries(partner.pk))


def correct(record, **values):
    return agreements.correct_agreement(
        record.pk, Correction(agreements.AgreementEntry, values), by=OFFICE, expected=ANY_VERSION
    )


def test_public_records_are_for_every_partner_earlier_and_later_ones(partner):
    earlier = agreement(marking="public")
    later = make.partner()

    assert has(partner) == has(later) == {earlier.pk}


def test_partner_has_only_the_kinds_that_it_may_have():
    agreement(marking="public")

    assert has(make.partner(kinds=("decision",))) == set()


def test_internal_record_is_for_those_to_whom_it_is_released(partner):
    record, other = agreement(), make.partner()

    make.release(partner, record.pk)

    assert (has(partner), has(other)) == ({record.pk}, set())


def test_a_proposal_gives_nothing_and_nobody_approves_their_own(partner):
    chief, record = approvals.member("approver"), agreement()
    made = make.proposal(partner, record.pk, by=chief)

    assert has(partner) == set()
    with pytest.raises(RuleViolation) as refused:
        approvals.approve(approvals.pending(made.pk), by=chief)
    assert refused.value.rule == "second-person"


def test_only_an_approver_approves(partner):
    officer = approvals.member("officer")
    made = make.proposal(partner, agreement().pk)

    with pytest.raises(NotPermitted):
        approvals.approve(approvals.pending(made.pk), by=officer)


@pytest.mark.usefixtures("unguarded")
def test_raw_sql_approves_nothing(partner):
    made = make.proposal(partner, agreement().pk)

    with pytest.raises(IntegrityError, match="by one person alone"), transaction.atomic():
        Release.objects.filter(pk=made.pk).update(state="approved", approved_by="somebody")


def test_restricted_record_is_released_to_nobody(partner):
    with pytest.raises(RuleViolation) as refused:
        make.proposal(partner, agreement(marking="restricted").pk, by=approvals.member("approver"))
    assert refused.value.rule == "restricted-stays"


def test_record_that_the_proposer_may_not_see_is_not_there(partner):
    record = agreement(marking="restricted")
    entry = services.ReleaseEntry(partner=partner.pk, records=(record.pk,))

    with pytest.raises(InvalidEntry):
        services.propose_release(entry, by=staff("officer").as_actor())


def test_what_became_restricted_since_its_proposal_is_not_approved(partner):
    chief, record = approvals.member("approver"), agreement()
    made = make.proposal(partner, record.pk)
    correct(record, marking="restricted")

    with pytest.raises(RuleViolation):
        approvals.approve(approvals.pending(made.pk), by=chief)


def test_what_is_withdrawn_before_it_is_approved_waits_no_more(partner):
    made = make.proposal(partner, agreement().pk)

    make.withdraw(made)

    assert not Approval.objects.pending().filter(subject=made.pk).exists()


def test_standing_rule_gives_what_names_the_partner_now_and_later():
    body = directory.organization("Association of Harbour Police")
    partner = make.partner(organization=body.pk)
    earlier, other = agreement(parties=parties(theirs=body)), agreement()

    make.release(partner, condition="partner_is_named", kind="agreement")
    later = agreement(parties=parties(theirs=body))
    correct(other, title="Another title")

    assert has(partner) == {earlier.pk, later.pk}
    correct(earlier, parties=parties())
    assert has(partner) == {later.pk}


def test_bureau_is_named_by_what_speaks_for_its_country():
    directory.country("PT", "Portugal")
    bureau = directory.organization("NCB Lisbon", country="PT", classification="national_central_bureau")
    government = directory.organization("Government of Portugal", country="PT", classification="government")
    partner = make.partner(organization=bureau.pk)
    record = agreement(parties=parties(theirs=government))

    make.release(partner, condition="partner_is_named", kind="agreement")

    assert has(partner) == {record.pk}


def test_organization_merged_into_the_partners_own_is_the_partner():
    body, double = directory.organization("Harbour Police"), directory.organization("Harbor Police")
    partner = make.partner(organization=body.pk)
    record = agreement(parties=parties(theirs=double))
    make.release(partner, condition="partner_is_named", kind="agreement")
    assert has(partner) == set()

    merge(type(body), body.pk, other=double.pk, by=OFFICE, expected=ANY_VERSION, reason="One body")

    assert has(partner) == {record.pk}


def test_withdrawal_is_by_one_person_and_at_once(partner):
    record = agreement()
    made = make.release(partner, record.pk)

    make.withdraw(made)

    assert has(partner) == set()


def test_one_record_of_a_list_is_withdrawn_and_the_last_one_ends_the_release(partner):
    first, second = agreement(), agreement()
    made = make.release(partner, first.pk, second.pk)

    make.withdraw(made, first.pk)
    assert has(partner) == {second.pk}

    make.withdraw(made, second.pk)
    assert (has(partner), Release.objects.get(pk=made.pk).state) == (set(), "withdrawn")


def test_raised_marking_withdraws_for_good(partner):
    record = agreement()
    made = make.release(partner, record.pk)

    correct(record, marking="restricted")
    assert has(partner) == set()
    assert Release.objects.get(pk=made.pk).state == "withdrawn"

    correct(record, marking="internal")
    assert has(partner) == set()


def test_inactive_partner_has_nothing_and_gets_it_back(partner):
    record = agreement(marking="public")
    for is_active, wanted in ((False, set()), (True, {record.pk})):
        patch = Correction(services.PartnerEntry, {"is_active": is_active})
        services.correct_partner(partner.pk, patch, by=OFFICE, expected=ANY_VERSION)

        assert has(partner) == wanted


def test_what_is_entered_in_error_is_withdrawn_and_comes_back(partner, settle):
    record = agreement(marking="public")
    settle()

    enter_in_error(type(record), record.pk, by=OFFICE, expected=ANY_VERSION, reason="It was entered twice")
    settle()
    rows = queries.changes_after(partner.pk, 0, 10).rows
    assert b'"withdrawn"' in queries.join_lines(rows, begin=b"", between=b",", end=b"")

    restore(type(record), record.pk, by=OFFICE, expected=ANY_VERSION, reason="It was not")
    settle()
    assert queries.record_line(partner.pk, record.pk) is not None


def test_write_outside_the_door_withdraws_until_it_is_published_again(partner, settle, unguarded):
    record = agreement(marking="public")
    settle()

    type(record).objects.filter(pk=record.pk).update(title="By hand")
    settle()
    assert queries.record_line(partner.pk, record.pk) is None

    for model, ids in publications.outdated():
        publications.publish(model, ids)
    settle()
    assert b"By hand" in (queries.record_line(partner.pk, record.pk) or b"")


def test_preview_counts_what_is_new_to_the_partner(partner):
    public, internal = agreement(marking="public"), agreement()
    made = make.proposal(partner, public.pk, internal.pk)

    assert services.preview_release(made) == [type(services.preview_release(made)[0])("agreement", 2, 1)]


def test_published_documents_are_what_would_be_published_now(partner):
    agreement(marking="public")
    engagement(marking="public")

    assert list(publications.differences()) == []


def test_renamed_party_shows_in_what_partners_have(partner, settle):
    body = directory.organization("An old name")
    record = agreement(marking="public", parties=parties(theirs=body))
    settle()
    before = queries.current_position(partner.pk).position

    from sgoffice.directory import services as names

    patch = Correction(names.OrganizationEntry, {"name": "A new name"})
    names.correct_organization(body.pk, patch, by=OFFICE, expected=ANY_VERSION)
    settle()

    assert b"A new name" in (queries.record_line(partner.pk, record.pk) or b"")
    assert queries.current_position(partner.pk).position == before + 1
