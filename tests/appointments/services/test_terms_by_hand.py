"""What two people approved of a term is what is stored: the database compares it, also what raw SQL writes."""

import json

import pytest
from django.db import IntegrityError, transaction

from appointments import services
from appointments.services import AppointmentEntry
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Person
from sgoffice.records.entries import Correction
from tests.factories import appointments as make
from tests.factories import approvals
from tests.factories.directory import person
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.django_db
ALONE = "by one person alone"
DECIDE = "UPDATE approvals_approval SET state = 'approved', decided_by_id = %s WHERE id = %s"


def days(**values):
    """Return the three columns of each date."""
    return {f"{name}{end}": day for name, day in values.items() for end in ("", "_earliest", "_latest")}


APPOINTED = {"state": "designate", "during": "[2024-11-07,2029-11-07)"} | days(
    appointed="2024-11-05", start="2024-11-07"
)
CORRECTED = {"during": "[2024-11-08,2029-11-08)"} | days(start="2024-11-08")
#: What somebody stores instead, or beside it.
OTHERWISE = [
    {"person_id": "the other person"},
    {"kind": "election"},
    {"start_latest": "2024-12-08"},
    {"during": "[2024-11-07,2028-11-07)"},
    {"during": "[2024-11-09,2029-11-09)"} | days(start="2024-11-09"),
    days(appointed="2024-11-04"),
    days(expected_end="2028-11-07"),
    {"during": "[2024-11-08,2028-11-07)"} | days(end="2028-11-07"),
]


@pytest.fixture
def chief():
    return approvals.member("approver")


@pytest.fixture
def officer(chief):
    return approvals.member("officer")


@pytest.fixture
def proposed(officer):
    entry = AppointmentEntry(
        post=make.post().pk, person=person("Testa Candidate").pk, appointed="2024-11-05", start="2024-11-07"
    )
    return services.record_appointment(entry, by=officer)


@pytest.fixture
def held(officer):
    term = make.appointment("Testa Holder", start="2024-11-07", appointed="2024-11-05")
    correction = Correction(AppointmentEntry, {"start": "2024-11-08"})
    services.correct_appointment(term.pk, correction, by=officer, expected=ANY_VERSION, reason="A slip.")
    return term


@pytest.fixture(autouse=True)
def other():
    """Somebody who is there before: whoever makes a record closes what is said to be carried out."""
    return person("Another")


def write(term, values):
    if "person_id" in values:
        values = values | {"person_id": Person.objects.get(name="Another").pk}
    columns = ", ".join(f'"{name}" = %s' for name in values)
    ask(f"UPDATE appointments_appointment SET {columns} WHERE id = %s", *values.values(), term.pk)


def decide(term, chief):
    """Approve what waits, by hand, and say that it is being carried out."""
    approval = approvals.pending(term.pk)
    ask(DECIDE, chief.id, approval.pk)
    ask("SELECT set_config('sgoffice.approval', %s, true)", str(approval.pk))


@pytest.mark.parametrize("otherwise", OTHERWISE)
def test_no_other_term_is_given_than_the_one_that_was_approved(proposed, chief, otherwise):
    decide(proposed, chief)

    with pytest.raises(IntegrityError, match=ALONE), transaction.atomic():
        write(proposed, APPOINTED | otherwise)
    write(proposed, APPOINTED)


def test_a_term_is_not_given_to_who_was_put_there_meanwhile(proposed, chief):
    write(proposed, {"person_id": "the other person"})
    decide(proposed, chief)

    with pytest.raises(IntegrityError, match=ALONE), transaction.atomic():
        write(proposed, APPOINTED)


@pytest.mark.parametrize("otherwise", [*OTHERWISE, {"state": "proposed"}])
def test_no_other_term_is_stored_than_the_correction_that_was_approved(held, chief, otherwise):
    decide(held, chief)

    with pytest.raises(IntegrityError, match=ALONE), transaction.atomic():
        write(held, CORRECTED | otherwise)
    write(held, CORRECTED)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2016-11-21", "2016-11-21", "2016-11-21"),
        ("2016-02~", "2016-02-01", "2016-02-29"),
        ("2016?", "2016-01-01", "2016-12-31"),
        ("196X", "1960-01-01", "1969-12-31"),
        ("2019-10-15/2019-12", "2019-10-15", "2019-12-31"),
        (None, None, None),
    ],
)
def test_the_database_reads_dates_as_the_register_does(text, earliest, latest):
    [(first, last)] = ask("SELECT earliest::text, latest::text FROM term_days_of(%s)", text)

    assert (first, last) == (earliest, latest)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"appointed_earliest": "2023-01-01"},
        {"appointed_latest": "2030-01-01"},
        {"expected_end_earliest": "2025-01-01"},
        {"expected_end_latest": "2031-01-01"},
        {"during": "[2029-11-07,2031-03-01)"},
    ],
)
def test_no_other_extension_is_stored_than_the_one_that_was_approved(officer, chief, otherwise):
    term = make.appointment("Testa Holder", start="2024-11-07", appointed="2024-11-05")
    entry = services.ExtensionEntry(until="2030-03-01", appointed="2026-10-10", reason="Until the Assembly meets.")
    services.extend_appointment(term.pk, entry, by=officer, expected=ANY_VERSION)
    row = as_carried_out(term, chief)
    decide(term, chief)

    with pytest.raises(IntegrityError, match=ALONE), transaction.atomic():
        insert(row | otherwise)
    insert(row)


def as_carried_out(term, chief):
    """Return the row that carrying out the extension would store."""
    with transaction.atomic():
        approvals.approve(approvals.pending(term.pk), by=chief)
        [(row,)] = ask("SELECT to_jsonb(a)::text FROM appointments_appointment a WHERE kind = 'extension'")
        transaction.set_rollback(True)
    return json.loads(row)


def insert(row):
    columns = "SELECT * FROM jsonb_populate_record(NULL::appointments_appointment, %s)"
    ask(f"INSERT INTO appointments_appointment {columns}", json.dumps(row))
