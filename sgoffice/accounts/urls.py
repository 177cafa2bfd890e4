"""URLs of the pages on which staff sign in and choose a password; they come before the admin's own."""

from django.urls import path
from django.views.generic import RedirectView

from sgoffice.accounts import pages, sign_in

urlpatterns = [
    path("admin/login/", sign_in.sign_in),
    path("admin/password_change/", RedirectView.as_view(pattern_name="change-password")),
    path("password", pages.change_password, name="change-password"),
    path("password/<str:secret>", pages.choose_password, name="choose-password"),
]
