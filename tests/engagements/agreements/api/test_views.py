"""/agreements over HTTP: pages, filters, the status on a day, and the steps."""

import pytest

from tests.factories import agreements as make
from tests.factories import directory
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def body(**values):
    ours, theirs = directory.organization("Ours"), directory.organization("Caribbean Community", acronym="CARICOM")
    parties = [{"organization": str(ours.pk), "side": "ours"}, {"organization": str(theirs.pk)}]
    return {"title": "Agreement", "instrument": "cooperation_agreement", "parties": parties, **values}


def titles(answer):
    assert answer.status_code == 200, answer.content
    return sorted(item["title"] for item in answer.json()["results"])


def test_an_agreement_is_entered_with_its_acts_and_clause(officer):
    clause = {"kind": "all_of", "clauses": [{"kind": "signature_by_all", "after": "P60D"}, {"kind": "approval_by_all"}]}
    given = body(
        acts=[{"kind": "signature", "date": "2009-02-25"}],
        entry_into_force=clause,
        scope=["training"],
        focal_points=[{"side": "ours", "unit": "Legal"}],
        texts=[{"language": "en", "url": "https://example.org/text", "is_authentic": True}],
    )

    answer = officer.enter("agreements", given)

    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert shown["entry_into_force"] == clause
    assert [period["status"] for period in shown["periods"]] == ["not_known", "signed", "signed"]
    assert shown["periods"][1]["is_in_force"] is False
    assert "60 days after signature by both" in shown["periods"][1]["sentence"]
    assert (
        "no approval by Ours and no approval by the Caribbean Community is recorded" in shown["periods"][1]["sentence"]
    )
    assert officer.see(f"agreements/{shown['id']}").json() == shown
    assert officer.see(f"agreements/{shown['reference']}").json() == shown


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"parties": []}, "/parties"),
        ({"acts": [{"kind": "attestation", "date": "2018"}]}, "/acts/0/source"),
    ],
)
def test_what_breaks_a_rule_is_409_with_the_rule(officer, patch, pointer):
    answer = officer.enter("agreements", body(**patch))

    assert answer.status_code == 409, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["rule"]
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    "patch",
    [
        {"acts": [{"kind": "handshake"}]},
        {"acts": [{"kind": "signature", "date": "2009-02-30"}]},
        {"acts": [{"kind": "signature", "party": "nobody"}]},
        {"acts": "none"},
        {"acts": [{"kind": "signature", "colour": "red"}]},
        {"entry_into_force": {"kind": "fixed_day"}},
        {"entry_into_force": {"kind": ["fixed_day"], "day": 3}},
        {"entry_into_force": [{"kind": "any_of"}]},
        {"entry_into_force": {"kind": "any_of", "clauses": [{"kind": "any_of", "clauses": [{"kind": "\ud800"}]}]}},
        {"duration": "P0D"},
        {"duration": "PT5S"},
        {"is_bilateral": "yes"},
        {"scope": ["all"]},
        {"topics": ["x"]},
        {"titles": {"en": 5}},
        {"expires": "2022-13"},
        {"relations": [{"relation": "replaces", "agreement": "0192e0f5-0000-7000-8000-000000000000"}]},
        {"relations": [{"relation": "supersedes", "agreement": "0192e0f5-0000-7000-8000-000000000000"}]},
        {"parties": [{"organization": "0192e0f5-0000-7000-8000-000000000000"}]},
        {"title": ""},
        {"title": "a\u202eb"},
        {"status": "in_force"},
        {"periods": []},
    ],
)
def test_what_means_nothing_is_400_with_pointers(officer, patch):
    answer = officer.enter("agreements", body(**patch))

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_viewers_read_and_do_not_write():
    agreement = make.in_force_since("2005-01-01", marking="public")
    viewer = signed_in("viewer")

    assert viewer.see(f"agreements/{agreement.pk}").status_code == 200
    answer = viewer.enter(f"agreements/{agreement.pk}/suspend", {"date": "2010-01-01"}, **{"If-Match": '"1"'})
    assert answer.status_code == 403


def test_a_restricted_agreement_is_not_there_for_others(officer):
    agreement = make.in_force_since("2005-01-01", marking="restricted")
    unknown = "0192e0f5-0000-7000-8000-000000000000"

    for path in ("", "/status", "/links", "/history"):
        hidden = officer.see(f"agreements/{agreement.pk}{path}")
        absent = officer.see(f"agreements/{unknown}{path}")
        assert hidden.status_code == absent.status_code == 404
    assert titles(officer.see("agreements")) == []
    assert titles(officer.see("agreements?in_force_on=2010-01-01")) == []


