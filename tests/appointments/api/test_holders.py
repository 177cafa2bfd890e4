"""Who held a post on a day, over the loaded facts."""

import pytest

from appointments.models import Appointment
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(loaded_register):
    return signed_in("viewer")


def names(holders):
    return [holder["person"]["name"] for holder in holders]


def test_holder_on_a_day_with_the_session_that_appointed(loaded):
    answer = loaded.see("posts/secretary-general/holder?on=2016-11-21").json()

    assert names(answer["holders"]) == ["Jürgen Stock"]
    assert answer["is_certain"] is True
    assert answer["holders"][0]["session"]["number"] == 83
    assert answer["holders"][0]["session"]["city"] == "Monaco"


def test_on_a_handover_day_the_incoming_holds_and_the_outgoing_is_named(loaded):
    answer = loaded.see("posts/secretary-general/holder?on=2024-11-07").json()

    assert names(answer["holders"]) == ["Valdecy Urquiza"]
    assert names(answer["outgoing"]) == ["Jürgen Stock"]
    assert answer["is_certain"] is True


def test_inside_a_doubtful_boundary_both_are_named(loaded):
    answer = loaded.see("posts/secretary-general/holder?on=1946-06-01").json()

    assert sorted(names(answer["holders"])) == ["Louis Ducloux", "Oskar Dressler"]
    assert answer["is_certain"] is False


@pytest.mark.parametrize(
    ("post", "day", "holder"),
    [
        ("president", "2018-10-01", "Meng Hongwei"),  # the next may have acted since October, he surely held it
        ("president", "2008-10-31", "Khoo Boon Hui"),  # who acted until October acts for nobody any more
        ("president", "2018-11-21", "Kim Jong Yang"),  # elected on the day on which his own acting ended
        ("secretary-general", "1985-12-31", "Raymond E. Kendall"),  # the one before left in 1985, he came in October
    ],
)
def test_who_surely_holds_the_post_leaves_no_doubt(loaded, post, day, holder):
    answer = loaded.see(f"posts/{post}/holder?on={day}").json()

    assert (names(answer["holders"]), answer["is_certain"]) == ([holder], True)
    assert holder not in names(answer["acting"])


def test_before_the_first_nobody_is_known(loaded):
    answer = loaded.see("posts/president/holder?on=1900-01-01").json()

    assert answer["is_vacant"] is True
    assert answer["holders"] == []


def test_succession_is_in_order(loaded):
    holders = loaded.see("posts/secretary-general/succession").json()["holders"]

    assert len(holders) == 14
    assert [holder["start"] for holder in holders] == sorted(holder["start"] for holder in holders)


def test_third_term_for_the_holder_is_refused_with_rule_and_basis(loaded_register):
    stock = Appointment.objects.filter(person__name="Jürgen Stock").first()
    body = {"post": str(stock.post_id), "person": str(stock.person_id), "kind": "reappointment", "start": "2029-11-07"}

    answer = signed_in("officer").enter("appointments", body)

    assert answer.status_code == 409, answer.content
    assert answer.json()["rule"] == "too-many-terms"
    assert answer.json()["basis"] == "Constitution, Article 28, as amended in 2017"


def test_decision_without_evidence_is_not_completed(loaded_register):
    officer = signed_in("officer")
    decision = officer.see("decisions?symbol=A/RES/71/19").json()["results"][0]
    made = officer.enter("mandates", {"decision": decision["id"], "text": "Strengthen cooperation"})

    refused = officer.enter(
        f"mandates/{made.json()['id']}/report", {"status": "completed"}, **{"If-Match": made["ETag"]}
    )
    done = officer.enter(
        f"mandates/{made.json()['id']}/report",
        {"status": "completed", "evidence": ["SG-2018-000001"]},
        **{"If-Match": made["ETag"]},
    )

    assert refused.status_code == 409
    assert refused.json()["rule"] == "completed-needs-evidence"
    assert done.json()["status"] == "completed"


@pytest.mark.parametrize(
    ("post", "day", "left"),
    [
        ("president", "2016-11-10", None),  # he left in 2018, which nobody knew on that day
        ("secretary-general", "2014-11-07", None),
        ("secretary-general", "2026-11-28", None),  # known to the month: November 2029
    ],
)
def test_days_are_left_of_a_term_that_still_runs_to_a_known_day(loaded, post, day, left):
    assert loaded.see(f"posts/{post}/holder?on={day}").json()["days_left"] == left
