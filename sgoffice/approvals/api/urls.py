"""Addresses of approvals."""

from rest_framework.routers import SimpleRouter

from sgoffice.approvals.api import views

router = SimpleRouter(trailing_slash=False)
router.register("approvals", views.ApprovalViewSet, basename="approval")
urlpatterns = router.urls
