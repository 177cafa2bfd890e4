"""What is going to end says so on each answer, half a year before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import get_resolver

from sgoffice.partners.api.deprecations import DEPRECATIONS, NOTICE, Deprecation
from sgoffice.partners.api.exchange import PartnerView
from tests.factories import partners as make

ANNOUNCED = datetime(2027, 1, 1, tzinfo=UTC)
PAGE = "https://register.example/changes"


@pytest.mark.django_db
def test_deprecated_address_says_since_when_and_until_when_and_others_say_nothing(monkeypatch):
    puller = make.Puller(make.partner())
    ending = Deprecation("partner-digest", ANNOUNCED, datetime(2027, 9, 1, tzinfo=UTC), PAGE)
    monkeypatch.setattr(PartnerView, "deprecations", (ending,))

    told, other = puller.see("digest"), puller.see("changes")

    assert told["Deprecation"] == "@1798761600"
    assert told["Sunset"] == "Wed, 01 Sep 2027 00:00:00 GMT"
    assert told["Link"] == f'<{PAGE}>; rel="deprecation", <{PAGE}>; rel="sunset"'
    assert not {"Deprecation", "Sunset"} & set(other.headers)


def test_notice_is_as_long_as_the_page_promises():
    with pytest.raises(ValueError, match="183 days"):
        Deprecation("partner-digest", ANNOUNCED, ANNOUNCED + NOTICE - timedelta(days=1), PAGE)


def test_table_names_routes_that_there_are():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert {entry.route for entry in DEPRECATIONS} <= names
