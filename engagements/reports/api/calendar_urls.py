"""The address of the deadlines for calendar programs, which send no credentials but the address."""

from django.urls import path

from engagements.reports.api.calendar import DeadlineSubscriptionView

urlpatterns = [path("<str:secret>/deadlines.ics", DeadlineSubscriptionView.as_view(), name="deadline-calendar")]
