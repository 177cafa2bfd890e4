"""The chain of an agreement: what amends, supersedes, implements and supplements what."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from engagements.agreements import services
from engagements.agreements.services import steps
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.directory.services import OrganizationEntry, correct_organization
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import Link
from tests.factories import agreements as make
from tests.factories import directory
from tests.factories.accounts import signed_in
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in()


def signed(title, day, **values):
    return make.agreement(make.act("signature", day), title=title, **values)


@pytest.fixture
def family():
    """The first agreement, two amendments of it, one of the second amendment, and what superseded the first."""
    first = make.in_force_since("1997-07-08", title="first")
    made = {"first": first}
    for title, day, relation, other, articles in (
        ("protocol", "2002", "amends", "first", ("Article 3", "Article 5 (2)")),
        ("second protocol", "2005-03", "amends", "first", ()),
        ("exchange of letters", "2004-01-01", "supplements", "protocol", ()),
        ("newer", "2012-05-01", "supersedes", "first", ()),
    ):
        made[title] = make.relate(signed(title, day), relation, made[other], *articles)
    return made


def chain(client, agreement, query=""):
    answer = client.see(f"agreements/{agreement.pk}/chain{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def places(client, agreement):
    return {one["title"]: one["place"] for one in chain(client, agreement)["results"]}


def succeed(organization, successor):
    correction = Correction(OrganizationEntry, {"successor": successor.pk})
    return correct_organization(organization.pk, correction, by=OFFICE, expected=ANY_VERSION)


def test_everything_that_hangs_together_is_told_by_date_from_wherever_one_asks(officer, family):
    told = chain(officer, family["protocol"])

    assert [(one["title"], one["date"], one["place"]) for one in told["results"]] == [
        ("first", "1997-07-08", "earlier"),
        ("protocol", "2002", "asked"),
        ("exchange of letters", "2004-01-01", "later"),
        ("second protocol", "2005-03", "beside"),
        ("newer", "2012-05-01", "beside"),
    ]
    assert places(officer, family["first"]) == dict.fromkeys(family, "later") | {"first": "asked"}
    assert told["is_complete"] is True


def test_an_amendment_names_the_articles_that_it_replaces(officer, family):
    [first, protocol, letters, *_] = chain(officer, family["first"])["results"]
    theirs = str(family["first"].pk)

    assert first["relations"] == []
    assert protocol["relations"] == [
        {"relation": "amends", "agreement": theirs, "articles": ["Article 3", "Article 5 (2)"]}
    ]
    assert letters["relations"][0]["articles"] == []

    make.relate(family["protocol"], "amends", family["first"], "Article 4")
    assert chain(officer, family["first"])["results"][1]["relations"][0]["articles"] == ["Article 4"]


def test_each_stands_where_it_stands_on_the_day(officer, family):
    now = {one["title"]: one["standing"] for one in chain(officer, family["first"])["results"]}
    before = {one["title"]: one["standing"] for one in chain(officer, family["first"], "?on=2001-01-01")["results"]}

    assert (now["first"]["status"], now["first"]["basis"]) == ("in_force", "computed")
    assert (now["newer"]["status"], before["newer"]["status"]) == ("signed", "not_known")
    assert before["first"]["sentence"] == "In force since 8 July 1997."
    assert officer.see(f"agreements/{family['first'].pk}/chain?on=2001").status_code == 400


def test_what_is_hidden_is_not_there_nor_what_hangs_on_it_alone(family):
    viewer, approver = signed_in("viewer"), signed_in("approver")
    officer = signed_in()
    path = f"agreements/{family['protocol'].pk}"
    assert officer.correct(path, {"marking": "restricted"}, **{"If-Match": "*"}).status_code == 200

    assert set(places(viewer, family["first"])) == {"first", "second protocol", "newer"}
    assert set(places(approver, family["first"])) == set(family)
    assert viewer.see(f"{path}/chain").status_code == 404
    assert places(viewer, family["exchange of letters"]) == {"exchange of letters": "asked"}


def test_what_was_entered_in_error_is_no_part_of_it(officer, family):
    wrong = family["second protocol"]
    enter_in_error(type(wrong), wrong.pk, by=OFFICE, expected=ANY_VERSION, reason="Twice.")

    assert "second protocol" not in places(officer, family["first"])


def test_a_party_that_became_another_is_named_with_its_successors(officer):
    oau, union = directory.organization("Organization of African Unity"), directory.organization("African Union")
    last = directory.organization("A still later union")
    agreement = signed("with the OAU", "2001-01-01", parties=make.parties(theirs=oau))
    succeed(oau, union)
    succeed(union, last)

    [told] = chain(officer, agreement)["results"]
    of = {party["name"]: [one["name"] for one in party["successors"]] for party in told["parties"]}

    assert of["Organization of African Unity"] == ["African Union", "A still later union"]
    assert sorted(map(len, of.values())) == [0, 2]


def test_the_agreements_of_predecessors_are_found_for_the_successor(officer):
    oau, union = directory.organization("Organization of African Unity"), directory.organization("African Union")
    first = directory.organization("Union of African States")
    succeed(first, oau)
    succeed(oau, union)
    signed("oldest", "1999", parties=make.parties(theirs=first))
    signed("old", "2001", parties=make.parties(theirs=oau))
    signed("new", "2019", parties=make.parties(theirs=union))

    def titles(query):
        answer = officer.see(f"agreements?sort=signed&{query}")
        assert answer.status_code == 200, answer.content
        return [one["title"] for one in answer.json()["results"]]

    assert titles(f"organization={union.pk}") == ["new"]
    assert titles(f"organization={union.pk}&include=predecessors") == ["oldest", "old", "new"]
    assert titles(f"organization={oau.pk}&include=predecessors") == ["oldest", "old"]
    assert officer.see(f"agreements?organization={union.pk}&include=successors").status_code == 400


def test_no_organization_takes_its_own_place():
    one, other = directory.organization("One"), directory.organization("Other")
    succeed(one, other)

    for organization, successor in ((other, one), (one, one)):
        with pytest.raises(RuleViolation, match="its own place"):
            succeed(organization, successor)
    with pytest.raises(IntegrityError, match="organization_is_not_its_successor"), transaction.atomic():
        ask("UPDATE directory_organization SET successor_id = id WHERE id = %s", one.pk)


@pytest.mark.parametrize("relation", ["amends", "supersedes", "implements", "supplements"])
def test_a_relation_that_would_close_a_circle_is_refused(officer, family, relation):
    letters = str(family["exchange of letters"].pk)
    body = {"relations": [{"relation": relation, "agreement": letters}]}

    answer = officer.correct(f"agreements/{family['first'].pk}", body, **{"If-Match": "*"})

    assert (answer.status_code, answer.json()["rule"]) == (409, "no-circle")
    assert not Link.objects.filter(source=family["first"].pk).exists()


def test_the_step_closes_no_circle_either(officer, family):
    answer = officer.enter(
        f"agreements/{family['newer'].pk}/supersede",
        {"date": "2020-01-01", "by_agreement": str(family["first"].pk)},
        **{"If-Match": "*"},
    )

    assert (answer.status_code, answer.json()["rule"]) == (409, "no-circle")
    assert answer.json()["errors"][0]["pointer"] == "/by_agreement"


def test_raw_sql_closes_no_circle(family):
    with pytest.raises(IntegrityError, match="rest on itself"), transaction.atomic():
        ask(
            "INSERT INTO records_link (id, position, relation, source_id, target_id, places)"
            " VALUES (gen_random_uuid(), 0, 'implements', %s, %s, '[]')",
            family["first"].pk,
            family["exchange of letters"].pk,
        )
    with pytest.raises(IntegrityError, match="rest on itself"), transaction.atomic():
        ask(
            "UPDATE records_link SET target_id = %s WHERE source_id = %s",
            family["exchange of letters"].pk,
            family["protocol"].pk,
        )


def test_other_links_may_lead_back(family):
    ask(
        "INSERT INTO records_link (id, position, relation, source_id, target_id, places)"
        " VALUES (gen_random_uuid(), 0, 'about', %s, %s, '[]')",
        family["first"].pk,
        family["protocol"].pk,
    )


def test_a_relation_that_is_made_another_one_is_no_circle(officer, family):
    made = make.relate(family["protocol"], "supplements", family["first"])

    assert [link.relation for link in Link.objects.filter(source=made.pk)] == ["supplements"]


def test_the_answer_has_an_etag_and_takes_as_many_queries_for_many(officer, family):
    path = f"agreements/{family['first'].pk}/chain"
    tag = officer.see(path)["ETag"]
    with CaptureQueriesContext(connection) as few:
        assert officer.see(path, **{"If-None-Match": tag}).status_code == 304
    for number in range(6):
        make.relate(signed(f"more {number}", "2015"), "implements", family["first"])
    with CaptureQueriesContext(connection) as many:
        assert officer.see(path, **{"If-None-Match": tag}).status_code == 200

    assert len(few) == len(many)


def test_a_merged_agreement_is_the_one_that_took_its_place(officer, family):
    survivor = signed("survivor", "2002")
    with change(type(survivor), family["protocol"].pk, verb="merge", by=OFFICE, expected=ANY_VERSION) as record:
        record.merged_into_id = survivor.pk

    found = places(officer, family["first"])

    assert found == {
        "first": "asked", "survivor": "later", "exchange of letters": "later", "second protocol": "later",
        "newer": "later",
    }  # fmt: skip
    assert officer.see(f"agreements/{family['protocol'].pk}/chain").status_code == 308


def test_supersession_by_its_step_is_in_the_chain(officer):
    old, new = make.in_force_since("2005-01-01", title="old"), make.in_force_since("2015-01-01", title="new")
    entry = services.SupersessionEntry(date="2015-01-01", by_agreement=new.pk)
    steps.supersede_agreement(old.pk, entry, by=OFFICE, expected=ANY_VERSION)

    told = {one["title"]: one for one in chain(officer, old)["results"]}

    assert told["old"]["standing"]["status"] == "superseded"
    assert told["new"]["relations"] == [{"relation": "supersedes", "agreement": str(old.pk), "articles": []}]
