"""Pings as partners get them: signed, without content, again until they arrive, by whichever worker lives."""

import json
import signal
import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners import pings, services
from sgoffice.partners.models import Partner, Ping, PingEndpoint
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.models import ClockPass, HistoryEntry
from sgoffice.running import background
from tests.clocks import OnDatabase
from tests.factories import partners as make
from tests.factories.agreements import agreement
from tests.samples import some_of_each
from tests.sgoffice.partners.pings.receivers import AUTHORITY, newest, positions, receiving, talking

_WORK = "from django.core.management import call_command; call_command('work')"
_TRIAL = {"SGOFFICE_PINGS_TO_LOOPBACK": "1", "SGOFFICE_PING_CA_FILE": str(AUTHORITY), "SGOFFICE_PING_SECONDS": "1"}
pytestmark = pytest.mark.usefixtures("fresh_database")
FAILURES = [301, 302, 307, 400, 401, 404, 429, 500, 503]


@pytest.fixture(autouse=True)
def trial(settings):
    """Let pings go to this machine, to certificates of the tests' own authority."""
    settings.PINGS_TO_LOOPBACK, settings.PING_CA_FILE = True, str(AUTHORITY)


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


def told(partner: Partner, url: str) -> tuple[PingEndpoint, str]:
    return services.register_ping_endpoint(partner.pk, url, by=OFFICE, at=timezone.now(), expected=ANY_VERSION)


def due_now(**values):
    """Let the time pass that a ping rests."""
    Ping.objects.filter(state="pending").update(next_attempt_at=timezone.now(), **values)


def test_advance_is_told_signed_and_without_content(receiver):
    partner = make.partner()
    _, secret = told(partner, receiver.url)
    agreement(marking="public", title="Nothing of this is told")

    assert pings.run_once() == 1
    [(headers, body)] = receiver.received

    Webhook(secret).verify(body, headers)
    ping = Ping.objects.get()
    assert json.loads(body) == {
        "type": "stream.advanced",
        "timestamp": ping.noticed_at.isoformat().replace("+00:00", "Z"),
        "data": {"stream": ping.endpoint.partner.slug, "cursor": newest(ping.endpoint.partner)},
    }
    assert headers["webhook-id"] == ping.message_id
    assert (ping.state, ping.attempts, ping.last_status) == ("delivered", 1, 204)
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(secret).verify(body.replace(b"1", b"2"), headers)


def test_several_changes_are_told_once_and_nothing_is_told_twice(receiver):
    told(make.partner(), receiver.url)
    for _ in range(3):
        agreement(marking="public")
    assert [pings.run_once(), pings.run_once()] == [1, 0]

    agreement(marking="public")
    assert [pings.run_once(), pings.run_once()] == [1, 0]
    assert positions(receiver) == [3, 4]
    assert len(set(receiver.ids())) == 2


def test_what_a_partner_may_not_have_is_not_told(receiver):
    partner, other = make.partner(), make.partner()
    told(partner, receiver.url)
    make.release(other, agreement().pk)

    assert pings.run_once() == 0


def test_partner_that_is_not_active_is_not_told(receiver):
    partner = make.partner()
    told(partner, receiver.url)
    agreement(marking="public")
    services.schedule_pings(at=timezone.now())
    patch = Correction(services.PartnerEntry, {"is_active": False})
    services.correct_partner(partner.pk, patch, by=OFFICE, expected=ANY_VERSION)

    assert pings.run_once() == 0
    assert receiver.received == []


