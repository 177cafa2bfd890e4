"""URLs below /me."""

from django.urls import path

from sgoffice.accounts.api import views

urlpatterns = [
    path("me", views.MeView.as_view()),
    path("me/tokens", views.TokensView.as_view()),
    path("me/tokens/<uuid:token_id>", views.TokenView.as_view()),
    path("me/calendar-links", views.CalendarLinksView.as_view()),
    path("me/calendar-links/<uuid:link_id>", views.CalendarLinkView.as_view()),
]
