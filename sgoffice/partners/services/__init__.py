"""The services of partners, for staff and for the exchange: the names other modules import."""

from sgoffice.partners.services.audiences import audience, entitled
from sgoffice.partners.services.credentials import (
    MOST_SECRETS,
    TOKEN_LIFE,
    AuthenticatedPartner,
    count_refusal,
    find_client,
    find_partner_by_token,
    issue_access_token,
    issue_secret,
    revoke_access_token,
    revoke_secret,
    was_issued,
)
from sgoffice.partners.services.cursors import decode_cursor, encode_cursor
from sgoffice.partners.services.endpoints import (
    conclude_ping,
    disable_ping_endpoint,
    enable_ping_endpoint,
    own_ping_endpoints,
    ping_progress,
    register_ping_endpoint,
    rotate_ping_secret,
    send_test_ping,
    signing_secrets,
)
from sgoffice.partners.services.entries import PartnerEntry, ReleaseEntry, WithdrawalEntry
from sgoffice.partners.services.keys import ALGORITHMS, find_client_by_assertion, register_key
from sgoffice.partners.services.outbox import KEPT as KEPT_PINGS
from sgoffice.partners.services.outbox import Delivery, Outcome, claim_pings, count_due_pings, schedule_pings
from sgoffice.partners.services.partners import correct_partner, register_partner
from sgoffice.partners.services.profiles import PartnerProfile, partner_profile
from sgoffice.partners.services.pulls import (
    available_documents,
    available_entries,
    available_line,
    feed_lags,
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
from sgoffice.partners.services.snapshots import LEASE as SNAPSHOT_LEASE
from sgoffice.partners.services.snapshots import claim_snapshot, end_snapshot

__all__ = [
    "ALGORITHMS",
    "KEPT_PINGS",
    "MOST_SECRETS",
    "RELEASE_STEPS",
    "SNAPSHOT_LEASE",
    "TOKEN_LIFE",
    "AuthenticatedPartner",
    "Delivery",
    "Outcome",
    "PartnerEntry",
    "PartnerProfile",
    "ReleaseEntry",
    "WithdrawalEntry",
    "audience",
    "available_documents",
    "available_entries",
    "available_line",
    "claim_pings",
    "claim_snapshot",
    "conclude_ping",
    "correct_partner",
    "count_due_pings",
    "count_refusal",
    "decode_cursor",
    "disable_ping_endpoint",
    "enable_ping_endpoint",
    "encode_cursor",
    "end_snapshot",
    "entitled",
    "feed_lags",
    "find_client",
    "find_client_by_assertion",
    "find_partner_by_token",
    "grant_release",
    "issue_access_token",
    "issue_secret",
    "note_pull",
    "own_ping_endpoints",
    "partner_profile",
    "ping_progress",
    "preview_release",
    "propose_release",
    "pull_progress",
    "register_key",
    "register_partner",
    "register_ping_endpoint",
    "revoke_access_token",
    "revoke_secret",
    "rotate_ping_secret",
    "schedule_pings",
    "send_test_ping",
    "signing_secrets",
    "was_issued",
    "withdraw_release",
]
