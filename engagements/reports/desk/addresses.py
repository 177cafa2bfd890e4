"""Where people read a record that a report mentions: on its sheet, or on its page in the admin."""

from django.urls import reverse

from engagements.reports.services.report_types import Mention

_SHEETS = {"person", "organization", "country"}
_APPS = {
    "engagement": "engagements", "paper": "engagements", "attachment": "engagements", "action_item": "engagements",
    "agreement": "agreements", "appointment": "appointments", "session": "appointments", "decision": "appointments",
    "mandate": "appointments", "post": "appointments", "body": "appointments", "term_rule": "appointments",
    "membership": "directory", "affiliation": "directory", "topic": "directory", "office": "directory",
}  # fmt: skip


def page_of(mention: Mention) -> str:
    """Return the address of the page on which people read a record."""
    if mention.kind == "engagement" and mention.reference:
        return reverse("desk-engagement", args=[mention.reference])
    if mention.kind in _SHEETS:
        return reverse("desk-counterpart", args=[mention.kind, mention.id])
    return reverse(f"admin:{_APPS[mention.kind]}_{mention.kind.replace('_', '')}_change", args=[mention.id])
