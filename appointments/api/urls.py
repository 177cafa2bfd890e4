"""Addresses of bodies, posts, sessions, decisions and appointments."""

from rest_framework.routers import SimpleRouter

from appointments.api import views

router = SimpleRouter(trailing_slash=False)
router.register("bodies", views.BodyViewSet, basename="body")
router.register("posts", views.PostViewSet, basename="post")
router.register("term-rules", views.TermRuleViewSet, basename="term-rule")
router.register("sessions", views.SessionViewSet, basename="session")
router.register("decisions", views.DecisionViewSet, basename="decision")
router.register("mandates", views.MandateViewSet, basename="mandate")
router.register("appointments", views.AppointmentViewSet, basename="appointment")
urlpatterns = router.urls
