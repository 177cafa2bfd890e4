"""Query parameters that every list refuses."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from sgoffice.api.viewsets import RecordViewSet
from tests.factories import partners
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def lists(patterns=None, path=""):
    """Yield the address and the class of each list that has filters."""
    for pattern in patterns or get_resolver().url_patterns:
        address = path + str(pattern.pattern).strip("^$")
        if isinstance(pattern, URLResolver):
            yield from lists(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "cls", None)
            if getattr(view, "filterset_class", None) and pattern.callback.actions.get("get") == "list":
                yield address, view


STAFF = sorted({address.removeprefix("api/v1/") for address, view in lists() if issubclass(view, RecordViewSet)})


def test_all_lists_are_found():
    assert {"engagements", "agreements", "people", "action-items"} <= set(STAFF)


@pytest.mark.parametrize("noun", STAFF)
def test_a_parameter_without_a_value_is_refused_by_name(noun):
    answer = signed_in("viewer").see(f"{noun}?q=")

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/q"]


@pytest.mark.parametrize("query", ["organization=", "country=", "status=", "in_force_on=", "limit=", "cursor="])
def test_a_partner_whose_script_sets_no_value_is_refused(query):
    answer = partners.Puller(partners.partner()).see(f"agreements?{query}")

    assert (answer.status_code, query[:-1] in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("agreements?on=2019-01-01", "status"),
        ("agreements?certain=true", "in_force_on"),
        ("agreements?include=parents", "organization"),
        ("engagements?include=children", "organization"),
        ("engagements?certain=true", "from"),
        ("action-items?include=parents", "organization"),
        ("memberships?certain=true", "on"),
        ("sessions?certain=true", "from"),
    ],
)
def test_a_parameter_that_would_change_nothing_is_refused(query, other):
    answer = signed_in("viewer").see(query)

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["pointer"], f"`{other}`" in error["detail"]) == (f"/{re.split('[?=]', query)[1]}", True)


def test_a_partner_cannot_ask_for_a_day_without_a_status():
    puller = partners.Puller(partners.partner())

    assert puller.see("agreements?on=2019-01-01").status_code == 400
    assert puller.see("agreements?on=2019-01-01&status=in_force").status_code == 200


def test_a_digest_of_an_unknown_kind_is_refused():
    answer = partners.Puller(partners.partner()).see("digest?kind=nonsense&bucket=00")

    assert answer.status_code == 400
    assert "agreement" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "engagements?from=2012-11-30&until=2012-11-01",
        "engagements?from=2013&until=2012-11",
        "engagements?from=2012-12&until=2012-11-30&certain=true",
        "agreements?from=2020-01-02&until=2020-01-01",
        "sessions?from=2017&until=2016",
        "action-items?due_from=2027-01-02&due_until=2027-01-01",
    ],
)
def test_a_period_that_ends_before_it_begins_is_refused(query):
    answer = signed_in("viewer").see(query)

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["pointer"] in {"/until", "/due_until"}
    assert "before `" in error["detail"]


@pytest.mark.parametrize(
    "query", ["from=2012-11&until=2012-11-01", "from=2012-11-01&until=2012", "from=2012&until=2012"]
)
def test_a_period_with_a_day_in_common_is_taken(query):
    assert signed_in("viewer").see(f"engagements?{query}").status_code == 200
