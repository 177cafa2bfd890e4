"""Configuration of the admin's machinery. Its label is not `admin`, which is Django's own."""

from django.apps import AppConfig


class OfficeAdminConfig(AppConfig):
    name = "sgoffice.admin"
    label = "office_admin"
    verbose_name = "Office admin"
