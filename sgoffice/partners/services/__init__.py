"""What staff can do about partners, and what partners' systems need: the names other modules import."""

from sgoffice.partners.services.audiences import audience
from sgoffice.partners.services.credentials import exchange, issue_secret, note_refusal, partner_of, revoke_secret
from sgoffice.partners.services.entries import PartnerEntry, ReleaseEntry, WithdrawalEntry
from sgoffice.partners.services.partners import correct_partner, register_partner
from sgoffice.partners.services.pulling import note_pull, progress
from sgoffice.partners.services.releasing import approve_release, preview, propose_release, withdraw_release

__all__ = [
    "PartnerEntry",
    "ReleaseEntry",
    "WithdrawalEntry",
    "approve_release",
    "audience",
    "correct_partner",
    "exchange",
    "issue_secret",
    "note_pull",
    "note_refusal",
    "partner_of",
    "preview",
    "progress",
    "propose_release",
    "register_partner",
    "revoke_secret",
    "withdraw_release",
]
