"""Which agreements are in force with whom on a day, asked over the API and in a brief."""

from datetime import date

import pytest

from engagements.agreements import services
from engagements.agreements.models import Agreement, Binding
from sgoffice.records.actors import CLOCK
from tests.factories import agreements, directory, partners
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention():
    """Make a public convention of France, Canada and Japan, with what Japan did."""
    for code, name in (("FR", "France"), ("CA", "Canada"), ("JP", "Japan")):
        directory.country(code, name)

    def make(*own):
        parties = tuple(services.PartyEntry(country=code) for code in ("FR", "CA", "JP"))
        ratified = (
            agreements.act("ratification", "2002-01-10", party="FR"),
            agreements.act("ratification", "2003-02-10", party="CA"),
        )
        return agreements.agreement(
            *ratified,
            *own,
            parties=parties,
            is_bilateral=False,
            instrument="convention",
            entry_into_force={"kind": "ratifications", "number": 2},
            marking="public",
        )

    return make


LEFT = (
    agreements.act("accession", "2003-03-10", party="JP"),
    agreements.act("withdrawal", "2008-04-01", party="JP", date_of_effect="2009-04-01"),
)


@pytest.mark.parametrize(
    ("own", "found"),
    [
        (LEFT, {"2008-06-01": 1, "2010-06-01": 0}),
        ((agreements.act("signature", "2001-05-01", party="JP"),), {"2010-06-01": 0}),
        ((*LEFT, agreements.act("accession", "2012-01-01", party="JP")), {"2010-06-01": 0, "2013-01-01": 1}),
        ((agreements.act("accession", "2003-03-10", party="JP"),), {"2003-03-09": 0, "2010-06-01": 1}),
    ],
)
def test_an_agreement_is_in_force_with_a_party_while_that_party_is_bound(convention, settle, own, found):
    viewer, partner = signed_in("viewer"), partners.Puller(partners.partner())
    convention(*own)
    settle()

    for see in (viewer.see, partner.see):
        for day, count in found.items():
            assert len(see(f"agreements?in_force_on={day}&country=JP").json()["results"]) == count
            assert len(see(f"agreements?in_force_on={day}&country=CA").json()["results"]) == 1
        assert len(see("agreements?country=JP").json()["results"]) == 1


def test_the_brief_on_a_party_that_left_does_not_call_it_in_force(convention):
    convention(*LEFT)

    briefs = {code: signed_in("viewer").see(f"counterparts/country/{code}/brief").json() for code in ("JP", "CA")}

    assert {code: len(brief["agreements"]) for code, brief in briefs.items()} == {"JP": 0, "CA": 1}


def test_each_party_says_since_when_and_by_which_act(convention, settle):
    puller = partners.Puller(partners.partner())
    made = convention(*LEFT)
    settle()

    shown = signed_in("viewer").see(f"agreements/{made.pk}").json()
    pulled = puller.see(f"agreements/{made.pk}").json()

    own = {party["country"]["code"]: party["bindings"] for party in shown["parties"]}
    assert own["JP"] == [
        {"start": "2003-03-10", "end": "2009-04-01", "is_bound": True, "by": "accession"},
        {"start": "2009-04-01", "end": None, "is_bound": False, "by": "withdrawal"},
    ]
    assert own["CA"] == [{"start": "2003-02-10", "end": None, "is_bound": True, "by": "ratification"}]
    assert {party["country"]: party["bindings"] for party in pulled["parties"]} == own


@pytest.mark.usefixtures("unguarded")
def test_bindings_of_an_older_version_are_written_by_the_clock(convention):
    convention(*LEFT)
    Binding.objects.all().delete()
    asked = "agreements?in_force_on=2010-06-01&country=JP"
    before = len(signed_in("viewer").see(asked).json()["results"])

    Agreement.objects.update(rules_edition=0)
    found = services.find_outdated(date(2026, 11, 28), ())
    for one in found:
        services.compute_status_anew(one.record, by=CLOCK)

    assert len(found) == 1
    assert services.find_outdated(date(2026, 11, 28), ()) == []
    assert (before, len(signed_in("viewer").see(asked).json()["results"])) == (1, 0)


def test_certain_leaves_out_what_a_source_states_alone():
    proved = agreements.in_force_since("2025-01-01")
    stated = agreements.agreement(agreements.act("attestation", "2026-01-01", source="a list"))
    office = signed_in("officer")

    def listed(query):
        return {one["id"] for one in office.see(f"agreements?{query}").json()["results"]}

    assert listed("in_force_on=2026-06-01") == {str(proved.pk), str(stated.pk)}
    assert listed("in_force_on=2026-06-01&certain=true") == {str(proved.pk)}
    assert listed("status=in_force&on=2026-06-01&certain=true") == {str(proved.pk)}


def test_another_setting_is_recorded_on_every_agreement_and_reaches_its_readers(settings):
    stated = agreements.agreement(agreements.act("attestation", "2023-01-01", source="a list"))
    office, day = signed_in("officer"), date(2026, 11, 28)
    path = f"agreements/{stated.pk}"
    before = office.see(path).json()["standing"]["status"]

    settings.ATTESTATIONS_HOLD = "P5Y"
    for one in services.find_outdated(day, ()):
        services.compute_status_anew(one.record, by=CLOCK)

    assert (before, office.see(path).json()["standing"]["status"]) == ("not_known", "in_force")
    last = office.see(f"{path}/history").json()["results"][0]
    assert last["reason"] == "What a source states of a day now holds for P5Y instead of P2Y."
