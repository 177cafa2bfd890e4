"""Addresses of the cooperation agreements."""

from rest_framework.routers import SimpleRouter

from engagements.agreements.api import views

router = SimpleRouter(trailing_slash=False)
router.register("agreements", views.AgreementViewSet, basename="agreement")
urlpatterns = router.urls
