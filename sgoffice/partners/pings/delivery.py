"""Send due pings, a few at a time and each in its own thread, so that a slow endpoint does not delay the others.

A ping is claimed for a minute before it is sent. If this process is killed, another one sends the ping again with the
same id: at least once.
"""

import logging
import random
from collections.abc import Callable
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from sgoffice.partners import services
from sgoffice.partners.pings import egress, signatures
from sgoffice.partners.services import Delivery, Outcome

#: How many pings are sent at once.
SENDERS = 8
_SHORT_REST = 0.2
_REDIRECTS = range(300, 400)
_log = logging.getLogger(__name__)


def policy() -> egress.Policy:
    """Return the policy of this installation."""
    return egress.Policy(settings.PING_PORTS, settings.PING_CA_FILE, settings.PINGS_TO_LOOPBACK)


def work(stop: Event, *, every: float, resolver: egress.Resolver = egress.resolve) -> None:
    """Send pings until told to stop, then wait for the attempts in progress.

    If the database does not answer, this is logged and tried again. No connection is kept while idle.
    """
    busy: list[Thread] = []
    while not stop.is_set():
        busy = [thread for thread in busy if thread.is_alive()]
        try:
            busy += _begin(SENDERS - len(busy), resolver)
        except Exception:  # noqa: BLE001 - the worker goes on whatever happens
            _log.exception("looking for due pings failed")
        connections.close_all()
        stop.wait(_SHORT_REST if len(busy) == SENDERS else every)
    for thread in busy:
        thread.join()


def run_once(resolver: egress.Resolver = egress.resolve) -> int:
    """Send due pings once; return how many were sent."""
    count = 0
    while begun := _begin(SENDERS, resolver):
        for thread in begun:
            thread.join()
        count += len(begun)
    return count


def waiting() -> int:
    """Return how many pings are due."""
    return services.count_due_pings(at=timezone.now())


def work_once(report: Callable[[str], object]) -> list[str]:
    """Send due pings once and report how many; return what failed."""
    try:
        report(f"pings: {run_once()} sent")
    except DatabaseError as error:
        return [f"pings: {error}"]
    return []


def _begin(most: int, resolver: egress.Resolver) -> list[Thread]:
    """Schedule and claim pings; return the threads that send them."""
    now = timezone.now()
    services.schedule_pings(at=now)
    taken = services.claim_pings(at=now, most=most)
    threads = [Thread(target=_send, args=[one, resolver], name=one.message_id, daemon=True) for one in taken]
    for thread in threads:
        thread.start()
    return threads


def _send(delivery: Delivery, resolver: egress.Resolver) -> None:
    try:
        outcome = _outcome(delivery, resolver)
        services.conclude_ping(delivery, outcome, at=timezone.now(), chance=random.random())  # noqa: S311 - jitter, no secret
    except Exception:  # noqa: BLE001 - as above
        _log.exception("sending ping %s failed; it is sent again when its lease ends", delivery.message_id)
    finally:
        connections.close_all()


def _outcome(delivery: Delivery, resolver: egress.Resolver) -> Outcome:
    now = timezone.now()
    secrets = services.signing_secrets(delivery.endpoint, at=now)
    connections.close_all()  # none is kept while waiting for another host
    if not secrets:
        return Outcome(None, "The key of this installation has changed. Rotate the secret of the endpoint.")
    message = signatures.body(delivery)
    headers = signatures.headers(delivery.message_id, message, secrets, at=now)
    try:
        status = egress.post(delivery.url, headers, message, policy=policy(), resolver=resolver)
    except egress.Unreachable as error:
        return Outcome(None, str(error))
    return Outcome(status, "It answered with a redirect; redirects are not followed." if status in _REDIRECTS else "")
