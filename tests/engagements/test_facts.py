"""The shipped engagements: no leaf lost, the right side of the table, and every count that of the file."""

import json
from datetime import date

import pytest

from engagements import facts as engagement_facts
from engagements.models import Engagement, Participant
from sgoffice import documents
from sgoffice.directory.facts import organization_by_fact
from sgoffice.directory.models import Organization, Person, Topic
from sgoffice.directory.rules import fold
from sgoffice.records.models import Link
from sgoffice.records.partial_dates import PartialDate
from tests.factories.accounts import signed_in
from tests.facts import answer, facts, missing, unchanged_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
FACTS = facts("engagements", "engagements")
#: The precision of a date is the text of the date itself.
EXCEPTIONS = {"/date_precision", "/end_date_precision"}


def days(fact):
    text = f"{fact['date']}/{fact['end_date']}" if fact["end_date"] else fact["date"]
    parsed = PartialDate.parse(text)
    return parsed.earliest, parsed.latest


def said_of(fact):
    topics = Topic.objects.filter(engagements__engagement__origin=f"facts:engagement:{fact['id']}")
    names = [name for topic in topics for name in topic.all_names()]  # SLTD is a name of a database that we keep
    return " | ".join([answer(f"facts:engagement:{fact['id']}"), *names])


def document_of(fact):
    engagement = Engagement.objects.get(origin=f"facts:engagement:{fact['id']}")
    return json.loads(documents.fetch_document(Engagement, engagement.pk).body)


def fact_of(number):
    return next(fact for fact in FACTS if fact["id"] == f"eng-{number:04}")


def test_every_leaf_of_every_engagement_is_answered():
    lost = {fact["id"]: missing(fact, said_of(fact), exceptions=EXCEPTIONS) for fact in FACTS}

    assert {name: what for name, what in lost.items() if what} == {}
    assert Engagement.objects.count() == len(FACTS) == 144


def test_every_date_is_as_imprecise_as_it_was():
    for fact in FACTS:
        text = f"{fact['date']}/{fact['end_date']}" if fact["end_date"] else fact["date"]
        assert document_of(fact)["held"] == text


def test_everybody_told_of_takes_part_once():
    for fact in FACTS:
        assert len(document_of(fact)["participants"]) == len(fact["counterparts"])


def test_our_own_people_sit_on_our_side_and_nobody_else():
    for fact in FACTS:
        sides = [participant["side"] for participant in document_of(fact)["participants"]]
        assert [side == "ours" for side in sides] == [one["organisation"] == "INTERPOL" for one in fact["counterparts"]]


def test_who_took_part_by_message_or_video_did_not_come():
    modes = Participant.objects.exclude(mode="in_person").values_list("person__name", "mode")

    assert sorted(modes) == [("Ban Ki-moon", "by_video"), ("Kofi A. Annan", "by_message")]


def test_a_person_in_two_capacities_has_both():
    chairman = next(
        one for one in document_of(fact_of(1))["participants"] if one["person"]["name"] == "Pierre Minlo Medjo"
    )

    assert [(one["title"], (one["organization"] or one["country"])["name"]) for one in chairman["capacities"]] == [
        ("General Delegate to Public Security", "Cameroon"),
        ("Chairman of CAPCCO", "Central African Police Chiefs Committee"),
    ]


def test_a_delegate_who_signed_stands_in_the_principals_place():
    document = document_of(fact_of(148))

    assert document["represented_by"]["name"] == "Stephen Kavanagh"
    assert (document["principal_mode"], document["principal_attendance"]) == ("represented", "absent")


def test_a_presence_that_is_not_told_is_not_stated():
    assert document_of(fact_of(1))["principal_attendance"] == "not_stated"


def test_a_group_and_an_organization_stand_for_those_without_names():
    missions, customs = document_of(fact_of(17))["participants"][2], document_of(fact_of(100))["participants"][0]

    assert missions["group"] == {"description": "33 permanent representatives", "count": 33}
    assert customs["organization"]["acronym"] == "WCO"
    assert customs["group"] is None


def test_one_name_in_several_spellings_is_one_person():
    for name in ("Khoo Boon Hui", "Ahmed Naser Al-Raisi", "Kim Jong Yang", "Tarek Sharif", "Jürgen Stock"):
        assert Person.objects.named(name).count() == 1


def test_a_meeting_of_a_body_is_with_the_body():
    assert not Organization.objects.filter(name__contains="ASEANAPOL Conference").exists()


