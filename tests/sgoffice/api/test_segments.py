"""Addresses by their first segment: the same answers as Django's own resolver, without walking all patterns."""

import pytest
from django.urls import Resolver404, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from sgoffice.api.segments import SegmentResolver
from tests.contract.routes import routes


def api_resolver():
    [found] = [one for one in get_resolver().url_patterns if isinstance(one, SegmentResolver)]
    return found


def test_every_address_leads_where_a_walk_over_all_patterns_leads():
    ours, plain = api_resolver(), URLResolver(RoutePattern("api/v1/"), api_resolver().url_patterns)
    addresses = [route.address[1:] for route in routes() if route.address.startswith("/api/v1/")]

    differing = []
    for address in addresses:
        found, wanted = ours.resolve(address), plain.resolve(address)
        if (found.func, found.kwargs, found.url_name) != (wanted.func, wanted.kwargs, wanted.url_name):
            differing.append(address)

    assert len(addresses) > 100
    assert differing == []


@pytest.mark.parametrize("address", ["api/v1/", "api/v1/nothing", "api/v1/peoples", "api/v1/people/", "api/v2/people"])
def test_unknown_addresses_are_not_found(address):
    with pytest.raises(Resolver404):
        api_resolver().resolve(address)


def test_no_kind_of_record_is_found_later_than_another():
    narrowed = api_resolver().narrowed
    lists = {name: [str(one.pattern) for one in found.url_patterns] for name, found in narrowed.items()}
    kinds = {name: found for name, found in lists.items() if f"^{name}$" in found}

    places = {name: found.index(f"^{name}$") for name, found in kinds.items()}

    assert len(kinds) > 20
    assert max(places.values()) <= 3
    assert all(len(found) < 40 for found in lists.values())
