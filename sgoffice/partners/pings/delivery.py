"""Send what is due: a few pings at a time, each in a thread of its own, so that a slow endpoint holds up nobody else.

A ping is claimed for a minute before it is sent. Whatever kills this process then, another one (or the next) sends it
again with the same id: at least once.
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
    """Return where pings of this installation may go."""
    return egress.Policy(settings.PING_PORTS, settings.PING_CA_FILE, settings.PINGS_TO_LOOPBACK)


def work(stop: Event, *, every: float, resolver: egress.Resolver = egress.resolve) -> None:
    """Notice advances and send pings until told to stop; what is being sent then is waited for.

    A database that does not answer is logged, and asked again. No connection is kept while resting.
    """
    busy: list[Thread] = []
    while not stop.is_set():
        busy = [thread for thread in busy if thread.is_alive()]
        try:
            busy += _begin(SENDERS - len(busy), resolver)
        except Exception:  # noqa: BLE001 - the worker goes on whatever happens
            _log.exception("pings could not be looked for")
        connections.close_all()
        stop.wait(_SHORT_REST if len(busy) == SENDERS else every)
    for thread in busy:
        thread.join()


def run_once(resolver: egress.Resolver = egress.resolve) -> int:
    """Notice advances and send what is due, once; return how many pings were sent."""
    count = 0
    while begun := _begin(SENDERS, resolver):
        for thread in begun:
            thread.join()
        count += len(begun)
    return count


def work_once(report: Callable[[str], object]) -> list[str]:
    """Send what is due, once, and report how many pings were sent; return what failed."""
    try:
        report(f"pings: {run_once()} sent")
    except DatabaseError as error:
        return [f"pings: {error}"]
    return []


def _begin(most: int, resolver: egress.Resolver) -> list[Thread]:
    """Notice and claim; return the threads that send."""
    now = timezone.now()
    services.notice(at=now)
    taken = services.claim(at=now, most=most)
    threads = [Thread(target=_send, args=[one, resolver], name=one.message_id, daemon=True) for one in taken]
    for thread in threads:
        thread.start()
    return threads


def _send(delivery: Delivery, resolver: egress.Resolver) -> None:
    try:
        outcome = _outcome(delivery, resolver)
        services.conclude_ping(delivery, outcome, at=timezone.now(), chance=random.random())  # noqa: S311 - jitter, no secret
    except Exception:  # noqa: BLE001 - as above
        _log.exception("the ping %s could not be sent; its lease ends in a while", delivery.message_id)
    finally:
        connections.close_all()


def _outcome(delivery: Delivery, resolver: egress.Resolver) -> Outcome:
    now = timezone.now()
    secrets = services.signing_secrets(delivery.endpoint, at=now)
    connections.close_all()  # none is kept while another machine takes its time
    if not secrets:
        return Outcome(None, "The key of this installation has changed since: rotate the secret of the endpoint.")
    message = signatures.body(delivery)
    headers = signatures.headers(delivery.message_id, message, secrets, at=now)
    try:
        status = egress.post(delivery.url, headers, message, policy=policy(), resolver=resolver)
    except egress.Unreachable as error:
        return Outcome(None, str(error))
    return Outcome(status, "A redirect, which is never followed." if status in _REDIRECTS else "")
