"""The permissions of each role, and which roles two people give."""

from sgoffice.accounts.vocabulary import GIVEN_BY_TWO, Role
from sgoffice.records.actors import Permission

__all__ = ["GIVEN_BY_TWO", "PERMISSIONS"]

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.VIEWER: frozenset({Permission.READ}),
    Role.OFFICER: frozenset({Permission.READ, Permission.WRITE}),
    Role.APPROVER: frozenset({Permission.READ, Permission.WRITE, Permission.APPROVE}),
    Role.ADMINISTRATOR: frozenset({Permission.READ, Permission.WRITE, Permission.ADMINISTER}),
    Role.AUDITOR: frozenset({Permission.READ, Permission.AUDIT}),
}
