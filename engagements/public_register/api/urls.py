"""Addresses of the public register."""

from django.urls import path

from engagements.public_register.api import publications, register

urlpatterns = [
    path("reports/public-register", register.PublicRegisterView.as_view(), name="report-public-register"),
    path(
        "reports/public-register/publications",
        publications.PublicationViewSet.as_view({"post": "create"}),
        name="publications",
    ),
]
