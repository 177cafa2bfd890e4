"""Query parameters that every list refuses."""

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


def test_a_digest_of_an_unknown_kind_is_refused():
    answer = partners.Puller(partners.partner()).see("digest?kind=nonsense&bucket=00")

    assert answer.status_code == 400
    assert "agreement" in answer.json()["errors"][0]["detail"]
