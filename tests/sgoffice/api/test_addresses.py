"""A caller says where it comes from only through a proxy that is trusted."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory, override_settings

from sgoffice.api.addresses import address_of, network_of

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1"))


def seen(remote, forwarded):
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    return address_of(request)


@pytest.mark.parametrize("forwarded", ["203.0.113.9", "10.0.0.1, 203.0.113.9", "nonsense", ""])
def test_without_trusted_proxies_the_header_says_nothing(forwarded):
    assert seen("198.51.100.1", forwarded) == "198.51.100.1"


@override_settings(TRUSTED_PROXIES=TRUSTED)
@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, nonsense", "127.0.0.1"),
        ("10.9.9.9", "::ffff:203.0.113.9", "203.0.113.9"),
        ("198.51.100.1", "203.0.113.9", "198.51.100.1"),
        ("", "203.0.113.9", "unknown"),
    ],
)
def test_the_last_address_that_is_no_trusted_proxy_is_the_callers(remote, forwarded, address):
    assert seen(remote, forwarded) == address


def test_an_ipv6_network_is_one_place():
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff") != network_of("2001:db8:1::1")
