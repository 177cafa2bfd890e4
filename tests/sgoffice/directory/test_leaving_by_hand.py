"""What the database refuses to one person alone: to take off the lists, or to merge, whom something names."""

import pytest
from django.db import IntegrityError, transaction

from sgoffice.approvals import services
from sgoffice.directory.models import Organization, Person
from tests.factories import approvals
from tests.factories import engagements as make
from tests.factories.directory import organization, person
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.django_db
ALONE = "by one person alone"
DECIDE = "UPDATE approvals_approval SET state = %s, decided_by_id = %s WHERE id = %s"


@pytest.fixture
def chief():
    return approvals.member("approver")


@pytest.fixture
def officer(chief):
    return approvals.member("officer")


def named(model):
    """Return somebody whom a meeting names."""
    record = person("Known") if model is Person else organization("Known")
    make.engagement(participants=[make.theirs(**{model.record_kind: record})])
    return record


def write(record, column, value, *, approval=""):
    """Write a column as the application's role can, with an approval that is said to be carried out."""
    with transaction.atomic():
        ask("SELECT set_config('sgoffice.approval', %s, true)", str(approval))
        ask(f"UPDATE {record._meta.db_table} SET {column} = %s WHERE id = %s", value, record.pk)
    return ask(f"SELECT {column} FROM {record._meta.db_table} WHERE id = %s", record.pk)[0][0]


def decided(action, record, *, by, chief, state="approved", **content):
    """Return the id of a proposal that was decided in this transaction."""
    values = {name: str(one.pk) for name, one in content.items()}
    entry = services.ProposalEntry(action=action, subject=record.pk, content=values)
    proposal = services.propose(entry, by=by).pk
    ask(DECIDE, state, chief.id if state != "proposed" else None, proposal)
    return proposal


@pytest.mark.parametrize("model", [Person, Organization])
def test_nobody_who_is_named_leaves_the_lists_by_hand(model):
    record = named(model)

    with pytest.raises(IntegrityError, match=ALONE):
        write(record, "is_in_error", True)
    with pytest.raises(IntegrityError, match=ALONE):
        write(record, "merged_into_id", named(model).pk)

    assert model.objects.get(pk=record.pk).is_live


@pytest.mark.parametrize("wrong", ["not decided", "refused", "not named", "about another", "of another action"])
def test_no_other_approval_takes_somebody_off(officer, chief, wrong):
    record = named(Person)
    approval = decided(
        "restore" if wrong == "of another action" else "enter_in_error",
        named(Person) if wrong == "about another" else record,
        by=officer, chief=chief, state={"not decided": "proposed", "refused": "refused"}.get(wrong, "approved"),
    )  # fmt: skip

    with pytest.raises(IntegrityError, match=ALONE):
        write(record, "is_in_error", True, approval="" if wrong == "not named" else approval)


@pytest.mark.parametrize("wrong", ["another survivor", "the other way round", "another other", "about a third"])
def test_no_other_approval_merges_two(officer, chief, wrong):
    record, survivor, third = named(Person), named(Person), named(Person)
    pair = {
        "another survivor": {"survivor": third, "other": record},
        "the other way round": {"survivor": record, "other": survivor},
        "another other": {"survivor": survivor, "other": third},
        "about a third": {"survivor": survivor, "other": record},
    }[wrong]
    about = third if wrong == "about a third" else pair["other"]
    approval = decided("merge", about, by=officer, chief=chief, **pair)

    with pytest.raises(IntegrityError, match=ALONE):
        write(record, "merged_into_id", survivor.pk, approval=approval)


def test_what_two_people_approved_is_done(officer, chief):
    record, survivor, off = named(Person), named(Person), named(Person)
    merging = decided("merge", survivor, by=officer, chief=chief, survivor=survivor, other=record)

    assert write(record, "merged_into_id", survivor.pk, approval=merging) == survivor.pk
    assert write(off, "is_in_error", True, approval=decided("enter_in_error", off, by=officer, chief=chief))


def test_whom_nothing_names_is_taken_back_and_not_merged():
    record = person("Entered by an import")

    with pytest.raises(IntegrityError, match=ALONE):
        write(record, "merged_into_id", person("Another").pk)
    assert write(record, "is_in_error", True)
