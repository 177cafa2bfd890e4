"""The shipped agreements: nothing guessed, and the same whatever way one asks."""

from datetime import date

import pytest

from engagements.agreements.models import Agreement, Period
from engagements.agreements.rules import periods_of
from engagements.agreements.services.mappers import case_as_stored
from sgoffice.records.models import Link
from tests.facts import document, facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
FACTS = facts("agreement")


def agreement_of(origin):
    return Agreement.objects.get(origin=origin)


def standing(origin, day):
    period = Period.objects.get(agreement=agreement_of(origin), during__contains=date.fromisoformat(day))
    return f"{period.status}:a" if period.basis == "attested" else period.status


def test_every_approval_by_our_assembly_is_linked_to_its_decision():
    approved = {
        origin: act["decision"]["origin"] for origin, fact in FACTS.items() for act in fact["acts"] if "decision" in act
    }

    assert len(approved) == 13
    for origin, decision in approved.items():
        assert decision == origin.replace(":agreement:", ":approval:")
        assert Link.objects.filter(source__origin=origin, relation="approved_by", target__origin=decision).exists()
        shown = [act for act in document(origin)["acts"] if act["kind"] == "approval" and act["by_body"]]
        assert "General Assembly" in [act["by_body"]["name"] for act in shown]


def test_superseded_agreements_are_tied_to_the_newer_one():
    tied = Link.objects.filter(relation="supersedes").values_list("source__origin", "target__origin")

    assert sorted(tied) == [
        ("facts:agreement:sadc-2019", "facts:agreement:sadc-2012"),
        ("facts:agreement:un-1997", "facts:agreement:un-1971"),
    ]


def test_only_what_a_source_states_is_attested():
    attested = [(origin, act) for origin, fact in FACTS.items() for act in fact["acts"] if act["kind"] == "attestation"]

    assert len(attested) == 8
    assert [origin for origin, act in attested if not act["source"].startswith("http")] == []


#: Where each of the 41 stands on four days, as its acts prove or, with an a, its source attests; none is guessed.
DAYS = ("2010-06-30", "2017-06-30", "2021-06-30", "2026-11-24")
EXPECTED = {
    "un-1971": "superseded superseded superseded superseded",
    "un-1997": "not_known not_known not_known not_known",
    "un-1267-letters": "not_known not_known not_known not_known",
    "un-peace-2009": "signed signed signed signed",
    "europol-2001": "signed signed signed signed",
    "europol-2011": "not_known signed signed signed",
    "icc-2005": "in_force in_force in_force in_force",
    "stl-2009": "in_force in_force in_force not_known",
    "caricom-2009": "signed signed signed signed",
    "wada-2009": "signed signed signed signed",
    "aseanapol-2007": "signed signed signed signed",
    "eurojust-2013": "not_known signed signed signed",
    "osce-2014": "not_known signed signed signed",
    "unodc-2016": "not_known approved approved approved",
    "wco-2016": "not_known approved approved approved",
    "gcc-2017": "not_known signed signed signed",
    "iaca-2016": "not_known approved approved approved",
    "au-2019": "not_known not_known signed signed",
    "sco-rats-2014": "not_known signed signed signed",
    "selec-2014": "not_known in_negotiation in_negotiation in_negotiation",
    "sadc-2012": "not_known signed not_known not_known",
    "sadc-2019": "not_known not_known approved approved",
    "shape-2019": "not_known not_known approved approved",
    "g5-2019": "not_known not_known signed not_known",
    "eu-draft": "not_known not_known not_known in_negotiation",
    "coe-1960s": "not_known not_known not_known not_known",
    "cis-nd": "not_known not_known not_known not_known",
    "oas-nd": "not_known not_known not_known not_known",
    "emcdda-nd": "not_known not_known not_known not_known",
    "oios-nd": "not_known not_known not_known not_known",
    "stadia-2012": "not_known signed signed in_force:a",
    "host-sg-2010": "not_known approved approved approved",
    "host-et-2016": "not_known signed signed signed",
    "host-bb-2021": "not_known not_known approved signed",
    "host-sa-2025": "not_known not_known approved signed",
    "gw-2025": "not_known not_known not_known signed",
    "cn-2024": "not_known not_known not_known signed",
    "privileges-2025": "not_known not_known not_known not_known",
    "foundation-ae-2016": "not_known signed signed signed",
    "cemac-2001": "signed signed signed signed",
    "aimc-2022": "not_known not_known not_known not_known",
}


def test_every_agreement_stands_where_its_acts_say():
    found = {
        origin.removeprefix("facts:agreement:"): " ".join(standing(origin, day) for day in DAYS) for origin in FACTS
    }

    assert found == EXPECTED


def test_stored_periods_are_what_the_rules_say_of_the_stored_acts():
    for origin in FACTS:
        agreement = agreement_of(origin)
        stored = [
            (period.during.lower, period.during.upper, period.status, period.basis, period.sentence)
            for period in agreement.periods.order_by("during")
        ]
        wanted = periods_of(case_as_stored(agreement))
        assert stored == [(item.start, item.end, item.status, item.basis, item.sentence) for item in wanted]


def test_the_lists_agree_with_a_plain_loop():
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
