"""Wherever the API takes a country: its code or its name; all that are unclear are refused at once, with candidates."""

import pytest
from rest_framework.serializers import BaseSerializer

from sgoffice.api.entry_kinds import entry_kinds
from sgoffice.api.fields import CountryCode
from tests.factories.accounts import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]


@pytest.fixture
def staff():
    return signed_in("officer")


def meeting(**values):
    return {"title": "Try", "kind": "briefing", "status": "held", "held": "2021-02-02", "city": "Lisbon"} | values


def test_a_meeting_takes_names_of_countries_and_stores_their_codes(staff):
    delegate = {"group": {"description": "Delegation", "count": 2}, "capacities": [{"title": "Head", "country": "UK"}]}

    answer = staff.enter("engagements", meeting(country="Portugal", participants=[delegate]))

    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert shown["country"]["code"] == "PT"
    assert shown["participants"][0]["capacities"][0]["country"]["code"] == "GB"


def test_the_country_beside_a_participants_title_is_read_alike(staff):
    karner = {"person": {"name": "Gerhard Karner"}, "title": "Minister of the Interior", "country": "Austria"}
    group = {"group": {"description": "Two advisers", "count": 2}, "title": "Adviser", "country": "Autriche"}

    answer = staff.enter("engagements", meeting(country="Österreich", participants=[karner, group]))

    assert answer.status_code == 201, answer.content
    shown = answer.json()["participants"]
    assert [one["capacities"][0]["country"]["code"] for one in shown] == ["AT", "AT"]
    assert shown[0]["person"]["name"] == "Gerhard Karner"


def countries_of(serializer, pointer=""):
    """Yield every member of a body that is called a country, and what reads it."""
    for name, field in serializer.fields.items():
        inner = getattr(field, "child", field)
        if isinstance(inner, BaseSerializer):
            yield from countries_of(inner, f"{pointer}/{name}")
        elif name == "country" or name.endswith("_country"):
            yield f"{pointer}/{name}", inner


@pytest.mark.parametrize("kind", sorted(entry_kinds()))
def test_every_country_of_every_body_is_read_by_code_or_name(kind):
    known = entry_kinds()[kind]
    bodies = [known.serializer, *(step.serializer for step in known.steps.values())]
    found = [one for body in bodies for one in countries_of(body())]

    assert [pointer for pointer, field in found if not isinstance(field, CountryCode)] == []


def test_all_unclear_countries_of_a_body_are_named_at_once_with_candidates(staff):
    delegates = [
        {"group": {"description": "Delegation", "count": 2}, "capacities": [{"title": "Head", "country": country}]}
        for country in ("Congo", "Gremany")
    ]

    answer = staff.enter("engagements", meeting(country="Atlantis", participants=delegates))

    assert answer.status_code == 400
    errors = {one["pointer"]: [item["code"] for item in one.get("candidates", ())] for one in answer.json()["errors"]}
    assert errors == {
        "/country": [],
        "/participants/0/capacities/0/country": ["CG", "CD"],
        "/participants/1/capacities/0/country": ["DE"],
    }


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("engagements", "country"),
        ("engagements", "place_country"),
        ("engagements", "any_country"),
        ("action-items", "country"),
        ("agreements", "country"),
        ("sessions", "country"),
        ("organizations", "country"),
        ("offices", "country"),
        ("memberships", "country"),
        ("deadlines", "country"),
        ("search?q=interpol", "country"),
    ],
)
def test_a_filter_takes_a_name_and_refuses_an_unclear_one(staff, address, parameter):
    joined = "&" if "?" in address else "?"
    by_code = staff.get(f"/api/v1/{address}{joined}{parameter}=FR")
    unclear = staff.get(f"/api/v1/{address}{joined}{parameter}=Congo")

    by_name = staff.get(f"/api/v1/{address}{joined}{parameter}=Frankreich")
    assert by_code.status_code == by_name.status_code == 200, by_name.content
    assert by_code.json()["results"] == by_name.json()["results"]
    assert (unclear.status_code, "(CD)" in unclear.json()["detail"]) == (400, True)


@pytest.mark.parametrize("address", ["countries/UK", "countries/gbr", "counterparts/country/UK/brief"])
def test_an_address_takes_any_code_of_a_country(staff, address):
    answer = staff.get(f"/api/v1/{address}")

    assert answer.status_code == 200, answer.content
    assert "United Kingdom" in answer.content.decode()


@pytest.mark.parametrize("q", ["United Kingdom", "European Union", "USSR", "Burma"])
def test_a_state_is_one_record_and_a_union_is_none(staff, q):
    found = staff.get("/api/v1/countries", {"q": q}).json()["results"]

    codes = {"United Kingdom": "GB", "USSR": "SUHH", "Burma": "MM"}
    expected = [codes[q]] if q in codes else []
    assert [one["code"] for one in found if one["code"] in {"GB", "UK", "EU", "SU", "SUHH", "MM", "BUMM"}] == expected


def test_a_state_that_had_ceased_is_warned_of_and_a_membership_shows_its_end(staff):
    delegate = {
        "group": {"description": "Delegation", "count": 2},
        "capacities": [{"title": "Head", "country": "CSHH"}],
    }
    later = staff.enter("engagements", meeting(country="Yugoslavia", participants=[delegate])).json()
    then = staff.enter("engagements", meeting(held="1985-05-05", city="Brno", country="CSHH")).json()
    tag = staff.see("countries/GE")["ETag"]
    periods = [
        {"organization": "INTERPOL", "is_member": True, "since": "1992", "until": "1993"},
        {"organization": "INTERPOL", "is_member": True, "since": "1994"},
    ]

    answer = staff.correct("countries/GE", {"memberships": periods}, **{"If-Match": tag})

    warned = {one["pointer"] for one in later["warnings"] if one["rule"] == "country-had-ceased"}
    assert warned == {"/country", "/participants"}
    assert "country-had-ceased" not in [one["rule"] for one in then["warnings"]]
    assert answer.status_code == 200, answer.content
    assert [one["until"] for one in answer.json()["memberships"]] == ["1993", ""]
