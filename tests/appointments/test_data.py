"""The shipped appointments: all of them, and what does not fit the rules is recorded as a deviation."""

import pytest

from appointments.models import Appointment, Session
from tests.facts import document, facts, lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]


def test_history_that_does_not_fit_is_a_recorded_deviation():
    deviating = Appointment.objects.exclude(deviation=None).select_related("person")

    assert {one.person.name for one in deviating} == {
        "Jean Népote",
        "André Bossard",
        "Raymond E. Kendall",
        "Ronald K. Noble",
    }
    assert all(one.deviation["rule"] == "term-too-long" for one in deviating)
    shipped = {line["origin"]: line["deviation"] for line in lines() if "deviation" in line}
    assert {one.origin: one.deviation for one in deviating} == shipped


def test_who_holds_a_post_has_taken_office():
    steps = {line["origin"]: line["steps"] for line in lines() if "steps" in line}

    assert {document(origin)["state"] for origin in steps} == {"assumed"}
    assert {facts("appointment")[origin].get("end") for origin in steps} == {None}
    assert len(steps) == 2


def test_counts_are_those_of_the_sources():
    assert Session.objects.count() == 95
    assert Appointment.objects.filter(post__slug="secretary-general").count() == 14
    assert Appointment.objects.filter(post__slug="president").count() == 28
