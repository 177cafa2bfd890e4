"""When a ping is sent again: for three days, ever more seldom, and never all at once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgoffice.partners.pings import signatures
from sgoffice.partners.rules import PING_PATIENCE, next_attempt, ping_address
from sgoffice.partners.services import Delivery
from sgoffice.records.errors import InvalidEntry

FIRST = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHANCES = st.floats(0, 1)
TAKEN = st.timedeltas(timedelta(0), timedelta(seconds=60))


@given(st.lists(st.tuples(CHANCES, TAKEN), min_size=60, max_size=60))
def test_attempts_end_after_three_days_and_not_before(drawn):
    """Each attempt takes a while to fail; the last one falls on the very end of the three days."""
    at, attempts = FIRST, 0
    while at is not None:
        chance, taken = drawn[attempts % len(drawn)]
        attempts += 1
        sent, failed = at, at + taken
        at = next_attempt(attempts, first=FIRST, failed=failed, chance=chance)
        if at is not None:
            assert at > failed or at == FIRST + PING_PATIENCE
            assert at <= FIRST + PING_PATIENCE

    assert 14 <= attempts <= 40
    assert FIRST + PING_PATIENCE - timedelta(minutes=1) <= sent <= FIRST + PING_PATIENCE


@given(st.integers(1, 10_000), CHANCES)
def test_rest_is_half_to_one_and_a_half_of_a_power_of_four_seconds_up_to_six_hours(attempts, chance):
    again = next_attempt(attempts, first=FIRST, failed=FIRST, chance=chance)

    assert again is not None
    usual = min(5.0 * 4 ** min(attempts - 1, 20), 6 * 3600)
    assert usual * 0.5 <= (again - FIRST).total_seconds() <= usual * 1.5


def test_endpoints_that_failed_together_do_not_come_back_together():
    found = {next_attempt(3, first=FIRST, failed=FIRST, chance=number / 10) for number in range(10)}

    assert len(found) == 10


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://partner.example", "partner.example", 443, "/"),
        ("https://partner.example/", "partner.example", 443, "/"),
        ("https://hooks.partner.example:8443/told?by=register&x=%20", "hooks.partner.example", 8443, None),
        ("https://xn--bcher-kva.example/a/../b;c=d", "xn--bcher-kva.example", 443, "/a/../b;c=d"),
        ("https://partner.xn--p1ai/", "partner.xn--p1ai", 443, "/"),
        ("https://1.partner.example/@home", "1.partner.example", 443, "/@home"),
    ],
)
def test_honest_urls_are_taken_apart(url, host, port, path):
    found = ping_address(url, ports={443, 8443})

    assert (found.scheme, found.host, found.port, found.is_loopback) == ("https", host, port, False)
    assert found.path == (path or url.partition(":8443")[2])


@pytest.mark.parametrize("url", ["http://localhost:8814/x", "https://[::1]/", "http://127.0.0.1:80/"])
def test_this_machine_is_named_in_a_trial_only(url):
    assert ping_address(url, ports={443}, to_loopback=True).is_loopback
    with pytest.raises(InvalidEntry):
        ping_address(url, ports={443})


@given(st.text("abc0"), st.datetimes(timezones=st.just(UTC)))
def test_message_is_the_same_for_each_attempt(cursor, noticed_at):
    pings = [
        Delivery(1, FIRST, FIRST, "https://partner.example/", "msg_1", "partner", cursor, noticed_at, attempt)
        for attempt in (1, 2)
    ]

    assert signatures.body(pings[0]) == signatures.body(pings[1])


@pytest.mark.parametrize(
    ("url", "named"), [("https://HOOKS.example/", "lower-case"), ("https://a.example/#x", "fragment")]
)
def test_a_url_that_is_refused_is_told_what_is_wrong_with_it(url, named):
    with pytest.raises(InvalidEntry) as refused:
        ping_address(url, ports={443})

    assert named in str(refused.value.errors)
