"""Nothing of the files of appointments is lost; what does not fit the rules is recorded as a deviation."""

import pytest

from appointments import facts as appointment_facts
from appointments.facts.decisions import amendment_origin, resolution_origin
from appointments.facts.sessions import origin as session_origin
from appointments.facts.terms import president_origin
from appointments.models import Appointment, Session
from tests.facts import answer, facts, missing, unchanged_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
DATA = "appointments"
#: The words of the files in ours.
WORDS = {
    "appointed": "appointment",
    "reappointed": "reappointment",
    "UN General Assembly": "un-general-assembly",
    "INTERPOL General Assembly": "general-assembly",
}
#: The precision of a date is the text of the date itself; whether a session was held is its status.
PRECISIONS = {"/start_precision", "/end_precision", "/adopted_precision", "/held", "/year"}


def test_every_leaf_of_every_session_is_answered():
    lost = {
        session_origin(fact): missing(fact, answer(session_origin(fact)), exceptions=PRECISIONS)
        for fact in facts(DATA, "general_assembly_sessions")
    }

    assert {name: what for name, what in lost.items() if what} == {}


def test_every_leaf_of_every_resolution_is_answered():
    lost = {
        fact["symbol"]: missing(fact, answer(resolution_origin(fact)), words=WORDS, exceptions=PRECISIONS)
        for fact in facts(DATA, "resolutions")
    }

    assert {name: what for name, what in lost.items() if what} == {}


def test_every_leaf_of_every_amendment_is_answered():
    lost = {
        fact["year"]: missing(fact, answer(amendment_origin(fact)))
        for fact in facts(DATA, "constitution_rules")["amendments"]
    }

    assert {name: what for name, what in lost.items() if what} == {}


def test_every_rule_of_the_constitution_is_answered():
    places = ("post:secretary-general", "post:president", "body:general-assembly", "body:executive-committee")
    said = " | ".join(answer(f"facts:{place}") for place in places)

    assert missing(facts(DATA, "constitution_rules")["rules"], said) == []


def test_every_leaf_of_every_term_is_answered():
    lost = {
        fact["id"]: missing(
            fact, answer(f"facts:term:{fact['id']}", with_links=True), words=WORDS, exceptions=PRECISIONS
        )
        for fact in facts(DATA, "secretary_general_terms")
    }

    assert {name: what for name, what in lost.items() if what} == {}


def test_every_leaf_of_every_president_is_answered_but_of_those_left_out():
    known = [fact for fact in facts(DATA, "presidents") if "Leave out of demo data" not in (fact["note"] or "")]
    lost = {
        fact["name"]: missing(fact, answer(president_origin(fact), with_links=True), exceptions=PRECISIONS)
        for fact in known
    }

    assert {name: what for name, what in lost.items() if what} == {}
    assert len(known) == 27


def test_history_that_does_not_fit_is_a_recorded_deviation():
    deviating = Appointment.objects.exclude(deviation=None).select_related("person")

    assert {one.person.name for one in deviating} == {
        "Jean Népote",
        "André Bossard",
        "Raymond E. Kendall",
        "Ronald K. Noble",
    }
    assert all(one.deviation["rule"] == "term-too-long" for one in deviating)


def test_counts_are_those_of_the_files():
    assert Session.objects.count() == 95
    assert Appointment.objects.filter(post__slug="secretary-general").count() == 15


def test_loading_again_changes_nothing():
    assert unchanged_by(appointment_facts.load)
