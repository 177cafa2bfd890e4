"""Addresses of partners and releases, of the exchange and its tokens."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from sgoffice.partners.api import (
    changelog,
    changes,
    credentials,
    digests,
    ping_endpoints,
    profile,
    records,
    snapshots,
    tokens,
    views,
)

router = SimpleRouter(trailing_slash=False)
router.register("partners", views.PartnerViewSet, basename="partner")
router.register("releases", views.ReleaseViewSet, basename="release")
urlpatterns = [
    *router.urls,
    path("oauth/token", tokens.TokenView.as_view(), name="oauth-token"),
    path("oauth/revoke", tokens.RevocationView.as_view(), name="oauth-revocation"),
    path("oauth/credentials", credentials.CredentialsView.as_view(), name="oauth-credentials"),
    path("partner", profile.ProfileView.as_view()),
    path("partner/snapshot", snapshots.SnapshotView.as_view(), name="partner-snapshot"),
    path("partner/changes", changes.ChangesView.as_view(), name="partner-changes"),
    path("partner/changelog", changelog.ChangelogView.as_view(), name="partner-changelog"),
    path("partner/digest", digests.DigestView.as_view(), name="partner-digest"),
    path("partner/ping-endpoints", ping_endpoints.PingEndpointsView.as_view(), name="partner-ping-endpoints"),
    path("partner/ping-endpoints/<uuid:endpoint_id>", ping_endpoints.PingEndpointView.as_view()),
    path("partner/records/<uuid:record_id>", records.RecordView.as_view()),
]
