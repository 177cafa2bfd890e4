"""Addresses that are the same on every server (RFC 8615)."""

from django.urls import path

from sgoffice.partners.api.metadata import AuthorizationServerView

urlpatterns = [path("oauth-authorization-server", AuthorizationServerView.as_view())]