def test_the_status_on_a_day_has_basis_sentence_and_as_of(officer):
    agreement = make.agreement(
        make.act("signature", "2009"), make.act("attestation", "2018-08-28", source="its secretariat")
    )

    on = officer.see(f"agreements/{agreement.pk}/status?on=2020-01-01").json()
    inside = officer.see(f"agreements/{agreement.pk}/status?on=2009-06-30").json()
    before = officer.see(f"agreements/{agreement.pk}/status?on=2017-01-01").json()

    assert (on["status"], on["basis"], on["as_of"]) == ("in_force", "attested", "2018-08-28")
    assert on["sentence"] == ("In force on 28 August 2018 according to its secretariat; nothing newer is recorded.")
    assert (inside["status"], inside["basis"], inside["is_in_force"]) == ("not_known", "not_known", None)
    assert inside["sentence"] == "Signature in 2009, the exact day is not known."
    assert (before["status"], before["is_in_force"]) == ("signed", None)
    later = officer.see(f"agreements/{agreement.pk}/status").json()
    assert (later["status"], later["basis"], later["as_of"]) == ("not_known", "not_known", "2018-08-28")
    assert later["sentence"] == "Not known: last attested in force on 28 August 2018 by its secretariat."


@pytest.mark.parametrize("query", ["on=2020", "on=soon", "day=2020-01-01", "on=2020-01-01&x=1"])
def test_a_day_that_is_none_is_400(officer, query):
    agreement = make.agreement()

    assert officer.see(f"agreements/{agreement.pk}/status?{query}").status_code == 400


def test_the_filters_of_the_list(officer):
    directory.country("SG", "Singapore")
    family = directory.organization("Union", acronym="U")
    child = directory.organization("Bureau", parent=family.pk)
    ncb = directory.organization("NCB Singapore", country="SG", classification="national_central_bureau")
    topic = directory.topic()
    make.in_force_since("2005-01-01", title="one", parties=make.parties(theirs=child), scope=("training",))
    make.agreement(make.act("signature", "2009"), title="two", parties=make.parties(theirs=ncb), topics=(topic.pk,))
    make.agreement(title="three", instrument="protocol", parties=make.parties(theirs=family), marking="public")

    def found(query):
        return titles(officer.see(f"agreements?{query}"))

    assert found("in_force_on=2005-01-01") == ["one"]
    assert found("in_force_on=2004-12-31") == []
    assert found("status=in_force") == ["one"]
    assert found("status=signed,in_force&on=2010-01-01") == ["one", "two"]
    assert found("status=not_known&on=2009-06-30") == ["three", "two"]
    assert found("instrument=protocol") == ["three"]
    assert found("scope=training&scope=funding") == ["one"]
    assert found("country=SG") == ["two"]
    assert found(f"organization={family.pk}") == ["three"]
    assert found(f"organization={family.pk}&include=children") == ["one", "three"]
    assert found(f"organization={child.pk}&include=parents") == ["one", "three"]
    assert found(f"topic={topic.pk}") == ["two"]
    assert found("from=2009-06-30&until=2009-07-31") == ["two"]
    assert found("from=2009-06-30&until=2009-07-31&certain=true") == []
    assert found("q=bureau ONE") == ["one"]
    assert found("marking=public") == ["three"]
    assert [item["title"] for item in officer.see("agreements?sort=signed").json()["results"]] == [
        "three",
        "one",
        "two",
    ]


@pytest.mark.parametrize(
    "query",
    ["in_force_on=2005", "status=alive", "include=all", "organization=x", "colour=red", "from=yesterday", "on=2005"],
)
def test_a_filter_that_means_nothing_is_400(officer, query):
    assert officer.see(f"agreements?{query}").status_code == 400


def test_a_list_takes_the_same_queries_for_one_and_for_many(officer, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for total in (1, 3, 12):
        while len(titles(officer.see("agreements?limit=200"))) < total:
            make.in_force_since("2005-01-01")
        with CaptureQueriesContext(connection) as captured:
            officer.see("agreements?in_force_on=2010-01-01")
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_acts_are_told_in_the_order_in_which_they_happened(officer):
    agreement = make.agreement(
        make.act("milestone"),
        make.act("approval", "2016-11-10"),
        make.act("signature", "2016-11-10"),
        make.act("signing_mandate", "2015"),
    )

    acts = officer.see(f"agreements/{agreement.pk}").json()["acts"]

    assert [act["kind"] for act in acts] == ["signing_mandate", "signature", "approval", "milestone"]


def test_a_patch_of_a_list_keeps_the_parts_that_it_names(officer):
    agreement = make.in_force_since("2005-01-01")
    before = officer.see(f"agreements/{agreement.pk}")
    act = before.json()["acts"][0]
    patch = {"acts": [{"id": act["id"], "kind": act["kind"], "date": "2004-12-01"}]}

    answer = officer.correct(f"agreements/{agreement.pk}", patch, **{"If-Match": before.headers["ETag"]})

    assert answer.status_code == 200, answer.content
    assert [(item["id"], item["date"]) for item in answer.json()["acts"]] == [(act["id"], "2004-12-01")]
    assert answer.json()["title"] == agreement.title
