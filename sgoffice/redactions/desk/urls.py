"""The address of the desk's page of retention."""

from django.urls import path

from sgoffice.redactions.desk.retention import retention

urlpatterns = [path("retention", retention, name="desk-retention")]
