"""Makers of staff, and clients that are signed in as them."""

from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.records.actors import OFFICE

_numbers = count(1)
PASSWORD = "a long enough sentence"


def staff(role: str = "officer", **values: Any) -> User:
    entry = services.StaffEntry(username=f"{role}-{next(_numbers)}", role=role, **values)
    return services.invite_staff(entry, by=OFFICE)


def with_password(user: User, password: str = PASSWORD) -> User:
    """Let somebody choose a password, as people do."""
    secret = services.issue_password_link(user.pk, by=OFFICE, at=timezone.now())
    return services.choose_password(secret, password, at=timezone.now())


class Register(Client):
    """A client of the API who is signed in; speaks JSON."""

    def __init__(self, user: User | None = None, **options: Any) -> None:
        super().__init__(raise_request_exception=False, **options)
        self.user = user
        if user is not None:
            self.force_login(user)

    def enter(self, path: str, body: Any, **headers: str) -> Any:
        return self.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

    def correct(self, path: str, body: Any, **headers: str) -> Any:
        return self.patch(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

    def see(self, path: str, **headers: str) -> Any:
        return self.get(f"/api/v1/{path}", headers=headers)


def signed_in(role: str = "officer") -> Register:
    return Register(staff(role))
