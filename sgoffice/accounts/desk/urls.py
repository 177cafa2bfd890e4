"""Addresses of the desk's page of the reader."""

from django.urls import path

from sgoffice.accounts.desk.me import choose_zone, me, subscribe, unsubscribe

urlpatterns = [
    path("me", me, name="desk-me"),
    path("me/zone", choose_zone, name="desk-zone"),
    path("me/calendar", subscribe, name="desk-subscribe"),
    path("me/calendar/<uuid:link>/end", unsubscribe, name="desk-unsubscribe"),
]
