"""Addresses of the reports."""

from django.urls import path

from engagements.reports.api import briefs, deadlines, programmes

urlpatterns = [
    path("deadlines", deadlines.DeadlinesView.as_view(), name="deadlines"),
    path("counterparts/person/<str:pk>/brief", briefs.PersonBriefView.as_view(), name="person-brief"),
    path("counterparts/organization/<str:pk>/brief", briefs.OrganizationBriefView.as_view(), name="organization-brief"),
    path("counterparts/country/<str:pk>/brief", briefs.CountryBriefView.as_view(), name="country-brief"),
    path("engagements/<str:pk>/programme", programmes.ProgrammeView.as_view(), name="engagement-programme"),
]
