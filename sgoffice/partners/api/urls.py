"""Addresses of partners and releases, of the exchange and its tokens."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from sgoffice.partners.api import exchange, tokens, views

router = SimpleRouter(trailing_slash=False)
router.register("partners", views.PartnerViewSet, basename="partner")
router.register("releases", views.ReleaseViewSet, basename="release")
urlpatterns = [
    *router.urls,
    path("oauth/token", tokens.TokenView.as_view()),
    path("partner/snapshot", exchange.SnapshotView.as_view(), name="partner-snapshot"),
    path("partner/changes", exchange.ChangesView.as_view()),
    path("partner/digest", exchange.DigestView.as_view()),
    path("partner/records/<uuid:record_id>", exchange.RecordView.as_view()),
]
