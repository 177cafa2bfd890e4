"""Addresses of the pages that read across the register."""

from django.urls import path

from engagements.reports.desk.counterparts import counterpart
from engagements.reports.desk.today import today

urlpatterns = [
    path("", today, name="desk-today"),
    path("counterparts/<slug:kind>/<str:key>", counterpart, name="desk-counterpart"),
]
