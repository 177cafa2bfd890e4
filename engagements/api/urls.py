"""Addresses of the engagement log."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from engagements.api import belongings, calendar, for_partners, views

router = SimpleRouter(trailing_slash=False)
router.register("engagements", views.EngagementViewSet, basename="engagement")
router.register("papers", belongings.PaperViewSet, basename="paper")
router.register("attachments", belongings.AttachmentViewSet, basename="attachment")
router.register("action-items", belongings.ActionItemViewSet, basename="action_item")
urlpatterns = [
    # before the router: it would take the word for a key
    path("engagements/from-calendar", calendar.InvitationView.as_view(), name="engagement-from-calendar"),
    path("engagements/<str:pk>/calendar", calendar.CalendarView.as_view(), name="engagement-calendar"),
    path(
        "partner/attachments/<uuid:record_id>/content",
        for_partners.TextView.as_view(),
        name="partner-attachment-content",
    ),
    *router.urls,
]
