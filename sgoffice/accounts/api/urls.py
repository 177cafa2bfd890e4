"""Addresses of /me."""

from django.urls import path

from sgoffice.accounts.api.views import MeView, TokensView, TokenView

urlpatterns = [
    path("me", MeView.as_view()),
    path("me/tokens", TokensView.as_view()),
    path("me/tokens/<uuid:token_id>", TokenView.as_view()),
]
