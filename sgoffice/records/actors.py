"""Who acts, as a plain value with permissions, and the id of the current request."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

from sgoffice.records.errors import NotPermitted

#: The id of the request or command being served; history stores it with every item.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class Permission(StrEnum):
    """What an actor may do; sgoffice/accounts/roles.py grants permissions to roles."""

    READ = "read"
    WRITE = "write"
    APPROVE = "approve"
    ADMINISTER = "administer"
    AUDIT = "audit"


@dataclass(frozen=True)
class Actor:
    """A member of staff, the office itself, or an anonymous visitor."""

    kind: str
    id: str
    label: str = ""
    permissions: frozenset[str] = field(default=frozenset(), compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise NotPermitted unless the actor has the permission."""
        if not self.may(permission):
            detail = f"This needs the permission “{permission}”; ask an administrator for a role that has it."
            raise NotPermitted(detail)


#: What the bearer tokens of partners begin with; those of staff begin with `sgo_`.
PARTNER_BEARER_PREFIX = "sgp_"

#: The office itself, which loads facts. It has every permission.
OFFICE = Actor("office", "register", "The office", frozenset(Permission))

#: The office, for what time alone changes.
CLOCK = Actor("office", "clock", "The office, by the clock", frozenset(Permission))

#: Somebody who did not sign in: no permissions.
ANONYMOUS = Actor("anonymous", "", "Anonymous")
