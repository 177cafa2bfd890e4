"""URLs of the pages on which staff choose a password."""

from django.urls import path

from sgoffice.accounts import pages

urlpatterns = [
    path("password", pages.change_password, name="change-password"),
    path("password/<str:secret>", pages.choose_password, name="choose-password"),
]
