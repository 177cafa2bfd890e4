"""Wrong passwords, tokens and other secrets: counted in the database, answered by waits that grow.

A password is guessed at an account from addresses. Both are counted; what comes from an address or a device from which
the account signed in before is counted apart, so that nobody outside can lock its owner out. Tokens are too long to be
guessed: they are counted by address alone, before anything is looked up, and one that was right lately is let through.
"""

import hashlib
import math
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from rest_framework.exceptions import Throttled

from sgoffice.api.addresses import network_of
from sgoffice.api.models import Guess

_FORGOTTEN_AFTER = timedelta(days=1)
_MOST_KEPT = 10_000
_TOO_MANY = "There were too many wrong attempts."


@dataclass(frozen=True)
class Limit:
    """How many wrong ones cost nothing; each later one doubles the wait, up to the longest, in seconds."""

    free: int
    longest: int


ACCOUNT, ADDRESS = Limit(5, 900), Limit(30, 900)
#: From an address or device that the account is known from.
KNOWN = Limit(10, 60)
SECRET = Limit(30, 60)
Key = tuple[str, Limit]


class MustWait(Exception):
    """Nothing was looked at: wait this many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, math.ceil(seconds))
        wait = "1 second" if self.seconds == 1 else f"{self.seconds} seconds"
        super().__init__(f"{_TOO_MANY} Wait {wait}, then try again.")


def key_of(kind: str, name: str, limit: Limit) -> Key:
    """Return under what is counted; what people type is kept as a digest only."""
    return f"{kind}:{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:32]}", limit


def take(keys: Iterable[Key], *, at: datetime) -> None:
    """Count an attempt under each key before it is looked at, so that many at once are no way round.

    Raises MustWait, and counts nothing, while one of them waits.
    """
    with transaction.atomic():
        for key, limit in sorted(keys, key=lambda item: item[0]):
            _count(key, limit, at)


def forgive(keys: Iterable[Key], *, at: datetime) -> None:
    """Take a right attempt back. What others guessed from the same address still counts."""
    with connection.cursor() as cursor:
        for key, limit in keys:
            cursor.execute(_LESS if limit is ADDRESS else _NONE, [key])
    Guess.objects.filter(counted_at__lt=at - _FORGOTTEN_AFTER).delete()


def require_turn(address: str, secret: str) -> None:
    """Raise Throttled while an address waits for its wrong secrets; one that was right lately is let through."""
    until = _waiting.get(network_of(address))
    if until is None or _digest(secret) in _right:
        return
    seconds = (until - _now(until)).total_seconds()
    if seconds > 0:
        raise Throttled(wait=math.ceil(seconds), detail=_TOO_MANY)  # it adds how long


def note_wrong(address: str, *, at: datetime) -> None:
    """Count a wrong secret of an address."""
    network = network_of(address)
    try:
        take([key_of("secret", network, SECRET)], at=at)
    except MustWait as error:
        with _alone:
            if len(_waiting) > _MOST_KEPT:
                _waiting.clear()
            _waiting[network] = at + timedelta(seconds=error.seconds)


def note_right(secret: str) -> None:
    """Remember a secret that was right, as a digest and in this process alone."""
    with _alone:
        _right[_digest(secret)] = None
        if len(_right) > _MOST_KEPT:
            _right.popitem(last=False)


def forget() -> None:
    """Forget what this process knows."""
    with _alone:
        _waiting.clear()
        _right.clear()


def _count(key: str, limit: Limit, at: datetime) -> None:
    parameters: dict[str, Any] = {
        "key": key,
        "at": at,
        "free": limit.free,
        "longest": limit.longest,
        "old": at - _FORGOTTEN_AFTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, parameters)
        if cursor.fetchone() is None:
            until = Guess.objects.values_list("waits_until", flat=True).get(pk=key)
            raise MustWait((until - at).total_seconds())


def _now(until: datetime) -> datetime:
    return datetime.now(tz=until.tzinfo)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()


_alone = threading.Lock()
_waiting: dict[str, datetime] = {}
_right: OrderedDict[bytes, None] = OrderedDict()

_TAKE = """
    INSERT INTO api_guess AS g (key, count, counted_at, waits_until) VALUES (%(key)s, 1, %(at)s, %(at)s)
    ON CONFLICT (key) DO UPDATE SET counted_at = %(at)s,
        count = CASE WHEN g.counted_at < %(old)s THEN 1 ELSE g.count + 1 END,
        waits_until = %(at)s + CASE WHEN g.counted_at < %(old)s OR g.count < %(free)s THEN interval '0'
            ELSE least(%(longest)s, power(2, least(g.count - %(free)s, 20))) * interval '1 second' END
    WHERE g.waits_until <= %(at)s
    RETURNING count
"""
_NONE = "DELETE FROM api_guess WHERE key = %s"
_LESS = "UPDATE api_guess SET count = greatest(count - 1, 0) WHERE key = %s"
