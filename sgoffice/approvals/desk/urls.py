"""Addresses of the desk's page of approvals."""

from django.urls import path

from sgoffice.approvals.desk.queue import approvals, decide

urlpatterns = [
    path("approvals", approvals, name="desk-approvals"),
    path("approvals/<str:reference>/decide", decide, name="desk-decide"),
]
