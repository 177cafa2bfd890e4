"""URLs of the pages on which staff sign in, and set up what they sign in with; they come before the admin's own."""

from django.urls import path
from django.views.generic import RedirectView

from sgoffice.accounts import pages
from sgoffice.accounts.sign_in import passwords, provider, second_factor, setup

urlpatterns = [
    path("admin/login/", passwords.sign_in),
    path("admin/password_change/", RedirectView.as_view(pattern_name="change-password")),
    path("second-factor", second_factor.second_factor, name="second-factor"),
    path("second-factor/set-up", setup.second_factors, name="second-factors"),
    path("second-factor/set-up/app", setup.set_up_app, name="second-factor-app"),
    path("second-factor/set-up/passkey", setup.set_up_passkey, name="second-factor-passkey"),
    path("second-factor/codes", setup.recovery_codes, name="second-factor-codes"),
    path("second-factor/<uuid:factor>/remove", setup.remove, name="second-factor-remove"),
    path("organization/sign-in", provider.go, name="provider"),
    path("organization/link", provider.link, name="provider-link"),
    path("organization/back", provider.back, name="provider-back"),
    path("language", pages.choose_language, name="choose-language"),
    path("password", pages.change_password, name="change-password"),
    path("password/<str:secret>", pages.choose_password, name="choose-password"),
]
