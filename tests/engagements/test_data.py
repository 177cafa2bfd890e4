"""The shipped engagements: the right side of the table, and every count that of the sources."""

import json
from datetime import date

import pytest

from engagements.models import Engagement, Participant
from engagements.vocabulary import EngagementKind
from sgoffice.directory.models import Organization, Person
from sgoffice.directory.rules import fold
from sgoffice.records.models import Entry, Link
from sgoffice.records.partial_dates import PartialDate
from tests.factories.accounts import signed_in
from tests.facts import document, facts, lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
FACTS = facts("engagement")
OURS = {"origin": "facts:organization:interpol"}


def days(fact):
    parsed = PartialDate.parse(fact["held"])
    return parsed.earliest, parsed.latest


def document_of(number):
    return document(f"facts:engagement:eng-{number:04}")


def capacities(fact):
    return [capacity for participant in fact.get("participants", ()) for capacity in participant.get("capacities", ())]


def test_our_own_people_sit_on_our_side_and_nobody_else():
    for fact in FACTS.values():
        for participant in fact.get("participants", ()):
            is_ours = OURS in [one.get("organization") for one in participant.get("capacities", ())]
            assert (participant.get("side") == "ours") == is_ours


def test_who_took_part_by_message_or_video_did_not_come():
    modes = Participant.objects.exclude(mode="in_person").values_list("person__name", "mode")

    assert sorted(modes) == [("Ban Ki-moon", "by_video"), ("Kofi A. Annan", "by_message")]


def test_no_working_note_of_who_collected_the_facts_is_shown():
    told = {note["about"] for fact in FACTS.values() for note in fact.get("notes", ())}

    assert told.isdisjoint({"id", "kind", "date confidence"})


def test_a_person_in_two_capacities_has_both():
    chairman = next(one for one in document_of(1)["participants"] if one["person"]["name"] == "Pierre Minlo Medjo")

    assert [(one["title"], (one["organization"] or one["country"])["name"]) for one in chairman["capacities"]] == [
        ("General Delegate to Public Security", "Cameroon"),
        ("Chairman of CAPCCO", "Central African Police Chiefs Committee"),
    ]


def test_a_delegate_who_signed_stands_in_the_principals_place():
    document = document_of(148)

    assert document["represented_by"]["name"] == "Stephen Kavanagh"
    assert (document["principal_mode"], document["principal_attendance"]) == ("represented", "absent")


def test_a_presence_that_is_not_told_is_not_stated():
    assert document_of(1)["principal_attendance"] == "not_stated"


def test_a_group_and_an_organization_stand_for_those_without_names():
    missions, customs = document_of(17)["participants"][2], document_of(100)["participants"][0]

    assert missions["group"] == {"description": "33 permanent representatives", "count": 33}
    assert customs["organization"]["acronym"] == "WCO"
    assert customs["group"] is None


def test_one_name_in_several_spellings_is_one_person():
    for name in ("Khoo Boon Hui", "Ahmed Naser Al-Raisi", "Kim Jong Yang", "Tarek Sharif", "Jürgen Stock"):
        assert Person.objects.named(name).count() == 1


def test_a_meeting_of_a_body_is_with_the_body():
    assert not Organization.objects.filter(name__contains="ASEANAPOL Conference").exists()


def test_sessions_of_our_assembly_are_linked():
    held = [origin for origin, fact in FACTS.items() if fact["kind"] == "session_of_governing_body"]
    linked = Link.objects.filter(relation="occasion", target__kind="session").values_list("source__origin", flat=True)

    assert sorted(linked) == sorted(held)


def test_the_principal_held_the_office_on_that_day():
    assert list(Engagement.objects.exclude(warnings=[]).values_list("title", "warnings")) == []


class TestCounts:
    """What the API counts is what a plain loop over the entries counts, and what the sources gave."""

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
        here = [fact for fact in FACTS.values() if fact.get("country") == "FR"]
        since = [fact for fact in here if days(fact)[1] >= date(2014, 11, 7)]

        assert count(place_country="FR") == len(here) == 30
        assert count(**{"place_country": "FR", "from": "2014-11-07"}) == len(since) == 17

    @pytest.mark.parametrize(
        ("code", "with_it", "either"),
        [
            ("FR", 6, 30), ("RU", 3, 4), ("SG", 3, 3), ("RW", 3, 3), ("QA", 3, 5), ("GB", 3, 4), ("US", 4, 13),
            ("CM", 3, 5), ("VA", 1, 1), ("MK", 2, 2), ("UY", 1, 1),
        ],
    )  # fmt: skip
    def test_with_a_country(self, count, code, with_it, either):
        found = [fact for fact in FACTS.values() if code in [one.get("country") for one in capacities(fact)]]
        there = [fact for fact in FACTS.values() if fact in found or fact.get("country") == code]

        assert count(country=code) == len(found) == with_it
        assert count(any_country=code) == len(there) == either

    @pytest.mark.parametrize(
        ("start", "end", "possible", "certain"),
        [("2018-01-01", "2018-06-30", 5, 4), ("2018-03-01", "2018-03-31", 1, 0)],
    )
    def test_in_a_period(self, count, start, end, possible, certain):
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        perhaps = [fact for fact in FACTS.values() if days(fact)[0] <= last and days(fact)[1] >= first]
        surely = [fact for fact in FACTS.values() if first <= days(fact)[0] and days(fact)[1] <= last]

        assert count(**{"from": start, "until": end}) == len(perhaps) == possible
        assert count(**{"from": start, "until": end, "certain": "true"}) == len(surely) == certain

    @pytest.mark.parametrize(("kind", "number"), [("visit_to_headquarters", 22), ("bilateral_meeting", 25)])
    def test_of_a_kind(self, count, kind, number):
        assert count(kind=kind) == len([fact for fact in FACTS.values() if fact["kind"] == kind]) == number

    @pytest.mark.parametrize(("principal", "number"), [("Ronald K. Noble", 69), ("Jürgen Stock", 76)])
    def test_of_a_principal(self, count, principal, number):
        person = Person.objects.named(principal).get()
        theirs = [fact for fact in FACTS.values() if fact["principal"] == {"origin": person.origin}]

        assert count(principal=str(person.pk)) == len(theirs) == number

    def test_with_an_organization_and_its_family(self, count):
        un = str(Entry.objects.get(origin="facts:organization:un").pk)

        assert count(organization=un) == 5
        assert count(organization=un, include="children") == 10

    def test_with_a_person_but_not_with_our_own(self, count):
        putin, khoo = Person.objects.named("Vladimir Putin").get(), Person.objects.named("Khoo Boon Hui").get()
        theirs = [
            fact
            for fact in FACTS.values()
            for one in fact.get("participants", ())
            if one.get("person") == {"origin": khoo.origin} and one.get("side") != "ours"
        ]

        assert count(person=str(putin.pk)) == 2
        assert count(person=str(khoo.pk)) == len(theirs) == 1

    @pytest.mark.parametrize(
        ("words", "most"), [("terrorism", 31), ("cybercrime", 12), ("yaounde", 4), ("signing chairman", 3)]
    )
    def test_by_words_whatever_the_accents(self, count, words, most):
        names = {line["origin"]: json.dumps(line["entry"], ensure_ascii=False) for line in lines()}

        def text(fact):
            said = json.dumps(fact, ensure_ascii=False)
            mentioned = [names[part] for part in said.split('"') if part in names]
            return fold(" ".join([EngagementKind(fact["kind"]).label, said, *mentioned]))

        found = [fact for fact in FACTS.values() if all(word in text(fact) for word in fold(words).split())]

        assert 0 < count(q=words) <= min(len(found), most)
