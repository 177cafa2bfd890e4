"""Rates hold over all processes: each of them settles with the database."""

import pytest
from django.test import RequestFactory

from sgoffice.api.models import Rate
from sgoffice.api.throttling import ActorThrottle
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db
LIMIT = 1000


def process():
    """Return the throttle of a process of its own."""

    class OfProcess(ActorThrottle):
        _counts = {}
        rate = f"{LIMIT}/min"

    return OfProcess()


@pytest.fixture
def request_of():
    request = RequestFactory().get("/")
    request.user = staff()
    return request


def clock(monkeypatch, now):
    monkeypatch.setattr("sgoffice.api.throttling.time.time", lambda: now)


@pytest.mark.parametrize(
    "turns", [(0, 1), (0, 0, 0, 1), (0,) * 1200 + (1,) * 1200], ids=["even", "uneven", "one first"]
)
def test_limit_holds_over_two_processes_within_a_tenth(monkeypatch, request_of, turns):
    processes, allowed = (process(), process()), 0
    for number in range(2400):
        clock(monkeypatch, 600.0 + number / 100)
        allowed += processes[turns[number % len(turns)]].allow_request(request_of, None)

    assert LIMIT <= allowed <= LIMIT * 1.1


def test_a_process_that_hears_of_the_others_late_settles_before_it_exceeds_its_share(monkeypatch, request_of):
    first, second, allowed = process(), process(), 0
    clock(monkeypatch, 600.5)
    for _ in range(LIMIT):
        allowed += first.allow_request(request_of, None) + second.allow_request(request_of, None)

    assert LIMIT <= allowed <= LIMIT * 1.1


def test_what_is_left_of_the_rate_is_told_and_never_below_nothing(monkeypatch, request_of):
    throttle, told = process(), []
    clock(monkeypatch, 630.0)
    for _ in range(LIMIT + 2):
        throttle.allow_request(request_of, None)
        told.append(request_of.rate_state)

    assert [state.left for state in (*told[:2], *told[-3:])] == [LIMIT - 1, LIMIT - 2, 0, 0, 0]
    assert told[0].headers() == {"RateLimit-Policy": '"actor";q=1000;w=60', "RateLimit": '"actor";r=999;t=30'}


def test_few_requests_cost_no_statement(django_assert_num_queries, request_of):
    throttle = process()

    with django_assert_num_queries(0):
        assert all(throttle.allow_request(request_of, None) for _ in range(9))


def test_the_minute_before_counts_for_its_share(monkeypatch, request_of):
    throttle = process()
    clock(monkeypatch, 600.0)
    assert sum(throttle.allow_request(request_of, None) for _ in range(LIMIT + 50)) == LIMIT

    clock(monkeypatch, 675.0)  # a quarter into the next minute: three quarters of the last one still count
    allowed = sum(throttle.allow_request(request_of, None) for _ in range(LIMIT))

    assert abs(allowed - LIMIT / 4) <= LIMIT / 100
    assert set(Rate.objects.values_list("minute", flat=True)) == {10, 11}
