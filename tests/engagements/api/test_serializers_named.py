"""Wherever an id is taken a reference or a name is, too: in bodies, in parts of bodies, in steps and in parameters."""

import pytest

from engagements import services
from sgoffice.approvals.models import Approval
from tests.factories import agreements, appointments, directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def entered(officer, path, **body):
    answer = officer.enter(path, body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def understood(shown):
    return {one["pointer"]: (one["id"], one["why"]) for one in shown["understood"]}


def meeting(**values):
    return {"title": "Call", "kind": "bilateral_meeting", "status": "held", "held": "2024-05-15", **values}


def test_an_engagement_takes_names_and_references_for_all_that_it_names(officer):
    holder, topic = make.holder("Jürgen Stock", "2014-11-07"), directory.topic("Terrorism")
    visit, agreement = make.engagement(title="Visit to Yaoundé", kind="visit"), agreements.agreement()
    decision = appointments.decision(symbol="AGN/69/RES/9")
    colleague = staff("officer", display_name="Eleanor Koh")

    shown = entered(
        officer,
        "engagements",
        **meeting(
            principal="Stock Jürgen",
            topics=["terrorism"],
            part_of="visit to yaounde",
            under=[agreement.reference.lower()],
            decisions=["AGN/69/RES/9"],
            responsible="eleanor koh",
        ),
    )

    assert shown["principal"]["id"] == str(holder.pk)
    assert [one["id"] for one in shown["topics"]] == [str(topic.pk)]
    assert shown["responsible"] == str(colleague.pk)
    links = officer.see(f"engagements/{shown['id']}/links").json()["results"]
    assert {one["record"]["id"] for one in links} == {str(visit.pk), str(agreement.pk), str(decision.pk)}
    assert understood(shown) == {
        "/principal": (str(holder.pk), "has this name"),
        "/topics/0": (str(topic.pk), "has this name"),
        "/part_of": (str(visit.pk), "has this name"),
        "/under/0": (str(agreement.pk), "has this reference"),
        "/decisions/0": (str(decision.pk), "has this name"),
        "/responsible": (str(colleague.pk), f"has the user name {colleague.username}"),
    }


def test_how_references_were_understood_is_told_to_the_writer_and_not_kept(officer):
    visit = make.engagement(title="Visit to Yaoundé", kind="visit")

    shown = entered(officer, "engagements", **meeting(part_of=visit.reference))

    assert [one["pointer"] for one in shown.pop("understood")] == ["/part_of"]
    kept = officer.see(f"engagements/{shown['id']}").json()
    assert kept.pop("understood") == []
    assert kept == shown


def test_a_repeated_request_is_answered_although_the_name_means_two_by_now(officer):
    directory.topic("Terrorism")
    body, key = meeting(topics=["Terrorism"]), {"Idempotency-Key": "once"}
    first = officer.enter("engagements", body, **key).json()
    directory.topic("Terrorism", kind="programme")

    again = officer.enter("engagements", body, **key)

    assert (again.status_code, again.json()["id"]) == (201, first["id"])


@pytest.mark.parametrize(
    "text",
    [
        "92nd General Assembly",
        "92nd session of the General Assembly",
        "General Assembly, 92nd session, Glasgow",
        "General Assembly 2024",
    ],
)
def test_a_session_is_known_by_its_number_and_body(officer, text):
    body = appointments.decision().body
    directory.country("GB", "United Kingdom")
    session = entered(
        officer, "sessions", body="General Assembly", number=92, city="Glasgow", country="GB", begins="2024-11-04"
    )
    entered(officer, "sessions", body="general-assembly", number=91, city="Vienna", begins="2023-11-28")

    shown = entered(officer, "decisions", body=str(body.pk), title="A decision", session=text)

    assert understood(shown)["/session"][0] == session["id"]


@pytest.mark.parametrize("text", ["General Assembly", "Glasgow", "92"])
def test_a_part_of_what_a_session_is_called_is_none_of_its_names(officer, text):
    body = appointments.decision().body
    session = entered(officer, "sessions", body=str(body.pk), number=92, city="Glasgow")

    answer = officer.enter("decisions", {"body": str(body.pk), "title": "A decision", "session": text})

    assert answer.status_code == 400, answer.content
    [shown] = answer.json()["candidates"]
    assert (shown["pointer"], [one["id"] for one in shown["records"]]) == ("/session", [session["id"]])


def test_an_agreement_takes_names_of_parties_topics_bodies_and_agreements(officer):
    ours, theirs = directory.organization("Ours"), directory.organization("Caribbean Community", acronym="CARICOM")
    earlier, body = agreements.agreement(title="Agreement of 1998"), appointments.decision().body
    directory.topic("Training", kind="programme")

    shown = entered(
        officer,
        "agreements",
        title="Agreement",
        instrument="cooperation_agreement",
        parties=[{"organization": "Ours", "side": "ours"}, {"organization": "CARICOM"}],
        topics=["Training"],
        relations=[{"relation": "supersedes", "agreement": "Agreement of 1998"}],
        acts=[
            {"kind": "approval", "date": "2024-01-01", "by_body": "General Assembly", "on_behalf_of": "ours"},
            {"kind": "signature", "date": "2024-02-01", "party": "caricom"},
        ],
    )

    assert [one["organization"]["id"] for one in shown["parties"]] == [str(ours.pk), str(theirs.pk)]
    assert {where: key for where, (key, _) in understood(shown).items()} == {
        "/parties/0/organization": str(ours.pk),
        "/parties/1/organization": str(theirs.pk),
        "/topics/0": shown["topics"][0]["id"],
        "/relations/0/agreement": str(earlier.pk),
        "/acts/0/by_body": str(body.pk),
        "/acts/0/on_behalf_of": str(ours.pk),
        "/acts/1/party": str(theirs.pk),
    }


def test_a_step_and_a_correction_take_names(officer):
    made, other = make.planned(), make.planned(title="Second meeting")
    version = officer.see(f"engagements/{made.pk}")["ETag"]
    postponed = officer.enter(
        f"engagements/{made.pk}/postpone", {"to": "Second meeting", "reason": "A clash."}, **{"If-Match": version}
    )
    assert postponed.status_code == 200, postponed.content
    assert [one["id"] for one in postponed.json()["understood"]] == [str(other.pk)]

    topic = directory.topic("Cybercrime")
    corrected = officer.correct(f"engagements/{made.pk}", {"topics": ["CYBERCRIME"]}, **{"If-Match": postponed["ETag"]})
    assert corrected.status_code == 200, corrected.content
    assert [one["id"] for one in corrected.json()["topics"]] == [str(topic.pk)]


def test_all_that_is_unknown_or_unclear_is_refused_at_once_with_who_may_be_meant(officer):
    one, two = directory.topic("Terrorism"), directory.topic("Terrorism", kind="programme")
    near = directory.person("Josephine Teo")

    answer = officer.enter(
        "engagements", meeting(topics=["Terrorism", "Gardening"], principal="Josefine Teo", part_of="SG-2020-ABCDEF")
    )

    assert answer.status_code == 400, answer.content
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "/principal",
        "/topics/0",
        "/topics/1",
        "/part_of",
    ]
    candidates = {item["pointer"]: {one["id"] for one in item["records"]} for item in answer.json()["candidates"]}
    assert candidates == {"/principal": {str(near.pk)}, "/topics/0": {str(one.pk), str(two.pk)}}