@pytest.mark.parametrize("status", some_of_each(FAILURES, lambda status: status == 429 or status // 100, 3))
def test_failed_ping_is_sent_again_with_the_same_id_and_message(receiver, status):
    receiver.answers = [status, 204]
    _, secret = told(make.partner(), receiver.url)
    agreement(marking="public")

    assert [pings.run_once(), pings.run_once()] == [1, 0]  # it rests
    assert Ping.objects.get().last_status == status
    due_now()
    assert pings.run_once() == 1

    (first, body), (second, again) = receiver.received
    assert (first["webhook-id"], body) == (second["webhook-id"], again)
    Webhook(secret).verify(again, second)
    assert (Ping.objects.get().state, Ping.objects.get().attempts) == ("delivered", 2)


def test_newer_advance_takes_the_place_of_a_ping_that_failed_under_an_id_of_its_own(receiver):
    """A receiver that had the first one, although its answer was lost, would take the same id for the same news."""
    receiver.answers = [500, 204]
    told(make.partner(), receiver.url)
    agreement(marking="public")
    pings.run_once()
    agreement(marking="public")
    due_now()

    assert [pings.run_once(), pings.run_once()] == [1, 0]
    assert positions(receiver) == [1, 2]
    assert len(set(receiver.ids())) == 2
    assert Ping.objects.count() == 1


def test_endpoint_that_is_gone_is_disabled_with_the_reason(receiver):
    receiver.answers = [410]
    endpoint, _ = told(make.partner(), receiver.url)
    agreement(marking="public")
    pings.run_once()
    agreement(marking="public")

    assert pings.run_once() == 0
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.disabled_because) == (False, "It answered 410 Gone.")
    assert (Ping.objects.get().state, Ping.objects.get().last_status) == ("failed", 410)
    assert HistoryEntry.objects.filter(record_id=endpoint.partner_id, verb="disable_ping_endpoint").exists()


def test_enabled_again_it_is_told_at_once(receiver):
    receiver.answers = [410, 204]
    endpoint, _ = told(make.partner(), receiver.url)
    agreement(marking="public")
    pings.run_once()

    door = {"by": OFFICE, "at": timezone.now(), "expected": ANY_VERSION}
    services.enable_ping_endpoint(endpoint.partner_id, endpoint.pk, **door)

    assert pings.run_once() == 1
    assert Ping.objects.first().state == "delivered"


def test_after_three_days_it_is_given_up_and_the_next_advance_tries_again(receiver):
    receiver.answers = [500, 500, 204]
    endpoint, _ = told(make.partner(), receiver.url)
    agreement(marking="public")
    pings.run_once()
    due_now(first_attempt_at=timezone.now() - timedelta(days=3))
    pings.run_once()

    [progress] = services.ping_progress(endpoint.partner_id)
    assert (Ping.objects.get().state, progress.is_dead, pings.run_once()) == ("given_up", True, 0)

    agreement(marking="public")
    assert pings.run_once() == 1
    [progress] = services.ping_progress(endpoint.partner_id)
    assert not progress.is_dead
    assert progress.delivered_at is not None


def test_answer_that_no_text_column_takes_is_a_failure_like_any_other():
    with talking(lambda connection: connection.sendall(b"\x00\x1b[2J\xff\x00\r\n\r\n")) as port:
        told(make.partner(), f"http://localhost:{port}/")
        agreement(marking="public")
        assert pings.run_once() == 1

    ping = Ping.objects.get()
    assert (ping.leased_until, ping.last_status) == (None, None)
    assert "BadStatusLine" in ping.last_fault


def test_ping_outlives_a_worker_that_is_killed_between_sending_and_noting(receiver):
    receiver.hold = threading.Event()
    told(make.partner(), receiver.url)
    agreement(marking="public")
    worker = OnDatabase(_WORK, **_TRIAL)
    receiver.next()  # it was sent, and the worker waits for the answer

    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    receiver.hold.set()
    assert Ping.objects.get().state == "pending"
    assert pings.run_once() == 0  # it is the dead worker's until its lease ends
    Ping.objects.update(leased_until=timezone.now())
    other = OnDatabase(_WORK, **_TRIAL)
    receiver.next()
    while Ping.objects.filter(state="pending").exists():
        assert other.poll() is None
    other.terminate()
    other.communicate()

    (_, body), (_, again) = receiver.received
    assert (len(set(receiver.ids())), body, other.returncode) == (1, again, 0)
    assert Ping.objects.get().attempts == 2


def test_late_answer_of_a_worker_whose_lease_ended_changes_nothing(receiver):
    told(make.partner(), receiver.url)
    agreement(marking="public")
    now = timezone.now()
    services.schedule_pings(at=now)
    [early] = services.claim_pings(at=now, most=9)
    [late] = services.claim_pings(at=now + timedelta(minutes=2), most=9)

    services.conclude_ping(early, services.Outcome(500), at=now, chance=0.5)
    assert (Ping.objects.get().attempts, Ping.objects.get().last_status) == (2, None)
    services.conclude_ping(late, services.Outcome(204), at=now, chance=0.5)
    assert Ping.objects.get().state == "delivered"


def test_no_two_workers_take_one_attempt(receiver, in_threads):
    """Nor do they notice one advance twice."""
    for _ in range(12):
        told(make.partner(), receiver.url)
    agreement(marking="public")
    ready = threading.Barrier(6)

    def work(number):
        found = []
        for _ in range(6):
            ready.wait(30)
            services.schedule_pings(at=timezone.now())
            found += services.claim_pings(at=timezone.now(), most=2)
        return found

    results = in_threads(6, work)

    taken = [delivery.message_id for found in results for delivery in found]
    assert len(taken) == len(set(taken)) == 12 == Ping.objects.count()


def test_advance_while_a_ping_is_under_way_is_told_by_the_next_one(receiver, in_threads):
    receiver.hold = threading.Event()
    told(make.partner(), receiver.url)
    agreement(marking="public")

    def work(number):
        if number:
            return pings.run_once()
        receiver.next()
        agreement(marking="public")
        found = services.schedule_pings(at=timezone.now()), services.claim_pings(at=timezone.now(), most=9)
        receiver.hold.set()
        return found

    assert in_threads(2, work)[0] == (1, [])
    pings.run_once()
    assert positions(receiver) == [1, 2]
    assert len(set(receiver.ids())) == 2


def test_slow_endpoint_holds_up_neither_others_nor_the_clock(receiver, settings):
    """Nobody lets go of the slow one before the others are done: that the test ends is what it shows."""
    with receiving(hold=threading.Event()) as slow:
        told(make.partner(), slow.url)
        told(make.partner(), receiver.url)
        agreement(marking="public")
        stop = threading.Event()
        threads = background.start_tasks(stop)
        slow.next()
        receiver.next()
        while ClockPass.objects.filter(last_ran_at=None).exists() or not ClockPass.objects.exists():
            assert all(thread.is_alive() for thread in threads)
        agreement(marking="public")
        receiver.next()
        assert len(slow.received) == 1
        slow.hold.set()
        stop.set()
        for thread in threads:
            thread.join(60)
    assert sorted(Ping.objects.values_list("state", flat=True))[:2] == ["delivered", "delivered"]
