"""Addresses of the cooperation agreements, for staff and for partners."""

from rest_framework.routers import SimpleRouter

from engagements.agreements.api import for_partners, views

router = SimpleRouter(trailing_slash=False)
router.register("agreements", views.AgreementViewSet, basename="agreement")
router.register("partner/agreements", for_partners.PartnerAgreementViewSet, basename="partner-agreement")
urlpatterns = router.urls
