"""The status on a day: what we think of it today, what we thought of it then, and which acts prove it."""

import json
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import pytest

from engagements.agreements.api.status import case_in, status_answer
from engagements.agreements.models import Agreement, Period
from engagements.agreements.services.mappers import case_as_stored
from engagements.agreements.services.presenters import names_of, present_period
from sgoffice import documents
from tests.factories import agreements as make
from tests.factories import directory
from tests.factories.accounts import signed_in
from tests.factories.approvals import approve, member, pending

pytestmark = pytest.mark.django_db


def status(client, agreement, on, at=None):
    query = f"&as_known_at={quote(at)}" if at else ""
    answer = client.see(f"agreements/{agreement.pk}/status?on={on}{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def now():
    return datetime.now(UTC).isoformat()


def shown(agreement):
    return json.loads(documents.fetch_document(Agreement, agreement.pk).body)


def test_a_past_act_is_corrected_and_both_days_and_both_knowledges_are_answered():
    officer = signed_in()
    agreement = make.agreement(make.act("signature", "2009-02-25"), make.act("entry_into_force", "2009-04-26"))
    thought = now()
    acts = [{name: act[name] for name in ("id", "kind", "date")} for act in shown(agreement)["acts"]]
    acts[1]["date"] = "2011-01-01"
    answer = officer.correct(f"agreements/{agreement.pk}", {"acts": acts}, **{"If-Match": "*"})
    assert answer.status_code == 200, answer.content
    corrected = now()

    def answered(on, at=None):
        found = status(officer, agreement, on, at)
        return found["status"], found["start"], found["end"]

    assert answered("2010-06-01") == answered("2010-06-01", corrected) == ("signed", "2009-02-25", "2011-01-01")
    assert answered("2010-06-01", thought) == ("in_force", "2009-04-26", None)
    assert answered("2012-01-01") == ("in_force", "2011-01-01", None)
    assert answered("2012-01-01", thought) == ("in_force", "2009-04-26", None)
    assert answered("2009-03-01", thought) == ("signed", "2009-02-25", "2009-04-26")
    first, second = (status(officer, agreement, "2012-01-01", at)["proved_by"] for at in (thought, corrected))
    assert [act["date"] for act in (*first, *second)] == ["2009-04-26", "2011-01-01"]


def test_the_names_of_then_stand_in_the_sentence_of_then():
    officer, theirs = signed_in(), directory.organization("Old name")
    agreement = make.agreement(parties=make.parties(theirs=theirs))
    key = str(theirs.pk)
    officer.enter(f"agreements/{agreement.pk}/sign", {"date": "2020-01-01", "party": key}, **{"If-Match": "*"})
    before = now()
    officer.correct(f"organizations/{theirs.pk}", {"name": "New name"}, **{"If-Match": "*"})

    sentences = [status(officer, agreement, "2021-01-01", at)["sentence"] for at in (before, None)]

    assert ["Old name" in one for one in sentences] == [True, False]
    assert ["New name" in one for one in sentences] == [False, True]


def test_before_it_was_known_and_where_it_was_hidden_there_is_no_answer():
    approver, viewer, second = signed_in("approver"), signed_in("viewer"), member("approver")
    agreement = make.in_force_since(marking="restricted")
    then = now()
    approver.correct(f"agreements/{agreement.pk}", {"marking": "internal"}, **{"If-Match": "*"})
    approve(pending(agreement.pk), by=second)
    path = f"agreements/{agreement.pk}/status?on=2012-01-01"

    assert viewer.see(path).status_code == 200
    assert viewer.see(f"{path}&as_known_at={quote(then)}").status_code == 404
    assert approver.see(f"{path}&as_known_at={quote(then)}").json()["as_known_at"] is not None
    assert approver.see(f"{path}&as_known_at=1999-01-01T00:00:00Z").status_code == 404
    assert approver.see(f"{path}&as_known_at=2024-01-01T00:00:00").status_code == 400


def test_the_answer_has_an_etag_of_its_own():
    officer, agreement = signed_in(), make.in_force_since()
    path = f"agreements/{agreement.pk}/status?on=2012-01-01"
    tag = officer.see(path)["ETag"]

    assert officer.see(path, **{"If-None-Match": tag}).status_code == 304
    assert officer.see(path.replace("2012", "2001"), **{"If-None-Match": tag}).status_code == 200


@pytest.mark.usefixtures("loaded_register")
class TestOfFacts:
    def test_the_document_tells_the_rules_what_the_rows_tell_them(self):
        rows = Agreement.objects.prefetch_related("parties__organization", "parties__country", "acts__by_body")

        for agreement in rows:
            read, stored = case_in(shown(agreement)), case_as_stored(agreement)
            assert sorted(read.acts, key=lambda act: act.order) == sorted(stored.acts, key=lambda act: act.order)
            assert (read.parties, read.entry_into_force, read.expires) == (
                stored.parties, stored.entry_into_force, stored.expires,
            )  # fmt: skip

    def test_on_the_edges_of_every_period_it_is_what_is_stored(self):
        rows = Agreement.objects.prefetch_related("parties__organization", "parties__country", "acts__by_body")
        count = 0
        for agreement in rows:
            for period in Period.objects.filter(agreement=agreement.pk):
                wanted = present_period(period, names_of(agreement))
                last = period.during.upper and period.during.upper - timedelta(days=1)
                for day in {period.during.lower or date(1, 1, 1), last or date(9999, 12, 31)}:
                    found = status_answer(shown(agreement), day, None)
                    assert {name: found[name] for name in wanted} == wanted
                    assert bool(found["proved_by"]) or period.status == "not_known"
                    count += 1
        assert count > 150
