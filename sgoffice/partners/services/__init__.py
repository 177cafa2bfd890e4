"""The services of partners, for staff and for the exchange: the names other modules import."""

from sgoffice.partners.services.audiences import audience, entitled
from sgoffice.partners.services.credentials import (
    AuthenticatedPartner,
    count_refusal,
    exchange_credentials,
    find_partner_by_token,
    issue_secret,
    revoke_secret,
    was_issued,
)
from sgoffice.partners.services.endpoints import (
    conclude_ping,
    disable_ping_endpoint,
    enable_ping_endpoint,
    ping_progress,
    register_ping_endpoint,
    rotate_ping_secret,
    send_test_ping,
    signing_secrets,
)
from sgoffice.partners.services.entries import PartnerEntry, ReleaseEntry, WithdrawalEntry
from sgoffice.partners.services.outbox import Delivery, Outcome, claim_pings, schedule_pings
from sgoffice.partners.services.partners import correct_partner, register_partner
from sgoffice.partners.services.pulls import (
    available_documents,
    available_entries,
    available_line,
    note_pull,
    pull_progress,
)
from sgoffice.partners.services.releases import (
    RELEASE_STEPS,
    grant_release,
    preview_release,
    propose_release,
    withdraw_release,
)

__all__ = [
    "RELEASE_STEPS",
    "AuthenticatedPartner",
    "Delivery",
    "Outcome",
    "PartnerEntry",
    "ReleaseEntry",
    "WithdrawalEntry",
    "audience",
    "available_documents",
    "available_entries",
    "available_line",
    "claim_pings",
    "conclude_ping",
    "correct_partner",
    "count_refusal",
    "disable_ping_endpoint",
    "enable_ping_endpoint",
    "entitled",
    "exchange_credentials",
    "find_partner_by_token",
    "grant_release",
    "issue_secret",
    "note_pull",
    "ping_progress",
    "preview_release",
    "propose_release",
    "pull_progress",
    "register_partner",
    "register_ping_endpoint",
    "revoke_secret",
    "rotate_ping_secret",
    "schedule_pings",
    "send_test_ping",
    "signing_secrets",
    "was_issued",
    "withdraw_release",
]
