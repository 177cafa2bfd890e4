"""Eight writers at once, with real commits: no rule of appointments is broken, and the losers learn which it was."""

import pytest
from django.db import connection, transaction

from appointments import services
from appointments.models import Appointment
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from tests.factories.appointments import appointment, post
from tests.factories.directory import person

WRITERS = 8


def test_eight_appointments_at_once_leave_one_holder(fresh_database, in_threads):
    holder_of = [person(f"Person {number}").pk for number in range(WRITERS)]
    wanted = post().pk

    def appoint(number):
        entry = services.AppointmentEntry(post=wanted, person=holder_of[number], start="2024-11-07")
        return services.record_appointment(entry, by=OFFICE)

    results = in_threads(WRITERS, appoint)

    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == WRITERS - 1
    assert {getattr(loser, "rule", repr(loser)) for loser in losers} == {"one-holder-at-a-time"}
    assert Appointment.objects.count() == 1


def test_eight_raw_third_terms_at_once_are_all_refused(fresh_database, in_threads):
    first = appointment(start="2018-01-01")
    second = appointment(person=first.person_id, start="2023-01-01", kind="reappointment")

    def insert(number):
        own = {
            "id": "gen_random_uuid()",
            "reference": f"'APT-RACE-{number}'",
            "start": "'2028-01-01'",
            "start_earliest": "date '2028-01-01'",
            "start_latest": "date '2028-01-01'",
            "during": f"daterange('2028-01-0{number + 1}', '2029-01-01')",
        }
        columns = [field.column for field in Appointment._meta.concrete_fields]
        names = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(own.get(column, f'"{column}"') for column in columns)
        statement = f"INSERT INTO appointments_appointment ({names}) SELECT {values} FROM appointments_appointment"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = %s", [second.pk])

    results = in_threads(WRITERS, insert)

    assert all(isinstance(result, Exception) for result in results), results
    assert Appointment.objects.count() == 2


def test_control_without_the_rules_the_third_term_would_be_stored(fresh_database):
    first = appointment(start="2018-01-01")
    appointment(person=first.person_id, start="2023-01-01", kind="reappointment")

    with pytest.raises(RuleViolation):
        appointment(person=first.person_id, start="2028-01-01", kind="reappointment")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE appointments_termrule SET reappointments_allowed = NULL")

    appointment(person=first.person_id, start="2028-01-01", kind="reappointment")
    assert Appointment.objects.count() == 3
