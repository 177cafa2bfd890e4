"""The shipped agreements: no leaf lost, nothing guessed, and the same whatever way one asks."""

import json
from datetime import date

import pytest

from engagements.agreements import facts as agreement_facts
from engagements.agreements.facts.words import kind_of_event
from engagements.agreements.models import Agreement, Period
from engagements.agreements.rules import periods_of
from engagements.agreements.services.reading import case_as_stored
from sgoffice import documents
from sgoffice.directory.facts import country_code
from sgoffice.records.models import Entry, Link
from tests.facts import answer, facts, missing, unchanged_by

pytestmark = pytest.mark.django_db
DATA = "engagements/agreements"
#: The precision of a date is the date itself; who the words for parties stand for is proved below.
EXCEPTIONS = {
    "/signed_precision",
    "/in_force_precision",
    "/events/precision",
    "/parties",
    "/signatories/for_party",
    "/supersedes",
}
#: Words of the files in ours.
WORDS = {"1960s": "196X"}
FACTS = facts(DATA, "agreements")


@pytest.fixture(scope="module")
def loaded(loaded_register):
    return loaded_register


def agreement_of(fact):
    return Agreement.objects.get(origin=f"facts:agreement:{fact['id']}")


def document_of(fact):
    stored = documents.fetch_document(Agreement, agreement_of(fact).pk)
    assert stored is not None
    return json.loads(stored.body)


def standing(fact, day):
    period = Period.objects.get(agreement=agreement_of(fact), during__contains=date.fromisoformat(day))
    return f"{period.status}:a" if period.basis == "attested" else period.status


def test_every_leaf_of_every_agreement_is_answered(loaded):
    lost = {
        fact["id"]: missing(fact, answer(f"facts:agreement:{fact['id']}"), words=WORDS, exceptions=EXCEPTIONS)
        for fact in FACTS
    }

    assert {name: what for name, what in lost.items() if what} == {}


def test_every_date_is_as_imprecise_as_it_was(loaded):
    lengths = {"day": 10, "month": 7, "year": 4, "decade": 4}
    for fact in FACTS:
        dates = [act["date"] for act in document_of(fact)["acts"] if act["date"]]
        told = [(fact["signed_on"], fact["signed_precision"]), (fact["in_force_on"], fact["in_force_precision"])]
        told += [(event["date"], event["precision"]) for event in fact["events"]]
        for text, precision in told:
            if text is not None:
                assert WORDS.get(text, text) in dates
                assert len(WORDS.get(text, text)) == lengths[precision]


def test_the_parties_are_those_of_the_file(loaded):
    for fact in FACTS:
        shown = document_of(fact)["parties"]
        organizations = [Entry.objects.get(origin=f"facts:organization:{key}").pk for key in fact["parties"]]
        assert [party["organization"]["id"] for party in shown if party["organization"]] == list(
            map(str, organizations)
        )
        assert [party["country"]["code"] for party in shown if party["country"]] == fact["party_countries"]


def test_every_signatory_stands_with_the_party_that_they_signed_for(loaded):
    for fact in FACTS:
        shown = document_of(fact)["parties"]
        for item in fact["signatories"]:
            party = next(one for one in shown if item["name"] in [who["name"] for who in one["signatories"]])
            who = next(one for one in party["signatories"] if one["name"] == item["name"])
            assert who["person"]["name"]
            assert who["capacity"] == item.get("capacity", "")
            if party["organization"]:
                origin = Entry.objects.get(pk=party["organization"]["id"]).origin
                assert origin == f"facts:organization:{item['for_party']}"
            else:
                assert party["country"]["code"] == country_code(item["for_party"])


def test_superseded_agreements_are_tied_to_the_newer_one(loaded):
    for fact in FACTS:
        if fact["supersedes"]:
            older = Entry.objects.get(origin=f"facts:agreement:{fact['supersedes']}")
            assert Link.objects.filter(source=agreement_of(fact).pk, relation="supersedes", target=older).exists()


def test_every_approval_is_linked_to_the_decision(loaded):
    for fact in FACTS:
        if fact["interpol_ga_approval"]:
            decision = Entry.objects.get(origin=f"facts:approval:{fact['id']}")
            assert Link.objects.filter(source=agreement_of(fact).pk, relation="approved_by", target=decision).exists()
            shown = [act for act in document_of(fact)["acts"] if act["kind"] == "approval" and act["by_body"]]
            assert "General Assembly" in [act["by_body"]["name"] for act in shown]


def test_an_assumed_status_is_no_attestation(loaded):
    for fact in FACTS:
        kinds = [act["kind"] for act in document_of(fact)["acts"]]
        if fact["status_basis"].startswith("assumed"):
            assert "attestation" not in kinds
            assert "entry_into_force" not in kinds


