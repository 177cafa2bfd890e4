"""The addresses of the trace, for auditors."""

from django.urls import path

from sgoffice.api.trace import TracedChangesView, TraceView

urlpatterns = [
    path("trace", TraceView.as_view(), name="trace"),
    path("trace/changes", TracedChangesView.as_view(), name="trace-changes"),
]
