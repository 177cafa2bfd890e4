"""Who had a role on a day, as far as is known."""

import pytest

from sgoffice.directory import services
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Source
from tests.factories import directory
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
ROLE = "Minister of the Interior"


@pytest.fixture
def officer():
    return signed_in()


@pytest.fixture
def government():
    directory.country("FR", "France")
    return directory.organization("Government of France", country="FR", classification="government")


def had(name, organization, start=None, end=None, role=ROLE, **values):
    entry = services.MembershipEntry(
        person=directory.person(name).pk,
        organization=organization.pk,
        role=role,
        start_date=start,
        end_date=end,
        **values,
    )
    return services.record_membership(entry, by=OFFICE)


def told(client, query):
    answer = client.see(f"memberships/holders?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def who(client, on, role=ROLE, country="FR"):
    answer = told(client, f"role={role}&on={on}&country={country}")
    return answer["is_certain"], [(one["person"]["name"], one["is_certain"]) for one in answer["holders"]]


def listed(client, query):
    return [one["person"]["name"] for one in client.see(f"memberships?sort=oldest&{query}").json()["results"]]


@pytest.mark.parametrize(
    ("term", "on", "certain"),
    [
        (("2014-04-02", "2016-12-06"), "2016-11-21", True),
        (("2014-04-02", "2016-12-06"), "2014-04-02", True),
        (("2014-04-02", "2016-12-06"), "2016-12-06", True),
        (("2014-04-02", "2016-12-06"), "2014-04-01", None),
        (("2014-04-02", "2016-12-06"), "2016-12-07", None),
        (("2014", "2016"), "2015-06-01", True),
        (("2014", "2016"), "2014-06-01", False),
        (("2014", "2016"), "2016-06-01", False),
        (("2014", "2016"), "2017-01-01", None),
        (("2014", None), "2020-01-01", True),
        ((None, "2016"), "2015-01-01", False),
        ((None, None), "2015-01-01", False),
        (("2014~", "2016"), "2015-06-01", False),
        (("2014", "2016-12-06?"), "2015-06-01", False),
        (("196X", "1975"), "1970-01-01", True),
    ],
)
def test_a_day_is_surely_perhaps_or_not_in_it(officer, government, term, on, certain):
    had("Bernard Cazeneuve", government, *term)

    holders = [] if certain is None else [("Bernard Cazeneuve", certain)]
    assert who(officer, on) == (bool(certain), holders)
    assert listed(officer, f"on={on}") == [name for name, _ in holders]
    assert listed(officer, f"on={on}&certain=true") == [name for name, sure in holders if sure]


def test_the_title_is_compared_without_accents_and_case_and_as_a_whole(officer, government):
    had("Minister", government, "2014", role="Ministre de l’Intérieur")
    had("Deputy", government, "2014", role="Ministre délégué de l’Intérieur")

    assert who(officer, "2015-01-01", role="ministre de l'interieur")[1] == [("Minister", True)]
    assert listed(officer, "role=MINISTRE DE L INTERIEUR") == ["Minister"]
    assert who(officer, "2015-01-01", role="Intérieur")[1] == []


def test_a_corrected_title_is_found_by_its_new_words_alone(officer, government):
    made = had("Minister", government, "2014", role="Minister of Justice")
    officer.correct(f"memberships/{made.pk}", {"role": ROLE}, **{"If-Match": "*"})

    assert who(officer, "2015-01-01")[1] == [("Minister", True)]
    assert who(officer, "2015-01-01", role="Minister of Justice")[1] == []


def test_without_an_end_nobody_is_certain_once_somebody_else_began(officer, government):
    had("Former", government, "2010")
    had("Between", government, "2015-03-01", "2018-03-01")

    assert who(officer, "2014-01-01") == (True, [("Former", True)])
    assert who(officer, "2016-01-01") == (False, [("Former", False), ("Between", True)])
    assert who(officer, "2020-01-01") == (False, [("Former", False)])
    assert listed(officer, "on=2020-01-01&certain=true") == []


def test_somebody_who_began_it_elsewhere_or_before_changes_nothing(officer, government):
    had("Somebody", government, "2010")
    had("Elsewhere", directory.organization("Government of Chad"), "2015")
    had("Another role", government, "2015", role="Minister of Justice")

    assert who(officer, "2020-01-01") == (True, [("Somebody", True)])


def test_each_holder_comes_with_what_says_so(officer, government):
    sources = (
        Source(title="A list", verification="secondary"),
        Source(url="https://example.org/decree", verification="primary"),
    )
    had("Sourced", government, "2014", sources=sources, caveats=("Acting at first.",))
    had("Unsourced", government, "2014", role="Minister of Justice")

    [holder] = told(officer, f"role={ROLE}&on=2015-01-01")["holders"]
    [other] = told(officer, "role=Minister of Justice&on=2015-01-01")["holders"]

    assert (holder["verification"], other["verification"]) == ("primary", None)
    assert [source["verification"] for source in holder["sources"]] == ["secondary", "primary"]
    assert holder["caveats"] == ["Acting at first."]


def test_nobody_known_is_said_and_is_not_certain(officer, government):
    answer = told(officer, f"role={ROLE}&on=2015-01-01&country=FR")

    assert (answer["is_certain"], answer["holders"]) == (False, [])
    assert answer["note"] == "Nobody is known to have had this role on 2015-01-01."


def test_organization_person_and_country_narrow_it(officer, government):
    chad = directory.organization("Government of Chad")
    french = had("French", government, "2014")
    had("Chadian", chad, "2014")

    def names(query):
        return {one["person"]["name"] for one in told(officer, f"role={ROLE}&on=2015-01-01&{query}")["holders"]}

    assert names(f"organization={chad.pk}") == {"Chadian"}
    assert names(f"person={french.person_id}") == {"French"}
    assert names("country=fr") == {"French"}
    assert names("country=DE") == set()


def test_what_was_entered_in_error_is_nobodys_role(officer, government):
    made = had("Wrong", government, "2014")
    officer.enter(f"memberships/{made.pk}/enter-in-error", {"reason": "Another person."}, **{"If-Match": "*"})

    assert who(officer, "2015-01-01") == (False, [])


@pytest.mark.parametrize("query", ["", "role=", "role=%20", "role=x&on=2015", "role=x&cursor=a", "role=x&person=me"])
def test_a_question_that_is_none_is_a_400(officer, query):
    assert officer.see(f"memberships/holders?{query}").status_code == 400
