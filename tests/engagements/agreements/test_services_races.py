"""Real commits from several connections: one wins, the others hear why, and the periods stay one a day."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from appointments import services as appointments
from engagements.agreements import services
from engagements.agreements.models import Act, Agreement, Period
from engagements.agreements.services import steps
from engagements.models import ActionItem
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.retries import retry_once
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation, StaleVersion
from sgoffice.records.models import Link
from tests.factories import agreements as make
from tests.factories import directory
from tests.factories.accounts import Register, staff
from tests.factories.appointments import mandate
from tests.factories.engagements import action_item

pytestmark = pytest.mark.usefixtures("fresh_database")


def days_with(agreement, day):
    return Period.objects.filter(agreement=agreement, during__contains=day).count()


def test_terminate_and_renew_at_once_one_wins(in_threads):
    agreement = make.in_force_since("2005-01-01")

    def work(number):
        if number % 2:
            entry = services.TerminationEntry(date="2015-01-01")
            return steps.terminate_agreement(agreement.pk, entry, by=OFFICE, expected=1)
        return steps.renew_agreement(agreement.pk, services.RenewalEntry(date="2015-01-01"), by=OFFICE, expected=1)

    results = in_threads(8, work)

    assert sum(isinstance(result, Agreement) for result in results) == 1
    assert sum(isinstance(result, StaleVersion) for result in results) == 7
    assert Act.objects.filter(agreement=agreement).count() == 3
    assert all(days_with(agreement, date(year, 6, 1)) == 1 for year in range(2000, 2030))


def test_the_same_by_two_users_over_http_is_one_200_and_412s(in_threads):
    agreement = make.in_force_since("2005-01-01")
    officers = [staff("officer"), staff("officer")]

    def work(number):
        client = Register(officers[number % 2])
        step = "terminate" if number % 2 else "renew"
        answer = client.enter(f"agreements/{agreement.pk}/{step}", {"date": "2015-01-01"}, **{"If-Match": '"1"'})
        return answer.status_code

    codes = sorted(in_threads(8, work))

    assert codes == [200] + [412] * 7
    assert all(days_with(agreement, date(year, 6, 1)) == 1 for year in range(2000, 2030))


def test_eight_terminations_whatever_the_version_end_it_once(in_threads):
    agreement = make.in_force_since("2005-01-01")

    def work(number):
        entry = services.TerminationEntry(date="2015-01-01")
        return retry_once(lambda: steps.terminate_agreement(agreement.pk, entry, by=OFFICE, expected=ANY_VERSION))

    results = in_threads(8, work)

    assert sum(isinstance(result, Agreement) for result in results) == 1
    refused = [result for result in results if isinstance(result, RuleViolation)]
    assert len(refused) == 7
    assert {result.rule for result in refused} == {"step-not-allowed-in-status"}


def test_of_two_agreements_that_supersede_each_other_one_does_and_nothing_deadlocks(in_threads):
    one, other = make.in_force_since("2005-01-01"), make.in_force_since("2006-01-01")

    def work(number):
        old, new = (one, other) if number % 2 else (other, one)
        entry = services.SupersessionEntry(date="2015-01-01", by_agreement=new.pk)
        return steps.supersede_agreement(old.pk, entry, by=OFFICE, expected=ANY_VERSION)

    results = in_threads(8, work)

    assert sum(isinstance(result, Agreement) for result in results) == 1
    assert sum(isinstance(result, RuleViolation) for result in results) == 7


def test_relations_that_would_close_a_circle_together_leave_it_open(in_threads):
    ring = [make.in_force_since(f"200{number}-01-01") for number in range(4)]

    def work(number):
        return retry_once(lambda: make.relate(ring[number], "amends", ring[(number + 1) % 4]))

    results = in_threads(4, work)

    refused = [result for result in results if not isinstance(result, Agreement)]
    assert [(type(result), result.rule) for result in refused] == [(RuleViolation, "no-circle")]
    assert Link.objects.filter(relation="amends").count() == 3


def test_raw_sql_cannot_leave_a_bilateral_agreement_with_one_party(in_threads):
    agreement = make.in_force_since("2005-01-01")
    parties = [party.pk for party in agreement.parties.all()]

    def work(number):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM agreements_party WHERE id = %s", [parties[number % 2]])
            return "deleted"

    results = in_threads(8, work)

    assert all(isinstance(result, IntegrityError) for result in results)
    assert agreement.parties.count() == 2


def test_a_rename_races_with_acts_and_leaves_no_old_name(in_threads):
    from sgoffice.directory import services as directory_services
    from sgoffice.documents import differences
    from sgoffice.records.entries import Correction

    theirs = directory.organization("Old name")
    made = [make.in_force_since("2005-01-01", parties=make.parties(theirs=theirs)) for _ in range(4)]

    def work(number):
        if number == 4:
            renamed = Correction(directory_services.OrganizationEntry, {"name": "New name"})
            return directory_services.correct_organization(theirs.pk, renamed, by=OFFICE, expected=ANY_VERSION)
        entry = services.TerminationEntry(date="2015-01-01", party=str(theirs.pk))
        return steps.terminate_agreement(made[number].pk, entry, by=OFFICE, expected=ANY_VERSION)

    in_threads(5, work)

    assert list(differences()) == []


@pytest.mark.parametrize("maker", [make.in_force_since, mandate])
def test_no_action_item_is_left_below_what_is_raised_meanwhile(in_threads, maker):
    def raise_it(record):
        patch = {"marking": "restricted"}
        if isinstance(record, Agreement):
            entry = Correction(services.AgreementEntry, patch)
            return services.correct_agreement(record.pk, entry, by=OFFICE, expected=ANY_VERSION)
        entry = Correction(appointments.MandateEntry, patch)
        return appointments.correct_mandate(record.pk, entry, by=OFFICE, expected=ANY_VERSION)

    for _ in range(8):
        record = maker()
        results = in_threads(6, lambda number, of=record: raise_it(of) if number == 2 else action_item(of))
        refused = [result for result in results if isinstance(result, Exception)]
        assert {getattr(one, "rule", one) for one in refused} <= {"marking-below-owner"}
        items = ActionItem.objects.filter(**{record.record_kind: record.pk})
        assert set(items.values_list("marking", flat=True)) <= {"restricted"}