def test_a_state_is_no_organization(officer):
    directory.country("AT", "Austria")
    parties = [{"organization": "Government of Austria"}, {"country": "FR", "side": "ours"}]

    answer = officer.enter("agreements", {"title": "A", "instrument": "cooperation_agreement", "parties": parties})

    assert answer.status_code == 400
    assert "is a State (AT)" in answer.json()["errors"][0]["detail"]


def test_parameters_take_names_and_references(officer):
    person, topic = directory.person("Gerhard Karner"), directory.topic("Terrorism")
    organization = directory.organization("Caribbean Community", acronym="CARICOM")
    met = make.engagement(topics=(topic.pk,), participants=(make.theirs(person=person, organization=organization),))
    make.engagement()
    paper = make.paper(met)

    for query in ("person=karner gerhard", "topic=Terrorism", "organization=CARICOM", "participant=Gerhard Karner"):
        found = officer.see(f"engagements?{query}")
        assert found.status_code == 200, found.content
        assert [one["id"] for one in found.json()["results"]] == [str(met.pk)], query
    papers = officer.see(f"papers?engagement={met.reference}").json()["results"]
    assert [one["id"] for one in papers] == [str(paper.pk)]

    body = appointments.decision().body
    entered(officer, "sessions", body=str(body.pk), number=92, city="Glasgow")
    on_its_margins = entered(officer, "engagements", **meeting(title="Margins", session="92nd General Assembly"))
    named = make.engagement(occasion=services.OccasionEntry(name="92nd General Assembly, reception"))
    found = officer.see("engagements?occasion=92nd General Assembly").json()["results"]
    assert {one["id"] for one in found} == {on_its_margins["id"], str(named.pk)}

    refused = officer.see("engagements?person=Gerhart Karner&topic=Gardening")
    assert refused.status_code == 400
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/person", "/topic"]
    assert [one["pointer"] for one in refused.json()["candidates"]] == ["/person"]


