"""GET /directory/search over the shipped facts."""

import pytest

from tests.factories.accounts import Register, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]


@pytest.fixture
def viewer():
    return signed_in("viewer")


def found(client, q, **more):
    answer = client.get("/api/v1/directory/search", {"q": q, **more})
    assert answer.status_code == 200, answer.content
    return [(one["kind"], one["name"], one["reason"]) for one in answer.json()["results"]]


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("jurgen st", "person", "Jürgen Stock"),
        ("STOCK jürg", "person", "Jürgen Stock"),
        ("Stok", "person", "Jürgen Stock"),
        ("Владимир Путин", "person", "Vladimir Putin"),
        ("world anti", "organization", "World Anti-Doping Agency"),
        ("unodc", "organization", "United Nations Office on Drugs and Crime"),
        ("terroris", "topic", "Terrorism"),
        ("franc", "country", "France"),
    ],
)
def test_what_is_typed_is_found_first_by_whatever_name(viewer, typed, kind, name):
    assert (kind, name) in [item[:2] for item in found(viewer, typed)[:5]]


def test_the_reason_says_by_which_name(viewer):
    (first, *_) = [item for item in found(viewer, "UNODC") if item[0] == "organization"]

    assert first[2] in {"is also called UNODC", "has the acronym UNODC"}


def test_only_the_kinds_that_are_asked_for_are_found(viewer):
    assert {item[0] for item in found(viewer, "national", kind="organization")} == {"organization"}
    assert {item[0] for item in found(viewer, "united", kind="country,organization")} == {"country", "organization"}


@pytest.mark.parametrize(
    "parameters", [{}, {"q": ""}, {"q": " "}, {"q": "x" * 300}, {"q": "x", "kind": "planet"}, {"q": "x", "page": "2"}]
)
def test_what_cannot_be_searched_is_400(viewer, parameters):
    assert viewer.get("/api/v1/directory/search", parameters).status_code == 400


def test_whoever_did_not_sign_in_finds_nothing():
    assert Register().get("/api/v1/directory/search", {"q": "stock"}).status_code == 401


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("North Korea", "North Korea"), ("DPRK", "North Korea"), ("Republic of Korea", "South Korea")),
        *(("Great Britain", "United Kingdom"), ("UK", "United Kingdom"), ("U.K.", "United Kingdom")),
        *(
            ("Ivory Coast", "Côte d’Ivoire"),
            ("Macau", "Macao"),
            ("Palestine", "Palestine"),
            ("England", "United Kingdom"),
        ),
        *(
            ("U.S.A.", "United States"),
            ("CAR", "Central African Republic"),
            ("Siam", "Thailand"),
            ("KSA", "Saudi Arabia"),
        ),
        *(("Deutschland", "Germany"), ("Österreich", "Austria"), ("Россия", "Russia"), ("中国", "China")),
        *(
            ("Gremany", "Germany"),
            ("Phillipines", "Philippines"),
            ("Kazakstan", "Kazakhstan"),
            ("Columbia", "Colombia"),
        ),
        *(
            ("Ethopia", "Ethiopia"),
            ("Saudia Arabia", "Saudi Arabia"),
            ("Norvegia", "Norway"),
            ("Swizerland", "Switzerland"),
        ),
    ],
)
def test_a_country_is_found_first_by_any_of_its_names_and_by_misspelt_ones(viewer, typed, name):
    first, *_ = found(viewer, typed, kind="country")
    listed = viewer.get("/api/v1/countries", {"q": typed}).json()["results"]

    assert first[:2] == ("country", name)
    assert name in [one["name"] for one in listed]


def test_the_reason_says_by_which_name_or_code_a_country_was_found(viewer):
    reasons = {
        typed: found(viewer, typed, kind="country")[0][2] for typed in ("France", "Frankreich", "GBR", "Ethopia")
    }

    assert reasons == {
        "France": "has this name",
        "Frankreich": "is also called Frankreich",
        "GBR": "has the code GBR",
        "Ethopia": "is called much the same: Ethiopia",
    }
