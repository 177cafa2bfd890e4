"""The roles of staff, and what their tokens and links may be used for."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a member of staff does in the register."""

    VIEWER = "viewer", "Viewer: reads"
    OFFICER = "officer", "Officer: logs and corrects"
    APPROVER = "approver", "Approver: also reads restricted records, sets rules and lowers markings"
    ADMINISTRATOR = "administrator", "Administrator: also manages staff; reads no restricted records"
    AUDITOR = "auditor", "Auditor: reads, and verifies history"


#: Roles that open what is restricted, or rule over others: one person proposes them and an approver decides.
GIVEN_BY_TWO = frozenset({Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})


class Scope(TextChoices):
    """What a token or link may be used for; never more than the role of its owner allows."""

    READ = "read", "Read"
    WRITE = "write", "Read and write"
    CALENDAR = "calendar", "Read the diary as a calendar"


class FactorKind(TextChoices):
    """What somebody shows besides their password."""

    APP = "app", "Authenticator app"
    PASSKEY = "passkey", "Passkey"