def test_what_somebody_may_not_see_is_answered_as_what_there_is_not(officer):
    chief = signed_in("approver")
    hidden = make.engagement(title="Secret visit", kind="visit", marking="restricted")
    agreements.agreement(title="Secret agreement", marking="restricted")

    def told(part_of, under):
        answer = officer.enter("engagements", meeting(part_of=part_of, under=[under]))
        assert answer.status_code == 400
        return answer.content.decode().replace(part_of, "…").replace(under, "…").split('"request_id"')[0]

    asked = [told("Secret visit", "Secret agreement"), told(hidden.reference, "AGR-2009-ABCDEF")]

    assert asked == [told("Public visit", "Other agreement"), told("SG-2020-ABCDEF", "AGR-2009-ABCDEG")]
    assert chief.enter("engagements", meeting(part_of="Secret visit")).status_code == 201


def test_somebody_who_is_known_from_restricted_records_alone_is_meant_by_id_where_all_would_read_the_name():
    chief = signed_in("approver")
    body = meeting(participants=[{"person": {"name": "Rosa Hidden"}}], marking="restricted")
    person = entered(chief, "engagements", **body)["participants"][0]["person"]["id"]

    open_one = chief.enter("engagements", meeting(title="Open", represented_by="Rosa Hidden"))
    restricted = meeting(title="Restricted", represented_by="Rosa Hidden", marking="restricted")

    assert open_one.status_code == 400
    assert [one["id"] for one in open_one.json()["candidates"][0]["records"]] == [person]
    assert entered(chief, "engagements", **restricted)["represented_by"]["id"] == person
    assert chief.see("engagements?person=Rosa Hidden").status_code == 200


def test_the_queue_of_proposals_is_asked_by_reference(officer):
    made = make.engagement(marking="restricted", readers=(str(officer.user.pk),))
    officer.correct(f"engagements/{made.pk}", {"marking": "internal"}, **{"If-Match": '"1"'})
    assert Approval.objects.count() == 1

    found = officer.see(f"approvals?record={made.reference}")

    assert found.status_code == 200, found.content
    assert len(found.json()["results"]) == 1


@pytest.mark.parametrize("text", ["", "  ", "…", "x" * 301, "\u202ename"])
def test_what_is_no_name_is_refused(officer, text):
    answer = officer.enter("engagements", meeting(topics=[text]))

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/topics/0"


@pytest.mark.parametrize("country", ["Portugal", "PRT", "pt", "البرتغال"])
def test_the_country_of_a_participant_is_read_like_that_of_a_capacity(officer, country):
    directory.country("PT", "Portugal")
    delegation = {"group": {"description": "Delegation"}, "title": "Delegation", "country": country}

    shown = entered(officer, "engagements", **meeting(participants=[delegation]))

    assert shown["participants"][0]["capacities"][0]["country"]["code"] == "PT"


def test_what_is_no_country_of_a_participant_is_refused_beside_the_others(officer):
    delegation = {"group": {"description": "Delegation"}, "country": "Ruritania", "title": "x" * 301}

    answer = officer.enter("engagements", meeting(country="Elbonia", participants=[delegation]))

    pointers = {one["pointer"] for one in answer.json()["errors"]}
    assert pointers == {"/country", "/participants/0/country", "/participants/0/title"}
