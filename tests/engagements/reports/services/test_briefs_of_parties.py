"""The brief on one party of several: whether the agreement binds it, and since when."""

import pytest

from engagements.agreements import services
from tests.factories import agreements as agreed
from tests.factories import directory
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def lines(code, on="2022-01-01"):
    shown = signed_in("viewer").get(f"/api/v1/counterparts/country/{code}/brief", {"on": on}).json()["agreements"]
    return [(one["since"], one["is_in_force"], one["sentence"]) for one in shown]


def convention(*own, entry="1948-11-10"):
    for code, name in (("IS", "Iceland"), ("NO", "Norway"), ("SE", "Sweden")):
        directory.country(code, name)
    acts = (
        agreed.act("ratification", "1947-03-10", party="NO"),
        agreed.act("ratification", "1948-03-03", party="SE"),
        agreed.act("entry_into_force", entry),
        *(agreed.act(party="IS", **one) for one in own),
    )
    parties = tuple(services.PartyEntry(country=code) for code in ("IS", "NO", "SE"))
    agreed.agreement(*acts, instrument="convention", is_bilateral=False, parties=parties)


LEFT = {"kind": "withdrawal", "date": "1991-12-27", "date_of_effect": "1992-06-30"}


def test_a_party_that_came_back_is_bound_since_it_came_back():
    convention({"kind": "ratification", "date": "1947-03-10"}, LEFT, {"kind": "accession", "date": "2002-10-10"})

    told = "In force since 10 November 1948."
    assert lines("NO") == [("1948-11-10", True, told)]
    assert lines("IS") == [("2002-10-10", True, f"{told} It binds Iceland since 10 October 2002.")]
    assert lines("IS", on="1995-01-01") == []


def test_the_day_of_a_party_that_is_not_known_exactly_is_said_to_be_so():
    convention({"kind": "accession", "date": "1965-03"})

    told = "In force since 10 November 1948. Since when it binds Iceland is not known exactly."
    assert lines("IS") == [(None, True, told)]


def test_an_agreement_of_which_only_the_year_is_known_has_no_first_day():
    convention({"kind": "accession", "date": "1965-03-01"}, entry="1948")

    assert lines("NO") == [(None, True, "In force since 1948.")]
    assert lines("IS") == [("1965-03-01", True, "In force since 1948. It binds Iceland since 1 March 1965.")]


def test_a_party_that_suspended_it_for_itself_is_not_bound():
    convention({"kind": "accession", "date": "1965-03-01"}, {"kind": "suspension", "date": "2020-01-01"})

    told = "In force since 10 November 1948; suspended for Iceland on 1 January 2020."
    assert lines("IS") == [(None, False, f"{told} It does not bind Iceland.")]
    assert lines("SE") == [("1948-11-10", True, told)]
