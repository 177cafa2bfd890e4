"""Configuration of the admin's machinery. Its label is not `admin`, which is Django's own."""

from django.apps import AppConfig
from django.contrib import admin


class OfficeAdminConfig(AppConfig):
    name = "sgoffice.admin"
    label = "office_admin"
    verbose_name = "Office admin"

    def ready(self) -> None:
        """Sign in and out on pages of our own, which need no script; one class for cells and for inputs."""
        from unfold import widgets
        from unfold.templatetags import unfold_list

        admin.site.login_template = "office_admin/login.html"
        admin.site.logout_template = "office_admin/logged_out.html"
        # the theme writes half a kilobyte of classes into each cell and each input, half of every page
        unfold_list.ROW_CLASSES[:] = ["register-cell"]
        unfold_list.LINK_CLASSES[:] = []
        for classes in (
            widgets.INPUT_CLASSES,
            widgets.BASE_INPUT_CLASSES,
            widgets.DATETIME_CLASSES,
            widgets.TEXTAREA_CLASSES,
            widgets.SELECT_CLASSES,
        ):
            classes[:] = ["register-box", *(one for one in classes if one not in widgets.BASE_CLASSES)]
