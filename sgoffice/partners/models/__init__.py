"""Partners and their releases, secrets and tokens (of which only digests are stored), progress, and ping endpoints."""

from sgoffice.partners.models.credentials import PartnerSecret, PartnerToken, Pull, RefusedSignIn, UsedAssertion
from sgoffice.partners.models.partners import Partner, Release, ReleasedRecord
from sgoffice.partners.models.pings import Ping, PingEndpoint, PingSecret

__all__ = [
    "Partner",
    "PartnerSecret",
    "PartnerToken",
    "Ping",
    "PingEndpoint",
    "PingSecret",
    "Pull",
    "RefusedSignIn",
    "Release",
    "ReleasedRecord",
    "UsedAssertion",
]
