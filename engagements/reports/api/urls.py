"""Addresses of the reports."""

from django.urls import path

from engagements.reports.api import briefs

urlpatterns = [
    path("counterparts/<str:kind>/<str:key>/brief", briefs.BriefView.as_view(), name="counterpart-brief"),
]
