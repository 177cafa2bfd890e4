"""The services of partners, for staff and for the exchange: the names other modules import."""

from sgoffice.partners.services.audiences import audience
from sgoffice.partners.services.credentials import (
    SignedIn,
    exchange,
    issue_secret,
    note_refusal,
    partner_of,
    revoke_secret,
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
from sgoffice.partners.services.entries import PartnerEntry, ReleaseApprovalEntry, ReleaseEntry, WithdrawalEntry
from sgoffice.partners.services.outbox import Delivery, Outcome, claim, notice
from sgoffice.partners.services.partners import correct_partner, register_partner
from sgoffice.partners.services.pulls import carried, carried_documents, carried_line, note_pull, progress
from sgoffice.partners.services.releases import (
    RELEASE_STEPS,
    approve_release,
    preview,
    propose_release,
    withdraw_release,
)

__all__ = [
    "RELEASE_STEPS",
    "Delivery",
    "Outcome",
    "PartnerEntry",
    "ReleaseApprovalEntry",
    "ReleaseEntry",
    "SignedIn",
    "WithdrawalEntry",
    "approve_release",
    "audience",
    "carried",
    "carried_documents",
    "carried_line",
    "claim",
    "conclude_ping",
    "correct_partner",
    "disable_ping_endpoint",
    "enable_ping_endpoint",
    "exchange",
    "issue_secret",
    "note_pull",
    "note_refusal",
    "notice",
    "partner_of",
    "ping_progress",
    "preview",
    "progress",
    "propose_release",
    "register_partner",
    "register_ping_endpoint",
    "revoke_secret",
    "rotate_ping_secret",
    "send_test_ping",
    "signing_secrets",
    "withdraw_release",
]
