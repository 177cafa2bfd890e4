"""Numbers, symbols and owners of what is hidden: taken or not, the answer is that for what is not there."""

import pytest
from django.db import IntegrityError, connection, transaction

from appointments.models import Decision, Mandate, Session
from sgoffice.records.identifiers import uuid7
from tests.factories.accounts import signed_in
from tests.factories.appointments import decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return str(decision().body_id)


def of(body, noun, **values):
    own = {"decisions": {"title": "A decision", "symbol": "GA/ZQX/1"}, "sessions": {"number": 93}}[noun]
    return {"body": body, **own, **values}


@pytest.mark.parametrize("noun", ["decisions", "sessions"])
def test_a_hidden_namesake_never_refuses(body, noun):
    approver, officer = signed_in("approver"), signed_in("officer")
    hidden = approver.enter(noun, of(body, noun, marking="restricted"))

    open_one = officer.enter(noun, of(body, noun))

    assert (hidden.status_code, open_one.status_code) == (201, 201)
    assert officer.enter(noun, of(body, noun)).status_code == 409


@pytest.mark.parametrize("noun", ["decisions", "sessions"])
def test_a_hidden_namesake_refuses_no_correction_and_no_restoring(body, noun):
    approver, officer = signed_in("approver"), signed_in("officer")
    other = {"symbol": "GA/ZQX/2"} if noun == "decisions" else {"number": 94}
    made = officer.enter(noun, of(body, noun, **other)).json()
    approver.enter(noun, of(body, noun, marking="restricted"))
    same = {name: value for name, value in of(body, noun).items() if name in other}

    corrected = officer.correct(f"{noun}/{made['id']}", same, **{"If-Match": '"1"'})
    out = officer.enter(f"{noun}/{made['id']}/enter-in-error", {"reason": "x"}, **{"If-Match": '"2"'})
    back = officer.enter(f"{noun}/{made['id']}/restore", {"reason": "x"}, **{"If-Match": '"3"'})

    assert [one.status_code for one in (corrected, out, back)] == [200, 200, 200]


@pytest.mark.parametrize("noun", ["decisions", "sessions"])
def test_whoever_sees_both_is_refused_at_once_or_when_the_hidden_one_is_opened(body, noun):
    approver, officer = signed_in("approver"), signed_in("officer")
    hidden = approver.enter(noun, of(body, noun, marking="restricted")).json()

    again = approver.enter(noun, of(body, noun))
    officer.enter(noun, of(body, noun))
    opened = approver.correct(f"{noun}/{hidden['id']}", {"marking": "internal"}, **{"If-Match": '"1"'})

    assert (again.status_code, again.json()["rule"]) == (409, "symbol" if noun == "decisions" else "session-number")
    assert opened.status_code != 200


@pytest.mark.parametrize(("noun", "name"), [("decisions", "decision_symbol_once"), ("sessions", "session_number_once")])
def test_the_database_still_refuses_two_that_all_may_read(body, noun, name):
    model = Decision if noun == "decisions" else Session
    made = model.objects.get(pk=signed_in("officer").enter(noun, of(body, noun)).json()["id"])
    columns = ", ".join(field.column for field in model._meta.concrete_fields if field.name not in {"id", "reference"})
    table = model._meta.db_table
    copied = f"INSERT INTO {table} (id, reference, {columns}) SELECT %s, 'X-1', {columns} FROM {table} WHERE id = %s"

    with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copied, [uuid7(), made.pk])


def test_a_mandate_of_a_hidden_decision_is_refused_like_one_of_none(body):
    hidden, officer = decision(marking="restricted"), signed_in("officer")

    refusals = []
    for key in (hidden.pk, uuid7()):
        answer = officer.enter("mandates", {"decision": str(key), "text": "x"})
        refusals.append((answer.status_code, answer.json()["errors"][0]["detail"].replace(str(key), "…")))

    assert refusals == [(400, "There is no decision ….")] * 2


def test_a_mandate_has_no_more_readers_than_its_decision(body):
    approver = signed_in("approver")
    made = approver.enter("mandates", {"decision": str(decision(marking="restricted").pk), "text": "x"}).json()
    open_one = approver.enter("mandates", {"decision": str(decision().pk), "text": "y"}).json()

    raised = approver.correct(f"decisions/{open_one['decision']}", {"marking": "restricted"}, **{"If-Match": '"1"'})

    assert made["marking"] == "restricted"
    assert raised.status_code == 200
    assert Mandate.objects.get(pk=open_one["id"]).marking == "restricted"
