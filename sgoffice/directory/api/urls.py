"""Addresses of the directory."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from sgoffice.directory.api import duplicates, search, views

router = SimpleRouter(trailing_slash=False)
router.register("countries", views.CountryViewSet, basename="country")
router.register("offices", views.OfficeViewSet, basename="office")
router.register("organizations", views.OrganizationViewSet, basename="organization")
router.register("people", views.PersonViewSet, basename="person")
router.register("topics", views.TopicViewSet, basename="topic")
router.register("memberships", views.MembershipViewSet, basename="membership")
router.register("affiliations", views.AffiliationViewSet, basename="affiliation")
urlpatterns = [
    path("directory/search", search.DirectorySearchView.as_view(), name="directory-search"),
    path("duplicates", duplicates.DuplicatesView.as_view(), name="duplicates"),
    *router.urls,
]
