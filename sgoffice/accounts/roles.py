"""The permissions of each role."""

from sgoffice.accounts.vocabulary import Role
from sgoffice.records.actors import Permission

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.VIEWER: frozenset({Permission.READ}),
    Role.OFFICER: frozenset({Permission.READ, Permission.WRITE}),
    Role.APPROVER: frozenset({Permission.READ, Permission.WRITE, Permission.APPROVE}),
    Role.ADMINISTRATOR: frozenset({Permission.READ, Permission.WRITE, Permission.ADMINISTER}),
    Role.AUDITOR: frozenset({Permission.READ, Permission.AUDIT}),
}
