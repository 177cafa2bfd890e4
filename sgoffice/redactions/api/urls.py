"""The address of what is due."""

from django.urls import path

from sgoffice.redactions.api.retention import RetentionView

urlpatterns = [path("retention", RetentionView.as_view(), name="retention")]
