"""Everybody who may call, by the words of docs/access.md."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from sgoffice.accounts import services
from tests.factories import partners
from tests.factories.accounts import Register, signed_in, staff

_addresses = count(1)


class Bearer(Register):
    """A client that sends a token, each time from another network: wrong ones wait by network."""

    def __init__(self, token: str) -> None:
        super().__init__(headers={"Authorization": f"Bearer {token}"})

    def request(self, **given: Any) -> Any:
        number = next(_addresses)
        return super().request(**given | {"REMOTE_ADDR": f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"})


def caller(name: str) -> Register:
    """Return a client for a column of the page: a role, or one of the others."""
    return _OTHERS[name]() if name in _OTHERS else signed_in(name)


def _expired() -> Bearer:
    user, now = staff("approver"), timezone.now()
    return Bearer(services.issue_token(user, name="old", at=now - timedelta(days=2), lifetime=timedelta(days=1)))


def _revoked() -> Bearer:
    user, now = staff("approver"), timezone.now()
    token = services.issue_token(user, name="lost", at=now)
    services.revoke_token(user.tokens.get().pk, of=user, by=user.as_actor(), at=now)
    return Bearer(token)


_OTHERS: dict[str, Callable[[], Register]] = {
    "anonymous": Register,
    "partner": lambda: Bearer(partners.Puller(partners.partner()).token),
    "expired token": _expired,
    "revoked token": _revoked,
}
