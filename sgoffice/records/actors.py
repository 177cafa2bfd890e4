"""Who acts, as a plain value with permissions, and the id of the request in which the act happens."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

from sgoffice.records.errors import NotPermitted

#: The id of the request (or command) that is being served; history keeps it with every entry.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class Permission(StrEnum):
    """What an actor may be allowed to do; sgoffice/accounts/roles.py gives them to roles."""

    READ = "read"
    WRITE = "write"
    APPROVE = "approve"
    ADMINISTER = "administer"
    AUDIT = "audit"


@dataclass(frozen=True)
class Actor:
    """A member of staff, the office itself, or nobody we know."""

    kind: str
    id: str
    label: str = ""
    permissions: frozenset[str] = field(default=frozenset(), compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    def may(self, permission: str) -> bool:
        """Tell whether this actor has the permission."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Do nothing for an actor with the permission; raise NotPermitted for any other."""
        if not self.may(permission):
            detail = f"This needs the permission “{permission}”; ask an administrator for a role that has it."
            raise NotPermitted(detail)


#: The office itself: the loading of facts. It may everything.
OFFICE = Actor("office", "register", "The office", frozenset(Permission))

#: The office by the clock: what time alone brings.
CLOCK = Actor("office", "clock", "The office, by the clock", frozenset(Permission))

#: Somebody who did not sign in. May nothing and sees nothing.
ANONYMOUS = Actor("anonymous", "", "Anonymous")
