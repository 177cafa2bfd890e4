"""Addresses of imports."""

from rest_framework.routers import SimpleRouter

from sgoffice.imports.api import views

router = SimpleRouter(trailing_slash=False)
router.register("imports", views.ImportViewSet, basename="import")
urlpatterns = router.urls
