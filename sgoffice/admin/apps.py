"""Configuration of the admin's machinery. Its label is not `admin`, which is Django's own."""

from django.apps import AppConfig
from django.contrib import admin


class OfficeAdminConfig(AppConfig):
    name = "sgoffice.admin"
    label = "office_admin"
    verbose_name = "Office admin"

    def ready(self) -> None:
        """Sign in and out on pages of our own, which need no script."""
        admin.site.login_template = "office_admin/login.html"
        admin.site.logout_template = "office_admin/logged_out.html"
