"""People and organizations leave the lists by two people, whatever names them; the answer tells of nothing hidden."""

import pytest

from sgoffice.approvals.models import Approval
from sgoffice.changes import merging
from sgoffice.changes.corrections import enter_in_error, restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Organization, Person
from sgoffice.directory.services import MembershipEntry, record_membership
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import InvalidEntry, RuleViolation, StaleVersion
from sgoffice.records.models import Entry, Marking
from tests.factories import approvals
from tests.factories import engagements as make
from tests.factories.accounts import Register, signed_in, staff
from tests.factories.directory import organization, person

pytestmark = pytest.mark.django_db
MAKERS = {Person: person, Organization: organization}
ROLES = ("officer", "approver", "administrator")


@pytest.fixture
def chief():
    return approvals.member("approver")


def take_off(record, *, by, expected=ANY_VERSION):
    return enter_in_error(type(record), record.pk, by=by, expected=expected, reason="entered twice")


def merge(survivor, other, *, by, expected=ANY_VERSION):
    return merging.merge(type(survivor), survivor.pk, other=other.pk, by=by, expected=expected, reason="they are one")


def now(record):
    return type(record).rows().get(pk=record.pk)


@pytest.mark.parametrize("model", MAKERS)
@pytest.mark.parametrize("role", ROLES)
def test_one_person_alone_takes_none_off_the_lists_whoever_it_is(chief, model, role):
    record, by = MAKERS[model]("Known"), approvals.member(role)

    take_off(record, by=by)
    assert not now(record).is_in_error
    approvals.approve(approvals.pending(record.pk), by=chief)

    assert now(record).is_in_error


@pytest.mark.parametrize("model", MAKERS)
@pytest.mark.parametrize("role", ROLES)
def test_one_person_alone_merges_none(chief, model, role):
    survivor, other = MAKERS[model]("Known"), MAKERS[model]("Known Twice")

    merge(survivor, other, by=approvals.member(role))
    assert now(other).merged_into_id is None
    approvals.approve(approvals.pending(other.pk), by=chief)

    assert now(other).merged_into_id == survivor.pk


def answers(client, record, other):
    """What is answered to somebody who takes one off, and who merges another into it, without what differs anyway."""
    first = client.enter(f"people/{record.pk}/enter-in-error", {"reason": "x"}, **{"If-Match": "*"})
    second = client.enter(f"people/{record.pk}/merge", {"other": str(other.pk), "reason": "x"}, **{"If-Match": "*"})
    own = {"id", "reference", "proposed_at", "record", "content", "record_version"}
    shown = [{name: value for name, value in one.json().items() if name not in own} for one in (first, second)]
    return [first.status_code, second.status_code, *shown]


def test_the_answer_does_not_tell_whether_something_hidden_names_them(chief):
    unnamed, named, twins = person("Unnamed"), person("Named"), (person("A"), person("B"))
    make.engagement(by=chief, marking="restricted", participants=[make.theirs(person=named)])
    client = signed_in("officer")

    assert answers(client, named, twins[0]) == answers(client, unnamed, twins[1])


def test_other_kinds_need_no_second_person(chief):
    entry = MembershipEntry(person=person("Somebody").pk, organization=organization("An office").pk, role="Head")
    made = record_membership(entry, by=OFFICE)

    assert take_off(made, by=approvals.member("officer")).is_in_error


def test_the_operator_of_the_server_needs_nobody():
    record, other = person("Known"), person("Twice")

    merge(record, other, by=OFFICE)
    take_off(record, by=OFFICE)

    assert now(other).merged_into_id == record.pk
    assert now(record).is_in_error
    assert not Approval.objects.exists()


def test_what_is_refused_is_refused_before_it_is_proposed(chief):
    record, officer = person("Known"), approvals.member("officer")
    with pytest.raises(StaleVersion):
        take_off(record, by=officer, expected=7)
    with pytest.raises(StaleVersion):
        merge(record, person("Twice"), by=officer, expected=7)
    with pytest.raises(RuleViolation):
        merge(record, record, by=officer)
    take_off(record, by=OFFICE)
    with pytest.raises(RuleViolation):
        take_off(record, by=officer)

    assert not Approval.objects.exists()


def test_what_changed_since_is_proposed_anew(chief):
    record = person("Known")
    take_off(record, by=approvals.member("officer"))
    take_off(record, by=OFFICE)
    restore(Person, record.pk, by=OFFICE, expected=ANY_VERSION, reason="it was right")

    with pytest.raises(RuleViolation, match="has changed"):
        approvals.approve(approvals.pending(record.pk), by=chief)


def test_a_proposal_about_somebody_hidden_is_as_hidden(chief):
    author = approvals.member("approver")
    hidden, known = person("Hidden Person", marking="restricted"), person("Known Person")
    assert Entry.objects.get(pk=hidden.pk).marking == Marking.RESTRICTED

    merge(known, hidden, by=author)

    waiting = approvals.pending(hidden.pk)
    viewer = Register(staff("viewer"))
    assert viewer.see(f"approvals/{waiting.pk}").status_code == 404
    assert Register(staff("approver")).see(f"approvals/{waiting.pk}").status_code == 200


def test_the_queue_names_both(chief):
    survivor, other = person("Anna Kind"), person("Anna Kindt")
    merge(survivor, other, by=approvals.member("officer"))

    page = Register(staff("approver")).get("/desk/approvals").content.decode()

    assert "Merge two that are one" in page
    assert "Anna Kind" in page
    assert "Anna Kindt" in page
    assert str(survivor.pk) not in page.replace(f"/{survivor.pk}/", "/")


def test_nobody_proposes_a_merge_with_somebody_they_cannot_see(chief):
    hidden = person("Hidden Person", marking="restricted")

    with pytest.raises(InvalidEntry):
        merge(person("Known"), hidden, by=approvals.member("officer"))
