"""Two people publish a period, as they do everywhere: one proposes, another approves."""

from datetime import date

from engagements.public_register import services
from tests.factories import approvals

TODAY = date(2026, 3, 2)


def propose(first, last, *, by=None):
    entry = services.PublicationEntry(first=date.fromisoformat(first), last=date.fromisoformat(last), purpose="As is.")
    return services.propose_publication(entry, by=by or approvals.member(), today=TODAY)


def publish(first, last, *, by):
    return approvals.approve(propose(first, last), by=by)


def site():
    """The files of the site by path, as texts."""
    return {path: content.decode() for path, content in services.pages_of(services.site_now()).items()}