#: Where each of the 39 stands on four days, as its acts prove or, with an a, its source attests; none is guessed.
DAYS = ("2010-06-30", "2017-06-30", "2021-06-30", "2026-11-24")
EXPECTED = {
    "un-1971": "superseded superseded superseded superseded",
    "un-1997": "in_force:a in_force:a in_force:a in_force:a",
    "un-1267-letters": "not_known not_known not_known not_known",
    "un-peace-2009": "signed signed signed signed",
    "europol-2001": "signed signed signed signed",
    "europol-2011": "not_known signed signed signed",
    "icc-2005": "in_force in_force in_force in_force",
    "stl-2009": "in_force in_force in_force lapsed",
    "caricom-2009": "signed signed signed signed",
    "wada-2009": "signed signed signed signed",
    "aseanapol-2007": "signed signed signed signed",
    "eurojust-2013": "not_known signed signed signed",
    "osce-2014": "not_known signed signed signed",
    "unodc-2016": "not_known approved approved approved",
    "wco-2016": "not_known approved approved approved",
    "gcc-2017": "not_known signed signed signed",
    "iaca-2016": "not_known approved approved approved",
    "au-2019": "not_known not_known in_force:a in_force:a",
    "sco-rats-2014": "not_known signed signed signed",
    "selec-2014": "not_known in_negotiation in_negotiation in_negotiation",
    "sadc-2012": "not_known signed in_force:a in_force:a",
    "sadc-2019": "not_known not_known approved approved",
    "shape-2019": "not_known not_known approved approved",
    "g5-2019": "not_known not_known signed lapsed",
    "eu-draft": "not_known not_known not_known in_negotiation",
    "coe-1960s": "not_known not_known not_known not_known",
    "cis-nd": "not_known not_known not_known not_known",
    "oas-nd": "not_known not_known not_known not_known",
    "emcdda-nd": "not_known in_force:a in_force:a in_force:a",
    "oios-nd": "not_known not_known not_known not_known",
    "stadia-2012": "not_known signed signed in_force",
    "host-sg-2010": "not_known approved approved approved",
    "host-et-2016": "not_known signed signed signed",
    "host-bb-2021": "not_known not_known approved signed",
    "host-sa-2025": "not_known not_known approved signed",
    "gw-2025": "not_known not_known not_known signed",
    "cn-2024": "not_known not_known not_known signed",
    "privileges-2025": "not_known not_known not_known in_negotiation:a",
    "foundation-ae-2016": "not_known signed signed signed",
}


def test_every_agreement_stands_where_its_acts_say(loaded):
    found = {fact["id"]: " ".join(standing(fact, day) for day in DAYS) for fact in FACTS}

    assert found == EXPECTED


def test_stored_periods_are_what_the_rules_say_of_the_stored_acts(loaded):
    for fact in FACTS:
        agreement = agreement_of(fact)
        stored = [
            (period.during.lower, period.during.upper, period.status, period.basis, period.sentence)
            for period in agreement.periods.order_by("during")
        ]
        wanted = periods_of(case_as_stored(agreement))
        assert stored == [(item.start, item.end, item.status, item.basis, item.sentence) for item in wanted]


def test_the_lists_agree_with_a_plain_loop(loaded):
    for day in map(date.fromisoformat, DAYS):
        for status in ("in_force", "signed", "approved", "not_known", "superseded"):
            listed = set(Agreement.objects.live().with_status({status}, on=day))
            plain = {
                agreement
                for agreement in Agreement.objects.live()
                for period in agreement.periods.all()
                if period.status == status
                and (period.during.lower is None or period.during.lower <= day)
                and (period.during.upper is None or day < period.during.upper)
            }
            assert listed == plain


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("suspended after the indictments", "suspension"),
        ("suspension lifted", "resumption"),
        ("extended; signed by the Executive Director of Police Services", "renewal"),
        ("notice of termination given by the Federation", "notice_of_termination"),
        ("terminated by common consent", "termination"),
        ("entered into force", "entry_into_force"),
        ("Commission recommends negotiations", "milestone"),
        ("Council Decisions (EU) 2021/1312 and 2021/1313 authorise negotiations", "negotiation_mandate"),
        ("Council mandates its Director General to sign", "signing_mandate"),
        ("text approved by the Executive Committee", "approval"),
        ("to be put to the 93rd General Assembly", "milestone"),
        ("first proposed at the MENA chiefs of police meeting", "milestone"),
        ("ratified by the Republic", "ratification"),
        ("expired", "expiry"),
        ("office opened", "milestone"),
        ("steering committee under the joint action plan", "milestone"),
        ("letter of understanding on the scope of negotiations", "milestone"),
    ],
)
def test_the_words_of_events_become_acts(text, kind):
    assert kind_of_event(text) == kind


def test_loading_again_changes_nothing(loaded):
    assert unchanged_by(agreement_facts.load)
