"""Addresses of the reports."""

from django.urls import path

from engagements.reports.api import briefs, deadlines, figures, letters, programmes

urlpatterns = [
    path("deadlines", deadlines.DeadlinesView.as_view(), name="deadlines"),
    path("reports/activity", figures.ActivityView.as_view(), name="report-activity"),
    path("reports/coverage", figures.CoverageView.as_view(), name="report-coverage"),
    path("reports/promises", figures.PromisesView.as_view(), name="report-promises"),
    path("reports/follow-up", figures.FollowUpView.as_view(), name="report-follow-up"),
    path("reports/annual", figures.AnnualView.as_view(), name="report-annual"),
    path("counterparts/person/<str:pk>/brief", briefs.PersonBriefView.as_view(), name="person-brief"),
    path("counterparts/organization/<str:pk>/brief", briefs.OrganizationBriefView.as_view(), name="organization-brief"),
    path("counterparts/country/<str:pk>/brief", briefs.CountryBriefView.as_view(), name="country-brief"),
    path("engagements/<str:pk>/programme", programmes.ProgrammeView.as_view(), name="engagement-programme"),
    path("engagements/<str:pk>/letters/thank-you", letters.ThankYouView.as_view(), name="letter-of-thanks"),
    path("engagements/<str:pk>/letters/confirmation", letters.ConfirmationView.as_view(), name="letter-confirmation"),
    path(
        "agreements/<str:pk>/letters/entry-into-force",
        letters.EntryIntoForceView.as_view(),
        name="letter-entry-into-force",
    ),
]
