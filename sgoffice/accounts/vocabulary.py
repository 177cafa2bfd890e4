"""The roles of staff."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a member of staff does in the register."""

    VIEWER = "viewer", "Viewer: reads"
    OFFICER = "officer", "Officer: logs and corrects"
    APPROVER = "approver", "Approver: also reads restricted records, sets rules and lowers markings"
    ADMINISTRATOR = "administrator", "Administrator: also manages staff; reads no restricted records"
    AUDITOR = "auditor", "Auditor: reads, and verifies history"
