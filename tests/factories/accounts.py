"""Makers of staff, and clients that are signed in as them."""

from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.accounts.roles import GIVEN_BY_TWO
from sgoffice.approvals import services as approvals
from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE, Actor

_numbers = count(1)
PASSWORD = "a long enough sentence"


def staff(role: str = "officer", **values: Any) -> User:
    """A member of staff; a role that two people give is given by two, once the first of them are named."""
    name = f"{role}-{next(_numbers)}"
    if role not in GIVEN_BY_TWO:
        return services.invite_staff(services.StaffEntry(username=name, role=role, **values), by=OFFICE)
    if _is_missing(role):
        return services.invite_staff(services.StaffEntry(username=name, role=role, **values), by=OFFICE)
    proposer, chief = _first("administrator"), _first("approver")
    made = services.invite_staff(services.StaffEntry(username=name, role=role, **values), by=proposer)
    approve_role(made, by=chief)
    return User.objects.get(pk=made.pk)


def approve_role(member: User, *, by: Actor) -> None:
    """Approve the role that was proposed for a member of staff."""
    waiting = Approval.objects.pending().get(member=member)
    approvals.approve(waiting.pk, approvals.ApprovalEntry(), by=by, expected=ANY_VERSION)


def _is_missing(role: str) -> bool:
    active = User.objects.filter(role=role, is_active=True, is_example=False).count()
    return active < {"administrator": 1, "approver": 2}.get(role, 0)


def _first(role: str) -> Actor:
    """Return who has a role already, or name the first one."""
    found = User.objects.filter(role=role, is_active=True, is_example=False).order_by("pk").first()
    return (found or staff(role)).as_actor()


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
