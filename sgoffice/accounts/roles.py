"""The permissions of each role, and which roles two people give."""

from sgoffice.accounts.vocabulary import Role
from sgoffice.records.actors import Permission

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.VIEWER: frozenset({Permission.READ}),
    Role.OFFICER: frozenset({Permission.READ, Permission.WRITE}),
    Role.APPROVER: frozenset({Permission.READ, Permission.WRITE, Permission.APPROVE}),
    Role.ADMINISTRATOR: frozenset({Permission.READ, Permission.WRITE, Permission.ADMINISTER}),
    Role.AUDITOR: frozenset({Permission.READ, Permission.AUDIT}),
}

#: Roles that open what is restricted, or rule over others: one person proposes them and an approver decides.
GIVEN_BY_TWO = frozenset({Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})