def test_sessions_of_our_assembly_are_linked():
    held = [fact for fact in FACTS if fact["kind"] == "general_assembly"]
    linked = Link.objects.filter(relation="occasion", target__kind="session").values_list("source__origin", flat=True)

    assert sorted(linked) == sorted(f"facts:engagement:{fact['id']}" for fact in held)


def test_the_principal_held_the_office_on_that_day():
    assert list(Engagement.objects.exclude(warnings=[]).values_list("title", "warnings")) == []


class TestCounts:
    """What the API counts is what a plain loop over the file counts."""

    @pytest.fixture
    def count(self):
        client = signed_in("viewer")

        def count(**parameters):
            response = client.get("/api/v1/engagements", {**parameters, "limit": 200})
            assert response.status_code == 200, response.content
            assert response.json()["next"] is None
            return len(response.json()["results"])

        return count

    def test_in_a_country_and_since_a_day(self, count):
        here = [fact for fact in FACTS if fact["place_country"] == "FR"]
        since = [fact for fact in here if days(fact)[1] >= date(2014, 11, 7)]

        assert count(place_country="FR") == len(here) == 30
        assert count(**{"place_country": "FR", "from": "2014-11-07"}) == len(since) == 17

    @pytest.mark.parametrize("code", ["FR", "RU", "SG", "RW", "QA", "GB", "US", "CM", "VA", "MK", "UY"])
    def test_with_a_country(self, count, code):
        with_it = [fact for fact in FACTS if any(one["country"] == code for one in fact["counterparts"])]
        either = [fact for fact in FACTS if fact in with_it or fact["place_country"] == code]

        assert count(country=code) == len(with_it) > 0
        assert count(any_country=code) == len(either)

    @pytest.mark.parametrize(("start", "end"), [("2018-01-01", "2018-06-30"), ("2018-03-01", "2018-03-31")])
    def test_in_a_period(self, count, start, end):
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        perhaps = [fact for fact in FACTS if days(fact)[0] <= last and days(fact)[1] >= first]
        surely = [fact for fact in FACTS if first <= days(fact)[0] and days(fact)[1] <= last]

        assert count(**{"from": start, "until": end}) == len(perhaps)
        assert count(**{"from": start, "until": end, "certain": "true"}) == len(surely)
        assert len(perhaps) > len(surely)

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("visit_to_headquarters", {"visit_to_headquarters"}),
            ("bilateral_meeting", {"bilateral_meeting", "virtual_meeting"}),
        ],
    )
    def test_of_a_kind(self, count, kind, words):
        assert count(kind=kind) == len([fact for fact in FACTS if fact["kind"] in words])

    @pytest.mark.parametrize("principal", ["Ronald K. Noble", "Jürgen Stock"])
    def test_of_a_principal(self, count, principal):
        person = Person.objects.named(principal).get()

        assert count(principal=str(person.pk)) == len([fact for fact in FACTS if fact["principal"] == principal])

    def test_with_an_organization_and_its_family(self, count):
        un = str(organization_by_fact("un"))
        itself = [
            fact for fact in FACTS if any(one["organisation"] == "United Nations" for one in fact["counterparts"])
        ]
        names = ("United Nations", "UNODC")
        family = [
            fact
            for fact in FACTS
            if any(
                any(name in one["organisation"] for name in names)
                and one["organisation"] not in {"Permanent missions to the United Nations", "United Nations community"}
                for one in fact["counterparts"]
            )
        ]

        assert count(organization=un) == len(itself)
        assert count(organization=un, include="children") == len(family) > len(itself)

    def test_with_a_person_but_not_with_our_own(self, count):
        putin, khoo = Person.objects.named("Vladimir Putin").get(), Person.objects.named("Khoo Boon Hui").get()
        theirs = [
            fact
            for fact in FACTS
            if any(one["name"] == "Khoo Boon Hui" and one["organisation"] != "INTERPOL" for one in fact["counterparts"])
        ]

        assert count(person=str(putin.pk)) == 2
        assert count(person=str(khoo.pk)) == len(theirs) == 1

    @pytest.mark.parametrize("words", ["terrorism", "cybercrime", "yaounde", "signing chairman"])
    def test_by_words_whatever_the_accents(self, count, words):
        def text(fact):
            label = engagement_facts.KINDS[fact["kind"]].label
            return fold(f"{label} {json.dumps(fact, ensure_ascii=False)}")

        found = [fact for fact in FACTS if all(word in text(fact) for word in fold(words).split())]

        assert 0 < count(q=words) <= len(found)


def test_loading_again_changes_nothing():
    assert unchanged_by(engagement_facts.load)
