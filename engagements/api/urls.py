"""Addresses of the engagement log."""

from rest_framework.routers import SimpleRouter

from engagements.api import owned, views

router = SimpleRouter(trailing_slash=False)
router.register("engagements", views.EngagementViewSet, basename="engagement")
router.register("papers", owned.PaperViewSet, basename="paper")
router.register("attachments", owned.AttachmentViewSet, basename="attachment")
router.register("action-items", owned.ActionItemViewSet, basename="action_item")
urlpatterns = router.urls
